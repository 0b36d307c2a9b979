//! The classes of words a language pack can name, and sets of them.

use serde::Deserialize;

/// What a word or phrase can be to the extractor, beside a cue.
///
/// The names are the keys of a pack's `[words]` table, in kebab case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WordClass {
    /// Opens a reported clause: `that`, «أن».
    Complementiser,
    /// Opens a reported question: `whether`, «عما إذا».
    Interrogative,
    /// Looks as if it held a complementiser, and does not: «على الرغم من أن», `given that`.
    FalseComplementiser,
    /// A formula by which the narrator speaks: «تجدر الإشارة إلى أن», `it is worth noting`.
    NarratorFormula,
    /// Says that something is expected, scheduled or possible: «من المتوقع أن», `is expected to`.
    Expectation,
    /// Makes the verb after it future or conditional: `will`, `would`, «سوف».
    Future,
    /// An auxiliary that belongs to the verb group: `has`, `was`, «كان», «قد».
    Auxiliary,
    /// Negates the verb after it: `not`, «لم».
    Negation,
    /// Opens a noun phrase that negates the verb after it: `neither`, `nobody`.
    NegativeSubject,
    /// Makes a statement less certain: `perhaps`, «ربما».
    Hedge,
    /// A personal pronoun that can be a subject and stands for a man.
    PronounMasculine,
    /// A personal pronoun that can be a subject and stands for a woman.
    PronounFeminine,
    /// A personal pronoun that can be a subject and stands for several.
    PronounPlural,
    /// A personal pronoun that can be a subject and stands for a thing or body.
    PronounNeuter,
    /// A pronoun of the first or second person: words of somebody who speaks.
    PronounSpeech,
    /// A word that points back to a person named before: «الأخير», `the latter`.
    Anaphor,
    /// A title before a name that tells nothing of gender: `President`, `Dr`.
    Title,
    /// A title that stands for a man: `Mr`, «السيد».
    TitleMasculine,
    /// A title that stands for a woman: `Ms`, «السيدة».
    TitleFeminine,
    /// A man's given name.
    NameMasculine,
    /// A woman's given name.
    NameFeminine,
    /// A noun for a person by office or work: `minister`, `spokesman`.
    Person,
    /// A noun for a source that stays unnamed: `official`, `source`, «مصدر».
    Anonymous,
    /// A noun for several people: `residents`, «شهود».
    Group,
    /// A noun for a body that can speak: `ministry`, «الشرطة».
    Organisation,
    /// A body before which things are said: `court`, `inquest`.
    Forum,
    /// A noun for a text that can speak: `report`, «بيان».
    Document,
    /// A place that can stand for its government: `Moscow`, «البيت الأبيض».
    Place,
    /// A noun for a building that can stand for who rules from it: «قصر», `palace`.
    Seat,
    /// A news agency, newspaper or broadcaster, by name or kind.
    Medium,
    /// Opens a phrase that says through what the words came: `in an interview`, «في بيان».
    ChannelPhrase,
    /// Opens a phrase that says in what writing the words came: `in a statement`, «في بيان».
    WrittenChannel,
    /// A phrase of time that can stand between parts of an attribution: `on Thursday`, «أمس».
    Time,
    /// A word that opens a phrase of time, place or circumstance, which never belongs to a source.
    Circumstance,
    /// A preposition.
    Preposition,
    /// Joins two equals: `and`, «أو».
    Coordinator,
    /// Joins a clause to another: `because`, `while`, «لأن».
    Subordinator,
    /// Opens a clause that says the contrary of what was said before: «لكن».
    Adversative,
    /// Opens a relative clause: `who`, «الذي».
    Relative,
    /// Opens a relative clause that has no noun before it: `what`.
    FreeRelative,
    /// After a comma, the narrator speaks again: `but`, «إلا أنه».
    NarratorReturn,
    /// An article or other determiner: `the`, `a`, `some`.
    Determiner,
    /// A demonstrative: `this`, «هذا».
    Demonstrative,
    /// A possessive: `his`, `their`.
    Possessive,
    /// A possessive that stands for a man: `his`.
    PossessiveMasculine,
    /// A possessive that stands for a woman: `her`.
    PossessiveFeminine,
    /// A possessive that stands for several: `their`.
    PossessivePlural,
    /// An adverb that can stand between subject, cue and complementiser: `also`, «أيضا».
    Adverb,
    /// An adverb that limits the noun phrase after it and belongs to it: `only`.
    Limiter,
    /// Announces a subject that comes after the verb: «من جهته», «بدوره».
    Turn,
    /// Is followed by somebody's word for something, in marks: «ما وصفه بـ», `so-called by`.
    AttributedLabel,
    /// Is followed by a name, title or slogan in marks: «ما يسمى», `the so-called`.
    Label,
    /// Is followed by a proper name in marks: «صحيفة», `the film`.
    NameTrigger,
    /// Says that somebody gave no statement: «رفض التعليق».
    NoStatement,
    /// Before a number: above it.
    MoreThan,
    /// Before a number: it or above.
    AtLeast,
    /// Before a number: near it.
    About,
    /// Before a number: below it.
    LessThan,
    /// Before a number: it or below.
    AtMost,
    /// Of the words that compare a number, one that can stand after it: `or more`, «على الأقل».
    AfterNumber,
    /// Opens the whole after a part: `a third of`.
    Partitive,
    /// A currency, percent or unit word after a number.
    Unit,
    /// The name of a month.
    Month,
    /// The name of a weekday.
    Weekday,
    /// A full stop after this word does not end the sentence: `Mr.`, «د.».
    Abbreviation,
    /// A word that is common in every text and never part of a name.
    Function,
    /// A finite verb that is no cue: ends a noun phrase.
    Verb,
    /// A common noun that is no source.
    Noun,
    /// An adjective of nationality or the like.
    Adjective,
    /// A noun that begins a reported fact or act: «وجود», «دعم», «ضرورة».
    Act,
    /// Ties a noun to the one after it: «صادر عن», «باسم».
    Link,
    /// Marks an infinitive: `to`.
    InfinitiveMarker,
    /// Makes the participle after it a passive, or a present participle a finite verb: `is`, `was`.
    PassiveAuxiliary,
    /// Before the one who acts in a passive sentence: `by`.
    Agent,
    /// Leaves the subject in place before another verb: `went on to`, `began to`.
    Catenative,
    /// An article or determiner that points at nobody known: `a`, `another`.
    Indefinite,
    /// Before a name, tells that it is a place's: `in`.
    Locative,
    /// An office that its last word alone does not name: `prime minister` is not `the minister`.
    WholeTitle,
    /// Written small inside a name: `de`, `van`.
    NameParticle,
    /// A personal pronoun that cannot be a subject: `him`, `them`.
    PronounObject,
    /// Written on to a noun after an apostrophe, makes it a possessive: `'s`.
    PossessiveEnding,
    /// A pronoun that is an object and stands between subject and verb: «lui», «l'».
    Clitic,
    /// Of these the one that points back at the subject: «se».
    Reflexive,
    /// A pronoun that can stand for nobody: «il» in «il a été rapporté», `man`.
    Impersonal,
    /// A determiner that makes the noun after it masculine: «le».
    DeterminerMasculine,
    /// A determiner that makes the noun after it feminine: «la».
    DeterminerFeminine,
    /// A determiner before a noun in the plural: «les».
    DeterminerPlural,
    /// A noun that can stand for any body named before: «entreprise», «organisation».
    GenericBody,
    /// Takes one out of several: «l'une des».
    SingleOf,
    /// The end of finite verbs that no list holds: «-aient».
    FiniteEnding,
    /// The end of past participles: «-é».
    ParticipleEnding,
    /// The end of past forms of regular verbs, which are finite or participles: `-ed`.
    PastEnding,
    /// The end of present participles: `-ing`.
    GerundEnding,
    /// The end of adverbs that no list holds: `-ly`.
    AdverbEnding,
    /// The end of infinitives: «-er».
    InfinitiveEnding,
    /// A preposition that can mark an infinitive: «de», «à».
    InfinitivePreposition,
    /// A preposition that can stand inside an office: «rédacteur en chef».
    InnerPreposition,
    /// A possessive of the first person: «mon».
    PossessiveSpeech,
    /// A determiner or pronoun that can be no subject: `dem`, `ihm`.
    Oblique,
    /// A determiner that can open a noun phrase in the genitive: `des`, `der`.
    Genitive,
    /// A finite verb in the mood of reported speech: `sei`, `habe`.
    Subjunctive,
    /// A finite verb in the mood that reports only where the words before it do: `wäre`, `würde`.
    Conditional,
    /// An infinitive.
    Infinitive,
    /// A participle of an auxiliary, which is never finite: `worden`.
    AuxiliaryParticiple,
    /// An infinitive that makes a perfect of the participle before it: `gewesen sein`.
    PassiveInfinitive,
    /// A particle of separable verbs, which closes a clause: `statt` of `fand … statt`.
    Particle,
    /// Opens an infinitive that is no object: `um … zu`.
    Purpose,
    /// Opens a clause of what may be and has not been: `if he says so`.
    Condition,
    /// Opens an inserted attribution with a verb: `wie X mitteilte`.
    Comparative,
    /// A modal verb by which the narrator passes on hearsay: `soll`.
    Hearsay,
    /// A noun for what somebody said, before or after which a preposition attributes, or which a clause takes up:
    /// `Angaben`, «اتهام».
    Statement,
    /// A noun for what somebody thinks, used in the same way: `Ansicht`.
    Opinion,
    /// The end of nouns that are no names: `-ung`.
    NounEnding,
    /// A noun that family names end in as often as nouns do: `-mann`, `-land`.
    NameEnding,
    /// A noun for a body or text whose gender its article may not tell, and that is feminine: «l'agence».
    Feminine,
}

const _: () = assert!((WordClass::Feminine as u32) < u128::BITS, "a set of classes has 128 bits");

/// A set of [`WordClass`]es.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordClasses(u128);

impl WordClasses {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// Nouns for whoever and whatever can speak, but for names, places and media.
    pub const SPEAKERS: Self = Self::of(&[
        WordClass::Person,
        WordClass::Title,
        WordClass::TitleMasculine,
        WordClass::TitleFeminine,
        WordClass::Anonymous,
        WordClass::Group,
        WordClass::Organisation,
        WordClass::Document,
    ]);

    /// The set of the given classes.
    #[must_use]
    pub const fn of(classes: &[WordClass]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < classes.len() {
            bits |= 1 << classes[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    /// Whether the set holds `class`.
    #[must_use]
    pub const fn has(self, class: WordClass) -> bool {
        self.0 & (1 << class as u32) != 0
    }

    /// Whether the two sets share a class.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of either set.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The classes that are in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The classes that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the set holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<WordClass> for WordClasses {
    fn from(class: WordClass) -> Self {
        Self::of(&[class])
    }
}
