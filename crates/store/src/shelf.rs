//! Versions as they are loaded back from the file: the article as it was read, with its claims.

use std::collections::VecDeque;
use std::rc::Rc;

use isnad_core::{Article, Metadata};
use isnad_diff::thread::Kept;
use rusqlite::{Connection, OptionalExtension};

use crate::block_rows;
use crate::claim_columns;
use crate::encode::{from_json, from_label};
use crate::error::Fault;
use crate::frames::TEXTS;
use crate::ids::{ClaimId, VersionId};

/// A version with its claims, each with its number in the file.
pub(crate) type Loaded = Kept<VersionId, ClaimId>;

/// The most versions that are held, and the most bytes of their texts: an article may have had ten thousand versions.
const MOST_VERSIONS: usize = 256;
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Loads versions, and holds those that were asked for last.
#[derive(Debug)]
pub(crate) struct Shelf<'c> {
    conn: &'c Connection,
    /// The one asked for last stands last.
    loaded: VecDeque<Rc<Loaded>>,
    /// How many bytes the texts of those have.
    bytes: usize,
}

impl<'c> Shelf<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Self {
        Self { conn, loaded: VecDeque::new(), bytes: 0 }
    }

    /// A version that is not to be held.
    pub(crate) fn load(conn: &Connection, version: VersionId) -> Result<Loaded, Fault> {
        load(conn, version)
    }

    pub(crate) fn take(&mut self, version: VersionId) -> Result<Rc<Loaded>, Fault> {
        let place = self.loaded.iter().rposition(|loaded| loaded.version == version);
        let loaded = match place.and_then(|place| self.loaded.remove(place)) {
            Some(loaded) => loaded,
            None => {
                let loaded = Rc::new(load(self.conn, version)?);
                self.bytes += loaded.article.text().len();
                loaded
            }
        };
        self.loaded.push_back(Rc::clone(&loaded));
        // The two last are those of the step at hand.
        while self.loaded.len() > 2 && (self.loaded.len() > MOST_VERSIONS || self.bytes > MOST_BYTES) {
            self.bytes -= self.loaded.pop_front().map_or(0, |oldest| oldest.article.text().len());
        }
        Ok(loaded)
    }
}

fn load(conn: &Connection, version: VersionId) -> Result<Loaded, Fault> {
    let (names, claims) = claim_columns::of_version(conn, version)?.into_iter().unzip();
    Ok(Loaded { version, article: article(conn, version)?, claims, names })
}

/// The article as it was read; its metadata are those of the first capture that saw the version, but the language is
/// that in which the version was read last.
pub(crate) fn article(conn: &Connection, version: VersionId) -> Result<Article, Fault> {
    let mut query = conn.prepare_cached("SELECT text_id, blocks, language FROM version WHERE id = ?1")?;
    let row = query.query_row([version], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let (text, blocks, language): (i64, String, Option<String>) =
        row.optional()?.ok_or_else(|| Fault::Unreadable(format!("version row {version} is not there")))?;
    let mut query = conn.prepare_cached(
        "SELECT metadata, captured_at FROM capture WHERE version_id = ?1
         ORDER BY status = 'ok' DESC, captured_at, id LIMIT 1",
    )?;
    let row = query.query_row([version], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (metadata, captured): (Option<String>, Option<String>) = row.unwrap_or_default();
    let text = String::from_utf8(TEXTS.read(conn, text)?)
        .map_err(|error| Fault::Unreadable(format!("text row {text}: {error}")))?;
    let blocks = block_rows::read(&blocks, version)?;
    let mut metadata: Metadata = match metadata {
        Some(metadata) => from_json(&metadata, &format!("the metadata of version row {version}"))?,
        None => Metadata::default(),
    };
    metadata.captured = captured;
    metadata.language = language.map(from_label).transpose()?;
    Ok(Article::new(text, blocks, metadata))
}
