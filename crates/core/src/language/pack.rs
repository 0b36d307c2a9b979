//! A language pack: the data that teaches one language to the extractor.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::class::WordClasses;
use super::dates::Dates;
use super::file::{self, Capitals, Convention, Morphology, WordOrder};
use super::lexicon::Lexicon;
use super::mistake::PackError;
use super::{Language, arabic};
use crate::fold::fold;

/// The compiled data of one language.
#[derive(Debug)]
pub struct LanguagePack {
    language: Language,
    version: u32,
    added: Vec<String>,
    word_order: WordOrder,
    morphology: Morphology,
    capitals: Capitals,
    decimal_comma: bool,
    conventions: Vec<Convention>,
    lexicon: Lexicon,
    dates: Dates,
    spelling: FxHashMap<Box<str>, Box<str>>,
    offices: FxHashMap<Box<str>, Vec<Box<str>>>,
}

/// A pack that ships with the crate: its code and its files, each with its name, the one with the head first.
type Builtin = (&'static str, &'static [(&'static str, &'static str)]);

/// The packs that ship with the crate.
const BUILTIN: [Builtin; 4] = [
    (
        "ar",
        &[
            ("ar.toml", include_str!("../../languages/ar.toml")),
            ("ar/dates.toml", include_str!("../../languages/ar/dates.toml")),
            ("ar/names.toml", include_str!("../../languages/ar/names.toml")),
            ("ar/numbers.toml", include_str!("../../languages/ar/numbers.toml")),
        ],
    ),
    (
        "de",
        &[
            ("de.toml", include_str!("../../languages/de.toml")),
            ("de/dates.toml", include_str!("../../languages/de/dates.toml")),
            ("de/names.toml", include_str!("../../languages/de/names.toml")),
            ("de/numbers.toml", include_str!("../../languages/de/numbers.toml")),
        ],
    ),
    (
        "en",
        &[
            ("en.toml", include_str!("../../languages/en.toml")),
            ("en/dates.toml", include_str!("../../languages/en/dates.toml")),
            ("en/media.toml", include_str!("../../languages/en/media.toml")),
            ("en/names.toml", include_str!("../../languages/en/names.toml")),
            ("en/numbers.toml", include_str!("../../languages/en/numbers.toml")),
            ("en/people.toml", include_str!("../../languages/en/people.toml")),
            ("en/places.toml", include_str!("../../languages/en/places.toml")),
            ("en/spelling.toml", include_str!("../../languages/en/spelling.toml")),
        ],
    ),
    (
        "fr",
        &[
            ("fr.toml", include_str!("../../languages/fr.toml")),
            ("fr/dates.toml", include_str!("../../languages/fr/dates.toml")),
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
    /// `main` has the head (language, version, word order); `more` add words, spellings, numbers and cues to it. If
    /// `main` says `extends = "en"` in place of a head, all the files add to the pack for `en` that ships with the crate.
    ///
    /// # Errors
    /// As [`LanguagePack::from_toml`]; the message names the file that has the mistake.
    pub fn from_files(main: (&str, &str), more: &[(&str, &str)]) -> Result<Self, PackError> {
        let Some(language) = file::extended(main.1) else { return Self::compile(main, more, Vec::new()) };
        let shipped = BUILTIN.iter().find(|(code, _)| *code == language.as_str()).map(|(_, files)| *files);
        let Some((head, rest)) = shipped.and_then(|files| files.split_first()) else {
            let reason = format!("it extends `{language}`, for which no pack ships");
            return Err(PackError::File { file: main.0.to_owned(), reason });
        };
        let own: Vec<(&str, &str)> = std::iter::once(main).chain(more.iter().copied()).collect();
        let names = own.iter().map(|(file, _)| (*file).to_owned()).collect();
        Self::compile(*head, &[rest, own.as_slice()].concat(), names)
    }

    /// `added` names the files that are not the pack's own.
    fn compile(main: (&str, &str), more: &[(&str, &str)], added: Vec<String>) -> Result<Self, PackError> {
        let mut pack = file::read(main.0, main.1)?;
        for (file, text) in more {
            file::extend(&mut pack, file, text)?;
        }
        let dates = Dates::compile(&pack.dates, pack.morphology);
        Ok(Self {
            language: pack.language,
            version: pack.version,
            added,
            word_order: pack.word_order,
            morphology: pack.morphology,
            capitals: pack.capitals,
            decimal_comma: pack.decimal_comma,
            conventions: pack.conventions.clone(),
            lexicon: Lexicon::compile(&pack, &dates),
            dates,
            spelling: spellings(&pack.spelling),
            offices: offices(&pack.offices),
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
        let compile = || files.split_first().and_then(|(main, more)| Self::compile(*main, more, Vec::new()).ok());
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

    /// The name by which data tell the pack: language and version, and the files that were added to it (`en 1 + own.toml`).
    #[must_use]
    pub fn label(&self) -> String {
        let name = |path: &'_ String| path.rsplit(['/', '\\']).next().map(|name| format!(" + {name}"));
        let added: String = self.added.iter().filter_map(name).collect();
        format!("{} {}{added}", self.language, self.version)
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

    /// The other spellings of a folded word that has several, or begins with one that has: `اميركيتين` for `امريكيتين`.
    pub(crate) fn other_spellings(&self, folded: &str) -> impl Iterator<Item = String> {
        let swapped = |from: &str, to: &str| Some(format!("{to}{}", folded.strip_prefix(from)?));
        self.spelling
            .iter()
            .flat_map(move |(variant, agreed)| [swapped(variant, agreed), swapped(agreed, variant)])
            .flatten()
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

    /// What somebody with a folded title is called as well: `const` is an `officer`.
    pub(crate) fn offices(&self, title: &str) -> &[Box<str>] {
        self.offices.get(title).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn word_order(&self) -> WordOrder {
        self.word_order
    }

    pub(crate) fn morphology(&self) -> Morphology {
        self.morphology
    }

    pub(crate) fn decimal_comma(&self) -> bool {
        self.decimal_comma
    }

    /// Whether writers of the language follow `convention`.
    pub(crate) fn follows(&self, convention: Convention) -> bool {
        self.conventions.contains(&convention)
    }

    pub(crate) fn capitals(&self) -> Capitals {
        self.capitals
    }

    pub(crate) fn dates(&self) -> &Dates {
        &self.dates
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}

/// Folded title → what whoever has it is called as well, folded.
fn offices(table: &file::Offices) -> FxHashMap<Box<str>, Vec<Box<str>>> {
    let mut offices: FxHashMap<Box<str>, Vec<Box<str>>> = FxHashMap::default();
    for (office, titles) in table {
        for title in titles {
            offices.entry(fold(title.as_ref()).into()).or_default().push(fold(office.as_ref()).into());
        }
    }
    offices
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
    use crate::Article;

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
        assert!(error.starts_with("xx.toml:5: `complementizer"), "{error}");
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

    #[test]
    fn a_file_can_add_to_a_pack_that_ships() {
        let own = "extends = \"en\"\n[[cue]]\nlemma = \"blurt\"\nstance = \"reveal\"\nframes = [\"clause\"]\npast = [\"blurted\"]\n";
        let pack = LanguagePack::from_toml("own.toml", own).unwrap();
        assert_eq!(pack.label(), "en 1 + own.toml");
        let article = Article::from_text("The minister blurted that it rained.", Some(Language::ENGLISH));
        assert_eq!(crate::extract(&article, &pack).len(), 1);
        assert_eq!(crate::extract(&article, LanguagePack::builtin(Language::ENGLISH).unwrap()).len(), 0);

        let nowhere = LanguagePack::from_toml("own.toml", "extends = \"xx\"\n").unwrap_err().to_string();
        assert_eq!(nowhere, "own.toml: it extends `xx`, for which no pack ships");
        let more = ("more.toml", "extends = \"ar\"\n");
        let other = LanguagePack::from_files(("own.toml", own), &[more]).unwrap_err().to_string();
        assert_eq!(other, "more.toml: it extends `ar`, but the pack is for `en`");
    }
}
