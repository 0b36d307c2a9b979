//! Articles with the claims that people annotated, as they are kept in JSON.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

use crate::claim::{Kind, Polarity};
use crate::span::{OffsetMap, OffsetUnit, Span};
use crate::{Claim, Language};

/// An article with the claims that people found in it.
///
/// Deserialises from `{"id", "language", "text", "claims": [{"content", "cue", "source", …}]}`, where spans are
/// `[[start, end], …]`, `[start, end]` or objects with `start` and `end`, in code points of `text`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "ArticleFile")]
pub struct GoldArticle {
    /// What it is called.
    pub id: String,
    /// Its language, if it is told.
    pub language: Option<Language>,
    /// The text.
    pub text: String,
    /// The claims, in the order annotated, with spans in bytes.
    pub claims: Vec<GoldClaim>,
}

/// A claim as annotated. What annotators left out is not scored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GoldClaim {
    /// What is attributed; bytes of the text.
    pub content: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// The source as written.
    pub source: Vec<Span>,
    /// The fullest name of the source in the article.
    pub speaker: Option<String>,
    /// How much of the content is quoted.
    pub kind: Option<Kind>,
    /// Whether the source affirms the content.
    pub polarity: Option<Polarity>,
    /// Whether another claim holds this one.
    pub nested: bool,
    /// Whether it stands in the headline.
    pub headline: bool,
}

/// Gold that does not fit its own text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("claim {claim}: {role} {start}..{end} lies outside the text of {length} code points")]
pub struct GoldError {
    /// The number of the claim in its article, from 1.
    pub claim: usize,
    /// Which of its spans: content, cue or source.
    pub role: &'static str,
    /// Where the span starts, in code points.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The length of the text in code points.
    pub length: usize,
}

impl From<&Claim> for GoldClaim {
    /// A claim as the extractor gives it, as if it had been annotated.
    fn from(claim: &Claim) -> Self {
        Self {
            content: claim.content.spans.clone(),
            cue: claim.cue.as_ref().map(|cue| cue.spans.clone()).unwrap_or_default(),
            source: claim.source.as_ref().map(|source| source.spans.clone()).unwrap_or_default(),
            speaker: claim.speaker().map(str::to_owned),
            kind: Some(claim.kind),
            polarity: Some(claim.polarity),
            nested: claim.nested_in.is_some(),
            headline: claim.headline,
        }
    }
}

#[derive(Deserialize)]
struct ArticleFile {
    #[serde(deserialize_with = "text_or_number")]
    id: String,
    #[serde(default)]
    language: Option<Language>,
    text: String,
    claims: Vec<ClaimFile>,
}

#[derive(Deserialize)]
struct ClaimFile {
    #[serde(default)]
    content: Option<SpansFile>,
    #[serde(default)]
    cue: Option<SpansFile>,
    #[serde(default)]
    source: Option<SpansFile>,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    kind: Option<Kind>,
    #[serde(default)]
    polarity: Option<Polarity>,
    #[serde(default)]
    nested_in: Option<u32>,
    #[serde(default)]
    nested: Option<bool>,
    #[serde(default)]
    headline: Option<bool>,
}

/// Spans in any of the forms in which corpora write them.
#[derive(Deserialize)]
#[serde(untagged)]
enum SpansFile {
    Pair([usize; 2]),
    List(Vec<SpansFile>),
    Spans { spans: Box<SpansFile> },
    Span { span: Box<SpansFile> },
    StartEnd { start: usize, end: usize },
}

impl SpansFile {
    fn flatten(&self, into: &mut Vec<(usize, usize)>) {
        match self {
            Self::Pair([start, end]) | Self::StartEnd { start, end } => into.push((*start, *end)),
            Self::List(list) => list.iter().for_each(|spans| spans.flatten(into)),
            Self::Spans { spans: inner } | Self::Span { span: inner } => inner.flatten(into),
        }
    }
}

impl TryFrom<ArticleFile> for GoldArticle {
    type Error = GoldError;

    fn try_from(file: ArticleFile) -> Result<Self, GoldError> {
        let map = OffsetMap::new(&file.text, OffsetUnit::CodePoints);
        let claims = (file.claims.into_iter().enumerate())
            .map(|(at, claim)| claim.with_bytes(at + 1, &map, &file.text))
            .collect::<Result<_, _>>()?;
        Ok(Self { id: file.id, language: file.language, claims, text: file.text })
    }
}

impl ClaimFile {
    fn with_bytes(self, claim: usize, map: &OffsetMap<'_>, text: &str) -> Result<GoldClaim, GoldError> {
        let bytes = |role: &'static str, spans: Option<SpansFile>| {
            let mut points = Vec::new();
            spans.iter().for_each(|spans| spans.flatten(&mut points));
            let outside = |start, end| GoldError { claim, role, start, end, length: text.chars().count() };
            (points.into_iter())
                .map(|(start, end)| {
                    let inside = (start <= end).then(|| map.span_to_bytes(Span::new(start, end))).flatten();
                    inside.ok_or_else(|| outside(start, end))
                })
                .collect::<Result<Vec<Span>, GoldError>>()
        };
        Ok(GoldClaim {
            content: bytes("content", self.content)?,
            cue: bytes("cue", self.cue)?,
            source: bytes("source", self.source)?,
            speaker: self.speaker.filter(|speaker| !speaker.is_empty()),
            kind: self.kind,
            polarity: self.polarity,
            nested: self.nested_in.is_some() || self.nested == Some(true),
            headline: self.headline == Some(true),
        })
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Id;
    impl de::Visitor<'_> for Id {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text or a whole number")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }
    deserializer.deserialize_any(Id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(claims: &str) -> Result<GoldArticle, String> {
        let json = format!(r#"{{"id": 7, "text": "é said so.", "claims": {claims}}}"#);
        serde_json::from_str(&json).map_err(|error| error.to_string())
    }

    #[test]
    fn spans_are_read_in_every_form_and_turned_into_bytes() {
        let forms = ["[[7, 9]]", "[7, 9]", r#"{"start": 7, "end": 9}"#, r#"{"spans": [{"start": 7, "end": 9}]}"#];
        for form in forms {
            let article = read(&format!(r#"[{{"content": {form}, "cue": null}}]"#)).unwrap();
            assert_eq!(article.claims[0].content, [Span::new(8, 10)], "{form}");
            assert_eq!(article.id, "7");
        }
    }

    #[test]
    fn spans_outside_the_text_are_refused_with_the_claim_they_belong_to() {
        let error = read(r#"[{"content": [7, 9]}, {"content": [7, 9], "cue": [[2, 99]]}]"#).unwrap_err();
        assert!(error.contains("claim 2: cue 2..99 lies outside the text of 10 code points"), "{error}");
        assert!(read(r#"[{"content": [9, 7]}]"#).is_err());
    }
}
