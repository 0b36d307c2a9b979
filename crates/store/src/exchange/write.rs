//! An article of an exported history on its way into the file, record by record.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use isnad_core::Claim;
use isnad_core::fold::fold;
use rusqlite::{Connection, named_params, params};

use super::record::{
    ArticleRecord, CaptureRecord, ClaimRecord, EventRecord, LinkRecord, RawRecord, Record, SpeakerRecord, ThreadRecord,
    VersionRecord,
};
use super::taking::invalid;
use crate::block_rows;
use crate::claim_rows;
use crate::encode::{hash, json, label, stamp};
use crate::error::Fault;
use crate::event_rows::Compared;
use crate::frames::{RAWS, TEXTS};
use crate::ids::{ArticleId, CaptureId, ClaimId, ThreadId, VersionId};
use crate::request_rows;
use crate::speaker_rows;
use crate::states::states;
use crate::timeline;

/// The greatest number that a record keeps. The next row takes the number after the greatest there is: this leaves as many
/// again that every program reads exactly from JSON.
const MOST: i64 = 1 << 52;

/// An article that is not there yet on its way into the file, with the rows that its records became. A record takes the
/// row of its number if that is free, else the next free one.
pub(super) struct Writing<'w> {
    conn: &'w Connection,
    article: ArticleId,
    threads: HashMap<ThreadId, ThreadId>,
    versions: HashMap<VersionId, VersionId>,
    claims: HashMap<ClaimId, ClaimId>,
    captures: HashMap<CaptureId, CaptureId>,
    /// The version that came last, until all its claims are there.
    version: Option<(VersionRecord, Vec<ClaimRecord>)>,
    /// The rows of the text and of the bytes that came last: what comes next is likely to be much like them.
    text: Option<i64>,
    raw: Option<i64>,
    /// The hashes of the texts, and of the bytes with whether a capture was read from them.
    texts: HashSet<String>,
    raws: HashMap<String, bool>,
}

impl<'w> Writing<'w> {
    pub(super) fn begin(conn: &'w Connection, article: &ArticleRecord) -> Result<Self, Fault> {
        Ok(Self {
            conn,
            article: add_article(conn, article)?,
            threads: HashMap::new(),
            versions: HashMap::new(),
            claims: HashMap::new(),
            captures: HashMap::new(),
            version: None,
            text: None,
            raw: None,
            texts: HashSet::new(),
            raws: HashMap::new(),
        })
    }

    /// Writes a record; of a version when its claims are there, which come after it.
    pub(super) fn take(&mut self, record: Record) -> Result<(), Fault> {
        if !matches!(record, Record::Speaker(_) | Record::Claim(_)) {
            self.close_version()?;
        }
        match record {
            Record::Thread(ThreadRecord { id, .. }) => self.thread(id),
            Record::Speaker(SpeakerRecord { id, name }) => {
                claim_rows::speaker_row(self.conn, &name, free(self.conn, "speaker", id)?).map(|_| ())
            }
            Record::Raw(raw) => self.raw(raw),
            Record::Version(version) => {
                self.version = Some((version, Vec::new()));
                Ok(())
            }
            Record::Claim(claim) => match self.version.as_mut().filter(|(version, _)| version.id == claim.version) {
                Some((_, claims)) => {
                    claims.push(claim);
                    Ok(())
                }
                None => Err(invalid(format!("a claim does not stand after its version {}", claim.version))),
            },
            Record::Capture(capture) => self.capture(&capture),
            Record::Link(link) => self.link(&link),
            Record::Event(event) => self.event(&event),
            Record::History(_) | Record::Article(_) | Record::ArticleEnd(_) | Record::HistoryEnd(_) => Ok(()),
        }
    }

    /// All records are written.
    pub(super) fn finish(mut self) -> Result<(), Fault> {
        self.close_version()?;
        if let Some((hash, _)) = self.raws.iter().find(|(_, is_wanted)| !**is_wanted) {
            return Err(invalid(format!("the bytes {hash} are those of no capture")));
        }
        timeline::number_all(self.conn, self.article, &states(self.conn, self.article)?)?;
        speaker_rows::summarise(self.conn, self.article)
    }

