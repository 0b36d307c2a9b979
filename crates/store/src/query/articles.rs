//! Articles, their captures and versions.

use chrono::{DateTime, Utc};
use isnad_core::{Article, Language};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use super::claims::{StoredClaim, claims_of};
use crate::encode::{from_label, unstamp};
use crate::error::{Fault, StoreError};
use crate::history::History;
use crate::ids::{ArticleId, CaptureId, VersionId};
use crate::recording::{CaptureStatus, Origin};
use crate::shelf;
use crate::states::{State, states};
use isnad_diff::{EventCounts, EventStatus};

/// What is in the history of an article, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleSummary {
    /// Its number.
    pub id: ArticleId,
    /// Its first URL without the fragment, or the name it was recorded under.
    pub key: String,
    /// The title in its newest capture that had one.
    pub title: Option<String>,
    /// Its address; the first in order of the alphabet if it has several.
    pub url: Option<String>,
    /// Its language.
    pub language: Option<Language>,
    /// How many attempts were made to get it, successful or not.
    pub captures: u32,
    /// How many distinct texts were seen.
    pub versions: u32,
    /// The time of its first capture.
    pub first_captured: DateTime<Utc>,
    /// The time of its last capture.
    pub last_captured: DateTime<Utc>,
    /// How often something it attributes changed; moves and spelling do not count.
    pub changes: u32,
}

/// One state of an article, with what happened to its claims when it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// The version seen, and from when to when.
    #[serde(flatten)]
    pub state: State,
    /// How many claims the version has.
    pub claims: u32,
    /// What happened to claims between the state before and this one; nothing in the first.
    pub events: EventCounts,
}

/// One attempt to get an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capture {
    /// Its number; later recorded captures have higher ones.
    pub id: CaptureId,
    /// The article.
    pub article: ArticleId,
    /// When it was taken.
    pub captured: DateTime<Utc>,
    /// What came of it.
    pub status: CaptureStatus,
    /// Why it failed or is uncertain.
    pub reason: Option<String>,
    /// From where it came.
    pub origin: Origin,
    /// The address that was asked, as given.
    pub url: Option<String>,
    /// The address that answered, as given, where a redirect led to another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_url: Option<String>,
    /// The file, archive or record that was read, as given.
    pub path: Option<String>,
    /// The program that found the article in the page.
    pub extractor: Option<Reader>,
    /// BLAKE3 of the bytes as they came, in lower-case hexadecimal.
    pub raw_hash: Option<String>,
    /// The version it saw.
    pub version: Option<VersionId>,
}

/// The program that found the article in a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reader {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
}

/// A version with all that was found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredVersion {
    /// Its row's number.
    pub id: VersionId,
    /// The article it is a version of.
    pub article_id: ArticleId,
    /// Its number among the article's versions, from 1; `None` while only uncertain captures saw it.
    pub number: Option<u32>,
    /// The text, blocks and metadata; the metadata are those of the first capture that saw it.
    pub article: Article,
    /// The claims, in the order of the text.
    pub claims: Vec<StoredClaim>,
    /// The version of isnad that extracted the claims.
    pub engine: String,
    /// The language pack that extracted them, such as `ar 1`.
    pub pack: Option<String>,
}

impl History {
    /// All articles, in the order in which they were first recorded.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn articles(&self) -> Result<Vec<ArticleSummary>, StoreError> {
        self.reading("listing articles", |conn| summaries(conn, None))
    }

    /// One article.
    ///
    /// # Errors
    /// If there is none of that number, or the file cannot be read.
    pub fn article(&self, article: ArticleId) -> Result<ArticleSummary, StoreError> {
        let found = self.reading("reading an article", |conn| summaries(conn, Some(article)))?;
        found.into_iter().next().ok_or_else(|| StoreError::NoSuchArticle { reference: article.to_string() })
    }

    /// The states of an article in the order of time, each with what happened to claims when it came. A text that
    /// returned is listed again, under the number of its version.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn log(&self, article: ArticleId) -> Result<Vec<LogEntry>, StoreError> {
        self.reading("reading the log of an article", |conn| {
            let entry = |state: State| {
                let claims = count_claims(conn, state.version)?;
                Ok(LogEntry { state, claims, events: count_events(conn, state.first.capture)? })
            };
            states(conn, article)?.into_iter().map(entry).collect()
        })
    }

    /// All captures of an article, failed and uncertain ones too, in the order of time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn captures(&self, article: ArticleId) -> Result<Vec<Capture>, StoreError> {
        self.reading("listing captures", |conn| {
            let mut query = conn.prepare_cached(
                "SELECT id, article_id, captured_at, status, reason, origin, url, path, extractor, extractor_version,
                   raw_hash, version_id, final_url
                 FROM capture WHERE article_id = ?1 ORDER BY captured_at, id",
            )?;
            let mut rows = query.query([article])?;
            let mut captures = Vec::new();
            while let Some(row) = rows.next()? {
                captures.push(capture(row)?);
            }
            Ok(captures)
        })
    }

    /// The number of a version among those of its article, from 1 in the order in which they were first seen; `None`
    /// while only uncertain captures saw it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn version_number(&self, version: VersionId) -> Result<Option<u32>, StoreError> {
        self.reading("numbering a version", |conn| number(conn, version))
    }

    /// A version with its article, exactly as it was recorded, and its claims.
    ///
    /// # Errors
    /// If there is none of that number, or the file cannot be read.
    pub fn version(&self, version: VersionId) -> Result<StoredVersion, StoreError> {
        self.reading("reading a version", |conn| {
            let mut query = conn.prepare_cached("SELECT article_id, engine, pack FROM version WHERE id = ?1")?;
            let row = query.query_row([version], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
            let (article_id, engine, pack) = row.optional()?.ok_or(StoreError::NoSuchVersionRow { version })?;
            let number = number(conn, version)?;
            let article = shelf::article(conn, version)?;
            let claims = claims_of(conn, version)?;
            Ok(StoredVersion { id: version, article_id, number, article, claims, engine, pack })
        })
    }
}

