//! What became of the claims of one version in the next: the types a comparison gives.

use isnad_core::{Article, Claim, OffsetMap};
use serde::{Deserialize, Serialize};

/// One side of a comparison: an article with the claims found in it.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The text and its blocks.
    pub article: &'a Article,
    /// Its claims, in the order of the text, with spans in bytes.
    pub claims: &'a [Claim],
}

/// One of the two versions of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Old,
    New,
}

impl Which {
    pub(crate) const BOTH: [Self; 2] = [Self::Old, Self::New];

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

/// What a comparison of two versions found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// How many claims had which fate.
    pub summary: Summary,
    /// The claims with a fate other than "unchanged", most severe first.
    pub changes: Vec<Change>,
    /// Every judgement that two claims are the same, unchanged ones included, in the order of the new text.
    #[serde(skip)]
    pub links: Vec<Link>,
}

/// How many claims had which fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Same claim, same words, same place.
    pub unchanged: usize,
    /// Linked claims that differ in a facet that counts.
    pub changed: usize,
    /// Linked claims that only left their place.
    pub moved: usize,
    /// Linked claims that differ only in spelling.
    pub cosmetic: usize,
    /// Claims only the new version has.
    pub added: usize,
    /// Claims only the old version has.
    pub removed: usize,
    /// Claims that two or more claims of the other version fit about equally well.
    pub ambiguous: usize,
}

/// The judgement that a claim of the old version and one of the new are the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The [`Claim::id`] in the old version.
    pub old: u32,
    /// The [`Claim::id`] in the new version.
    pub new: u32,
    /// How alike the two are, from 0 to 1; 1 for the same comparison key.
    pub score: f32,
    /// How far the best rival on either side stays behind, from 0 to 1. A part of a claim that was split or merged has no
    /// rival; there it is the score.
    pub margin: f32,
}

/// What became of one claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Its fate.
    pub status: Status,
    /// In which respects it differs.
    pub facets: Vec<Facet>,
    /// How much the difference matters to a reader.
    pub severity: Severity,
    /// The claim in the old version.
    pub old: Option<Claim>,
    /// The claim in the new version.
    pub new: Option<Claim>,
    /// For an ambiguous claim, the claims of the other version it may be; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Claim>,
    /// For each facet, what it was and what it is.
    pub details: Vec<Detail>,
    /// The content's words from old to new.
    pub words: Vec<WordChange>,
    /// How alike the two claims are, from 0 to 1; `None` without a link.
    pub score: Option<f32>,
    /// How far the best rival stays behind, from 0 to 1; `None` without a link.
    pub margin: Option<f32>,
    /// Whether a correction note in the new version names the change.
    pub declared: bool,
}

impl Change {
    /// The change with the spans of its claims converted from bytes, each side by the map of its own text.
    #[must_use]
    pub fn with_offsets(&self, old: &OffsetMap<'_>, new: &OffsetMap<'_>) -> Self {
        self.map_claims(|claim| claim.with_offsets(old), |claim| claim.with_offsets(new))
    }

    /// The change with each of its claims as `old` or `new` makes it, by the version it stands in.
    #[must_use]
    pub fn map_claims(&self, old: impl Fn(&Claim) -> Claim, new: impl Fn(&Claim) -> Claim) -> Self {
        let candidate = |claim: &Claim| if self.old.is_some() { new(claim) } else { old(claim) };
        Self {
            old: self.old.as_ref().map(&old),
            new: self.new.as_ref().map(&new),
            candidates: self.candidates.iter().map(candidate).collect(),
            ..self.clone()
        }
    }
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// It differs in a facet that counts.
    Changed,
    /// It only left its place.
    Moved,
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
    /// Two or more claims fit about equally well.
    Ambiguous,
    /// It differs only in spelling.
    Cosmetic,
}

/// A respect in which two forms of a claim can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Facet {
    /// Words inside quotation marks.
    Quote,
    /// A number, its comparison or its unit.
    Quantity,
    /// A date.
    Date,
    /// Another person, place or thing in the content.
    Referent,
    /// Affirmed, denied or withheld; or a negation or contrary word inside the content.
    Polarity,
    /// Another speaker.
    Source,
    /// A named source became unnamed, or the other way round.
    Anonymity,
    /// The title or description of the same speaker.
    Role,
    /// The carrier or medium.
    Channel,
    /// Another verb of saying.
    Stance,
    /// A word of doubt added or dropped.
    Hedge,
    /// Direct became indirect, or the other way round.
    Directness,
    /// Said became expected, or the other way round.
    Realised,
    /// The content was cut short or went on.
    Extent,
    /// Other words, none of the above.
    Wording,
    /// Another place among the claims.
    Position,
    /// Letters that make no difference.
    Spelling,
}

/// How much a change matters to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Spelling, place.
    Low,
    /// Wording, role, channel.
    Medium,
    /// A number, a speaker, a negation, words inside marks.
    High,
}

/// What one facet was and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// The facet.
    pub facet: Facet,
    /// The old words; `None` where there were none.
    pub old: Option<String>,
    /// The new words; `None` where there are none.
    pub new: Option<String>,
}

/// A run of words that stayed, went or came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordChange {
    /// What became of the run.
    pub op: WordOp,
    /// The words with the white space after them.
    pub text: String,
}

/// What became of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordOp {
    /// It stayed.
    Equal,
    /// It went.
    Delete,
    /// It came.
    Insert,
}
