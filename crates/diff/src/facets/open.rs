//! One place where the words of a content differ, with the words that no facet has explained yet.

use std::ops::Range;

use isnad_core::Span;

use super::{Form, Hunk, Pair, Reading};
use crate::change::{Facet, Which};
use crate::key::KeyWord;
use crate::meaning::{Alignment, Relation};

/// In a place where more words changed, one does not stand for another only because both are there.
pub(super) const MOST_IN_PLACE: usize = 2;

/// A place where the words differ.
pub(super) struct Open<'p> {
    pub(super) pair: &'p Pair<'p>,
    pub(super) hunk: &'p Hunk,
    old: Vec<bool>,
    new: Vec<bool>,
}

impl<'p> Open<'p> {
    pub(super) fn new(pair: &'p Pair<'p>, hunk: &'p Hunk) -> Self {
        Self { pair, hunk, old: vec![true; hunk.old.len()], new: vec![true; hunk.new.len()] }
    }

    /// The form of the claim on one side.
    pub(super) fn form(&self, side: Which) -> &'p Form<'p> {
        match side {
            Which::Old => &self.pair.old,
            Which::New => &self.pair.new,
        }
    }

    /// The words of the place on one side, by their index in the form.
    pub(super) fn words(&self, side: Which) -> Range<usize> {
        match side {
            Which::Old => self.hunk.old.clone(),
            Which::New => self.hunk.new.clone(),
        }
    }

    /// The words of one side that are still unexplained, by their index in the form.
    pub(super) fn open(&self, side: Which) -> impl Iterator<Item = usize> + '_ {
        let flags = match side {
            Which::Old => &self.old,
            Which::New => &self.new,
        };
        self.words(side).zip(flags).filter(|(_, open)| **open).map(|(word, _)| word)
    }

    /// The words of one side that are still unexplained and tell something by themselves.
    pub(super) fn open_content(&self, side: Which) -> impl Iterator<Item = usize> + '_ {
        let senses = &self.form(side).senses;
        self.open(side).filter(|word| senses.get(*word).is_some_and(|sense| sense.is_content))
    }

    /// Whether words only came, or only went.
    pub(super) fn is_one_sided(&self) -> bool {
        self.hunk.old.is_empty() != self.hunk.new.is_empty()
    }

    /// Marks the words for which `test` holds as explained, on both sides.
    pub(super) fn explain(&mut self, test: impl Fn(&KeyWord) -> bool) {
        for side in Which::BOTH {
            let form = self.form(side);
            self.explain_at(side, |word| form.words.get(word).is_some_and(&test));
        }
    }

    /// Marks the words at which `test` holds as explained.
    pub(super) fn explain_at(&mut self, side: Which, test: impl Fn(usize) -> bool) {
        let words = self.words(side);
        let flags = match side {
            Which::Old => &mut self.old,
            Which::New => &mut self.new,
        };
        for (word, open) in words.zip(flags) {
            *open &= !test(word);
        }
    }

    /// Marks the words of one side inside a span (bytes of its article) as explained.
    pub(super) fn explain_span(&mut self, side: Which, span: Span) {
        let form = self.form(side);
        self.explain_at(side, |word| form.words.get(word).is_some_and(|word| span.overlaps(word.span)));
    }

    /// Marks the words that are forms of one word, or stand for the same, as explained on both sides: the plural goes with
    /// the number.
    pub(super) fn explain_forms(&mut self) {
        let words = |side| self.open_content(side).collect::<Vec<_>>();
        let (olds, news) = (words(Which::Old), words(Which::New));
        let alike = |old: usize, new: usize| {
            let (old, new) = (self.pair.old.senses.get(old), self.pair.new.senses.get(new));
            old.zip(new).is_some_and(|(old, new)| old.relation(new) >= Relation::Synonym)
        };
        let pairs: Vec<(usize, usize)> = olds
            .iter()
            .flat_map(|&old| news.iter().map(move |&new| (old, new)))
            .filter(|&(o, n)| alike(o, n))
            .collect();
        self.explain_at(Which::Old, |word| pairs.iter().any(|&(old, _)| old == word));
        self.explain_at(Which::New, |word| pairs.iter().any(|&(_, new)| new == word));
    }

    /// Notes the facet with all words of the place.
    pub(super) fn note(&self, facet: Facet, reading: &mut Reading) {
        let text = |side| self.form(side).text(self.words(side));
        reading.note(facet, text(Which::Old), text(Which::New));
    }
}

impl Alignment {
    /// Whether nothing on the other side answers a content word.
    pub(super) fn lacks(&self, side: Which, word: usize) -> bool {
        let left = match side {
            Which::Old => &self.old_left,
            Which::New => &self.new_left,
        };
        left.binary_search(&word).is_ok()
    }
}