    fn thread(&mut self, id: ThreadId) -> Result<(), Fault> {
        let mut add = self.conn.prepare_cached("INSERT INTO thread (id, article_id) VALUES (?1, ?2)")?;
        let row = ThreadId(add.insert((free(self.conn, "thread", id.0)?, self.article))?);
        self.threads.insert(id, row);
        Ok(())
    }

    fn raw(&mut self, raw: RawRecord) -> Result<(), Fault> {
        let RawRecord { hash: told, base64 } = raw;
        let bytes = STANDARD.decode(&base64).map_err(|error| invalid(format!("its bytes {told}: {error}")))?;
        if hash(&bytes) != told {
            return Err(invalid(format!("its bytes {told} are not those that came")));
        }
        self.raw = Some(match RAWS.find(self.conn, &told)? {
            Some(row) => row,
            None => RAWS.add(self.conn, &told, &bytes, self.raw)?,
        });
        self.raws.insert(told, false);
        Ok(())
    }

    /// Writes the version that came last, if it is not written yet, with its claims.
    fn close_version(&mut self) -> Result<(), Fault> {
        let Some((version, records)) = self.version.take() else { return Ok(()) };
        let row = self.add_version(&version)?;
        self.versions.insert(version.id, row);
        let places = records.iter().map(|record| (record.id, record.history)).collect::<Vec<_>>();
        let claims: Vec<Claim> = records.into_iter().map(|record| record.claim).collect();
        claim_rows::check(&version.text, &claims)?;
        for ((id, history), claim) in places.into_iter().zip(&claims) {
            let free = free(self.conn, "claim", id.0)?.map(ClaimId);
            let claim = claim_rows::insert_one(self.conn, (self.article, row), claim, free)?;
            self.claims.insert(id, claim);
            if let Some(history) = history {
                claim_rows::join(self.conn, claim, find(&self.threads, history, "history")?)?;
            }
        }
        self.texts.insert(version.text_hash);
        Ok(())
    }

    fn add_version(&mut self, record: &VersionRecord) -> Result<VersionId, Fault> {
        if hash(record.text.as_bytes()) != record.text_hash {
            return Err(invalid(format!("the text {} is not the one that was recorded", record.text_hash)));
        }
        // How a text is cut is the engine's that read it: another may cut it otherwise.
        let mut end = 0;
        let fits = record.blocks.iter().all(|block| {
            let is_after = block.span.start >= std::mem::replace(&mut end, block.span.end);
            is_after && record.text.get(block.span.start..block.span.end).is_some_and(|words| !words.is_empty())
        });
        if !fits {
            return Err(invalid(format!("the paragraphs of version {} are not those of its text", record.id)));
        }
        let text = match TEXTS.find(self.conn, &record.text_hash)? {
            Some(row) => row,
            None => TEXTS.add(self.conn, &record.text_hash, record.text.as_bytes(), self.text)?,
        };
        self.text = Some(text);
        let mut add = self.conn.prepare_cached(
            "INSERT INTO version (id, article_id, text_id, language, blocks, engine, pack) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let language = record.language.map(|language| language.to_string());
        let (id, blocks) = (free(self.conn, "version", record.id.0)?, block_rows::written(&record.blocks)?);
        let columns = params![id, self.article, text, language, blocks, record.engine, record.pack];
        Ok(VersionId(add.insert(columns)?))
    }

    fn capture(&mut self, record: &CaptureRecord) -> Result<(), Fault> {
        if let Some(hash) = &record.raw_hash {
            match self.raws.get_mut(hash) {
                Some(is_wanted) => *is_wanted = true,
                None if self.texts.contains(hash) => {}
                None => {
                    let capture = record.id;
                    return Err(invalid(format!("the bytes {hash} of capture {capture} are not among its records")));
                }
            }
        }
        let mut add = self.conn.prepare_cached(
            "INSERT INTO capture (id, article_id, captured_at, attempt, status, reason, origin, url, final_url, path, extractor,
               extractor_version, raw_hash, version_id, metadata)
             VALUES (:id, :article, :captured_at, :attempt, :status, :reason, :origin, :url, :final_url, :path, :extractor,
               :extractor_version, :raw_hash, :version, :metadata)",
        )?;
        let row = add.insert(named_params! {
            ":id": free(self.conn, "capture", record.id.0)?,
            ":article": self.article,
            ":captured_at": stamp(record.captured)?,
            ":attempt": record.attempt,
            ":status": label(record.status)?,
            ":reason": record.reason,
            ":origin": label(record.origin)?,
            ":url": record.url,
            ":final_url": record.final_url,
            ":path": record.path,
            ":extractor": record.extractor,
            ":extractor_version": record.extractor_version,
            ":raw_hash": record.raw_hash,
            ":version": record.version.map(|version| find(&self.versions, version, "version")).transpose()?,
            ":metadata": record.metadata.as_ref().map(json).transpose()?,
        })?;
        if let Some(request) = &record.request {
            request_rows::insert(self.conn, CaptureId(row), &request.request())?;
        }
        self.captures.insert(record.id, CaptureId(row));
        Ok(())
    }