/// The number of a version among those of its article.
fn number(conn: &Connection, version: VersionId) -> Result<Option<u32>, Fault> {
    let mut query = conn.prepare_cached("SELECT number FROM version WHERE id = ?1")?;
    Ok(query.query_row([version], |row| row.get(0)).optional()?.flatten())
}

pub(super) fn summaries(conn: &Connection, only: Option<ArticleId>) -> Result<Vec<ArticleSummary>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT article_id, key, title, url, language, captures, versions, first_captured, last_captured, changes
         FROM articles WHERE ?1 IS NULL OR article_id = ?1 ORDER BY article_id",
    )?;
    let mut rows = query.query([only])?;
    let mut articles = Vec::new();
    while let Some(row) = rows.next()? {
        let language: Option<String> = row.get(4)?;
        articles.push(ArticleSummary {
            id: row.get(0)?,
            key: row.get(1)?,
            title: row.get(2)?,
            url: row.get(3)?,
            language: language.map(from_label).transpose()?,
            captures: row.get(5)?,
            versions: row.get(6)?,
            first_captured: unstamp(&row.get::<_, String>(7)?)?,
            last_captured: unstamp(&row.get::<_, String>(8)?)?,
            changes: row.get(9)?,
        });
    }
    Ok(articles)
}

fn capture(row: &Row<'_>) -> Result<Capture, Fault> {
    let (name, version): (Option<String>, Option<String>) = (row.get(8)?, row.get(9)?);
    Ok(Capture {
        id: row.get(0)?,
        article: row.get(1)?,
        captured: unstamp(&row.get::<_, String>(2)?)?,
        status: from_label(row.get(3)?)?,
        reason: row.get(4)?,
        origin: from_label(row.get(5)?)?,
        url: row.get(6)?,
        final_url: row.get(12)?,
        path: row.get(7)?,
        extractor: name.map(|name| Reader { name, version }),
        raw_hash: row.get(10)?,
        version: row.get(11)?,
    })
}

fn count_claims(conn: &Connection, version: VersionId) -> Result<u32, Fault> {
    let mut count = conn.prepare_cached("SELECT count(*) FROM claim WHERE version_id = ?1")?;
    Ok(count.query_row([version], |row| row.get(0))?)
}

/// How many events of each status happened to the claims of an article.
pub(crate) fn count_all_events(conn: &Connection, article: ArticleId) -> Result<EventCounts, Fault> {
    let mut count = conn.prepare_cached(
        "SELECT status, count(*) FROM event WHERE thread_id IN (SELECT id FROM thread WHERE article_id = ?1)
         GROUP BY status",
    )?;
    let mut rows = count.query([article])?;
    let mut counts = EventCounts::default();
    while let Some(row) = rows.next()? {
        counts.add(from_label::<EventStatus>(row.get(0)?)?, row.get(1)?);
    }
    Ok(counts)
}

/// How many events of each status ended with this capture.
pub(crate) fn count_events(conn: &Connection, capture: CaptureId) -> Result<EventCounts, Fault> {
    let mut count =
        conn.prepare_cached("SELECT status, count(*) FROM event WHERE not_after_id = ?1 GROUP BY status")?;
    let mut rows = count.query([capture])?;
    let mut counts = EventCounts::default();
    while let Some(row) = rows.next()? {
        counts.add(from_label::<EventStatus>(row.get(0)?)?, row.get(1)?);
    }
    Ok(counts)
}
