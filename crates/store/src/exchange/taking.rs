//! An article of a stream while its records come in: each is written, or compared with what is there, and let go.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::record::{ArticleEnd, ArticleRecord, CaptureRecord, Record};
use super::write::Writing;
use crate::encode::{label, stamp};
use crate::error::{Fault, StoreError};
use crate::ids::{ArticleId, VersionId};

/// What became of an article.
pub(super) enum Fate {
    Added,
    Unchanged,
    /// It is there with other captures.
    Other(ArticleId),
}

/// An article that is being taken in.
pub(super) struct Taking<'c> {
    id: ArticleId,
    way: Way<'c>,
    /// How many records came, that of the article included, and how many of them are captures and versions.
    records: u64,
    pub(super) captures: u64,
    pub(super) versions: u64,
    /// What the closing record says.
    end: Option<ArticleEnd>,
}

enum Way<'c> {
    /// It is not there yet.
    Write(Box<Writing<'c>>),
    /// It is there already.
    Compare(Comparing<'c>),
}

impl<'c> Taking<'c> {
    pub(super) fn begin(conn: &'c Connection, article: &ArticleRecord) -> Result<Self, Fault> {
        let way = match find(conn, article)? {
            Some(there) => Way::Compare(Comparing { conn, there, texts: HashMap::new(), is_same: true }),
            None => Way::Write(Box::new(Writing::begin(conn, article)?)),
        };
        Ok(Self { id: article.id, way, records: 1, captures: 0, versions: 0, end: None })
    }

    /// Takes a record that belongs to the article.
    pub(super) fn take(&mut self, record: Record) -> Result<(), Fault> {
        if let Record::ArticleEnd(end) = record {
            self.end = Some(end);
            return Ok(());
        }
        self.records += 1;
        self.captures += u64::from(matches!(record, Record::Capture(_)));
        self.versions += u64::from(matches!(record, Record::Version(_)));
        self.check_owner(&record)?;
        match &mut self.way {
            Way::Write(writing) => writing.take(record),
            Way::Compare(comparing) => comparing.take(record),
        }
    }

    /// The article has ended; an error if not all of it came.
    pub(super) fn finish(self) -> Result<Fate, Fault> {
        let Some(ArticleEnd { article, records }) = self.end else {
            return Err(invalid("the record that closes it is not there, so others may be missing".to_owned()));
        };
        if article != self.id {
            return Err(invalid(format!("it is closed as article {article}")));
        }
        if records != self.records {
            return Err(invalid(format!("{} of its {records} records are there", self.records)));
        }
        match self.way {
            Way::Write(writing) => writing.finish().map(|()| Fate::Added),
            Way::Compare(Comparing { is_same: true, .. }) => Ok(Fate::Unchanged),
            Way::Compare(Comparing { there, .. }) => Ok(Fate::Other(there)),
        }
    }

    fn check_owner(&self, record: &Record) -> Result<(), Fault> {
        let (what, id, owner) = match record {
            Record::Version(version) => ("version", version.id.0, version.article),
            Record::Thread(thread) => ("history", thread.id.0, thread.article),
            Record::Capture(capture) => ("capture", capture.id.0, capture.article),
            _ => return Ok(()),
        };
        match owner == self.id {
            true => Ok(()),
            false => Err(invalid(format!("{what} {id} is said to be of article {owner}"))),
        }
    }
}

/// The article of the history that has its key or one of its addresses.
fn find(conn: &Connection, article: &ArticleRecord) -> Result<Option<ArticleId>, Fault> {
    let mut find = conn.prepare_cached(
        "SELECT id FROM article WHERE key = ?1 UNION ALL SELECT article_id FROM article_url WHERE url = ?1 LIMIT 1",
    )?;
    for name in std::iter::once(&article.key).chain(&article.urls) {
        let found = find.query_row([name], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// An article that is there already, beside the records of one.
struct Comparing<'c> {
    conn: &'c Connection,
    there: ArticleId,
    /// The hashes of the texts of the versions that came.
    texts: HashMap<VersionId, String>,
    /// Whether it has all captures that came.
    is_same: bool,
}

impl Comparing<'_> {
    fn take(&mut self, record: Record) -> Result<(), Fault> {
        match record {
            Record::Version(version) => {
                self.texts.insert(version.id, version.text_hash);
            }
            Record::Capture(capture) => self.is_same = self.is_same && self.has(&capture)?,
            _ => {}
        }
        Ok(())
    }

    fn has(&self, capture: &CaptureRecord) -> Result<bool, Fault> {
        let mut find = self.conn.prepare_cached(
            "SELECT EXISTS (
               SELECT 1 FROM capture LEFT JOIN version ON version.id = capture.version_id
                 LEFT JOIN text ON text.id = version.text_id
               WHERE capture.article_id = ?1 AND capture.captured_at = ?2 AND capture.origin = ?3 AND capture.attempt = ?4
                 AND capture.url IS ?5 AND capture.path IS ?6 AND capture.raw_hash IS ?7 AND text.hash IS ?8)",
        )?;
        let text = capture.version.and_then(|version| self.texts.get(&version));
        let (captured, origin) = (stamp(capture.captured)?, label(capture.origin)?);
        let columns =
            params![self.there, captured, origin, capture.attempt, capture.url, capture.path, capture.raw_hash, text];
        Ok(find.query_row(columns, |row| row.get(0))?)
    }
}

/// What is wrong with the records of an article.
pub(super) fn invalid(problem: String) -> Fault {
    StoreError::InvalidRecords { problem }.into()
}
