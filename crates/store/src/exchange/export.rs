//! Reading a history out, record by record: no more of it is in memory than one version at a time.

use std::collections::{HashMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use isnad_core::{ENGINE_VERSION, OffsetUnit};
use rusqlite::{Connection, Row};

use super::record::{
    ArticleEnd, ArticleRecord, CaptureRecord, ClaimRecord, EventRecord, FORM, Head, HistoryEnd, LinkRecord, RawRecord,
    Record, SpeakerRecord, ThreadRecord, VersionRecord,
};
use crate::claim_columns;
use crate::encode::{from_json, from_label, hash, unstamp};
use crate::error::{Fault, StoreError};
use crate::frames::RAWS;
use crate::history::History;
use crate::ids::{ArticleId, EventId, VersionId};
use crate::shelf;

impl History {
    /// Gives every record of the history to `sink`, or those of some articles only, as they are at one moment. The same
    /// history gives the same records in the same order.
    ///
    /// # Errors
    /// If the file cannot be read, or `sink` gives an error: then that one, and no further record.
    pub fn export<E: From<StoreError>>(
        &self,
        only: Option<&[ArticleId]>,
        mut sink: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut refused = None;
        let exported = self.reading("exporting the history", |conn| {
            let mut give = |record| {
                sink(record).map_err(|error| {
                    refused = Some(error);
                    Fault::Unreadable("the records were not taken".to_owned())
                })
            };
            give(Record::History(Head { form: FORM, engine: ENGINE_VERSION.to_owned(), offsets: OffsetUnit::Bytes }))?;
            let mut export = Export { conn, sink: &mut give, given: 0, speakers: HashSet::new() };
            let mut articles = 0;
            let mut query = conn.prepare("SELECT id FROM article ORDER BY id")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let article = row.get(0)?;
                if only.is_none_or(|only| only.contains(&article)) {
                    export.article(article)?;
                    articles += 1;
                }
            }
            export.give(Record::HistoryEnd(HistoryEnd { articles }))
        });
        match refused {
            Some(error) => Err(error),
            None => Ok(exported?),
        }
    }
}

struct Export<'e> {
    conn: &'e Connection,
    sink: &'e mut dyn FnMut(Record) -> Result<(), Fault>,
    /// How many records were given.
    given: u64,
    /// The speakers that were given.
    speakers: HashSet<i64>,
}

