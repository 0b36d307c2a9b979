//! The words of names and descriptions, each kept once: equal words have equal numbers.

use std::rc::Rc;

use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

/// A folded word of the article that is a part of somebody's name or description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::extract) struct Word(u32);

/// The words of one name or description, in its order; few have more than fit without an allocation.
pub(in crate::extract) type WordList = SmallVec<[Word; 4]>;

/// The words of an article.
#[derive(Debug, Default)]
pub(in crate::extract) struct Words {
    numbers: FxHashMap<Rc<str>, Word>,
    texts: Vec<Rc<str>>,
}

impl Words {
    /// No words yet, with room for `count`.
    pub(super) fn with_room_for(count: usize) -> Self {
        let numbers = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        Self { numbers, texts: Vec::with_capacity(count) }
    }

    /// The number of a word, which is added if it is new.
    pub(super) fn add(&mut self, text: &str) -> Word {
        if let Some(&known) = self.numbers.get(text) {
            return known;
        }
        let word = Word(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        let text: Rc<str> = text.into();
        self.texts.push(Rc::clone(&text));
        self.numbers.insert(text, word);
        word
    }

    /// The text of a word.
    pub(super) fn text(&self, word: Word) -> &str {
        self.texts.get(word.0 as usize).map_or("", AsRef::as_ref)
    }
}
