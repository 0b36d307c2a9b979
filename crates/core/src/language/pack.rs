//! A language pack: the data that teaches one language to the extractor.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::class::WordClasses;
use super::file::{self, Capitals, Morphology, PackError, WordOrder};
use super::lexicon::Lexicon;
use super::{Language, arabic};
use crate::fold::fold;

/// The compiled data of one language.
#[derive(Debug)]
pub struct LanguagePack {
    language: Language,
    version: u32,
    word_order: WordOrder,
    morphology: Morphology,
    capitals: Capitals,
    lexicon: Lexicon,
    spelling: FxHashMap<Box<str>, Box<str>>,
}

/// A pack that ships with the crate: its code and its files, each with its name, the one with the head first.
type Builtin = (&'static str, &'static [(&'static str, &'static str)]);

/// The packs that ship with the crate.
const BUILTIN: [Builtin; 4] = [
    (
        "ar",
        &[
            ("ar.toml", include_str!("../../languages/ar.toml")),
            ("ar/names.toml", include_str!("../../languages/ar/names.toml")),
            ("ar/numbers.toml", include_str!("../../languages/ar/numbers.toml")),
        ],
    ),
    (
        "de",
        &[
            ("de.toml", include_str!("../../languages/de.toml")),
            ("de/names.toml", include_str!("../../languages/de/names.toml")),
            ("de/numbers.toml", include_str!("../../languages/de/numbers.toml")),
        ],
    ),
    (
        "en",
        &[
            ("en.toml", include_str!("../../languages/en.toml")),
            ("en/media.toml", include_str!("../../languages/en/media.toml")),
            ("en/names.toml", include_str!("../../languages/en/names.toml")),
            ("en/numbers.toml", include_str!("../../languages/en/numbers.toml")),
            ("en/people.toml", include_str!("../../languages/en/people.toml")),
            ("en/places.toml", include_str!("../../languages/en/places.toml")),
        ],
    ),
    (
        "fr",
        &[
            ("fr.toml", include_str!("../../languages/fr.toml")),
            ("fr/names.toml", include_str!("../../languages/fr/names.toml")),
            ("fr/numbers.toml", include_str!("../../languages/fr/numbers.toml")),
        ],
    ),
];

impl LanguagePack {
    /// Reads a pack from the text of its TOML file; `file` names it in messages.
    ///
    /// # Errors
    /// [`PackError`] if the text is not TOML, has an unknown key, class or frame, or an entry breaks a rule;
    /// it names file, line and entry.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, PackError> {
        Self::from_files((file, text), &[])
    }

    /// Reads a pack that lies in several files, each given by its name for messages and its text.
    ///
    /// `main` has the head (language, version, word order); `more` add words, spellings, numbers and cues to it.
    ///
    /// # Errors
    /// As [`LanguagePack::from_toml`]; the message names the file that has the mistake.
    pub fn from_files(main: (&str, &str), more: &[(&str, &str)]) -> Result<Self, PackError> {
        let mut pack = file::read(main.0, main.1)?;
        for (file, text) in more {
            file::extend(&mut pack, file, text)?;
        }
        Ok(Self {
            language: pack.language,
            version: pack.version,
            word_order: pack.word_order,
            morphology: pack.morphology,
            capitals: pack.capitals,
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
        let at = BUILTIN.iter().position(|(code, _)| *code == language.as_str())?;
        let (_, files) = BUILTIN.get(at)?;
        // A test compiles every pack that ships, so `None` for a listed language does not leave the house.
        let compile = || files.split_first().and_then(|(main, more)| Self::from_files(*main, more).ok());
        PACKS.get(at)?.get_or_init(compile).as_ref()
    }

    /// The languages whose packs ship with the crate.
    pub fn builtin_languages() -> impl Iterator<Item = Language> {
        BUILTIN.iter().filter_map(|(code, _)| code.parse().ok())
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

    /// The classes of a folded word, particles written on to it set aside; empty for a word the pack does not know.
    #[must_use]
    pub fn classes(&self, folded: &str) -> WordClasses {
        let entry = match self.morphology {
            Morphology::Plain | Morphology::French => self.lexicon.find(folded),
            Morphology::Arabic => arabic::analyse(folded, &self.lexicon).entry,
        };
        entry.and_then(|id| self.lexicon.entry(id)).map_or(WordClasses::NONE, |entry| entry.classes)
    }

    pub(crate) fn word_order(&self) -> WordOrder {
        self.word_order
    }

    pub(crate) fn morphology(&self) -> Morphology {
        self.morphology
    }

    pub(crate) fn capitals(&self) -> Capitals {
        self.capitals
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
        for (code, files) in BUILTIN {
            let pack = LanguagePack::from_files(files[0], &files[1..]).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(pack.language().as_str(), code);
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

    #[test]
    fn a_further_file_adds_to_the_pack_and_is_named_in_its_mistakes() {
        let main = ("xx.toml", "language = \"xx\"\nversion = 1\nword-order = \"subject-first\"\n");
        let numbers = ("xx/numbers.toml", "[[number]]\nvalue = 3.0\nforms = [\"tri\"]\n");
        let pack = LanguagePack::from_files(main, &[numbers]).unwrap();
        assert_eq!(pack.number("tri"), Some(3.0));

        let blank = ("xx/names.toml", "[words]\nmonth = [\n  \"maj\",\n  \" \",\n]\n");
        let error = LanguagePack::from_files(main, &[numbers, blank]).unwrap_err().to_string();
        assert_eq!(error, "xx/names.toml:4: ` `: a word cannot be blank");
        let head = ("xx/head.toml", "version = 2\n");
        assert!(LanguagePack::from_files(main, &[head]).is_err());
    }
}
