//! Captures on their way into the file.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::encode::{hash, json, label, stamp};
use crate::error::Fault;
use crate::ids::{ArticleId, CaptureId, VersionId};
use crate::recording::{Attempt, Recording};

/// The columns of a capture that do not depend on what is in the history.
pub(crate) struct Row<'a> {
    recording: &'a Recording<'a>,
    attempt: &'static str,
    captured_at: String,
    status: String,
    origin: String,
    raw_hash: Option<String>,
    metadata: Option<String>,
}

impl<'a> Row<'a> {
    pub(crate) fn of(recording: &'a Recording<'a>) -> Result<Self, Fault> {
        Ok(Self {
            recording,
            attempt: match recording.attempt {
                Attempt::Read(_) if recording.vouched => "vouched",
                Attempt::Read(_) => "read",
                Attempt::Uncertain { .. } => "uncertain",
                Attempt::Failed { .. } => "failed",
            },
            captured_at: stamp(recording.captured)?,
            status: label(recording.attempt.status())?,
            origin: label(recording.origin)?,
            raw_hash: recording.raw.map(hash),
            metadata: recording.attempt.reading().map(|reading| json(&reading.article.metadata)).transpose()?,
        })
    }

    /// The same capture, if it was recorded before. Whether somebody vouched for it, and what was thought of it, does
    /// not make it another.
    pub(crate) fn find(
        &self,
        conn: &Connection,
        article: ArticleId,
        version: Option<VersionId>,
    ) -> Result<Option<CaptureId>, Fault> {
        let mut find = conn.prepare_cached(
            "SELECT id FROM capture
             WHERE article_id = :article AND captured_at = :captured_at AND origin = :origin
               AND replace(attempt, 'vouched', 'read') = replace(:attempt, 'vouched', 'read')
               AND (attempt IN ('read', 'vouched') OR reason IS :reason)
               AND url IS :url AND path IS :path AND raw_hash IS :raw_hash AND version_id IS :version",
        )?;
        let found = find.query_row(
            named_params! {
                ":article": article,
                ":captured_at": self.captured_at,
                ":attempt": self.attempt,
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

    /// Writes what is told otherwise now of a capture that was recorded before; whether anything is.
    pub(crate) fn amend(&self, conn: &Connection, capture: CaptureId) -> Result<bool, Fault> {
        let mut update = conn.prepare_cached(
            "UPDATE capture SET metadata = :metadata, extractor = :extractor, extractor_version = :extractor_version,
               attempt = iif(:attempt = 'vouched', 'vouched', attempt), status = iif(:attempt = 'vouched', 'ok', status),
               reason = iif(:attempt = 'vouched', NULL, reason)
             WHERE id = :capture AND (metadata IS NOT :metadata OR extractor IS NOT :extractor
               OR extractor_version IS NOT :extractor_version OR (:attempt = 'vouched' AND attempt <> 'vouched'))",
        )?;
        let changed = update.execute(named_params! {
            ":capture": capture,
            ":metadata": self.metadata,
            ":extractor": self.recording.extractor.map(|extractor| extractor.name),
            ":extractor_version": self.recording.extractor.map(|extractor| extractor.version),
            ":attempt": self.attempt,
        })?;
        Ok(changed > 0)
    }

    pub(crate) fn insert(
        &self,
        conn: &Connection,
        article: ArticleId,
        version: Option<VersionId>,
    ) -> Result<CaptureId, Fault> {
        let mut insert = conn.prepare_cached(
            "INSERT INTO capture (article_id, captured_at, attempt, status, reason, origin, url, final_url, path,
               extractor, extractor_version, raw_hash, version_id, metadata)
             VALUES (:article, :captured_at, :attempt, :status, :reason, :origin, :url, :final_url, :path,
               :extractor, :extractor_version, :raw_hash, :version, :metadata)",
        )?;
        let id = insert.insert(named_params! {
            ":article": article,
            ":captured_at": self.captured_at,
            ":attempt": self.attempt,
            ":status": self.status,
            ":reason": self.recording.attempt.reason(),
            ":origin": self.origin,
            ":url": self.recording.url,
            ":final_url": self.recording.final_url,
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

/// Whether no capture of the article is of a later time.
pub(crate) fn is_newest(conn: &Connection, article: ArticleId, row: &Row<'_>) -> Result<bool, Fault> {
    let mut later =
        conn.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM capture WHERE article_id = ?1 AND captured_at > ?2)")?;
    Ok(later.query_row((article, &row.captured_at), |row| row.get(0))?)
}

/// Whether a capture of the article that was recorded before, of the same time, saw another text, and neither is doubted. What is
/// recorded later has no say, so that it does not matter which captures are recorded together.
pub(crate) fn has_rival(conn: &Connection, capture: CaptureId) -> Result<bool, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT EXISTS (
           SELECT 1 FROM capture AS this CROSS JOIN capture AS other
             ON other.article_id = this.article_id AND other.captured_at = this.captured_at AND other.id < this.id
           WHERE this.id = ?1 AND this.status = 'ok' AND other.status = 'ok' AND other.version_id <> this.version_id)",
    )?;
    Ok(query.query_row([capture], |row| row.get(0))?)
}

/// Whether the capture vouches for a version that earlier captures were doubted for.
pub(crate) fn was_doubted_before_it_was_vouched_for(
    conn: &Connection,
    capture: CaptureId,
    version: VersionId,
) -> Result<bool, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT attempt = 'vouched' AND EXISTS (
           SELECT 1 FROM capture AS other WHERE other.version_id = ?2 AND other.attempt = 'read'
             AND other.status = 'uncertain')
         FROM capture WHERE id = ?1",
    )?;
    Ok(query.query_row((capture, version), |row| row.get(0))?)
}
