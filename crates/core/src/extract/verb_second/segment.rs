//! The parts of a sentence between commas and other marks, and what a part is.

use super::super::block::{BlockLayers, Range};
use super::Reader;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::german;

/// The parts of `sentence`, in order; quotations and brackets are not cut.
pub(super) fn of(block: &BlockLayers<'_>, sentence: Range) -> Vec<Range> {
    let mut parts = Vec::new();
    let mut start = sentence.start;
    let mut at = sentence.start;
    while at < sentence.end {
        if let Some(quotation) = block.quotation_opened_at(at) {
            at = quotation.close.max(at + 1);
            continue;
        }
        match block.tokens.mark(at) {
            Some('(') => at = closing(block, at, sentence.end).unwrap_or(at),
            Some(':') if is_between_digits(block, at) => {}
            Some(',' | ';' | ':' | '–' | '—') => {
                parts.push(Range::new(start, at));
                start = at + 1;
            }
            Some('-') if !block.tokens.touches_next(at) && (at == 0 || !block.tokens.touches_next(at - 1)) => {
                parts.push(Range::new(start, at));
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(Range::new(start, sentence.end));
    parts
}

/// Whether the mark at `at` belongs to a time of day or a score: `10:05`.
pub(super) fn is_between_digits(block: &BlockLayers<'_>, at: usize) -> bool {
    at > 0
        && block.tokens.is_number(at - 1)
        && block.tokens.is_number(at + 1)
        && block.tokens.touches_next(at - 1)
        && block.tokens.touches_next(at)
}

/// The bracket that closes the one at `open`.
pub(super) fn closing(block: &BlockLayers<'_>, open: usize, limit: usize) -> Option<usize> {
    (open..limit.min(open + LONGEST_BRACKET)).find(|&at| block.tokens.mark(at) == Some(')'))
}

/// Verbs that help others.
const HELPS: WordClasses = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Future, C::Catenative]);

/// What stands in brackets has fewer tokens, or is read as the rest of the sentence.
const LONGEST_BRACKET: usize = 40;

/// How a part of a sentence begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opener {
    /// A word that puts the verb last; the token after it.
    Subordinate(usize),
    /// A relative pronoun; the token after it.
    Relative(usize),
    /// Anything else.
    Main,
}

impl Reader<'_, '_> {
    /// The number of the part that holds the token `at`, or of the last one before it.
    pub(super) fn segment_of(&self, at: usize) -> usize {
        self.segments.partition_point(|part| part.start <= at).saturating_sub(1)
    }

    /// The part of that number; empty past the end.
    pub(super) fn segment(&self, number: usize) -> Range {
        self.segments.get(number).copied().unwrap_or(Range::new(self.sentence.end, self.sentence.end))
    }

    /// How the part begins.
    pub(super) fn opener(&self, number: usize) -> Opener {
        let part = self.segment(number);
        let mut at = part.start;
        while at < part.end && self.is(at, C::Coordinator) {
            at = self.block.tokens.after(at);
        }
        let classes = self.classes(at);
        let next = self.block.tokens.after(at);
        let puts_last = WordClasses::of(&[C::Complementiser, C::FalseComplementiser, C::Interrogative]);
        if classes.any(puts_last) || (classes.has(C::Subordinator) && self.ends_with_verb(part, next)) {
            return Opener::Subordinate(next);
        }
        if number == 0 || !self.ends_with_verb(part, next) {
            return Opener::Main;
        }
        let pronoun = WordClasses::of(&[C::Relative, C::Determiner]);
        if classes.any(pronoun) && !classes.has(C::Indefinite) {
            return Opener::Relative(next);
        }
        if classes.has(C::Preposition)
            && self.classes(next).any(pronoun)
            && !self.is_capitalised(self.block.tokens.after(next))
        {
            return Opener::Relative(self.block.tokens.after(next));
        }
        Opener::Main
    }

    /// Whether the last word of the part, before a coordinator if there is one, is its finite verb.
    fn ends_with_verb(&self, part: Range, from: usize) -> bool {
        let tokens = &self.block.tokens;
        let joins = |at: &usize| {
            self.is(*at, C::Coordinator) && *at > from + 1 && *at + 1 < part.end && self.is_verbal(*at - 1)
        };
        let end = (from..part.end).find(joins);
        let last = end.unwrap_or(part.end).checked_sub(1);
        let last = last.map(|last| if tokens.mark(last).is_some() { last.saturating_sub(1) } else { last });
        let Some(last) = last.filter(|&last| last >= from && self.is_verbal(last)) else { return false };
        let joined = german::has_infinitive_marker(tokens.word(last)) && !self.is_strictly_finite(last);
        if joined || self.before(last).is_some_and(|head| self.is(head, C::InfinitiveMarker)) {
            return false;
        }
        let mut earlier =
            (from..last).filter(|&at| self.is_strictly_finite(at) && self.block.quotation_around(at).is_none());
        match self.is_strictly_finite(last) {
            // `die gesagt hat`, but no `die sagt, er hat` and no `die Lage sei geklärt`: what can be finite before the last
            // verb stands right before it, and no auxiliary before a participle.
            true => earlier.all(|at| {
                let together = (at + 1..last).all(|between| self.is_verbal(between));
                together && (!self.classes(at).any(HELPS) || self.classes(last).any(HELPS))
            }),
            // `die Lage müsse geprüft werden`: a finite verb before an infinitive or participle stands second.
            false => earlier.next().is_none(),
        }
    }

    /// Whether the clause that begins at `start` is in the mood of reported speech.
    pub(super) fn is_subjunctive(&self, start: usize) -> bool {
        let part = self.segment(self.segment_of(start));
        (start..part.end).any(|at| self.is_reporting(at))
    }

    /// Whether the word is a finite verb and can be no infinitive.
    fn is_strictly_finite(&self, at: usize) -> bool {
        self.is_finite(at) && !self.classes(at).any(WordClasses::of(&[C::Infinitive, C::AuxiliaryParticiple]))
    }

    /// Whether the word can close a subordinate clause.
    fn is_verbal(&self, at: usize) -> bool {
        !self.is_capitalised(at)
            && (self.is_finite(at)
                || self.is(at, C::Infinitive)
                || (self.block.tokens.is_word(at)
                    && self.classes(at).is_empty()
                    && german::has_verb_ending(self.block.tokens.word(at))))
    }
}
