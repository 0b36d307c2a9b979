//! The word lists of a language: what stands for the same, for the opposite, for things that exclude one another.

use isnad_core::fold::fold;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Names;
use super::stem::{Stemmer, letters};

/// A relation between lists of words, named by its number; a side of an opposition is a meaning of its own.
pub(super) type Meaning = (u16, Side);

/// Which side of an opposition a word stands on. Plain synonyms all stand on the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Side {
    One,
    Other,
}

/// What is known of a dictionary form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) meanings: Vec<Meaning>,
    /// Things it can stand for: the number of the kind, and of the thing within it.
    pub(super) items: Vec<(u16, u16)>,
    pub(super) negating: bool,
    /// Whether a negation before it is none: «لا يزال».
    pub(super) affirmed: bool,
    pub(super) reversing: bool,
    /// Whether it says that there is one.
    pub(super) one: bool,
}

/// A word for two things has so many letters without its ending.
const LEAST_STEM: usize = 3;

/// The compiled lists of a language.
#[derive(Debug)]
pub(super) struct Lists {
    pub(super) stemmer: Stemmer,
    by_form: FxHashMap<String, Entry>,
    by_stem: FxHashMap<String, Entry>,
    /// For each opposition, whether its first side is good news, its other side, or neither.
    favourable: Vec<Option<Side>>,
    /// Endings, folded, of words for two things.
    dual: Vec<String>,
    /// How the language shows that a word is a name.
    pub(super) names: Names,
}

