//! The captures that files hold, one each or one a row, and what is read in them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use isnad_core::{Article, Claim};
use isnad_ingest::http::{Failure, Fetched};
use isnad_ingest::{
    IngestError, Ingested, Kind, Options, PageDoubt, Row, RowError, Warning, canonical_url, read_bytes, read_text,
};
use isnad_store::{Attempt, Extractor, Reading, Recording};

use super::Plan;
use crate::command_error::Message;
use crate::commands::live::Asked;
use crate::output::time;
use crate::packs::{PackRef, Packs};
use crate::reading::{Origin, Reader, attempt, load};

/// A capture that was found, not yet read.
pub(super) enum Found {
    /// A file.
    File(Source),
    /// A row of a file.
    Row(Box<Result<Row, RowError>>, Arc<Source>),
    /// A file of rows that cannot be opened.
    Unreadable(Source, Message),
}

/// A file that holds captures.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) origin: Origin,
    /// When it was captured, if that is told.
    moment: Option<DateTime<Utc>>,
    /// What an article is known by that only its file tells: the whole path, since a file of that name may lie in any
    /// folder.
    id: Option<String>,
}

/// A capture that was read, be it an article or not.
pub(in crate::commands) struct Item {
    /// What the user calls it: the file, and the line of a row.
    pub(super) name: String,
    /// The file.
    path: Option<String>,
    /// The address that its row gives, or that was asked.
    pub(super) url: Option<String>,
    /// What was asked on the web for it.
    asked: Option<Asked>,
    /// The form that the addresses of its article have in common.
    canonical: Option<String>,
    /// When it was captured, if that is told; or what is wrong with what is told.
    pub(super) time: Result<Option<DateTime<Utc>>, String>,
    bytes: Vec<u8>,
    pub(super) ingested: Result<Ingested, IngestError>,
    /// What was found in it.
    pub(super) claims: Vec<Claim>,
    /// What found that; `None` if there is no pack for its language.
    pack: Option<PackRef>,
    /// What the user should know about it.
    pub(super) notes: Vec<String>,
    /// Why the page may not be the article.
    reason: Option<String>,
    /// Whether the error of reading it does not name it.
    is_row: bool,
    /// What to do about there being no page.
    advice: Option<&'static str>,
}

/// The captures that `files` hold, each captured at its moment.
pub(super) fn found(
    reader: &Reader,
    files: Vec<(Origin, Option<DateTime<Utc>>)>,
) -> impl Iterator<Item = Found> + Send + '_ {
    files.into_iter().flat_map(move |(origin, moment)| {
        let id = match &origin {
            Origin::Stdin => None,
            Origin::File(path) => std::path::absolute(path).ok().map(|path| path.to_string_lossy().into_owned()),
        };
        let source = Source { origin, moment, id };
        let found: Box<dyn Iterator<Item = Found> + Send> = match reader.holds_rows(&source.origin) {
            false => Box::new(std::iter::once(Found::File(source))),
            true => match reader.bare_rows(&source.origin) {
                Err(message) => Box::new(std::iter::once(Found::Unreadable(source, message))),
                Ok(rows) => {
                    let source = Arc::new(source);
                    Box::new(rows.map(move |row| Found::Row(Box::new(row), Arc::clone(&source))))
                }
            },
        };
        found
    })
}

impl Found {
    /// How many bytes it has; 0 if that cannot be told.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::File(Source { origin: Origin::File(path), .. }) => {
                std::fs::metadata(path).map_or(0, |metadata| usize::try_from(metadata.len()).unwrap_or(usize::MAX))
            }
            Self::Row(row, _) => row.as_ref().as_ref().map_or(0, |row| row.content.len()),
            Self::File(_) | Self::Unreadable(..) => 0,
        }
    }

    /// Reads it and finds its claims; an error with the name of what cannot be read at all.
    pub(super) fn read(self, reader: &Reader) -> Result<Item, (String, Message)> {
        let mut item = match self {
            Self::File(source) => {
                let name = source.origin.name();
                Item::of_file(reader, source).map_err(|message| (name, message))?
            }
            Self::Row(row, source) => Item::of_row(*row, &source, &reader.options()),
            Self::Unreadable(source, message) => return Err((source.origin.name(), message)),
        };
        item.extract(&reader.packs);
        Ok(item)
    }
}

/// The form of the address that was asked, else of the one that the page tells.
fn canonical(asked: Option<&str>, ingested: &Result<Ingested, IngestError>) -> Option<String> {
    let told = || ingested.as_ref().ok().and_then(|ingested| ingested.article.metadata.url.as_deref());
    asked.or_else(told).and_then(canonical_url)
}

/// What to do about there being no page.
fn advice(failure: &Failure) -> &'static str {
    match failure {
        Failure::NotGlobal { .. } => "--allow-private, if it is a server of your own",
        Failure::Robots => "the page saved by hand, with isnad add --url URL FILE; the site asks programs to stay away",
        Failure::TimedOut => "the same again later, or a longer --timeout",
        Failure::NoPageAddress | Failure::NoPage { .. } => "the address of a page",
        _ => "the same again later; the failure is noted, and nothing is concluded from it",
    }
}