    fn link(&self, link: &LinkRecord) -> Result<(), Fault> {
        let mut add = self
            .conn
            .prepare_cached("INSERT INTO link (old_claim_id, new_claim_id, score, margin) VALUES (?1, ?2, ?3, ?4)")?;
        let claim = |id| find(&self.claims, id, "claim");
        add.execute((claim(link.old)?, claim(link.new)?, link.score, link.margin))?;
        Ok(())
    }

    fn event(&self, event: &EventRecord) -> Result<(), Fault> {
        let claim = |id| find(&self.claims, id, "claim");
        let capture = |id| find(&self.captures, id, "capture");
        let candidates = event.compared.candidates.iter().map(|&id| claim(id)).collect::<Result<_, _>>()?;
        let mut add = self.conn.prepare_cached(
            "INSERT INTO event (id, thread_id, status, severity, facets, declared, old_claim_id, new_claim_id, not_before_id,
               not_after_id, unlike, engine, change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        add.execute(params![
            free(self.conn, "event", event.id.0)?,
            find(&self.threads, event.history, "history")?,
            label(event.status)?,
            label(event.severity)?,
            json(&event.facets)?,
            event.declared,
            event.old.map(claim).transpose()?,
            event.new.map(claim).transpose()?,
            capture(event.not_before)?,
            capture(event.not_after)?,
            json(&event.unlike)?,
            event.engine,
            json(&Compared { candidates, ..event.compared.clone() })?,
        ])?;
        Ok(())
    }
}

fn add_article(conn: &Connection, record: &ArticleRecord) -> Result<ArticleId, Fault> {
    let ArticleRecord { id, key, urls, title, language } = record;
    let mut add = conn.prepare_cached(
        "INSERT INTO article (id, key, key_folded, title, title_folded, language) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let language = language.map(|language| language.to_string());
    let columns = params![free(conn, "article", id.0)?, key, fold(key), title, title.as_deref().map(fold), language];
    let article = ArticleId(add.insert(columns)?);
    let mut add = conn.prepare_cached("INSERT INTO article_url (url, url_folded, article_id) VALUES (?1, ?2, ?3)")?;
    for url in urls {
        add.execute((url, fold(url), article))?;
    }
    Ok(article)
}

/// The number if a row may have it and none of the table does; else the next free one is to be taken.
fn free(conn: &Connection, table: &str, id: i64) -> Result<Option<i64>, Fault> {
    let mut find = conn.prepare_cached(&format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE id = ?1)"))?;
    let is_free = (1..=MOST).contains(&id) && !find.query_row([id], |row| row.get::<_, bool>(0))?;
    Ok(is_free.then_some(id))
}

/// The row that a record became.
fn find<I: Copy + Eq + Hash + std::fmt::Display>(rows: &HashMap<I, I>, id: I, what: &str) -> Result<I, Fault> {
    rows.get(&id)
        .copied()
        .ok_or_else(|| invalid(format!("a record refers to {what} {id}, which is not among its records")))
}
