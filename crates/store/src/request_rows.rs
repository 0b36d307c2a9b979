//! What was asked on the web for a capture, and what the server said.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::encode::json;
use crate::error::{Fault, StoreError};
use crate::history::History;
use crate::ids::{CaptureId, VersionId};
use crate::query::Reader;
use crate::recording::Request;

/// The newest page that a server sent from an address and that the history took for the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastAnswer {
    /// The capture.
    pub capture: CaptureId,
    /// The text that was in it.
    pub version: VersionId,
    /// The program that found the article in it.
    pub extractor: Option<Reader>,
    /// The header `ETag`.
    pub etag: Option<String>,
    /// The header `Last-Modified`.
    pub last_modified: Option<String>,
}

impl History {
    /// The newest page that came from `url` itself, over redirects or not, and was taken for the article without doubt.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn last_answer(&self, url: &str) -> Result<Option<LastAnswer>, StoreError> {
        self.reading("looking up an address", |conn| {
            let mut query = conn.prepare_cached(
                "SELECT capture.id, version_id, extractor, extractor_version, etag, last_modified
                 FROM request JOIN capture ON capture.id = request.capture_id
                 WHERE request.url = ?1 AND capture.status = 'ok'
                 ORDER BY captured_at DESC, capture.id DESC LIMIT 1",
            )?;
            let answer = |row: &Row<'_>| {
                let version: Option<String> = row.get(3)?;
                Ok(LastAnswer {
                    capture: row.get(0)?,
                    version: row.get(1)?,
                    extractor: row.get::<_, Option<String>>(2)?.map(|name| Reader { name, version }),
                    etag: row.get(4)?,
                    last_modified: row.get(5)?,
                })
            };
            Ok(query.query_row([url], answer).optional()?)
        })
    }
}

/// Writes what was asked for a capture that was recorded just now.
pub(crate) fn insert(conn: &Connection, capture: CaptureId, request: &Request<'_>) -> Result<(), Fault> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO request (capture_id, list, redirects, url, status, content_type, etag, last_modified)
         VALUES (:capture, :list, :redirects, :url, :status, :content_type, :etag, :last_modified)",
    )?;
    insert.execute(named_params! {
        ":capture": capture,
        ":list": request.list,
        ":redirects": json(request.redirects)?,
        ":url": request.url,
        ":status": request.status,
        ":content_type": request.content_type,
        ":etag": request.etag,
        ":last_modified": request.last_modified,
    })?;
    Ok(())
}
