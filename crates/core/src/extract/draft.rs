//! A claim in the making: what a grammar finds, before speakers are resolved and facets read.

use crate::claim::{Mode, Polarity, Stance};
use crate::language::cue::{CueEntry, Features};
use crate::span::Span;

/// What a rule found. Spans are bytes of the article, trimmed.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The rule's name, without the language.
    pub(crate) rule: &'static str,
    /// What is attributed; never empty.
    pub(crate) content: Vec<Span>,
    /// The words that attribute; empty for a quotation that stands alone.
    pub(crate) cue: Vec<Span>,
    pub(crate) lemma: String,
    pub(crate) stance: Stance,
    pub(crate) mode: Mode,
    pub(crate) polarity: Polarity,
    pub(crate) realised: bool,
    pub(crate) source: Subject,
    pub(crate) channel: Option<Span>,
    /// From 0 to 1.
    pub(crate) confidence: f32,
    /// The number of the block it was found in.
    pub(crate) block: usize,
}

/// Who is said to have said it, as far as the sentence tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Subject {
    /// A noun phrase.
    Written(Span),
    /// Only in the verb, but the sentence tells who it is: this noun phrase, elsewhere in it.
    Implied(Span),
    /// A pronoun that stands for somebody of these features.
    Pronoun(Span, Features),
    /// A relative pronoun, and the noun phrase that it stands for: `a lawyer | who said`.
    Relative {
        /// The source as written.
        pronoun: Span,
        /// Whom it stands for.
        antecedent: Span,
    },
    /// The subject is only in the verb, whose features these are, or left out: whoever spoke before.
    Elliptical(Features),
    /// The words of an earlier attribution go on: its source, and the byte at which its cue (or content) begins.
    Carried {
        /// The source as written there.
        span: Span,
        /// Where its cue begins.
        cue: usize,
    },
    /// The claim is the same speaker's as the one whose cue begins at this byte.
    SameAs(usize),
    /// A quotation that stands alone.
    Floating,
    /// Nobody is named, on purpose: "it was reported that".
    Nobody,
}

impl Subject {
    /// The noun phrase that names or describes whoever speaks, if the sentence holds one.
    pub(crate) const fn named(self) -> Option<Span> {
        match self {
            Self::Written(span) | Self::Implied(span) | Self::Relative { antecedent: span, .. } => Some(span),
            _ => None,
        }
    }

    /// Where the source is written, if it is.
    pub(crate) const fn written(self) -> Option<Span> {
        match self {
            Self::Written(span) | Self::Pronoun(span, _) | Self::Relative { pronoun: span, .. } => Some(span),
            _ => None,
        }
    }
}

impl Draft {
    /// A draft with what the cue's entry says of it; the rest is filled in by the rule.
    pub(crate) fn new(rule: &'static str, entry: &CueEntry, cue: Vec<Span>, content: Vec<Span>, block: usize) -> Self {
        Self {
            rule,
            content,
            cue,
            lemma: entry.lemma.clone(),
            stance: entry.stance,
            mode: entry.mode,
            polarity: entry.polarity,
            realised: true,
            source: Subject::Nobody,
            channel: None,
            confidence: 0.8,
            block,
        }
    }

    /// Notes through what the words came: a writing makes writing of what would be speech.
    pub(crate) fn came_through(&mut self, channel: Span, written: bool) {
        self.channel = Some(channel);
        if written && self.mode == Mode::Speech {
            self.mode = Mode::Writing;
        }
    }

    /// From the start of the first content span to the end of the last.
    pub(crate) fn extent(&self) -> Span {
        let start = self.content.first().map_or(0, |span| span.start);
        Span::new(start, self.content.last().map_or(start, |span| span.end))
    }

    /// The place by which claims are ordered and nested: the cue, or the content without one.
    pub(crate) fn anchor(&self) -> Span {
        self.cue.first().copied().unwrap_or_else(|| self.extent())
    }
}
