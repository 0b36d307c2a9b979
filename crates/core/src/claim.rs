//! A claim: what an article says somebody said, with its attribution.
//!
//! The types serialise to the shape of the project's data format. Their spans are in bytes;
//! [`Claim::with_offsets`] converts them for data that leaves the program.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::date::DateExpression;
use crate::span::{OffsetMap, Span};

/// A piece of content that an article attributes to a source other than its own narrator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The claim's number in its article, from 1, in the order of the text.
    pub id: u32,
    /// How much of the content stands in quotation marks.
    pub kind: Kind,
    /// Whether the content was said, written or thought.
    pub mode: Mode,
    /// What is attributed.
    pub content: Passage,
    /// The words that attribute; `None` for a quotation that stands alone after an attributed one.
    pub cue: Option<Cue>,
    /// Whom the content is attributed to; `None` where the text names nobody and nobody can be found.
    pub source: Option<Source>,
    /// Through what the words came: a carrier or a medium.
    pub channel: Option<Passage>,
    /// Whether the source affirms the content.
    pub polarity: Polarity,
    /// `false` where the saying itself is future, conditional or expected.
    pub realised: bool,
    /// The parts of the content inside quotation marks, without the marks.
    #[serde(default)]
    pub quoted: Vec<Span>,
    /// Numbers in the content with what they count.
    #[serde(default)]
    pub quantities: Vec<Quantity>,
    /// Words of the content that tell when.
    #[serde(default)]
    pub dates: Vec<DateExpression>,
    /// Words by which the content is made less certain.
    #[serde(default)]
    pub hedges: Vec<Hedge>,
    /// The [`id`](Claim::id) of the claim whose content holds this one.
    pub nested_in: Option<u32>,
    /// Whether the claim stands in the article's own headline or kicker.
    #[serde(default)]
    pub headline: bool,
    /// The rule that found the claim: language, slash, name.
    pub rule: String,
    /// How often claims found by such a rule with such evidence are right, from 0 to 1; an estimate for ranking, not a probability.
    pub confidence: f32,
}

impl Claim {
    /// Whose words they are: the resolved speaker of its source, if there is one.
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        self.source.as_ref()?.speaker.as_deref()
    }
}

/// One or more spans of a text with the words they cover.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The covered text; parts that do not touch are joined by `" … "`.
    pub text: String,
    /// Where the passage stands, in the order of the text.
    pub spans: Vec<Span>,
}

/// The words that attribute a content to a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// The words as written.
    pub text: String,
    /// Where they stand.
    pub spans: Vec<Span>,
    /// The dictionary form of the verb, noun or preposition; a mark (such as `:`) is its own lemma.
    pub lemma: String,
    /// How the source stands to the content.
    pub stance: Stance,
}

/// Whom a content is attributed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The words as written; empty where the subject is only in the verb.
    pub text: String,
    /// Where they stand; empty where the subject is only in the verb.
    pub spans: Vec<Span>,
    /// What sort of source it is.
    pub kind: SourceKind,
    /// The fullest name or description of the source in the article; `None` where it cannot be told.
    pub speaker: Option<String>,
    /// How the speaker was found.
    pub resolved_by: ResolvedBy,
}

/// How much of a content stands in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// All of it.
    Direct,
    /// None of it.
    Indirect,
    /// Some of it.
    Mixed,
}

/// By what act the source expressed the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Said, or reported without saying how.
    Speech,
    /// Written: a statement, letter, post or report.
    Writing,
    /// Believed, feared, hoped, expected, wanted or planned.
    Thought,
}

/// Whether the source affirms the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// The source stands by it.
    Affirmed,
    /// The source denies or rejects it.
    Denied,
    /// The source is said not to have said it.
    Withheld,
}

/// What sort of source a claim has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SourceKind {
    /// A named person, or one told apart by an office.
    Person,
    /// A ministry, company, party, agency, newspaper …
    Organisation,
    /// A place that stands for its government.
    Place,
    /// A statement, report, study, letter …
    Document,
    /// Several people without a name.
    Group,
    /// A source whose name is held back.
    Anonymous,
    /// None of these can be told.
    Unknown,
}

