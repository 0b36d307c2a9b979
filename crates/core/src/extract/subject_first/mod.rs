//! The grammar of languages that put the subject before the verb: English, German, French.
//!
//! A sentence is read from left to right. At each word that can be a cue, [`group`] reads the verb
//! group around it, [`opening`] what it opens, [`subject`] who stands before or after it, and [`extent`]
//! how far its content reaches. The rules put these together, one construction a function:
//! [`verb`] for finite verbs, [`participle`], [`preposition`] and [`noun`] for the other
//! kinds of cues. [`carry`] joins what begins in one paragraph and ends in the next.

mod addition;
mod addressee;
mod carry;
mod channel;
mod colon;
mod content;
mod describe;
mod extent;
mod finite;
mod following;
mod forum;
mod french;
mod french_describe;
mod french_infinitive;
mod french_source;
mod french_syntax;
mod group;
mod homograph;
mod insertion;
mod inversion;
mod inverted_extent;
mod inverted_subject;
mod lead;
mod noun;
mod opening;
mod participle;
mod passive;
mod phrase;
mod preposition;
mod relay;
mod resumption;
mod subject;
mod syntax;
mod trailing;
mod verb;

#[cfg(test)]
mod testing;

use super::block::{BlockLayers, Range};
use super::draft::{Draft, Subject};
use crate::language::cue::{CueEntry, CueKind, Frame};
use crate::language::lexicon::CueForm;

/// How many tokens a rule looks ahead or back at most, however long the sentence.
const REACH: usize = 120;

/// Drafts the claims of one block.
pub(super) fn find(block: &BlockLayers<'_>, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    carry::into(block, drafts);
    for sentence in block.sentences() {
        Reader { block, sentence, drafts: &mut found, spoken: Vec::new() }.read();
    }
    nested(block, &mut found);
    drafts.append(&mut found);
}

/// Drafts who says what inside quoted words that hold a quotation: `“She told me ‘never again’,” said the clerk`.
fn nested(block: &BlockLayers<'_>, found: &mut Vec<Draft>) {
    let outermost = block.quotations.iter().enumerate().filter(|(_, quotation)| quotation.depth == 0);
    let holding = outermost.filter(|(at, outer)| {
        block.quotations.get(at + 1).is_some_and(|inner| inner.depth > 0 && inner.open < outer.end)
    });
    for (_, quotation) in holding {
        let inside = block.inside(quotation);
        let mut inner = Vec::new();
        for sentence in inside.sentences() {
            Reader { block: &inside, sentence, drafts: &mut inner, spoken: Vec::new() }.read();
        }
        let held = |draft: &Draft| {
            let extent = draft.extent();
            found.iter().any(|outer| outer.content.iter().any(|span| span.contains(extent) && *span != extent))
        };
        inner.retain(|draft| held(draft) && !is_first_person(&inside, draft));
        found.append(&mut inner);
    }
}

/// Whether the speaker of quoted words speaks of themselves: `“I said ‘no’”` tells nothing of anybody else.
fn is_first_person(block: &BlockLayers<'_>, draft: &Draft) -> bool {
    let Subject::Pronoun(span, _) = draft.source else { return false };
    block.is(block.tokens_in(span).start, crate::language::WordClass::PronounSpeech)
}

/// Reads one sentence.
struct Reader<'b, 'a> {
    block: &'b BlockLayers<'a>,
    sentence: Range,
    drafts: &'b mut Vec<Draft>,
    /// The attributions found in the sentence so far.
    spoken: Vec<Spoken>,
}

/// An attribution in a sentence, as far as later ones of the sentence need it.
#[derive(Debug, Clone, Copy)]
struct Spoken {
    subject: Subject,
    /// The first token of the verb group.
    cue: usize,
    /// The token after the last one of the content that follows the cue; the cue's end without one.
    end: usize,
}

