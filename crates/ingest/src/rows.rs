//! JSON Lines: one article a line.
//!
//! A row is an object `{"id", "text" | "html", "url", "language", "title", "published", "captured"}`. Other fields
//! are ignored, fields that are `null` count as absent, and where both `text` and `html` are there, `text`
//! is read. A bad row is an error of its own and never stops the rest.

use std::io::{self, BufRead};

use isnad_core::Language;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::error::IngestError;
use crate::ingest::{Ingested, Options, read_text};
use crate::language;
use crate::sniff::Kind;

/// The most bytes of a row. A longer one is skipped without being held in memory.
pub const MAX_ROW_BYTES: usize = 256 * 1024 * 1024;

/// An article as a row gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The line it stands in, from 1.
    pub line: u64,
    /// Its id: a number is written out, and where the row has none it is the line's number.
    pub id: String,
    /// The content, and what it is.
    pub content: String,
    /// Whether the content is a page or plain text.
    pub kind: Kind,
    /// The address of the article.
    pub url: Option<String>,
    /// The language of the text.
    pub language: Option<Language>,
    /// The title, where the content does not tell it.
    pub title: Option<String>,
    /// When it was published, as the row gives it.
    pub published: Option<String>,
    /// When this version was captured, as the row gives it.
    pub captured: Option<String>,
}

/// A row that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {error}")]
pub struct RowError {
    /// The line it stands in, from 1.
    pub line: u64,
    /// Its id, if that much could be read.
    pub id: Option<String>,
    /// What is wrong.
    #[source]
    pub error: IngestError,
}

/// The rows of a stream; see [`read_rows`].
#[derive(Debug)]
pub struct Rows<R> {
    reader: R,
    /// What the stream is called in errors.
    name: String,
    line: u64,
    limit: usize,
    buffer: Vec<u8>,
    is_done: bool,
}

/// Reads the rows of `reader`, one at a time. `name` is what errors of the stream call it.
///
/// Lines of white space only are skipped. After an error of the stream itself nothing more comes.
pub fn read_rows<R: BufRead>(reader: R, name: &str) -> Rows<R> {
    Rows { reader, name: name.to_owned(), line: 0, limit: MAX_ROW_BYTES, buffer: Vec::new(), is_done: false }
}

impl Row {
    /// Makes an article of the row. What the row does not give is taken from `defaults`.
    ///
    /// # Errors
    ///
    /// As [`read_text`], with the row's line and id.
    pub fn ingest(self, defaults: &Options) -> Result<Ingested, RowError> {
        let options = Options {
            id: Some(self.id.clone()),
            language: self.language.or(defaults.language),
            url: self.url.or_else(|| defaults.url.clone()),
            published: self.published.or_else(|| defaults.published.clone()),
            ..defaults.clone()
        };
        let (line, id) = (self.line, self.id);
        let ingested = read_text(self.content, self.kind, &id, &options);
        let mut ingested = ingested.map_err(|error| RowError { line, id: Some(id), error })?;
        let metadata = &mut ingested.article.metadata;
        metadata.title = metadata.title.take().or(self.title);
        Ok(ingested)
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            self.line += 1;
            let read = read_line(&mut self.reader, &mut self.buffer, self.limit);
            let error = |error| RowError { line: self.line, id: None, error };
            match read {
                Ok(Line::End) => self.is_done = true,
                Ok(Line::TooLong) => return Some(Err(error(IngestError::RowTooLong { limit: self.limit }))),
                Ok(Line::Whole) => {
                    let mut bytes = &*self.buffer;
                    if self.line == 1 {
                        bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
                    }
                    if !bytes.trim_ascii().is_empty() {
                        return Some(parse(bytes, self.line));
                    }
                }
                Err(source) => {
                    self.is_done = true;
                    return Some(Err(error(IngestError::read(&self.name, source))));
                }
            }
        }
        None
    }
}

/// What came of reading a line.
pub(crate) enum Line {
    Whole,
    TooLong,
    End,
}