/// How the speaker of a claim was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ResolvedBy {
    /// It is written in the clause of the cue.
    Clause,
    /// A pronoun in the clause was resolved.
    Pronoun,
    /// The clause has no subject; the speaker of an earlier claim goes on.
    Ellipsis,
    /// A short name or an office in the clause was matched with a fuller form.
    Alias,
    /// The quotation has no cue; the speaker of the one before goes on.
    Floating,
}

/// How a source stands to what it is said to have said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name is the verb it stands for")]
pub enum Stance {
    Report,
    Confirm,
    Deny,
    Doubt,
    Admit,
    Reveal,
    Warn,
    Threaten,
    Accuse,
    Criticise,
    Praise,
    Demand,
    Urge,
    Ask,
    Reply,
    Promise,
    Predict,
    Hope,
    Believe,
    Describe,
    Announce,
    Explain,
    Agree,
    Refuse,
    Decline,
    Thank,
    Deplore,
}

/// A number in a content, with what it counts and how exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The whole expression as written, comparison and unit included.
    pub text: String,
    /// The number it stands for.
    pub value: f64,
    /// How the number bounds what is meant.
    pub comparison: Comparison,
    /// The counted noun, currency or `%`, as written; `None` where none follows.
    pub unit: Option<String>,
    /// Where the expression starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// How a number bounds what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Comparison {
    /// The number itself.
    Exactly,
    /// Near it.
    About,
    /// Above it.
    MoreThan,
    /// It or above.
    AtLeast,
    /// Below it.
    LessThan,
    /// It or below.
    AtMost,
    /// Several times it: `dozens`, `hundreds`; the value is that of one.
    MultiplesOf,
}

/// A word by which a content is made less certain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hedge {
    /// The word as written.
    pub text: String,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Passage {
    /// The passage of `spans` (bytes) in `text`.
    #[must_use]
    pub fn new(text: &str, spans: Vec<Span>) -> Self {
        let text = match &spans[..] {
            [one] => one.of(text).to_owned(),
            several => several.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" … "),
        };
        Self { text, spans }
    }

    /// From the start of the first span to the end of the last; `None` without spans.
    #[must_use]
    pub fn extent(&self) -> Option<Span> {
        Some(Span::new(self.spans.first()?.start, self.spans.last()?.end))
    }
}

impl Claim {
    /// The claim with its dates worked out for an article of the day `today`, as far as they can be; as it is without one.
    ///
    /// The claims that extraction gives are those of the text alone, whenever it was written; this is for showing them.
    #[must_use]
    pub fn dated(mut self, today: Option<NaiveDate>) -> Self {
        for date in &mut self.dates {
            date.value = today.map_or(date.value, |today| date.value_on(today));
        }
        self
    }

    /// The claim with every offset converted from bytes into the unit of `map`.
    #[must_use]
    pub fn with_offsets(&self, map: &OffsetMap<'_>) -> Self {
        let mut claim = self.clone();
        claim.each_span(|span| *span = map.span_from_bytes(*span));
        claim
    }

    /// The claim with every offset converted from the unit of `map` into bytes; `None` if one does not fit the text.
    #[must_use]
    pub fn to_bytes(&self, map: &OffsetMap<'_>) -> Option<Self> {
        let mut claim = self.clone();
        let mut fits = true;
        claim.each_span(|span| match map.span_to_bytes(*span) {
            Some(bytes) => *span = bytes,
            None => fits = false,
        });
        fits.then_some(claim)
    }

    /// Calls `change` for every span the claim holds.
    fn each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        let spans = (self.content.spans.iter_mut())
            .chain(self.cue.iter_mut().flat_map(|cue| &mut cue.spans))
            .chain(self.source.iter_mut().flat_map(|source| &mut source.spans))
            .chain(self.channel.iter_mut().flat_map(|channel| &mut channel.spans))
            .chain(&mut self.quoted);
        spans.for_each(&mut change);
        let pairs = (self.quantities.iter_mut().map(|q| (&mut q.start, &mut q.end)))
            .chain(self.dates.iter_mut().map(|date| (&mut date.start, &mut date.end)))
            .chain(self.hedges.iter_mut().map(|h| (&mut h.start, &mut h.end)));
        for (start, end) in pairs {
            let mut span = Span::new(*start, *end);
            change(&mut span);
            (*start, *end) = (span.start, span.end);
        }
    }
}
