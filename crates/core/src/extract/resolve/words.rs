//! The words of names and descriptions, each kept once: equal words have equal numbers.

use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

use crate::language::key::short_key;

/// A folded word of the article that is a part of somebody's name or description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::extract) struct Word(u32);

impl Word {
    /// Its number, from 0 in the order in which words were added.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The words of one name or description, in its order; few have more than fit without an allocation.
pub(in crate::extract) type WordList = SmallVec<[Word; 4]>;

/// The words of an article.
#[derive(Debug, Default)]
pub(in crate::extract) struct Words {
    short: FxHashMap<u128, Word>,
    /// Words that are too long for a key.
    long: FxHashMap<Box<str>, Word>,
    /// The end of each word in `text`, which has them one behind the other.
    ends: Vec<usize>,
    text: String,
}

impl Words {
    /// No words yet, with room for `count`.
    pub(super) fn with_room_for(count: usize) -> Self {
        let short = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        Self { short, ends: Vec::with_capacity(count), ..Self::default() }
    }

    /// How many words there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a word, which is added if it is new.
    pub(super) fn add(&mut self, text: &str) -> Word {
        let new = Word(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        let word = match short_key(text) {
            Some(key) => *self.short.entry(key).or_insert(new),
            None => match self.long.get(text) {
                Some(&known) => known,
                None => *self.long.entry(text.into()).or_insert(new),
            },
        };
        if word == new {
            self.text.push_str(text);
            self.ends.push(self.text.len());
        }
        word
    }

    /// The number of a word that was added.
    pub(super) fn find(&self, text: &str) -> Option<Word> {
        match short_key(text) {
            Some(key) => self.short.get(&key).copied(),
            None => self.long.get(text).copied(),
        }
    }

    /// The text of a word.
    pub(super) fn text(&self, word: Word) -> &str {
        let end = |number: usize| self.ends.get(number).copied();
        let start = word.index().checked_sub(1).map_or(Some(0), end);
        start.zip(end(word.index())).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }
}
