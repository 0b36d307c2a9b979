//! A cue with everything around it but its content.

use crate::claim::{Mode, Polarity, Stance};
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::{Draft, Subject};
use crate::language::WordClass;
use crate::language::cue::{CueEntry, Features};
use crate::span::Span;

/// A cue, its subject and channel, and the mark after which the content begins.
#[derive(Debug, Clone)]
pub(super) struct Opening<'a> {
    pub(super) rule: &'static str,
    pub(super) entry: &'a CueEntry,
    /// How the source stands to the content: as the entry says, or as the noun that the verb carries does.
    pub(super) stance: Stance,
    /// The verb group: auxiliaries, negation and cue.
    pub(super) group: Range,
    pub(super) subject: Subject,
    pub(super) channel: Option<Range>,
    pub(super) marker: Marker,
    pub(super) negated: bool,
    pub(super) realised: bool,
    /// Whether it stands so that an earlier content must end before it.
    pub(super) breaks: bool,
    /// Where that content ends: before the verb group, or before what opens its clause.
    pub(super) boundary: usize,
    pub(super) confidence: f32,
    /// Where reading goes on.
    pub(super) resume: usize,
    /// A first part of the content, before the marker: the topic of a description.
    pub(super) topic: Option<Range>,
    /// The token before which the content ends at the latest.
    pub(super) until: usize,
}

/// What opens a content, and the token at which the content begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// A complementiser: a clause follows.
    Clause(usize),
    /// A colon: a clause or quotation follows.
    Colon(usize),
    /// The opening mark of a quotation, at this token.
    Quotation(usize),
    /// A word of question.
    Question(usize),
    /// A noun phrase.
    Nominal(usize),
    /// The quotation that ends right before this token.
    QuotationBefore(usize),
}

impl Marker {
    pub(super) const fn content_start(self) -> usize {
        match self {
            Self::Clause(at)
            | Self::Colon(at)
            | Self::Quotation(at)
            | Self::Question(at)
            | Self::Nominal(at)
            | Self::QuotationBefore(at) => at,
        }
    }
}

impl<'a> Opening<'a> {
    /// An affirmed opening that ends the content before it, read on from where its own begins.
    pub(super) fn new(rule: &'static str, entry: &'a CueEntry, group: Range, subject: Subject, marker: Marker) -> Self {
        Self {
            rule,
            entry,
            stance: entry.stance,
            group,
            subject,
            channel: None,
            marker,
            negated: false,
            realised: true,
            breaks: true,
            boundary: group.start,
            confidence: 0.85,
            resume: marker.content_start(),
            topic: None,
            until: usize::MAX,
        }
    }

    /// Whether the content of `earlier` must end where this opening begins.
    pub(super) fn ends_content_of(&self, earlier: &Self) -> bool {
        self.breaks && self.group.start > earlier.marker.content_start()
    }

    /// «رفع شكره», «أعلن رفض …»: whether the word at `at` is the noun that this opening reports, though it may look like a
    /// verb.
    pub(super) fn reports_noun_at(&self, block: &BlockLayers<'_>, at: usize) -> bool {
        let owned = || block.tokens.get(at).is_some_and(|token| token.enclitic != Features::NONE);
        let noun = || block.cues(at).any(|(form, _)| form.features.has(Features::NOUN));
        self.marker == Marker::Nominal(at) && (owned() || noun())
    }

    /// Whether the source rejects the content.
    pub(super) fn denies(&self) -> bool {
        matches!(self.stance, Stance::Deny | Stance::Refuse)
    }

    /// Whether the source says how it stands to the content, and not what is to be done.
    pub(super) fn judges(&self) -> bool {
        self.denies() || matches!(self.stance, Stance::Criticise | Stance::Deplore | Stance::Praise)
    }

    /// The draft of this opening with its content.
    pub(super) fn draft(&self, block: &BlockLayers<'_>, content: Vec<Span>) -> Draft {
        let cue = block.tokens.span(self.group.start, self.group.end);
        let mut draft = Draft::new(self.rule, self.entry, vec![cue], content, block.number);
        draft.stance = self.stance;
        draft.source = self.subject;
        draft.channel = self.channel.and_then(|range| block.trimmed(range));
        draft.realised = self.realised;
        draft.confidence = self.confidence;
        if self.negated {
            draft.polarity = Polarity::Withheld;
        }
        if draft.mode == Mode::Speech && self.is_written(block) {
            draft.mode = Mode::Writing;
        }
        draft
    }

    /// Whether the words came in writing: the source is a text, or the channel is.
    fn is_written(&self, block: &BlockLayers<'_>) -> bool {
        let by_channel = self.channel.is_some_and(|range| block.is(range.start, WordClass::WrittenChannel));
        let by_source = match self.subject {
            Subject::Written(span) => (self.group.end..self.marker.content_start().max(self.group.end))
                .find(|&at| block.tokens.get(at).is_some_and(|token| token.span.start == span.start))
                .is_some_and(|at| block.is(at, WordClass::Document)),
            _ => false,
        };
        by_channel || by_source
    }
}
