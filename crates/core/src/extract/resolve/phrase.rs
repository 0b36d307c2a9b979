//! What a noun phrase says of somebody: a name, the nouns that describe them, gender, number and kind.

use super::super::block::{BlockLayers, Range};
use super::words::{Word, WordList, Words};
use super::{arabic, cased};
use crate::claim::SourceKind;
use crate::language::{Convention, Morphology, WordClass, WordClasses};
use crate::span::Span;

/// A noun phrase that stands for a possible speaker.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Phrase {
    /// The phrase as written, trimmed.
    pub(super) span: Span,
    /// The folded words of the name, without titles; empty for a description.
    pub(super) name: WordList,
    /// The folded words that describe: titles, offices, bodies, places.
    pub(super) nouns: WordList,
    /// Of these the one that says what somebody is: `minister` of `the health minister`.
    pub(super) head: Option<Word>,
    pub(super) gender: Gender,
    pub(super) plural: bool,
    pub(super) kind: SourceKind,
    /// Whether it points at somebody known: `the minister`, «الوزير».
    pub(super) definite: bool,
    /// Whether it is a news agency, newspaper or broadcaster.
    pub(super) medium: bool,
    /// Of a text, the tokens that name who issued it: `a statement from | the ministry`.
    pub(super) issuer: Option<Range>,
    /// Whether it is an anaphor: `the latter`, «المصدر ذاته».
    pub(super) anaphor: bool,
    /// Whether a demonstrative makes a description point at somebody told of before: «ce médecin».
    pub(super) demonstrative: bool,
    /// Whether it tells of somebody only where they come from: «Le Suédois».
    pub(super) origin: bool,
    /// Of a text, whose it is: who answers for «بيان للوزارة» is «الوزارة».
    pub(super) owner: Option<Box<str>>,
}

/// Whom a pronoun or verb form must agree with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gender {
    #[default]
    Unknown,
    Masculine,
    Feminine,
}

impl Gender {
    /// Whether two genders can be one person's.
    pub(super) fn fits(self, other: Self) -> bool {
        self == Self::Unknown || other == Self::Unknown || self == other
    }
}

/// Reads the noun phrase of `range`, adding to `words`; `None` if no word is in it.
pub(super) fn read(block: &BlockLayers<'_>, range: Range, words: &mut Words) -> Option<Phrase> {
    let span = block.trimmed(range)?;
    let mut phrase = Phrase {
        span,
        name: WordList::new(),
        nouns: WordList::new(),
        head: None,
        medium: false,
        gender: Gender::Unknown,
        plural: false,
        kind: SourceKind::Unknown,
        definite: false,
        issuer: None,
        anaphor: block.is(range.start, WordClass::Anaphor),
        demonstrative: block.is(range.start, WordClass::Demonstrative),
        origin: false,
        owner: None,
    };
    let mut seen = Seen::new(words);
    match block.pack.morphology() {
        Morphology::Arabic => arabic::read(block, range, &mut phrase, &mut seen),
        Morphology::Plain | Morphology::French => cased::read(block, range, &mut phrase, &mut seen),
    }
    point_by_origin(block, range, &mut phrase);
    phrase.kind = kind(&phrase, &seen);
    // Without capitals an adjective looks like a name; «مسؤول نيسفاري رفيع» is nobody's name.
    let unnamed = match seen.head {
        Some(SourceKind::Anonymous) => seen.anonymous && !seen.given_name,
        Some(SourceKind::Person) => phrase.name.is_empty(),
        _ => false,
    };
    if unnamed && !phrase.definite && block.pack.morphology() == Morphology::Arabic {
        phrase.kind = SourceKind::Anonymous;
    }
    if block.pack.morphology() != Morphology::Arabic
        && phrase.kind == SourceKind::Person
        && phrase.name.is_empty()
        && !phrase.definite
    {
        phrase.kind = SourceKind::Anonymous;
    }
    phrase.plural |= seen.group && !block.is(range.start, WordClass::SingleOf);
    // `Ann Lee, a radio host`
    phrase.medium = seen.medium && !matches!(phrase.kind, SourceKind::Person | SourceKind::Anonymous);
    // `one of the victims`
    let one = block.is(range.start, WordClass::Indefinite);
    if one && block.is(block.tokens.after(range.start), WordClass::Preposition) {
        phrase.plural = false;
        if phrase.kind == SourceKind::Group {
            phrase.kind = SourceKind::Anonymous;
        }
    }
    Some(phrase)
}

