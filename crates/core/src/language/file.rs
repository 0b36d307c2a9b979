//! A language pack as it is written: the TOML file, read and checked.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::class::WordClass;
use super::cue::{CueKind, Frame, Requirement};
use super::dates::DatesFile;
use super::mistake::PackError;
use crate::claim::{Mode, Polarity, Stance};
use crate::language::Language;

/// The order of subject and verb in a plain sentence of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WordOrder {
    /// «قال الوزير إن …».
    VerbFirst,
    /// `The minister said …`.
    SubjectFirst,
    /// `Der Minister sagte …`, `Am Montag sagte der Minister …`, `…, wie der Minister sagte`.
    VerbSecond,
}

/// Which words are written with a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Capitals {
    /// Names only, if the script has capitals.
    #[default]
    Names,
    /// All nouns; those written together are looked up by their last part.
    Nouns,
}

/// The module that takes words of the language apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub(crate) enum Morphology {
    /// Words are looked up as they stand.
    #[default]
    Plain,
    /// Arabic: proclitics and enclitics are written on to the word.
    Arabic,
    /// French: elided words are written on to the word after them, and subjects stand after verbs in attributions.
    French,
}

/// What writers of a language do otherwise than most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub(crate) enum Convention {
    /// A plain space may part thousands: `10 000`.
    SpacedThousands,
    /// The sign of a currency stands after its number: `10 €`.
    SignAfterNumber,
    /// A preposition ties a noun to a number word: «10 millions d'euros».
    PartitiveNumbers,
    /// Names of months begin with a small letter.
    SmallMonths,
    /// Pronouns agree in gender with nouns for bodies, and stand for several only if their nouns do.
    GenderedThings,
    /// A description that is new to the text may stand for whoever was told of before: «cette institutrice», «Le Suédois».
    PointingDescriptions,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PackFile {
    pub(super) language: Language,
    pub(super) version: u32,
    pub(super) word_order: WordOrder,
    #[serde(default)]
    pub(super) morphology: Morphology,
    #[serde(default)]
    pub(super) capitals: Capitals,
    /// Whether a comma is the decimal mark and a point parts thousands.
    #[serde(default)]
    pub(super) decimal_comma: bool,
    #[serde(default)]
    pub(super) conventions: Vec<Convention>,
    #[serde(default)]
    pub(super) words: Words,
    /// Agreed spelling → other spellings of the same word.
    #[serde(default)]
    pub(super) spelling: BTreeMap<String, Vec<String>>,
    /// What whoever has a title is called as well → the titles.
    #[serde(default)]
    pub(super) offices: Offices,
    #[serde(default, rename = "number")]
    pub(super) numbers: Vec<NumberFile>,
    #[serde(default)]
    pub(super) dates: DatesFile,
    #[serde(default, rename = "cue")]
    pub(super) cues: Vec<CueFile>,
}

/// A further file of a pack: what a pack may hold, without its head.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FragmentFile {
    /// The language whose pack it adds to, where it may be read without that pack's files.
    extends: Option<Language>,
    #[serde(default)]
    words: Words,
    #[serde(default)]
    spelling: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    offices: Offices,
    #[serde(default, rename = "number")]
    numbers: Vec<NumberFile>,
    #[serde(default)]
    dates: DatesFile,
    #[serde(default, rename = "cue")]
    cues: Vec<CueFile>,
}

type Words = BTreeMap<WordClass, Vec<Spanned<String>>>;

