//! What the words of a content mean to one another: the same, the opposite, another thing of the same kind.
//!
//! Read from lists of words that are reviewed text of their own (`data/meaning`), and from stems. Where nothing is known of
//! two words nothing is said of them.

mod align;
mod data;
mod stem;

use std::cell::OnceCell;
use std::sync::OnceLock;

use isnad_core::{LanguagePack, WordClass, WordClasses};
use serde::Deserialize;

use crate::key::KeyWord;
use data::{Entry, Lists};
use stem::{LEAST_CONSONANTS, Stemmer, letters};

pub(crate) use align::{Alignment, MOST_COMPARED, align};

/// A language, its stemmer and its lists.
type Builtin = (&'static str, fn() -> Stemmer, &'static [&'static str]);

/// The lists that ship with the crate.
const BUILTIN: [Builtin; 4] = [
    (
        "ar",
        Stemmer::arabic,
        &[include_str!("../../data/meaning/ar.toml"), include_str!("../../data/meaning/ar-kinds.toml")],
    ),
    ("en", Stemmer::default, &[include_str!("../../data/meaning/en.toml")]),
    ("de", Stemmer::default, &[include_str!("../../data/meaning/de.toml")]),
    ("fr", Stemmer::default, &[include_str!("../../data/meaning/fr.toml")]),
];

/// What a word tells, as far as the lists and its stem know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sense {
    key: String,
    number: Option<String>,
    stems: OnceCell<Vec<String>>,
    lists: Option<&'static Lists>,
    entry: Entry,
    /// Good news (1), bad news (−1) or neither.
    pub(crate) favour: i8,
    /// Whether it tells something by itself: no article, pronoun, preposition or the like.
    pub(crate) is_content: bool,
    /// Whether neither the lists nor the language pack know the word.
    pub(crate) is_unknown: bool,
}

/// How two words stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    /// Nothing is known.
    Unknown,
    /// The one takes back what the other says.
    Opposite,
    /// Another thing of the same kind.
    Apart,
    /// Words that can stand for one another.
    Synonym,
    /// Forms of one word, or names of one thing.
    Form,
    /// The same word.
    Equal,
}

/// How a language shows that a word is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Names {
    /// By a capital letter.
    Capital,
    /// Not at all, but few words of the news are in neither the lists nor the pack.
    Unlisted,
    /// Not at all.
    #[default]
    Unmarked,
}

/// The meanings of a language's words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meanings {
    lists: Option<&'static Lists>,
}

impl Meanings {
    /// The meanings that ship for the pack's language; without any, only equal words are known to be the same.
    pub(crate) fn of(pack: &LanguagePack) -> Self {
        static LISTS: [OnceLock<Option<Lists>>; BUILTIN.len()] = [const { OnceLock::new() }; BUILTIN.len()];
        let language = pack.language();
        let at = BUILTIN.iter().position(|(code, _, _)| *code == language.as_str());
        let lists = at.and_then(|at| {
            let (_, stemmer, files) = BUILTIN.get(at)?;
            // A test reads every file, so that a language without lists never leaves the house.
            LISTS.get(at)?.get_or_init(|| Lists::from_toml(stemmer(), files).ok()).as_ref()
        });
        Self { lists }
    }

    /// How the language shows that a word is a name.
    pub(crate) fn names(self) -> Names {
        self.lists.map_or(Names::Unmarked, |lists| lists.names)
    }

    /// What the words tell, one sense a word.
    pub(crate) fn senses(self, words: &[KeyWord]) -> Vec<Sense> {
        let mut senses: Vec<Sense> = words.iter().map(|word| self.sense(word)).collect();
        for at in 1..senses.len() {
            let affirmed = senses[at].entry.affirmed && senses[at - 1].entry.negating;
            senses[at - 1].entry.negating &= !affirmed;
            senses[at - 1].is_content &= !affirmed;
        }
        senses
    }

    fn sense(self, word: &KeyWord) -> Sense {
        let number = number(&word.key);
        let mut entry = if number.is_some() { Entry::default() } else { self.entry(&word.key) };
        let known = entry != Entry::default();
        // Without lists, the language pack knows the negations.
        entry.negating |= self.lists.is_none() && word.is(WordClass::Negation);
        let mut favours: Vec<i8> = Vec::new();
        if let Some(lists) = self.lists {
            favours.extend(entry.meanings.iter().map(|&meaning| lists.favour(meaning)).filter(|favour| *favour != 0));
        }
        let one = favours.first().copied().unwrap_or_default();
        Sense {
            stems: OnceCell::new(),
            lists: self.lists.filter(|_| number.is_none()),
            favour: if favours.iter().all(|favour| *favour == one) { one } else { 0 },
            is_content: entry.negating || !is_grammatical(word, &entry),
            is_unknown: !known && number.is_none() && word.classes.is_empty(),
            key: word.key.clone(),
            number,
            entry,
        }
    }