/// A file of word lists. Every list is optional, so that a language may have several files.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    negating: Vec<String>,
    affirmed: Vec<String>,
    reversing: Vec<String>,
    one: Vec<String>,
    dual: Vec<String>,
    opposite: Vec<Opposite>,
    same: Vec<Same>,
    kind: Vec<Kind>,
    suffixes: Vec<String>,
    names: Names,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opposite {
    favourable: Option<Side>,
    one: Vec<String>,
    other: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Same {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    /// What the items are, for whoever reads the file.
    #[serde(rename = "of")]
    _of: String,
    items: Vec<Vec<String>>,
}

impl Lists {
    /// Reads the files of a language.
    pub(super) fn from_toml(stemmer: Stemmer, files: &[&str]) -> Result<Self, toml::de::Error> {
        let files = files.iter().map(|text| toml::from_str(text)).collect::<Result<Vec<File>, _>>()?;
        let suffixes = files.iter().flat_map(|file| file.suffixes.iter().cloned()).collect();
        let mut lists = Self {
            stemmer: stemmer.with_suffixes(suffixes),
            by_form: FxHashMap::default(),
            by_stem: FxHashMap::default(),
            favourable: Vec::new(),
            dual: files.iter().flat_map(|file| &file.dual).map(|ending| fold(ending).into_owned()).collect(),
            names: files.first().map_or(Names::Unmarked, |file| file.names),
        };
        let mut kinds = 0;
        for file in &files {
            lists.add_marked(file);
            lists.add_meanings(file);
            for kind in &file.kind {
                for (item, words) in kind.items.iter().enumerate() {
                    let thing = (kinds, number(item));
                    lists.add(words, |entry| entry.items.push(thing));
                }
                kinds += 1;
            }
        }
        lists.share_stems();
        Ok(lists)
    }

    /// What is known of a folded form, as it is written.
    pub(super) fn form(&self, form: &str) -> Option<&Entry> {
        self.by_form.get(form)
    }

    /// What is known of the forms that share a stem.
    pub(super) fn stem(&self, stem: &str) -> Option<&Entry> {
        self.by_stem.get(stem)
    }

    /// Whether a word has an ending for two things, and letters before it.
    pub(super) fn is_dual(&self, key: &str) -> bool {
        self.dual.iter().any(|ending| key.strip_suffix(ending.as_str()).is_some_and(|stem| letters(stem) >= LEAST_STEM))
    }

    /// Whether a meaning is good news (1), bad news (−1) or neither (0).
    pub(super) fn favour(&self, (group, side): Meaning) -> i8 {
        match self.favourable.get(usize::from(group)).copied().flatten() {
            Some(favourable) if favourable == side => 1,
            Some(_) => -1,
            None => 0,
        }
    }

    fn add_marked(&mut self, file: &File) {
        self.add(&file.negating, |entry| entry.negating = true);
        self.add(&file.affirmed, |entry| entry.affirmed = true);
        self.add(&file.reversing, |entry| entry.reversing = true);
        self.add(&file.one, |entry| entry.one = true);
    }

    fn add_meanings(&mut self, file: &File) {
        for opposite in &file.opposite {
            let group = number(self.favourable.len());
            self.favourable.push(opposite.favourable);
            self.add(&opposite.one, |entry| entry.meanings.push((group, Side::One)));
            self.add(&opposite.other, |entry| entry.meanings.push((group, Side::Other)));
        }
        for same in &file.same {
            let group = number(self.favourable.len());
            self.favourable.push(None);
            self.add(&same.words, |entry| entry.meanings.push((group, Side::One)));
        }
    }

    fn add(&mut self, words: &[String], mut note: impl FnMut(&mut Entry)) {
        for word in words {
            let folded = fold(word);
            // Names of places are listed with their article; the word may stand without.
            let bare = folded.strip_prefix("ال").filter(|bare| self.stemmer.takes_article() && bare.len() > 4);
            if let Some(bare) = bare {
                note(self.by_form.entry(bare.to_owned()).or_default());
            }
            note(self.by_form.entry(folded.into_owned()).or_default());
        }
    }

    /// Makes the listed words known by their stems too.
    fn share_stems(&mut self) {
        for (form, entry) in &self.by_form {
            // A name has no other forms than those that are listed, and a particle has no stem.
            let Some(stem) = self.stemmer.listed(form) else { continue };
            let shared = self.by_stem.entry(stem).or_default();
            shared.meanings.extend(&entry.meanings);
            shared.reversing |= entry.reversing;
        }
        for entry in self.by_form.values_mut().chain(self.by_stem.values_mut()) {
            entry.meanings.sort_unstable();
            entry.meanings.dedup();
            entry.items.sort_unstable();
            entry.items.dedup();
        }
    }
}

/// The number of a list: a file holds far fewer than 65,536.
fn number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::BUILTIN;
    use super::*;

    #[test]
    fn no_word_stands_on_both_sides_of_an_opposition() {
        for (code, _, texts) in BUILTIN {
            for text in texts {
                let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("{code}: {error}"));
                for opposite in &file.opposite {
                    let one: Vec<_> = opposite.one.iter().map(|word| fold(word)).collect();
                    let both: Vec<_> = opposite.other.iter().filter(|word| one.contains(&fold(word))).collect();
                    assert!(both.is_empty(), "{code}: {both:?} in {:?}", opposite.one.first());
                }
            }
        }
    }

    #[test]
    fn no_two_words_are_opposites_here_and_the_same_there() {
        for (code, _, texts) in BUILTIN {
            let files: Vec<File> = texts.iter().map(|text| toml::from_str(text).unwrap()).collect();
            let folded =
                |words: &Vec<String>| words.iter().map(|word| fold(word).into_owned()).collect::<BTreeSet<_>>();
            let opposites: Vec<_> = files.iter().flat_map(|file| &file.opposite).collect();
            let same = files.iter().flat_map(|file| &file.same).map(|same| folded(&same.words));
            let sides = opposites.iter().flat_map(|opposite| [folded(&opposite.one), folded(&opposite.other)]);
            let alike: Vec<_> = same.chain(sides).collect();
            for opposite in &opposites {
                let (one, other) = (folded(&opposite.one), folded(&opposite.other));
                for list in &alike {
                    let both = (list.intersection(&one).next(), list.intersection(&other).next());
                    assert!(
                        both.0.is_none() || both.1.is_none(),
                        "{code}: {both:?} are opposites, and the same in {list:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_list_names_a_word_twice_or_has_one_word_only() {
        for (code, _, texts) in BUILTIN {
            for text in texts {
                let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("{code}: {error}"));
                let sides = file.opposite.iter().flat_map(|opposite| [&opposite.one, &opposite.other]);
                let same =
                    file.same.iter().map(|same| &same.words).inspect(|words| assert!(words.len() > 1, "{words:?}"));
                for words in sides.chain(same).chain([&file.negating, &file.reversing]) {
                    let mut sorted = words.clone();
                    sorted.sort();
                    sorted.dedup();
                    assert_eq!(sorted.len(), words.len(), "{code}: a word twice in {words:?}");
                    assert!(words.iter().all(|word| !word.contains(' ')), "{code}: a phrase in {words:?}");
                }
            }
        }
    }
}
