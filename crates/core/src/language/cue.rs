//! Cues as a pack describes them: words that attribute, the frames they open and their forms.

use serde::Deserialize;

use crate::claim::{Mode, Polarity, Stance};

/// A word or phrase that attributes a content to a source.
#[derive(Debug, Clone)]
pub(crate) struct CueEntry {
    /// The dictionary form.
    pub lemma: String,
    /// What sort of word it is.
    pub kind: CueKind,
    /// How the source stands to the content.
    pub stance: Stance,
    /// By what act the content is expressed.
    pub mode: Mode,
    /// Whether the source affirms the content.
    pub polarity: Polarity,
    /// The constructions it can open.
    pub frames: Frames,
    /// Folded prepositions that open its nominal content.
    pub prepositions: Vec<String>,
    /// The folded particle that parts from a separable verb: `mit` of `teilte … mit`.
    pub particle: Option<String>,
    /// What must be there for it to count as a cue.
    pub requires: Requirement,
    /// Whether it attributes only with a reflexive pronoun.
    pub reflexive: bool,
    /// Folded nouns that alone can be its nominal content, without article and pronoun; any noun if it is empty.
    pub objects: Vec<String>,
}

/// What sort of word a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CueKind {
    /// A verb, with its participles and verbal nouns.
    #[default]
    Verb,
    /// An adjective that a form of `be` makes a verb of: `is confident that`.
    Adjective,
    /// A noun: `warning`, `claim`.
    Noun,
    /// A preposition or prepositional phrase before the source: `according to`, «بحسب».
    Preposition,
}

/// A construction that a cue can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub(crate) enum Frame {
    /// A clause with a complementiser: `said that …`, «أكد أن …».
    Clause,
    /// A clause without a complementiser: `said …`.
    BareClause,
    /// A quotation, with or without a colon.
    Quotation,
    /// A noun phrase as the object: `denied the plan`, «نفى وجود».
    Nominal,
    /// A noun phrase after one of the cue's prepositions: `warned of …`, «حذر من …».
    Preposition,
    /// An infinitive: `promised to …`.
    Infinitive,
    /// An addressee or target before the content: `told reporters that …`, «اتهم X بـ».
    Addressee,
    /// A topic and what it is called: `called X Y`, «وصف X بأنه Y».
    Describe,
    /// The subject is a carrier, the speaker follows in a phrase: «نقلت X عن Y».
    Relay,
    /// Often goes on with the speaker of the claim before, without a subject.
    Elliptical,
    /// A reported question: `asked whether …`.
    Question,
    /// The source is the text that holds the words, after a preposition: «جاء في تقرير أن …».
    InText,
    /// Stands after its source: `Angaben zufolge`.
    Postposed,
    /// The verbal noun of a verb that says, after one of the cue's prepositions: «سارع إلى نفي …».
    VerbalNoun,
}

/// A set of [`Frame`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Frames(u16);

impl Frames {
    /// Whether the set holds `frame`.
    #[must_use]
    pub(crate) const fn has(self, frame: Frame) -> bool {
        self.0 & (1 << frame as u16) != 0
    }
}

impl FromIterator<Frame> for Frames {
    fn from_iter<I: IntoIterator<Item = Frame>>(frames: I) -> Self {
        Self(frames.into_iter().fold(0, |bits, frame| bits | 1 << frame as u16))
    }
}

/// What must be there for a word to count as a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub(crate) enum Requirement {
    /// Nothing: any of its frames will do.
    #[default]
    Nothing,
    /// A complementiser, colon or quotation after it.
    Marker,
    /// A complementiser.
    Complementiser,
    /// A colon or quotation.
    Quotation,
    /// A marker, or one of its prepositions.
    MarkerOrPreposition,
    /// A sentence-initial place and a marker.
    Initial,
    /// A noun for a statement or opinion: `nach Angaben`.
    Statement,
    /// An impersonal pronoun as its subject: `heißt es`.
    Impersonal,
    /// A text as its subject: `the letter read`, `figures show`.
    Document,
    /// A clause with a verb of its own: `found the law was broken`, not `found the key`.
    Clause,
    /// A negation: `wollte sich zu … nicht äußern`.
    Negation,
    /// A body as its subject before which the content was said: `the court heard`.
    Forum,
}

/// Grammatical features of a form, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Features(u16);

impl Features {
    /// No feature is known.
    pub(crate) const NONE: Self = Self(0);
    /// Agrees with one man (or a masculine noun).
    pub(crate) const MASCULINE: Self = Self(1);
    /// Agrees with one woman, a feminine noun or things.
    pub(crate) const FEMININE: Self = Self(1 << 1);
    /// Agrees with two.
    pub(crate) const DUAL: Self = Self(1 << 2);
    /// Agrees with several people.
    pub(crate) const PLURAL: Self = Self(1 << 3);
    /// A finite verb.
    pub(crate) const FINITE: Self = Self(1 << 4);
    /// A participle: `saying`, «مضيفا».
    pub(crate) const PARTICIPLE: Self = Self(1 << 5);
    /// A noun: `warning`, «قول».
    pub(crate) const NOUN: Self = Self(1 << 6);
    /// A passive form.
    pub(crate) const PASSIVE: Self = Self(1 << 7);
    /// A past (perfect) form.
    pub(crate) const PAST: Self = Self(1 << 8);
    /// A present (imperfect) form.
    pub(crate) const PRESENT: Self = Self(1 << 9);
    /// A form that stands only after a negation or the like (Arabic jussive).
    pub(crate) const JUSSIVE: Self = Self(1 << 10);
    /// The bare form: `say` after `to` or `will`.
    pub(crate) const BASE: Self = Self(1 << 11);
    /// A future or conditional form.
    pub(crate) const FUTURE: Self = Self(1 << 14);
    /// An infinitive that is never finite.
    pub(crate) const INFINITIVE: Self = Self(1 << 15);
    /// A form of a separable verb that has its particle written on: `mitteilte`.
    pub(crate) const JOINED: Self = Self(1 << 12);

    /// The first or second person: words of somebody who speaks.
    pub(crate) const SPEECH: Self = Self(1 << 13);

    /// Whether every feature of `other` is in the set.
    #[must_use]
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the two sets share a feature.
    #[must_use]
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The features of either set.
    #[must_use]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
