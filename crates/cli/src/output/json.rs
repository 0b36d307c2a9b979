//! Data for programs: JSON with the field names and the order of the project's formats.

use std::io::{self, Write};

use chrono::NaiveDate;
use isnad_core::{Article, Claim, ENGINE_VERSION, LanguagePack, OffsetMap, OffsetUnit};
use isnad_diff::Change;
use isnad_store::{StoredClaim, ThreadId};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::command_error::Message;
use crate::terminal::is_treacherous;

/// An article with its claims, as it leaves the command.
#[derive(Debug, Serialize)]
pub(crate) struct Document<'a, C> {
    isnad: Engine<'a>,
    id: &'a str,
    language: Option<&'a str>,
    title: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<&'a str>,
    modified: Option<&'a str>,
    claims: Vec<C>,
}

/// Which extractor found the claims.
#[derive(Debug, Serialize)]
pub(crate) struct Engine<'a> {
    /// Its version.
    pub(crate) engine: &'a str,
    /// The language pack and its version.
    pub(crate) language_pack: Option<String>,
}

impl Engine<'_> {
    /// This program, with `pack`.
    pub(crate) fn this(pack: &LanguagePack) -> Self {
        Self { engine: ENGINE_VERSION, language_pack: Some(pack.label()) }
    }
}

/// A claim of the history with its number there.
#[derive(Debug, Serialize)]
pub(crate) struct ThreadedClaim {
    /// The number of its history, which goes through the versions.
    pub(crate) history: Option<ThreadId>,
    /// The claim with its spans converted.
    #[serde(flatten)]
    pub(crate) claim: Claim,
}

/// A row of a batch that could not be read.
#[derive(Debug, Serialize)]
pub(crate) struct BadRow {
    /// The row's own id, or where it stands.
    pub(crate) id: String,
    /// The cause.
    pub(crate) error: String,
    /// The stream and line it stands in, for people.
    #[serde(skip)]
    pub(crate) place: String,
    /// What to do about it, for people.
    #[serde(skip)]
    pub(crate) advice: Option<String>,
}

impl BadRow {
    /// The same for people.
    pub(crate) fn message(&self) -> Message {
        let message = Message::new(format_args!("{}: {}", self.place, self.error));
        Message { advice: self.advice.clone(), ..message }
    }
}

impl<'a, C> Document<'a, C> {
    /// The document of `article` with `claims`, whose spans are converted already.
    pub(crate) fn new(article: &'a Article, engine: Engine<'a>, claims: Vec<C>) -> Self {
        let metadata = &article.metadata;
        Self {
            isnad: engine,
            id: &metadata.id,
            language: metadata.language.as_ref().map(|language| language.as_str()),
            title: metadata.title.as_deref(),
            url: metadata.url.as_deref(),
            published: metadata.published.as_deref(),
            modified: metadata.modified.as_deref(),
            claims,
        }
    }
}

/// `claims` with their spans in `text` converted from bytes to `unit`.
pub(crate) fn convert(claims: &[Claim], text: &str, unit: OffsetUnit) -> Vec<Claim> {
    let map = OffsetMap::new(text, unit);
    claims.iter().map(|claim| claim.with_offsets(&map)).collect()
}

/// What claims of one article are converted by: their dates to those of its day, their spans from bytes to a unit.
#[derive(Debug)]
pub(crate) struct Converter<'t> {
    map: OffsetMap<'t>,
    day: Option<NaiveDate>,
}

impl<'t> Converter<'t> {
    /// Reads the text of `article` once.
    pub(crate) fn new(article: &'t Article, unit: OffsetUnit) -> Self {
        Self { map: OffsetMap::new(article.text(), unit), day: article.metadata.day() }
    }

    /// The same for an article of the day `day`, if the caller knows it better than the article.
    pub(crate) fn on(self, day: Option<NaiveDate>) -> Self {
        Self { day: day.or(self.day), ..self }
    }

    /// The claim converted.
    pub(crate) fn claim(&self, claim: &Claim) -> Claim {
        claim.with_offsets(&self.map).dated(self.day)
    }

    /// Claims of the history converted.
    pub(crate) fn threaded(&self, claims: &[StoredClaim]) -> Vec<ThreadedClaim> {
        let threaded =
            |stored: &StoredClaim| ThreadedClaim { history: stored.thread, claim: self.claim(&stored.claim) };
        claims.iter().map(threaded).collect()
    }
}

/// Converts changes between two versions, each side as a claim of its own article.
#[derive(Debug)]
pub(crate) struct Converters<'t> {
    old: Converter<'t>,
    new: Converter<'t>,
}

impl<'t> Converters<'t> {
    /// Reads both texts once.
    pub(crate) fn new(old: &'t Article, new: &'t Article, unit: OffsetUnit) -> Self {
        Self { old: Converter::new(old, unit), new: Converter::new(new, unit) }
    }

    /// The change with its claims converted.
    pub(crate) fn change(&self, change: &Change) -> Change {
        change.map_claims(|claim| self.old.claim(claim), |claim| self.new.claim(claim))
    }
}

/// What is wrong with a line of JSON, and at which of its bytes; of lines the error knows only this one.
pub(crate) fn json_reason(error: &serde_json::Error) -> String {
    let (message, column) = (error.to_string(), error.column());
    match message.strip_suffix(&format!(" at line {} column {column}", error.line())) {
        Some(message) if column > 0 => format!("{message} at byte {column}"),
        Some(message) => message.to_owned(),
        None => message,
    }
}

/// Writes `value` on one line.
pub(crate) fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    write(out, value, CompactFormatter)
}

/// Writes `value` over several lines, indented.
pub(crate) fn write_pretty(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    write(out, value, PrettyFormatter::new())
}

fn write(out: &mut impl Write, value: &impl Serialize, formatter: impl Formatter) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Harmless(formatter)))?;
    out.write_all(b"\n")
}

/// Escapes, in strings, what JSON allows as it is though a terminal or an editor would obey it.
struct Harmless<F>(F);

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|(_, character)| is_treacherous(*character)) {
            let (before, from) = rest.split_at(at);
            write!(writer, "{before}\\u{:04x}", u32::from(character))?;
            rest = from.get(character.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_hold_nothing_that_a_terminal_obeys() {
        let mut out = Vec::new();
        let text = "قال\u{9B}2J \u{202E}\u{1B}";
        write_line(&mut out, &text).unwrap();
        assert_eq!(String::from_utf8(out.clone()).unwrap(), "\"قال\\u009b2J \\u202e\\u001b\"\n");
        assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
    }
}
