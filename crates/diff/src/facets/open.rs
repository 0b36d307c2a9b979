//! One place where the words of a content differ, with the words that no facet has explained yet.

use std::ops::Range;

use isnad_core::Span;

use super::{Form, Hunk, Pair, Reading};
use crate::change::Facet;
use crate::key::KeyWord;
use crate::meaning::{Alignment, Relation};

/// A place where the words differ.
pub(super) struct Open<'p> {
    pub(super) pair: &'p Pair<'p>,
    pub(super) hunk: &'p Hunk,
    old: Vec<bool>,
    new: Vec<bool>,
}

/// One of the two sides of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

impl Side {
    pub(super) const BOTH: [Self; 2] = [Self::Old, Self::New];
}

impl<'p> Open<'p> {
    pub(super) fn new(pair: &'p Pair<'p>, hunk: &'p Hunk) -> Self {
        Self { pair, hunk, old: vec![true; hunk.old.len()], new: vec![true; hunk.new.len()] }
    }

    /// The form of the claim on one side.
    pub(super) fn form(&self, side: Side) -> &'p Form<'p> {
        match side {
            Side::Old => &self.pair.old,
            Side::New => &self.pair.new,
        }
    }

    /// The words of the place on one side, by their index in the form.
    pub(super) fn words(&self, side: Side) -> Range<usize> {
        match side {
            Side::Old => self.hunk.old.clone(),
            Side::New => self.hunk.new.clone(),
        }
    }

    /// The words of one side that are still unexplained, by their index in the form.
    pub(super) fn open(&self, side: Side) -> impl Iterator<Item = usize> + '_ {
        let flags = match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        };
        self.words(side).zip(flags).filter(|(_, open)| **open).map(|(word, _)| word)
    }

    /// The words of one side that are still unexplained and tell something by themselves.
    pub(super) fn open_content(&self, side: Side) -> impl Iterator<Item = usize> + '_ {
        let senses = &self.form(side).senses;
        self.open(side).filter(|word| senses.get(*word).is_some_and(|sense| sense.is_content))
    }

    /// Whether words only came, or only went.
    pub(super) fn is_one_sided(&self) -> bool {
        self.hunk.old.is_empty() != self.hunk.new.is_empty()
    }

    /// Marks the words for which `test` holds as explained, on both sides.
    pub(super) fn explain(&mut self, test: impl Fn(&KeyWord) -> bool) {
        for side in Side::BOTH {
            let form = self.form(side);
            self.explain_at(side, |word| form.words.get(word).is_some_and(&test));
        }
    }

    /// Marks the words at which `test` holds as explained.
    pub(super) fn explain_at(&mut self, side: Side, test: impl Fn(usize) -> bool) {
        let words = self.words(side);
        let flags = match side {
            Side::Old => &mut self.old,
            Side::New => &mut self.new,
        };
        for (word, open) in words.zip(flags) {
            *open &= !test(word);
        }
    }

    /// Marks the words of one side inside a span (bytes of its article) as explained.
    pub(super) fn explain_span(&mut self, side: Side, span: Span) {
        let form = self.form(side);
        self.explain_at(side, |word| form.words.get(word).is_some_and(|word| span.overlaps(word.span)));
    }

    /// Marks the words that are forms of one word, or stand for the same, as explained on both sides: the plural goes with
    /// the number.
    pub(super) fn explain_forms(&mut self) {
        let words = |side| self.open_content(side).collect::<Vec<_>>();
        let (olds, news) = (words(Side::Old), words(Side::New));
        let alike = |old: usize, new: usize| {
            let (old, new) = (self.pair.old.senses.get(old), self.pair.new.senses.get(new));
            old.zip(new).is_some_and(|(old, new)| old.relation(new) >= Relation::Synonym)
        };
        let pairs: Vec<(usize, usize)> = olds
            .iter()
            .flat_map(|&old| news.iter().map(move |&new| (old, new)))
            .filter(|&(o, n)| alike(o, n))
            .collect();
        self.explain_at(Side::Old, |word| pairs.iter().any(|&(old, _)| old == word));
        self.explain_at(Side::New, |word| pairs.iter().any(|&(_, new)| new == word));
    }

    /// Notes the facet with all words of the place.
    pub(super) fn note(&self, facet: Facet, reading: &mut Reading) {
        let text = |side| self.form(side).text(self.words(side));
        reading.note(facet, text(Side::Old), text(Side::New));
    }
}

impl Alignment {
    /// Whether nothing on the other side answers a content word.
    pub(super) fn lacks(&self, side: Side, word: usize) -> bool {
        let left = match side {
            Side::Old => &self.old_left,
            Side::New => &self.new_left,
        };
        left.binary_search(&word).is_ok()
    }
}