/// What somebody is called → the titles of whoever is called so.
pub(super) type Offices = BTreeMap<Spanned<String>, Vec<Spanned<String>>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberFile {
    pub(super) value: f64,
    pub(super) forms: Vec<String>,
    /// The forms have this value after another number, and alone tell of several of it: «آلاف».
    #[serde(default)]
    pub(super) counted: bool,
    /// The forms always tell of several of the value: `dozens`.
    #[serde(default)]
    pub(super) multiples: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CueFile {
    pub(super) lemma: Spanned<String>,
    #[serde(default)]
    pub(super) kind: CueKind,
    /// The particle of a separable verb, whose forms are given without it.
    pub(super) particle: Option<String>,
    pub(super) stance: Stance,
    #[serde(default = "speech")]
    pub(super) mode: Mode,
    #[serde(default = "affirmed")]
    pub(super) polarity: Polarity,
    pub(super) frames: Vec<Frame>,
    #[serde(default)]
    pub(super) prepositions: Vec<String>,
    #[serde(default)]
    pub(super) requires: Requirement,
    /// Whether the verb attributes only with a reflexive pronoun: «s'inquiéter».
    #[serde(default)]
    pub(super) reflexive: bool,
    /// Nouns that alone can be its nominal content, for verbs whose other objects report nothing.
    #[serde(default)]
    pub(super) objects: Vec<String>,
    /// Past forms. Six of them are he, she, they two (m., f.), they (m., f.).
    #[serde(default)]
    pub(super) past: Vec<String>,
    /// Present forms, in the same order.
    #[serde(default)]
    pub(super) present: Vec<String>,
    /// Forms that stand only after a negation or the like.
    #[serde(default)]
    pub(super) jussive: Vec<String>,
    /// Bare forms.
    #[serde(default)]
    pub(super) base: Vec<String>,
    /// Forms of the future and conditional: what they tell has not been said yet.
    #[serde(default)]
    pub(super) future: Vec<String>,
    /// Forms that stand only after an auxiliary; unlike bare forms they are never finite.
    #[serde(default)]
    pub(super) infinitive: Vec<String>,
    /// Passive forms.
    #[serde(default)]
    pub(super) passive: Vec<String>,
    /// Participles that go on with the same speaker. Four are m. sg., f. sg., m. pl., f. pl.
    #[serde(default)]
    pub(super) participle: Vec<String>,
    /// Verbal nouns and nouns; for a noun or preposition, its forms.
    #[serde(default)]
    pub(super) noun: Vec<String>,
}

const fn speech() -> Mode {
    Mode::Speech
}

const fn affirmed() -> Polarity {
    Polarity::Affirmed
}

/// Reads a pack's text; `file` is only for messages.
pub(super) fn read(file: &str, text: &str) -> Result<PackFile, PackError> {
    let pack: PackFile = parse(file, text)?;
    check(file, text, &pack.words, &pack.cues)?;
    check_offices(file, text, &pack.offices)?;
    check_dates(file, &pack.dates)?;
    Ok(pack)
}

/// The language whose pack a file says that it extends.
pub(super) fn extended(text: &str) -> Option<Language> {
    #[derive(Deserialize)]
    struct Head {
        extends: Language,
    }
    toml::from_str(text).ok().map(|head: Head| head.extends)
}

/// Reads a further file of `pack` and adds what it holds; `file` is only for messages.
pub(super) fn extend(pack: &mut PackFile, file: &str, text: &str) -> Result<(), PackError> {
    let more: FragmentFile = parse(file, text)?;
    if let Some(other) = more.extends.filter(|language| *language != pack.language) {
        let reason = format!("it extends `{other}`, but the pack is for `{}`", pack.language);
        return Err(PackError::File { file: file.to_owned(), reason });
    }
    check(file, text, &more.words, &more.cues)?;
    check_offices(file, text, &more.offices)?;
    check_dates(file, &more.dates)?;
    for (class, words) in more.words {
        pack.words.entry(class).or_default().extend(words);
    }
    for (agreed, variants) in more.spelling {
        pack.spelling.entry(agreed).or_default().extend(variants);
    }
    for (office, titles) in more.offices {
        pack.offices.entry(office).or_default().extend(titles);
    }
    pack.numbers.extend(more.numbers);
    pack.dates.extend(more.dates);
    pack.cues.extend(more.cues);
    Ok(())
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, PackError> {
    toml::from_str(text).map_err(|error| PackError::of_shape(file, text, &error))
}

fn check_dates(file: &str, dates: &DatesFile) -> Result<(), PackError> {
    let told = |reason: &str| PackError::File { file: file.to_owned(), reason: format!("[dates]: {reason}") };
    dates.mistake().map_or(Ok(()), |reason| Err(told(reason)))
}

fn check_offices(file: &str, text: &str, offices: &Offices) -> Result<(), PackError> {
    let mistake = |entry: &Spanned<String>, reason: &str| {
        Err(PackError::of_entry(file, text, entry.span().start, entry.as_ref(), reason))
    };
    for (office, titles) in offices {
        for (at, title) in titles.iter().enumerate() {
            if titles.iter().take(at).any(|earlier| earlier.as_ref() == title.as_ref()) {
                return mistake(title, "the title stands there twice");
            }
        }
        if let Some(blank) = std::iter::once(office).chain(titles).find(|word| word.as_ref().trim().is_empty()) {
            return mistake(blank, "a word cannot be blank");
        }
    }
    Ok(())
}

/// Holds the entries of one file to the rules of a pack.
fn check(file: &str, text: &str, words: &Words, cues: &[CueFile]) -> Result<(), PackError> {
    let entry_error = |entry: &Spanned<String>, reason: &str| {
        PackError::of_entry(file, text, entry.span().start, entry.as_ref(), reason)
    };
    for cue in cues {
        if cue.frames.is_empty() {
            return Err(entry_error(&cue.lemma, "a cue needs at least one frame"));
        }
        if cue.frames.contains(&Frame::Preposition) && cue.prepositions.is_empty() {
            return Err(entry_error(&cue.lemma, "the frame `preposition` needs `prepositions`"));
        }
        let finite = [&cue.past, &cue.present, &cue.jussive, &cue.base, &cue.future];
        let others = [&cue.infinitive, &cue.passive, &cue.participle, &cue.noun];
        let mut forms = finite.iter().chain(&others).flat_map(|list| list.iter()).peekable();
        if forms.peek().is_none() {
            return Err(entry_error(&cue.lemma, "a cue needs at least one form"));
        }
        if forms.any(|form| form.trim().is_empty()) {
            return Err(entry_error(&cue.lemma, "a form cannot be blank"));
        }
    }
    for list in words.values() {
        if let Some(blank) = list.iter().find(|word| word.as_ref().trim().is_empty()) {
            return Err(entry_error(blank, "a word cannot be blank"));
        }
    }
    Ok(())
}