/// Reads up to the next line feed into `buffer`. Of a line over `limit` bytes the rest is passed over.
pub(crate) fn read_line(reader: &mut impl BufRead, buffer: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
    buffer.clear();
    // One huge row must not keep its memory for all the small ones after it.
    buffer.shrink_to(1 << 20);
    let (mut is_too_long, mut is_empty) = (false, true);
    loop {
        let available = match reader.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() && is_empty {
            return Ok(Line::End);
        }
        is_empty = false;
        let line_feed = available.iter().position(|byte| *byte == b'\n');
        let content = available.get(..line_feed.unwrap_or(available.len())).unwrap_or_default();
        is_too_long |= buffer.len() + content.len() > limit;
        if is_too_long {
            *buffer = Vec::new();
        } else {
            buffer.extend_from_slice(content);
        }
        let is_last = available.is_empty() || line_feed.is_some();
        let used = content.len() + usize::from(line_feed.is_some());
        reader.consume(used);
        if is_last {
            return Ok(if is_too_long { Line::TooLong } else { Line::Whole });
        }
    }
}

fn parse(bytes: &[u8], line: u64) -> Result<Row, RowError> {
    let mut fields = Fields::default();
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let outcome = (&mut fields).deserialize(&mut json).and_then(|()| json.end()).map_err(|error| reason(&error));
    // JSON checks only the strings it keeps; the line as a whole must be UTF-8.
    let outcome = outcome.and_then(|()| std::str::from_utf8(bytes).map(|_| ()).map_err(|error| error.to_string()));
    let id = fields.id.take();
    match outcome.and_then(|()| fields.into_row(line, id.clone())) {
        Ok(row) => Ok(row),
        Err(reason) => Err(RowError { line, id, error: IngestError::Row { reason } }),
    }
}

/// What is wrong with a line, and at which of its bytes; of lines the error knows only this one.
fn reason(error: &serde_json::Error) -> String {
    let (message, column) = (error.to_string(), error.column());
    let place = format!(" at line {} column {column}", error.line());
    match (message.strip_suffix(&place), column) {
        (Some(message), 0) => message.to_owned(),
        (Some(message), _) => format!("{message} at byte {column}"),
        (None, _) => message,
    }
}

/// The fields of a row, filled one after the other, so that the id of a row that breaks off is known.
#[derive(Debug, Default)]
struct Fields {
    id: Option<String>,
    text: Option<String>,
    html: Option<String>,
    url: Option<String>,
    language: Option<String>,
    title: Option<String>,
    published: Option<String>,
    captured: Option<String>,
}

impl Fields {
    fn into_row(mut self, line: u64, id: Option<String>) -> Result<Row, String> {
        let (content, kind) = match (self.text.take(), self.html.take()) {
            (Some(text), _) => (text, Kind::Text),
            (None, Some(html)) => (html, Kind::Html),
            (None, None) => return Err("it has neither `text` nor `html`".into()),
        };
        let language = match self.language.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
            Some(code) => {
                let unknown =
                    || format!("`{code}` is not a language code: give two or three letters, such as `ar` or `en`");
                Some(language::parse(code).ok_or_else(unknown)?)
            }
            None => None,
        };
        let id = id.unwrap_or_else(|| line.to_string());
        let Self { url, title, published, captured, .. } = self;
        Ok(Row { line, id, content, kind, url, language, title, published, captured })
    }
}