impl Export<'_> {
    fn give(&mut self, record: Record) -> Result<(), Fault> {
        self.given += 1;
        (self.sink)(record)
    }

    /// Gives an article and all that belongs to it.
    fn article(&mut self, id: ArticleId) -> Result<(), Fault> {
        let before = self.given;
        self.article_itself(id)?;
        self.raws(id)?;
        self.each("SELECT id FROM thread WHERE article_id = ?1 ORDER BY id", id, |row| {
            Ok(Record::Thread(ThreadRecord { id: row.get(0)?, article: id }))
        })?;
        self.versions(id)?;
        self.captures(id)?;
        self.links(id)?;
        self.events(id)?;
        self.give(Record::ArticleEnd(ArticleEnd { article: id, records: self.given - before }))
    }

    fn article_itself(&mut self, id: ArticleId) -> Result<(), Fault> {
        let record = self
            .conn
            .prepare_cached("SELECT key, title, language FROM article WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?)));
        let (key, title, language) = record?;
        let mut urls = self.conn.prepare_cached("SELECT url FROM article_url WHERE article_id = ?1 ORDER BY url")?;
        let urls = urls.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let language = language.map(from_label).transpose()?;
        self.give(Record::Article(ArticleRecord { id, key, urls, title, language }))
    }

    fn captures(&mut self, id: ArticleId) -> Result<(), Fault> {
        self.each(
            "SELECT id, captured_at, attempt, status, reason, origin, url, path, extractor, extractor_version, raw_hash,
               version_id, metadata, article_id, final_url,
               (SELECT json_object('list', list, 'redirects', json(redirects), 'url', url, 'status', status,
                  'content_type', content_type, 'etag', etag, 'last_modified', last_modified)
                FROM request WHERE capture_id = capture.id)
             FROM capture WHERE article_id = ?1 ORDER BY id",
            id,
            capture,
        )
    }

    fn links(&mut self, id: ArticleId) -> Result<(), Fault> {
        self.each(
            "SELECT link.old_claim_id, link.new_claim_id, link.score, link.margin FROM version
             CROSS JOIN claim ON claim.version_id = version.id
             CROSS JOIN link ON link.old_claim_id = claim.id
             WHERE version.article_id = ?1 ORDER BY link.old_claim_id, link.new_claim_id",
            id,
            |row| {
                Ok(Record::Link(LinkRecord {
                    old: row.get(0)?,
                    new: row.get(1)?,
                    score: row.get(2)?,
                    margin: row.get(3)?,
                }))
            },
        )
    }

    fn events(&mut self, id: ArticleId) -> Result<(), Fault> {
        self.each(
            "SELECT event.id, event.thread_id, event.status, event.severity, event.facets, event.declared, event.old_claim_id,
               event.new_claim_id, event.not_before_id, event.not_after_id, event.unlike, event.engine, event.change
             FROM thread CROSS JOIN event ON event.thread_id = thread.id
             WHERE thread.article_id = ?1 ORDER BY event.id",
            id,
            event,
        )
    }

    /// Gives a record for each row of `query` about an article.
    fn each(
        &mut self,
        query: &str,
        article: ArticleId,
        record: impl Fn(&Row<'_>) -> Result<Record, Fault>,
    ) -> Result<(), Fault> {
        let mut query = self.conn.prepare_cached(query)?;
        let mut rows = query.query([article])?;
        while let Some(row) = rows.next()? {
            self.give(record(row)?)?;
        }
        Ok(())
    }

    fn raws(&mut self, article: ArticleId) -> Result<(), Fault> {
        let mut query = self.conn.prepare_cached(
            "SELECT raw.id, raw.hash FROM capture CROSS JOIN raw ON raw.hash = capture.raw_hash
             WHERE capture.article_id = ?1 GROUP BY raw.id ORDER BY min(capture.id)",
        )?;
        let mut rows = query.query([article])?;
        while let Some(row) = rows.next()? {
            let base64 = STANDARD.encode(RAWS.read(self.conn, row.get(0)?)?);
            self.give(Record::Raw(RawRecord { hash: row.get(1)?, base64 }))?;
        }
        Ok(())
    }

    fn versions(&mut self, article: ArticleId) -> Result<(), Fault> {
        let mut numbers = self.conn.prepare_cached("SELECT version_id, number FROM versions WHERE article_id = ?1")?;
        let numbers = numbers.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let numbers: HashMap<VersionId, u32> = numbers.collect::<Result<_, _>>()?;
        let mut query =
            self.conn.prepare_cached("SELECT id, engine, pack FROM version WHERE article_id = ?1 ORDER BY id")?;
        let mut rows = query.query([article])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            let read = shelf::article(self.conn, id)?;
            self.give(Record::Version(VersionRecord {
                id,
                article,
                number: numbers.get(&id).copied(),
                text_hash: hash(read.text().as_bytes()),
                language: read.metadata.language,
                engine: row.get(1)?,
                pack: row.get(2)?,
                blocks: read.blocks().to_vec(),
                text: read.text().to_owned(),
            }))?;
            self.claims(id)?;
        }
        Ok(())
    }

    fn claims(&mut self, version: VersionId) -> Result<(), Fault> {
        let mut query = self.conn.prepare_cached(&format!(
            "SELECT {}, claim.thread_id, claim.speaker_id, speaker.name
             FROM claim LEFT JOIN speaker ON speaker.id = claim.speaker_id
             WHERE claim.version_id = ?1 ORDER BY claim.number",
            claim_columns::COLUMNS
        ))?;
        let mut rows = query.query([version])?;
        let at = claim_columns::COUNT;
        while let Some(row) = rows.next()? {
            let speaker = row.get(at + 1)?;
            if let Some(id) = speaker
                && self.speakers.insert(id)
            {
                self.give(Record::Speaker(SpeakerRecord { id, name: row.get(at + 2)? }))?;
            }
            let (id, claim) = claim_columns::read(row)?;
            self.give(Record::Claim(ClaimRecord { id, version, history: row.get(at)?, speaker, claim }))?;
        }
        Ok(())
    }
}

fn capture(row: &Row<'_>) -> Result<Record, Fault> {
    let (metadata, request): (Option<String>, Option<String>) = (row.get(12)?, row.get(15)?);
    Ok(Record::Capture(CaptureRecord {
        id: row.get(0)?,
        article: row.get(13)?,
        captured: unstamp(&row.get::<_, String>(1)?)?,
        attempt: row.get(2)?,
        status: from_label(row.get(3)?)?,
        reason: row.get(4)?,
        origin: from_label(row.get(5)?)?,
        url: row.get(6)?,
        final_url: row.get(14)?,
        path: row.get(7)?,
        extractor: row.get(8)?,
        extractor_version: row.get(9)?,
        raw_hash: row.get(10)?,
        version: row.get(11)?,
        metadata: metadata.map(|metadata| from_json(&metadata, "the metadata of a capture")).transpose()?,
        request: request.map(|request| from_json(&request, "the request of a capture")).transpose()?,
    }))
}

fn event(row: &Row<'_>) -> Result<Record, Fault> {
    let id: EventId = row.get(0)?;
    let what = format!("event row {id}");
    Ok(Record::Event(EventRecord {
        id,
        history: row.get(1)?,
        status: from_label(row.get(2)?)?,
        severity: from_label(row.get(3)?)?,
        facets: from_json(&row.get::<_, String>(4)?, &what)?,
        declared: row.get(5)?,
        old: row.get(6)?,
        new: row.get(7)?,
        not_before: row.get(8)?,
        not_after: row.get(9)?,
        unlike: from_json(&row.get::<_, String>(10)?, &what)?,
        engine: row.get(11)?,
        compared: from_json(&row.get::<_, String>(12)?, &what)?,
    }))
}
