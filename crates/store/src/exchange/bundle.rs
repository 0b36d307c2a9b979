//! An article of an exported history with all that belongs to it, as it was read, and whether it is whole.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::record::{
    ArticleEnd, ArticleRecord, CaptureRecord, ClaimRecord, EventRecord, LinkRecord, RawRecord, Record, SpeakerRecord,
    ThreadRecord, VersionRecord,
};
use crate::encode::{label, stamp};
use crate::error::{Fault, StoreError};
use crate::ids::{ArticleId, VersionId};

/// An article with all that belongs to it.
pub(super) struct Bundle {
    pub(super) article: ArticleRecord,
    pub(super) raws: Vec<RawRecord>,
    pub(super) versions: Vec<VersionRecord>,
    pub(super) threads: Vec<ThreadRecord>,
    pub(super) speakers: Vec<SpeakerRecord>,
    pub(super) claims: HashMap<VersionId, Vec<ClaimRecord>>,
    pub(super) captures: Vec<CaptureRecord>,
    pub(super) links: Vec<LinkRecord>,
    pub(super) events: Vec<EventRecord>,
    /// How many records were read, that of the article included.
    records: u64,
    /// What the closing record says.
    end: Option<ArticleEnd>,
}

impl Bundle {
    pub(super) fn of(article: ArticleRecord) -> Self {
        Self {
            article,
            raws: Vec::new(),
            versions: Vec::new(),
            threads: Vec::new(),
            speakers: Vec::new(),
            claims: HashMap::new(),
            captures: Vec::new(),
            links: Vec::new(),
            events: Vec::new(),
            records: 1,
            end: None,
        }
    }

    /// Takes a record; gives back one that does not belong to an article.
    pub(super) fn add(&mut self, record: Record) -> Option<Record> {
        match record {
            Record::Raw(raw) => self.raws.push(raw),
            Record::Version(version) => self.versions.push(version),
            Record::Thread(thread) => self.threads.push(thread),
            Record::Speaker(speaker) => self.speakers.push(speaker),
            Record::Claim(claim) => self.claims.entry(claim.version).or_default().push(claim),
            Record::Capture(capture) => self.captures.push(capture),
            Record::Link(link) => self.links.push(link),
            Record::Event(event) => self.events.push(event),
            Record::History(_) | Record::Article(_) | Record::ArticleEnd(_) | Record::HistoryEnd(_) => {
                return Some(record);
            }
        }
        self.records += 1;
        None
    }

    pub(super) fn close(&mut self, end: ArticleEnd) {
        self.end = Some(end);
    }

    /// Checks that all records of the article are there, and that they are of this article. References between them are
    /// checked when they are written.
    pub(super) fn check(&self) -> Result<(), Fault> {
        self.check_whole()?;
        self.check_owner()?;
        let versions: HashSet<VersionId> = self.versions.iter().map(|version| version.id).collect();
        if let Some(version) = self.claims.keys().find(|version| !versions.contains(version)) {
            return Err(invalid(format!("a claim is of version {version}, which is not among its records")));
        }
        let bytes: HashSet<&str> = (self.raws.iter().map(|raw| &*raw.hash))
            .chain(self.versions.iter().map(|version| &*version.text_hash))
            .collect();
        let hashes = self.captures.iter().filter_map(|capture| Some((capture.id, capture.raw_hash.as_deref()?)));
        match hashes.into_iter().find(|(_, hash)| !bytes.contains(hash)) {
            Some((capture, hash)) => {
                Err(invalid(format!("the bytes {hash} of capture {capture} are not among its records")))
            }
            None => Ok(()),
        }
    }

    fn check_whole(&self) -> Result<(), Fault> {
        let Some(ArticleEnd { article, records }) = self.end else {
            return Err(invalid("the record that closes it is not there, so others may be missing".to_owned()));
        };
        if article != self.article.id {
            return Err(invalid(format!("it is closed as article {article}")));
        }
        match records == self.records {
            true => Ok(()),
            false => Err(invalid(format!("{} of its {records} records are there", self.records))),
        }
    }

    fn check_owner(&self) -> Result<(), Fault> {
        let owners = (self.versions.iter().map(|version| ("version", version.id.0, version.article)))
            .chain(self.threads.iter().map(|thread| ("history", thread.id.0, thread.article)))
            .chain(self.captures.iter().map(|capture| ("capture", capture.id.0, capture.article)));
        match owners.into_iter().find(|(.., owner)| *owner != self.article.id) {
            Some((what, id, owner)) => Err(invalid(format!("{what} {id} is said to be of article {owner}"))),
            None => Ok(()),
        }
    }

    /// The article of the history that has its key or one of its addresses.
    pub(super) fn find(&self, conn: &Connection) -> Result<Option<ArticleId>, Fault> {
        let mut find = conn.prepare_cached(
            "SELECT id FROM article WHERE key = ?1 UNION ALL SELECT article_id FROM article_url WHERE url = ?1 LIMIT 1",
        )?;
        for name in std::iter::once(&self.article.key).chain(&self.article.urls) {
            let found = find.query_row([name], |row| row.get(0)).optional()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Whether the article has all these captures.
    pub(super) fn is_in(&self, conn: &Connection, article: ArticleId) -> Result<bool, Fault> {
        let texts: HashMap<VersionId, &str> =
            self.versions.iter().map(|version| (version.id, version.text_hash.as_str())).collect();
        let mut find = conn.prepare_cached(
            "SELECT EXISTS (
               SELECT 1 FROM capture LEFT JOIN version ON version.id = capture.version_id
                 LEFT JOIN text ON text.id = version.text_id
               WHERE capture.article_id = ?1 AND capture.captured_at = ?2 AND capture.origin = ?3 AND capture.attempt = ?4
                 AND capture.url IS ?5 AND capture.path IS ?6 AND capture.raw_hash IS ?7 AND text.hash IS ?8)",
        )?;
        for capture in &self.captures {
            let text = capture.version.and_then(|version| texts.get(&version));
            let (captured, origin) = (stamp(capture.captured)?, label(capture.origin)?);
            let columns =
                params![article, captured, origin, capture.attempt, capture.url, capture.path, capture.raw_hash, text];
            if !find.query_row(columns, |row| row.get::<_, bool>(0))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What is wrong with the records of an article.
pub(super) fn invalid(problem: String) -> Fault {
    StoreError::InvalidRecords { problem }.into()
}