impl<'de> DeserializeSeed<'de> for &mut Fields {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Fields {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object with `text` or `html`")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => self.id = id(map.next_value()?)?,
                "text" => self.text = map.next_value()?,
                "html" => self.html = map.next_value()?,
                "url" => self.url = map.next_value()?,
                "language" => self.language = map.next_value()?,
                "title" => self.title = map.next_value()?,
                "published" => self.published = map.next_value()?,
                "captured" => self.captured = map.next_value()?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

fn id<E: de::Error>(value: Value) -> Result<Option<String>, E> {
    match value {
        Value::Null => Ok(None),
        Value::String(id) => Ok(Some(id)),
        Value::Number(id) => Ok(Some(id.to_string())),
        _ => Err(E::custom("`id` must be a string or a number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A row as its id and text, or as the id and the message of its error.
    type Outcome = Result<(String, String), (Option<String>, String)>;

    fn read(input: impl AsRef<[u8]>) -> Vec<Outcome> {
        let rows = read_rows(input.as_ref(), "test");
        rows.map(|row| row.map(|row| (row.id, row.content)).map_err(|error| (error.id.clone(), error.to_string())))
            .collect()
    }

    #[test]
    fn reads_all_fields() {
        let input = r#"{"id":"a1","text":"قال نعم.","url":"https://example.org","language":"ara","published":"2024-03-01","captured":"2024-03-02","more":{"x":[1]}}"#;
        let row = read_rows(input.as_bytes(), "test").next().unwrap().unwrap();
        assert_eq!((row.line, &*row.id, &*row.content, row.kind), (1, "a1", "قال نعم.", Kind::Text));
        assert_eq!((row.url.as_deref(), row.language), (Some("https://example.org"), Some(Language::ARABIC)));
        assert_eq!((row.published.as_deref(), row.captured.as_deref()), (Some("2024-03-01"), Some("2024-03-02")));
    }

    #[test]
    fn ids_are_strings_numbers_or_the_line() {
        let input =
            "\u{FEFF}{\"id\":7,\"text\":\"a\"}\r\n\n{\"text\":\"b\",\"id\":null}\n{\"id\":\"x\",\"html\":\"<p>c\"}";
        let expected = [("7", "a"), ("3", "b"), ("x", "<p>c")];
        assert_eq!(read(input), expected.map(|(id, text)| Ok((id.to_owned(), text.to_owned()))));
    }

    #[test]
    fn a_bad_row_is_told_with_line_and_id_and_the_rest_goes_on() {
        let mut input = b"{\"id\":\"a\",\"text\":\"one\"}\n{\"id\":\"b\",\"text\":\"two\n{\"id\":\"c\"}\n[1]\n{\"id\":\"d\",\"text\":5}\n".to_vec();
        input.extend(b"{\"id\":\"e\",\"text\":\"\xFF\"}\n{\"id\":\"f\",\"more\":\"\xFF\",\"text\":\"x\"}\n");
        input.extend(b"{\"id\":\"g\",\"text\":\"x\",\"language\":\"arabic\"}\n{\"id\":\"z\",\"text\":\"last\"}");
        let rows = read(input);
        assert_eq!(rows.first(), Some(&Ok(("a".into(), "one".into()))));
        assert_eq!(rows.last(), Some(&Ok(("z".into(), "last".into()))));
        let failed: Vec<_> = rows[1..rows.len() - 1].iter().map(|row| row.clone().unwrap_err()).collect();
        let ids: Vec<_> = failed.iter().map(|(id, _)| id.as_deref()).collect();
        assert_eq!(ids, [Some("b"), Some("c"), None, Some("d"), Some("e"), Some("f"), Some("g")]);
        assert!(failed[0].1.starts_with("line 2: "));
        assert_eq!(failed[1].1, "line 3: not a row: it has neither `text` nor `html`");
    }

    #[test]
    fn a_row_over_the_limit_is_skipped() {
        let input = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"short\"}}\n", "a".repeat(100));
        let mut rows = read_rows(io::BufReader::with_capacity(16, input.as_bytes()), "test");
        rows.limit = 50;
        assert!(matches!(rows.next(), Some(Err(RowError { line: 1, error: IngestError::RowTooLong { .. }, .. }))));
        assert_eq!(rows.next().unwrap().unwrap().content, "short");
        assert!(rows.next().is_none());
    }

    #[test]
    fn a_row_becomes_an_article() {
        let input = r#"{"id":"a1","text":"The mayor opened the bridge.","language":"en","url":"https://example.org"}"#;
        let row = read_rows(input.as_bytes(), "test").next().unwrap().unwrap();
        let article = row.ingest(&Options::default()).unwrap().article;
        assert_eq!(article.metadata.id, "a1");
        assert_eq!(article.metadata.url.as_deref(), Some("https://example.org"));
        assert_eq!(article.text(), "The mayor opened the bridge.");
        let empty = read_rows(&br#"{"id":"a2","text":" "}"#[..], "test").next().unwrap().unwrap();
        let error = empty.ingest(&Options::default()).unwrap_err();
        assert_eq!((error.line, error.id.as_deref()), (1, Some("a2")));
    }

    proptest! {
        #[test]
        fn any_stream_ends_and_no_line_is_lost(input: Vec<u8>, text in "[{}\":,a-z0-9\n ]{0,100}") {
            for bytes in [&input[..], text.as_bytes()] {
                let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
                let lines = (1..).zip(bytes.split(|byte| *byte == b'\n'));
                let filled: Vec<u64> = lines.filter(|(_, line)| !line.trim_ascii().is_empty()).map(|(at, _)| at).collect();
                let told = |reader: &mut dyn BufRead| -> Vec<u64> {
                    read_rows(reader, "test").map(|row| row.map_or_else(|error| error.line, |row| row.line)).collect()
                };
                prop_assert_eq!(&told(&mut &*bytes), &filled);
                prop_assert_eq!(told(&mut io::BufReader::with_capacity(3, bytes)), filled);
            }
        }
    }
}
