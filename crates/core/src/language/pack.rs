//! A language pack: the data that teaches one language to the extractor.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Language;
use super::file::{self, Morphology, PackError, WordOrder};
use super::lexicon::Lexicon;
use crate::fold::fold;

/// The compiled data of one language.
#[derive(Debug)]
pub struct LanguagePack {
    language: Language,
    version: u32,
    word_order: WordOrder,
    morphology: Morphology,
    lexicon: Lexicon,
    spelling: FxHashMap<Box<str>, Box<str>>,
}

/// The packs that ship with the crate: file name and text.
const BUILTIN: [(&str, &str); 2] =
    [("ar.toml", include_str!("../../languages/ar.toml")), ("en.toml", include_str!("../../languages/en.toml"))];

impl LanguagePack {
    /// Reads a pack from the text of its TOML file; `file` names it in messages.
    ///
    /// # Errors
    /// [`PackError`] if the text is not TOML, has an unknown key, class or frame, or an entry breaks a rule;
    /// it names file, line and entry.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, PackError> {
        let pack = file::read(file, text)?;
        Ok(Self {
            language: pack.language,
            version: pack.version,
            word_order: pack.word_order,
            morphology: pack.morphology,
            lexicon: Lexicon::compile(&pack),
            spelling: spellings(&pack.spelling),
        })
    }

    /// The pack for `language` that ships with the crate; `None` if none does.
    ///
    /// Packs are compiled when first asked for.
    #[must_use]
    pub fn builtin(language: Language) -> Option<&'static Self> {
        static PACKS: [OnceLock<Option<LanguagePack>>; BUILTIN.len()] = [const { OnceLock::new() }; BUILTIN.len()];
        let at = BUILTIN.iter().position(|(file, _)| file.strip_suffix(".toml") == Some(language.as_str()))?;
        let (file, text) = BUILTIN.get(at)?;
        // A test compiles every pack that ships, so `None` for a listed language does not leave the house.
        PACKS.get(at)?.get_or_init(|| Self::from_toml(file, text).ok()).as_ref()
    }

    /// The languages whose packs ship with the crate.
    pub fn builtin_languages() -> impl Iterator<Item = Language> {
        BUILTIN.iter().filter_map(|(file, _)| file.strip_suffix(".toml")?.parse().ok())
    }

    /// The language the pack teaches.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The pack's own version, as told in `"language_pack": "ar 1"`.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The agreed spelling of a folded word that has several (`الاميركي` → `الامريكي`); `None` if it has one.
    #[must_use]
    pub fn spelling(&self, folded: &str) -> Option<&str> {
        self.spelling.get(folded).map(AsRef::as_ref)
    }

    /// The value of a folded number word; `None` if it is none.
    #[must_use]
    pub fn number(&self, folded: &str) -> Option<f64> {
        self.lexicon.entry(self.lexicon.find(folded)?)?.number
    }

    pub(crate) fn word_order(&self) -> WordOrder {
        self.word_order
    }

    pub(crate) fn morphology(&self) -> Morphology {
        self.morphology
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}

/// Folded variant → folded agreed spelling.
fn spellings(table: &BTreeMap<String, Vec<String>>) -> FxHashMap<Box<str>, Box<str>> {
    let mut spelling = FxHashMap::default();
    for (agreed, variants) in table {
        for variant in variants {
            spelling.insert(fold(variant).into(), fold(agreed).into());
        }
    }
    spelling
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_that_ships_compiles() {
        for (file, text) in BUILTIN {
            let pack = LanguagePack::from_toml(file, text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(format!("{}.toml", pack.language()), file);
        }
    }

    #[test]
    fn a_mistake_names_file_line_and_entry() {
        let head = "language = \"xx\"\nversion = 1\nword-order = \"subject-first\"\n";
        let no_frame = format!("{head}[[cue]]\nlemma = \"say\"\nstance = \"report\"\nframes = []\npast = [\"said\"]\n");
        let error = LanguagePack::from_toml("xx.toml", &no_frame).unwrap_err().to_string();
        assert_eq!(error, "xx.toml:5: `say`: a cue needs at least one frame");

        let bad_class = format!("{head}[words]\ncomplementizer = [\"that\"]\n");
        let error = LanguagePack::from_toml("xx.toml", &bad_class).unwrap_err().to_string();
        assert!(error.contains("line 5") && error.contains("complementizer"), "{error}");
    }
}