/// «Le Suédois» names nobody: it points at somebody told of before by where they come from.
fn point_by_origin(block: &BlockLayers<'_>, range: Range, phrase: &mut Phrase) {
    let noun = block.tokens.after(range.start);
    let alone = phrase.definite && block.tokens.after(noun) >= range.end && phrase.nouns.is_empty();
    if alone && block.pack.follows(Convention::PointingDescriptions) && block.is(noun, WordClass::Adjective) {
        phrase.nouns.extend(std::mem::take(&mut phrase.name));
        phrase.origin = true;
    }
}

/// Of a source that is somebody's statement, the one whose it is: `Angaben | der Polizei`; else the whole source.
pub(super) fn owner(block: &BlockLayers<'_>, range: Range) -> Range {
    let statement = WordClasses::of(&[WordClass::Statement, WordClass::Opinion]);
    let Some(noun) = (range.start..range.end).take(MOST_BEFORE).find(|&at| block.tokens.classes(at).any(statement))
    else {
        return range;
    };
    let next = block.tokens.after(noun);
    let start = match block.tokens.classes(next) {
        classes if classes.has(WordClass::Genitive) => next,
        classes if classes.has(WordClass::Link) => block.tokens.after(next),
        _ => return range,
    };
    if start < range.end { Range::new(start, range.end) } else { range }
}

/// A determiner and adjectives before the noun are fewer.
const MOST_BEFORE: usize = 4;

/// Classes of nouns that can be the head of a source.
pub(super) const HEADS: WordClasses =
    WordClasses::SPEAKERS.with(WordClasses::of(&[WordClass::Medium, WordClass::Seat]));

/// Classes of nouns for one person.
pub(super) const PEOPLE: WordClasses =
    WordClasses::of(&[WordClass::Person, WordClass::Title, WordClass::TitleMasculine, WordClass::TitleFeminine]);

/// Given names.
pub(super) const GIVEN: WordClasses = WordClasses::of(&[WordClass::NameMasculine, WordClass::NameFeminine]);

/// What was met on the way through a phrase.
#[derive(Debug)]
pub(super) struct Seen<'w> {
    /// Where the words of the phrase are kept.
    pub(super) words: &'w mut Words,
    pub(super) person: bool,
    pub(super) given_name: bool,
    pub(super) anonymous: bool,
    pub(super) group: bool,
    pub(super) organisation: bool,
    pub(super) document: bool,
    pub(super) place: bool,
    pub(super) medium: bool,
    /// The class of the head noun decides where there is no name.
    pub(super) head: Option<SourceKind>,
    /// The name is in capitals throughout, or holds a noun for a body.
    pub(super) name_of_body: bool,
    /// An article stands right before a name of several words, as before no person's: `the Red Cross`.
    pub(super) article: bool,
    /// A name of several words begins with a place's: `Halder Hydro`.
    pub(super) of_place: bool,
}

impl<'w> Seen<'w> {
    fn new(words: &'w mut Words) -> Self {
        Self {
            words,
            person: false,
            given_name: false,
            anonymous: false,
            group: false,
            organisation: false,
            document: false,
            place: false,
            medium: false,
            head: None,
            name_of_body: false,
            article: false,
            of_place: false,
        }
    }

    /// Takes note of a noun's classes.
    pub(super) fn note(&mut self, classes: WordClasses) {
        let kind = if classes.has(WordClass::Anonymous) {
            self.anonymous = true;
            SourceKind::Anonymous
        } else if classes.any(PEOPLE) {
            self.person = true;
            SourceKind::Person
        } else if classes.has(WordClass::Organisation) || classes.has(WordClass::Medium) {
            self.organisation = true;
            self.medium |= self.head.is_none() && classes.has(WordClass::Medium);
            SourceKind::Organisation
        } else if classes.has(WordClass::Group) {
            self.group = true;
            SourceKind::Group
        } else if classes.has(WordClass::Document) {
            self.document = true;
            SourceKind::Document
        } else if classes.any(WordClasses::of(&[WordClass::Place, WordClass::Seat])) {
            self.place = true;
            SourceKind::Place
        } else {
            return;
        };
        self.head.get_or_insert(kind);
    }
}

fn kind(phrase: &Phrase, seen: &Seen<'_>) -> SourceKind {
    match (phrase.name.len(), seen.head) {
        (0, Some(head)) => head,
        (0, None) => SourceKind::Unknown,
        _ if seen.given_name || seen.person => SourceKind::Person,
        (_, Some(SourceKind::Anonymous)) => SourceKind::Person,
        (_, Some(head)) => head,
        _ if seen.name_of_body || seen.article || seen.of_place => SourceKind::Organisation,
        (2, None) if !phrase.definite => SourceKind::Person,
        _ => SourceKind::Unknown,
    }
}
