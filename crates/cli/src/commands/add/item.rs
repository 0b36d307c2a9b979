//! The captures that files hold: one each, or one a row.

use chrono::{DateTime, Utc};
use isnad_ingest::{IngestError, Ingested, Kind, Options, canonical_url, read_bytes, read_text};
use isnad_store::{Attempt, Extractor, Origin as CaptureOrigin, Recording};

use super::Plan;
use crate::command_error::Message;
use crate::output::time;
use crate::reading::{Origin, Reader, load};

/// A capture that was read, be it an article or not.
pub(super) struct Item {
    /// What the user calls it: the file, and the line of a row.
    pub(super) name: String,
    /// The file.
    path: String,
    /// The address that its row gives.
    pub(super) url: Option<String>,
    /// The form that the addresses of its article have in common.
    canonical: Option<String>,
    /// When it was captured, if that is told; or what is wrong with what is told.
    pub(super) time: Result<Option<DateTime<Utc>>, String>,
    bytes: Vec<u8>,
    pub(super) ingested: Result<Ingested, IngestError>,
    /// Whether the error of reading it does not name it.
    is_row: bool,
}

/// The captures that `origin` holds, which was itself captured at `moment`.
pub(super) fn items(
    reader: &Reader,
    origin: &Origin,
    moment: Option<DateTime<Utc>>,
) -> Result<Box<dyn Iterator<Item = Item>>, Message> {
    let id = identity(origin);
    if !reader.holds_rows(origin) {
        return Ok(Box::new(std::iter::once(Item::of_file(reader, origin, id, moment)?)));
    }
    let (path, options) = (origin.name(), reader.options());
    let rows = reader.bare_rows(origin)?;
    Ok(Box::new(rows.map(move |row| Item::of_row(row, &path, id.as_deref(), &options, moment))))
}

/// What an article is known by that only its file tells: the whole path, since a file of that name may lie in any folder.
fn identity(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Stdin => None,
        Origin::File(path) => std::path::absolute(path).ok().map(|path| path.to_string_lossy().into_owned()),
    }
}

/// The form of the address that was asked, else of the one that the page tells.
fn canonical(asked: Option<&str>, ingested: &Result<Ingested, IngestError>) -> Option<String> {
    let told = || ingested.as_ref().ok().and_then(|ingested| ingested.article.metadata.url.as_deref());
    asked.or_else(told).and_then(canonical_url)
}

impl Item {
    fn of_file(
        reader: &Reader,
        origin: &Origin,
        id: Option<String>,
        moment: Option<DateTime<Utc>>,
    ) -> Result<Self, Message> {
        let name = origin.name();
        let bytes = load(origin).map_err(|error| Message::from(&error))?;
        let ingested = read_bytes(&bytes, &name, &Options { id, ..reader.options() });
        let canonical = canonical(None, &ingested);
        Ok(Self { path: name.clone(), name, url: None, canonical, time: Ok(moment), bytes, ingested, is_row: false })
    }

    fn of_row(
        row: Result<isnad_ingest::Row, isnad_ingest::RowError>,
        path: &str,
        file: Option<&str>,
        options: &Options,
        moment: Option<DateTime<Utc>>,
    ) -> Self {
        let name = |line: u64| format!("{path}: line {line}");
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                return Self {
                    name: name(error.line),
                    path: path.to_owned(),
                    url: None,
                    canonical: None,
                    time: Ok(moment),
                    bytes: Vec::new(),
                    ingested: Err(error.error),
                    is_row: true,
                };
            }
        };
        let time = match &row.captured {
            None => Ok(moment),
            Some(captured) => time::parse(captured)
                .map(Some)
                .map_err(|error| format!("{}: `captured` is `{captured}`: {error}", name(row.line))),
        };
        // A row's id names an article only among the rows of its file; without a file it names none.
        let id = file.map(|file| format!("{file}#{}", row.id)).unwrap_or_default();
        let options = Options {
            id: Some(id),
            language: row.language.or(options.language),
            url: row.url.clone(),
            published: row.published,
            ..options.clone()
        };
        let bytes = row.content.clone().into_bytes();
        let ingested = read_text(row.content, row.kind, &row.id, &options);
        let canonical = canonical(row.url.as_deref(), &ingested);
        let (name, path) = (name(row.line), path.to_owned());
        Self { name, path, url: row.url, canonical, time, bytes, ingested, is_row: true }
    }

    /// The recording of what came of the capture.
    pub(super) fn recording<'r>(&'r self, plan: &'r Plan, time: DateTime<Utc>, attempt: Attempt<'r>) -> Recording<'r> {
        let page = self.ingested.as_ref().ok().filter(|ingested| ingested.kind == Kind::Html);
        Recording {
            article: plan.article.as_deref(),
            url: plan.url.as_deref().or(self.url.as_deref()),
            canonical_url: plan.canonical.as_deref().or(self.canonical.as_deref()),
            path: Some(&self.path),
            raw: Some(&self.bytes),
            extractor: page.map(|page| Extractor { name: page.extractor.name, version: page.extractor.version }),
            vouched: plan.is_sure,
            ..Recording::new(time, CaptureOrigin::File, attempt)
        }
    }

    /// An error of reading it, with its name.
    pub(super) fn told(&self, error: &IngestError) -> Message {
        let message = Message::from(error);
        match self.is_row {
            true => message.about(&self.name),
            false => message,
        }
    }
}
