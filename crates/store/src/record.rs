//! Recording one capture. Everything here runs inside one write transaction.

use std::borrow::Cow;

use isnad_core::fold::fold;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::claim_rows;
use crate::encode::{hash, json, label, stamp};
use crate::error::{Fault, StoreError};
use crate::event::EventCounts;
use crate::history::Compare;
use crate::ids::{ArticleId, CaptureId, VersionId};
use crate::key::canonical_key;
use crate::query::count_events;
use crate::recording::{Attempt, Outcome, Reading, Recorded, Recording};
use crate::states::states;
use crate::timeline;

/// Records a capture, brings the article's threads and events up to date, and says what was new.
pub(crate) fn record(conn: &Connection, compare: Compare, recording: &Recording<'_>) -> Result<Recorded, Fault> {
    let reading = recording.attempt.reading();
    if let Some(reading) = reading {
        claim_rows::check(reading.article.text(), reading.claims)?;
    }
    let article = article_row(conn, recording)?;
    let known = reading.map(|reading| find_version(conn, article, &reading)).transpose()?.flatten();
    let capture = Capture::of(recording)?;
    if known.is_some() == reading.is_some()
        && let Some(capture) = capture.find(conn, article, known)?
    {
        let (outcome, events) = (Outcome::AlreadyRecorded, EventCounts::default());
        return Ok(Recorded { article, capture, version: known, outcome, events });
    }
    let version = match (known, reading) {
        (None, Some(reading)) => Some(add_version(conn, article, &reading)?),
        (known, _) => known,
    };
    let is_new_text = match version {
        Some(version) => !was_seen(conn, version)?,
        None => false,
    };
    let before = states(conn, article)?;
    let capture = capture.insert(conn, article, version)?;
    let outcome = match recording.attempt {
        Attempt::Read(reading) => {
            let now = states(conn, article)?;
            timeline::update(conn, article, (&before, &now), compare, reading.pack)?;
            if is_new_text { Outcome::NewVersion } else { Outcome::Seen }
        }
        Attempt::Uncertain { .. } => Outcome::Uncertain,
        Attempt::Failed { .. } => Outcome::Failed,
    };
    describe(conn, article)?;
    Ok(Recorded { article, capture, version, outcome, events: count_events(conn, capture)? })
}

/// The columns of a capture that do not depend on what is in the history.
struct Capture<'a> {
    recording: &'a Recording<'a>,
    captured_at: String,
    status: String,
    origin: String,
    raw_hash: Option<String>,
    metadata: Option<String>,
}

impl<'a> Capture<'a> {
    fn of(recording: &'a Recording<'a>) -> Result<Self, Fault> {
        Ok(Self {
            recording,
            captured_at: stamp(recording.captured)?,
            status: label(recording.attempt.status())?,
            origin: label(recording.origin)?,
            raw_hash: recording.raw.map(hash),
            metadata: recording.attempt.reading().map(|reading| json(&reading.article.metadata)).transpose()?,
        })
    }

    /// The same capture, if it was recorded before.
    fn find(
        &self,
        conn: &Connection,
        article: ArticleId,
        version: Option<VersionId>,
    ) -> Result<Option<CaptureId>, Fault> {
        let mut find = conn.prepare_cached(
            "SELECT id FROM capture
             WHERE article_id = :article AND captured_at = :captured_at AND status = :status AND origin = :origin
               AND reason IS :reason AND url IS :url AND path IS :path AND raw_hash IS :raw_hash
               AND version_id IS :version",
        )?;
        let found = find.query_row(
            named_params! {
                ":article": article,
                ":captured_at": self.captured_at,
                ":status": self.status,
                ":origin": self.origin,
                ":reason": self.recording.attempt.reason(),
                ":url": self.recording.url,
                ":path": self.recording.path,
                ":raw_hash": self.raw_hash,
                ":version": version,
            },
            |row| row.get(0),
        );
        Ok(found.optional()?)
    }

    fn insert(&self, conn: &Connection, article: ArticleId, version: Option<VersionId>) -> Result<CaptureId, Fault> {
        let mut insert = conn.prepare_cached(
            "INSERT INTO capture (article_id, captured_at, status, reason, origin, url, path, extractor,
               extractor_version, raw_hash, version_id, metadata)
             VALUES (:article, :captured_at, :status, :reason, :origin, :url, :path, :extractor,
               :extractor_version, :raw_hash, :version, :metadata)",
        )?;
        let id = insert.insert(named_params! {
            ":article": article,
            ":captured_at": self.captured_at,
            ":status": self.status,
            ":reason": self.recording.attempt.reason(),
            ":origin": self.origin,
            ":url": self.recording.url,
            ":path": self.recording.path,
            ":extractor": self.recording.extractor.map(|extractor| extractor.name),
            ":extractor_version": self.recording.extractor.map(|extractor| extractor.version),
            ":raw_hash": self.raw_hash,
            ":version": version,
            ":metadata": self.metadata,
        })?;
        Ok(CaptureId(id))
    }
}