    /// What the lists know of a word: as it is written, else without particles, else by its stem.
    fn entry(self, key: &str) -> Entry {
        let Some(lists) = self.lists else { return Entry::default() };
        let bare = lists.stemmer.without_particles(key);
        if let Some(entry) = bare.iter().find_map(|form| lists.form(form)) {
            return entry.clone();
        }
        let mut found = Entry::default();
        for form in bare.iter().flat_map(|form| lists.stemmer.without_endings(form)) {
            if let Some(entry) = lists.form(form) {
                found.take(entry);
            }
            let stem = lists.stemmer.skeleton(form);
            if letters(&stem) >= LEAST_CONSONANTS
                && let Some(entry) = lists.stem(&stem)
            {
                found.take(entry);
            }
        }
        found
    }
}

impl Entry {
    fn take(&mut self, other: &Self) {
        self.meanings.extend(&other.meanings);
        self.items.extend(&other.items);
        self.reversing |= other.reversing;
        self.negating |= other.negating;
        self.affirmed |= other.affirmed;
        self.one |= other.one;
    }
}

impl Sense {
    /// How the word stands to another one.
    pub(crate) fn relation(&self, other: &Self) -> Relation {
        if self.key == other.key {
            return Relation::Equal;
        }
        if self.number.is_some() || other.number.is_some() {
            return if self.number == other.number { Relation::Form } else { Relation::Unknown };
        }
        if let Some(relation) = self.kinds(other) {
            return relation;
        }
        let same = self.entry.meanings.iter().any(|meaning| other.entry.meanings.contains(meaning));
        let contrary = |&(group, side): &(u16, data::Side)| {
            other.entry.meanings.iter().any(|&(its, its_side)| its == group && its_side != side)
        };
        match () {
            () if !same && self.entry.meanings.iter().any(contrary) => Relation::Opposite,
            () if self.shares_stem(other) => Relation::Form,
            () if same => Relation::Synonym,
            () => Relation::Unknown,
        }
    }

    /// Whether the word makes the statement around it its contrary.
    pub(crate) const fn negates(&self) -> bool {
        self.entry.negating
    }

    /// Whether the word takes back what it governs.
    pub(crate) const fn reverses(&self) -> bool {
        self.entry.reversing || self.entry.negating
    }

    /// Whether it says that there is one.
    pub(crate) const fn is_one(&self) -> bool {
        self.entry.one
    }

    /// Whether it may say by its ending that there are two.
    pub(crate) fn is_dual(&self) -> bool {
        self.lists.is_some_and(|lists| lists.is_dual(&self.key))
    }

    /// The number it stands for, without separators.
    pub(crate) fn number(&self) -> Option<&str> {
        self.number.as_deref()
    }

    /// How two things of listed kinds stand to one another; `None` if they are not both of one kind.
    fn kinds(&self, other: &Self) -> Option<Relation> {
        let (mine, its) = (&self.entry.items, &other.entry.items);
        if mine.iter().any(|item| its.contains(item)) {
            return Some(Relation::Form);
        }
        mine.iter().any(|(kind, _)| its.iter().any(|(its, _)| its == kind)).then_some(Relation::Apart)
    }

    fn shares_stem(&self, other: &Self) -> bool {
        let short = letters(&self.key).min(letters(&other.key)) <= 4;
        let least = if short { 2 } else { LEAST_CONSONANTS };
        self.stems().iter().any(|stem| letters(stem) >= least && other.stems().binary_search(stem).is_ok())
    }

    /// The stems the word may have, sorted; most words never need theirs.
    fn stems(&self) -> &[String] {
        self.stems.get_or_init(|| self.lists.map_or_else(Vec::new, |lists| lists.stemmer.stems(&self.key)))
    }
}

/// Classes of words that tell nothing by themselves.
pub(crate) const GRAMMATICAL: WordClasses = WordClasses::of(&[
    WordClass::Adverb,
    WordClass::Auxiliary,
    WordClass::Complementiser,
    WordClass::Coordinator,
    WordClass::Demonstrative,
    WordClass::Determiner,
    WordClass::Function,
    WordClass::Interrogative,
    WordClass::Possessive,
    WordClass::Preposition,
    WordClass::PronounFeminine,
    WordClass::PronounMasculine,
    WordClass::PronounNeuter,
    WordClass::PronounPlural,
    WordClass::PronounSpeech,
    WordClass::Relative,
    WordClass::Subordinator,
]);

fn is_grammatical(word: &KeyWord, entry: &Entry) -> bool {
    word.classes.any(GRAMMATICAL) && entry.items.is_empty() && !entry.reversing || letters(&word.key) < 2
}

/// The number in a key, with a particle that is written on to it set aside: «ب50».
fn number(key: &str) -> Option<String> {
    let digits = key.trim_start_matches(['و', 'ف', 'ب', 'ل', 'ك', 'ا']);
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    digits.get(..end).filter(|number| number.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned)
}