impl<'a> Reader<'_, 'a> {
    fn read(&mut self) {
        self.sentence = lead::without(self);
        let mut at = self.sentence.start;
        colon::label(self);
        while at < self.sentence.end {
            if let Some(&quotation) = self.block.quotation_opened_at(at) {
                self.syntax().holds_attribution(self, &quotation);
                at = quotation.close.max(at + 1);
                continue;
            }
            // Few words are cues, and whoever is none need not be asked how it is written.
            if !self.block.tokens.cues(at).is_empty() {
                for (form, entry) in self.block.cues(at) {
                    if self.rule(at, form, entry) {
                        break;
                    }
                }
            }
            at = self.block.tokens.after(at);
        }
        colon::announced(self);
    }

    /// Tries the rules for one reading of the word at `at`; whether one of them made a draft.
    fn rule(&mut self, at: usize, form: CueForm, entry: &'a CueEntry) -> bool {
        match entry.kind {
            CueKind::Preposition => preposition::attribution(self, at, entry),
            CueKind::Noun => noun::reporting_noun(self, at, entry),
            CueKind::Verb if self.syntax().inverted(self, at, form, entry) => true,
            CueKind::Adjective => match group::read(self, at, form.features) {
                Some(group) if group.is_participle() => participle::adjective(self, &group, entry),
                Some(group) => verb::finite(self, &group, entry),
                None => false,
            },
            CueKind::Verb => match group::read(self, at, form.features) {
                Some(group) if group.reflexive != entry.reflexive => false,
                Some(group) if self.syntax().governs_verb(self, &group) => false,
                Some(group) if group.is_participle() => participle::participle(self, &group, entry),
                Some(group) => verb::finite(self, &group, entry),
                None => false,
            },
        }
    }

    /// What the language does in a way of its own.
    fn syntax(&self) -> &'static dyn syntax::Syntax {
        syntax::of(self.block.pack.morphology())
    }

    /// The token or phrase that ends before `at`.
    fn before(&self, at: usize) -> Option<usize> {
        let mut head = at.checked_sub(1).filter(|&head| head >= self.sentence.start)?;
        while head > self.sentence.start && self.block.tokens.get(head).is_some_and(|token| token.inside_phrase) {
            head -= 1;
        }
        Some(head)
    }

    /// Whether the word at `at` begins with a capital.
    fn is_capitalised(&self, at: usize) -> bool {
        self.block.tokens.is_capital(at)
    }

    fn mark(&self, at: usize) -> Option<char> {
        self.block.tokens.mark(at)
    }

    fn is_comma(&self, at: usize) -> bool {
        self.mark(at) == Some(',')
    }

    /// Whether the mark at `at` is a dash between parts of a sentence.
    fn is_dash(&self, at: usize) -> bool {
        match self.mark(at) {
            Some('—' | '–') => true,
            Some('-') => !self.block.tokens.touches_next(at) || (at > 0 && !self.block.tokens.touches_next(at - 1)),
            _ => false,
        }
    }

    /// The end of the part of the sentence that a rule may look at from `at` on.
    fn horizon(&self, at: usize) -> usize {
        self.sentence.end.min(at.saturating_add(REACH))
    }

    /// Whether the word at `at` is a finite or other form of a verb cue that opens `frame`.
    fn opens(&self, at: usize, frame: Frame) -> bool {
        self.block.cues(at).any(|(_, entry)| entry.kind == CueKind::Verb && entry.frames.has(frame))
    }

    /// Adds a draft and remembers its speaker.
    fn push(&mut self, mut draft: Draft, subject: Subject, cue: usize, end: usize) -> bool {
        draft.source = subject;
        self.spoken.push(Spoken { subject, cue, end });
        self.drafts.push(draft);
        true
    }

    /// The trimmed spans of ranges of tokens, one for each line of a range, without the empty ones.
    fn spans(&self, ranges: &[Range]) -> Vec<crate::span::Span> {
        match ranges {
            [one] => self.block.trimmed_lines(*one),
            several => several.iter().flat_map(|&range| self.block.trimmed_lines(range)).collect(),
        }
    }
}