/// The article the recording belongs to, which is made if need be.
fn article_row(conn: &Connection, recording: &Recording<'_>) -> Result<ArticleId, Fault> {
    let metadata = recording.attempt.reading().map(|reading| &reading.article.metadata);
    let name = recording.article.map(canonical_key);
    let page = metadata.and_then(|metadata| metadata.url.as_deref());
    let url = recording.url.or(page).map(canonical_key);
    let id = metadata.map(|metadata| canonical_key(&metadata.id));
    let mut keys = [&name, &url, &id].into_iter().flatten().filter(|key| !key.is_empty());
    let key: &Cow<'_, str> = keys.next().ok_or(StoreError::NoArticle)?;

    let mut find = conn.prepare_cached(
        "SELECT id FROM article WHERE key = ?1 UNION ALL SELECT article_id FROM article_url WHERE url = ?1 LIMIT 1",
    )?;
    let article = match find.query_row([key], |row| row.get(0)).optional()? {
        Some(article) => article,
        None => {
            let mut add = conn.prepare_cached("INSERT INTO article (key) VALUES (?1)")?;
            ArticleId(add.insert([key])?)
        }
    };
    if let Some(url) = url.as_ref().filter(|url| !url.is_empty()) {
        // An address that belongs to another article stays with it; the capture keeps what was asked.
        let mut add =
            conn.prepare_cached("INSERT INTO article_url (url, article_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
        add.execute((url, article))?;
    }
    Ok(article)
}

fn find_version(conn: &Connection, article: ArticleId, reading: &Reading<'_>) -> Result<Option<VersionId>, Fault> {
    let mut find = conn.prepare_cached(
        "SELECT version.id FROM version JOIN text ON text.id = version.text_id
         WHERE version.article_id = ?1 AND text.hash = ?2",
    )?;
    Ok(find.query_row((article, hash(reading.article.text().as_bytes())), |row| row.get(0)).optional()?)
}

/// Writes a version with its text, unless another version has the same, and its claims.
fn add_version(conn: &Connection, article: ArticleId, reading: &Reading<'_>) -> Result<VersionId, Fault> {
    let text = reading.article.text();
    let hash = hash(text.as_bytes());
    let mut find = conn.prepare_cached("SELECT id FROM text WHERE hash = ?1")?;
    let text_row: i64 = match find.query_row([&hash], |row| row.get(0)).optional()? {
        Some(row) => row,
        None => conn
            .prepare_cached("INSERT INTO text (hash, bytes, content) VALUES (?1, octet_length(?2), ?2)")?
            .insert((&hash, text))?,
    };
    let mut add = conn.prepare_cached(
        "INSERT INTO version (article_id, text_id, blocks, engine, pack) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let pack = reading.pack.map(|pack| format!("{} {}", pack.language(), pack.version()));
    let row = add.insert((article, text_row, json(reading.article.blocks())?, reading.engine, pack))?;
    claim_rows::insert(conn, VersionId(row), reading.claims)?;
    Ok(VersionId(row))
}

/// Whether a successful capture saw the version.
fn was_seen(conn: &Connection, version: VersionId) -> Result<bool, Fault> {
    let mut find =
        conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM capture WHERE version_id = ?1 AND status = 'ok')")?;
    Ok(find.query_row([version], |row| row.get(0))?)
}

/// Gives the article the title and language of its newest capture that has them, successful ones first.
fn describe(conn: &Connection, article: ArticleId) -> Result<(), Fault> {
    let newest = |field: &str| -> Result<Option<String>, Fault> {
        let mut find = conn.prepare_cached(
            "SELECT metadata ->> ?2 FROM capture WHERE article_id = ?1 AND metadata ->> ?2 IS NOT NULL
             ORDER BY status = 'ok' DESC, captured_at DESC, id DESC LIMIT 1",
        )?;
        Ok(find.query_row((article, field), |row| row.get(0)).optional()?)
    };
    let (title, language) = (newest("title")?, newest("language")?);
    let mut update =
        conn.prepare_cached("UPDATE article SET title = ?2, title_folded = ?3, language = ?4 WHERE id = ?1")?;
    update.execute((article, &title, title.as_deref().map(fold), language))?;
    Ok(())
}