impl Item {
    fn of_file(reader: &Reader, source: Source) -> Result<Self, Message> {
        let name = source.origin.name();
        let bytes = load(&source.origin).map_err(|error| Message::from(&error))?;
        let ingested = read_bytes(&bytes, &name, &Options { id: source.id, ..reader.options() });
        let canonical = canonical(None, &ingested);
        Ok(Self { time: Ok(source.moment), canonical, bytes, ..Self::new(name.clone(), Some(name), ingested) })
    }

    fn of_row(row: Result<Row, RowError>, source: &Source, options: &Options) -> Self {
        let path = source.origin.name();
        let name = |line: u64| format!("{path}: line {line}");
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let item = Self::new(name(error.line), Some(path), Err(error.error));
                return Self { time: Ok(source.moment), is_row: true, ..item };
            }
        };
        let time = match &row.captured {
            None => Ok(source.moment),
            Some(captured) => time::parse(captured)
                .map(Some)
                .map_err(|error| format!("{}: `captured` is `{captured}`: {error}", name(row.line))),
        };
        // A row's id names an article only among the rows of its file; without a file it names none.
        let id = source.id.as_ref().map(|file| format!("{file}#{}", row.id)).unwrap_or_default();
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
        Self { url: row.url, canonical, time, bytes, is_row: true, ..Self::new(name(row.line), Some(path), ingested) }
    }

    /// The page that was got at `time`, with its claims.
    pub(in crate::commands) fn of_fetched(
        fetched: Fetched,
        asked: Asked,
        time: DateTime<Utc>,
        reader: &Reader,
    ) -> Self {
        let advice = fetched.failure().map(advice);
        let capture = fetched.into_capture();
        let ingested = capture.read(&reader.options());
        let canonical = canonical(capture.url.as_deref(), &ingested);
        let mut item = Self {
            url: capture.url.clone(),
            asked: Some(asked),
            canonical,
            time: Ok(Some(time)),
            bytes: capture.raw().to_vec(),
            advice,
            ..Self::new(capture.place, None, ingested)
        };
        item.extract(&reader.packs);
        item
    }

    fn new(name: String, path: Option<String>, ingested: Result<Ingested, IngestError>) -> Self {
        Self {
            name,
            path,
            url: None,
            asked: None,
            canonical: None,
            time: Ok(None),
            bytes: Vec::new(),
            ingested,
            claims: Vec::new(),
            pack: None,
            notes: Vec::new(),
            reason: None,
            is_row: false,
            advice: None,
        }
    }

    /// Finds the claims of what was read.
    fn extract(&mut self, packs: &Packs) {
        let Ok(ingested) = &self.ingested else { return };
        // What is doubted is told as such, with what to do about it.
        let noted = ingested.warnings.iter().filter(|warning| !matches!(warning, Warning::MayNotBeArticle { .. }));
        self.notes.extend(noted.map(ToString::to_string));
        self.reason = ingested.doubt.map(|doubt| doubt.to_string());
        match packs.for_article(&ingested.article) {
            Ok(pack) => {
                self.claims = isnad_core::extract(&ingested.article, &pack);
                self.pack = Some(pack);
            }
            Err(message) => self.notes.push(format!("recorded without its claims: {}", message.cause)),
        }
    }

    /// Why the page may not be the article, unless somebody has looked.
    pub(super) fn doubt(&self, plan: &Plan) -> Option<PageDoubt> {
        self.ingested.as_ref().ok().and_then(|ingested| ingested.doubt).filter(|_| !plan.record.sure)
    }

    /// The attempt that read `article`, which is the item's.
    pub(super) fn attempt<'r>(&'r self, plan: &Plan, article: &'r Article) -> Attempt<'r> {
        let reason = self.reason.as_deref().filter(|_| !plan.record.sure);
        attempt(Reading::new(article, &self.claims, self.pack.as_deref()), reason)
    }

    /// The recording of what came of the capture.
    pub(super) fn recording<'r>(&'r self, plan: &'r Plan, time: DateTime<Utc>, attempt: Attempt<'r>) -> Recording<'r> {
        let page = self.ingested.as_ref().ok().filter(|ingested| ingested.kind == Kind::Html);
        Recording {
            article: plan.article.as_deref(),
            url: plan.url.as_deref().or(self.url.as_deref()),
            canonical_url: plan.canonical.as_deref().or(self.canonical.as_deref()),
            final_url: self.asked.as_ref().and_then(Asked::final_url),
            request: self.asked.as_ref().map(Asked::request),
            path: self.path.as_deref(),
            raw: Some(&self.bytes),
            extractor: page.map(|page| Extractor { name: page.extractor.name, version: page.extractor.version }),
            vouched: plan.record.sure,
            ..Recording::new(time, plan.origin, attempt)
        }
    }

    /// An error of reading it, with its name.
    pub(super) fn told(&self, error: &IngestError) -> Message {
        let mut message = Message::from(error);
        message.advice = self.advice.map(str::to_owned).or(message.advice);
        match self.is_row {
            true => message.about(&self.name),
            false => message,
        }
    }
}
