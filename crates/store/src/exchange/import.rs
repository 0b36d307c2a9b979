//! Reading records back into a history: an article at a time, each in one transaction.

use std::collections::HashMap;
use std::hash::Hash;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use isnad_core::fold::fold;
use isnad_core::{Article, Claim, Metadata, OffsetUnit};
use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, ErrorCode, OptionalExtension, named_params, params};
use serde::Serialize;

use super::record::{
    ArticleRecord, CaptureRecord, ClaimRecord, EventRecord, FORM, Head, LinkRecord, RawRecord, Record, VersionRecord,
};
use crate::block_rows;
use crate::claim_rows;
use crate::encode::{hash, json, label, stamp};
use crate::error::{Fault, StoreError};
use crate::event_rows::Compared;
use crate::frames::{RAWS, TEXTS};
use crate::history::History;
use crate::ids::{ArticleId, CaptureId, ClaimId, ThreadId, VersionId};
use crate::speaker_rows;
use crate::states::states;
use crate::timeline;

/// What became of records that were read into a history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// How many articles were added.
    pub articles: u64,
    /// How many captures they have.
    pub captures: u64,
    /// How many versions they have.
    pub versions: u64,
    /// How many articles were there already with all their captures.
    pub unchanged: u64,
    /// How many captures those have.
    pub known: u64,
    /// Articles that were left out, each with why.
    pub refused: Vec<Refused>,
}

/// An article that was not read into a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// What makes it this article.
    pub key: String,
    /// Why.
    pub problem: String,
}

impl History {
    /// Reads the records that [`export`](Self::export) gave into this history. Into an empty one they give an equal
    /// history, with the same numbers; where a number is taken, another is given. Reading the same records again adds
    /// nothing. An article that is there already, but not with all these captures, is left as it is and told.
    ///
    /// Each article is one transaction, and no more than one is held in memory.
    ///
    /// # Errors
    /// If the first record does not tell a form that this version of isnad can read, if `records` gives an error, or if
    /// the file cannot be written. Articles that were whole before that stay, and `imported` counts them.
    pub fn import<E: From<StoreError>>(
        &mut self,
        records: impl IntoIterator<Item = Result<Record, E>>,
        imported: &mut Imported,
    ) -> Result<(), E> {
        let mut records = records.into_iter();
        match records.next().transpose()? {
            Some(Record::History(head)) => accept(&head)?,
            _ => return Err(StoreError::NoHead.into()),
        }
        let mut bundle: Option<Bundle> = None;
        for record in records {
            match (record?, &mut bundle) {
                (Record::Article(article), bundle) => {
                    if let Some(whole) = bundle.replace(Bundle::of(article)) {
                        self.import_article(&whole, imported)?;
                    }
                }
                (record, Some(bundle)) => bundle.add(record),
                (_, None) => return Err(StoreError::NoHead.into()),
            }
        }
        if let Some(whole) = bundle {
            self.import_article(&whole, imported)?;
        }
        Ok(())
    }

    fn import_article(&mut self, bundle: &Bundle, imported: &mut Imported) -> Result<(), StoreError> {
        let done = self.writing("importing an article", |conn| match bundle.find(conn)? {
            Some(article) if bundle.is_in(conn, article)? => Ok(false),
            Some(article) => {
                let problem = format!("it is there as article {article}, but with other captures");
                Err(StoreError::InvalidRecords { problem }.into())
            }
            None => Writing { conn, bundle, claims: HashMap::new(), captures: HashMap::new() }.write().map(|()| true),
        });
        match done {
            Ok(true) => {
                imported.articles += 1;
                imported.captures += bundle.captures.len() as u64;
                imported.versions += bundle.versions.len() as u64;
            }
            Ok(false) => {
                imported.unchanged += 1;
                imported.known += bundle.captures.len() as u64;
            }
            Err(StoreError::InvalidRecords { problem }) => {
                imported.refused.push(Refused { key: bundle.article.key.clone(), problem });
            }
            Err(StoreError::Sqlite { source, .. })
                if source.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
            {
                imported.refused.push(Refused { key: bundle.article.key.clone(), problem: source.to_string() });
            }
            Err(StoreError::InvalidClaim { number, problem }) => {
                let problem = format!("its claim {number} cannot be recorded: {problem}");
                imported.refused.push(Refused { key: bundle.article.key.clone(), problem });
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

fn accept(head: &Head) -> Result<(), StoreError> {
    match (head.form, head.offsets) {
        (1..=FORM, OffsetUnit::Bytes) => Ok(()),
        (form, _) => Err(StoreError::UnknownForm { form, known: FORM }),
    }
}

/// An article with all that belongs to it.
struct Bundle {
    article: ArticleRecord,
    raws: Vec<RawRecord>,
    versions: Vec<VersionRecord>,
    threads: Vec<ThreadId>,
    speakers: Vec<(i64, String)>,
    claims: HashMap<VersionId, Vec<ClaimRecord>>,
    captures: Vec<CaptureRecord>,
    links: Vec<LinkRecord>,
    events: Vec<EventRecord>,
}

impl Bundle {
    fn of(article: ArticleRecord) -> Self {
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
        }
    }

    fn add(&mut self, record: Record) {
        match record {
            Record::Raw(raw) => self.raws.push(raw),
            Record::Version(version) => self.versions.push(version),
            Record::Thread(thread) => self.threads.push(thread.id),
            Record::Speaker(speaker) => self.speakers.push((speaker.id, speaker.name)),
            Record::Claim(claim) => self.claims.entry(claim.version).or_default().push(claim),
            Record::Capture(capture) => self.captures.push(capture),
            Record::Link(link) => self.links.push(link),
            Record::Event(event) => self.events.push(event),
            Record::History(_) | Record::Article(_) => {}
        }
    }

    /// The article of the history that has its key or one of its addresses.
    fn find(&self, conn: &Connection) -> Result<Option<ArticleId>, Fault> {
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
    fn is_in(&self, conn: &Connection, article: ArticleId) -> Result<bool, Fault> {
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

/// An article on its way into the file, with the rows that its records became.
struct Writing<'w> {
    conn: &'w Connection,
    bundle: &'w Bundle,
    claims: HashMap<ClaimId, ClaimId>,
    captures: HashMap<CaptureId, CaptureId>,
}

impl Writing<'_> {
    fn write(mut self) -> Result<(), Fault> {
        let article = self.article()?;
        let threads = self.threads(article)?;
        for (id, name) in &self.bundle.speakers {
            claim_rows::speaker_row(self.conn, name, self.free("speaker", *id)?)?;
        }
        self.raws()?;
        let versions = self.versions(article, &threads)?;
        for capture in &self.bundle.captures {
            self.capture(article, capture, &versions)?;
        }
        for link in &self.bundle.links {
            self.link(link)?;
        }
        for event in &self.bundle.events {
            self.event(event, &threads)?;
        }
        timeline::number_all(self.conn, article, &states(self.conn, article)?)?;
        speaker_rows::summarise(self.conn, article)
    }

    /// The number if no row of the table has it; else the next free one is to be taken.
    fn free<T: ToSql + FromSql>(&self, table: &str, id: T) -> Result<Option<T>, Fault> {
        let mut find = self.conn.prepare_cached(&format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE id = ?1)"))?;
        let is_taken: bool = find.query_row([&id], |row| row.get(0))?;
        Ok((!is_taken).then_some(id))
    }

    fn article(&self) -> Result<ArticleId, Fault> {
        let ArticleRecord { id, key, urls, title, language } = &self.bundle.article;
        let mut add = self.conn.prepare_cached(
            "INSERT INTO article (id, key, key_folded, title, title_folded, language) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let language = language.map(|language| language.to_string());
        let columns = params![self.free("article", *id)?, key, fold(key), title, title.as_deref().map(fold), language];
        let article = ArticleId(add.insert(columns)?);
        let mut add =
            self.conn.prepare_cached("INSERT INTO article_url (url, url_folded, article_id) VALUES (?1, ?2, ?3)")?;
        for url in urls {
            add.execute((url, fold(url), article))?;
        }
        Ok(article)
    }

    fn threads(&self, article: ArticleId) -> Result<HashMap<ThreadId, ThreadId>, Fault> {
        let mut add = self.conn.prepare_cached("INSERT INTO thread (id, article_id) VALUES (?1, ?2)")?;
        let thread = |&id: &ThreadId| Ok((id, ThreadId(add.insert((self.free("thread", id)?, article))?)));
        self.bundle.threads.iter().map(thread).collect()
    }

    fn raws(&self) -> Result<(), Fault> {
        let mut base = None;
        for raw in &self.bundle.raws {
            let bytes =
                STANDARD.decode(&raw.base64).map_err(|error| invalid(format!("its bytes {}: {error}", raw.hash)))?;
            if hash(&bytes) != raw.hash {
                return Err(invalid(format!("its bytes {} are not those that came", raw.hash)));
            }
            base = Some(match RAWS.find(self.conn, &raw.hash)? {
                Some(row) => row,
                None => RAWS.add(self.conn, &raw.hash, &bytes, base)?,
            });
        }
        Ok(())
    }

    fn versions(
        &mut self,
        article: ArticleId,
        threads: &HashMap<ThreadId, ThreadId>,
    ) -> Result<HashMap<VersionId, VersionId>, Fault> {
        let mut versions = HashMap::new();
        let mut base = None;
        for version in &self.bundle.versions {
            let (row, text) = self.version(article, version, base)?;
            base = Some(text);
            versions.insert(version.id, row);
            let Some(records) = self.bundle.claims.get(&version.id) else { continue };
            let claims: Vec<Claim> = records.iter().map(|record| record.claim.clone()).collect();
            claim_rows::check(&version.text, &claims)?;
            let mut join = self.conn.prepare_cached("UPDATE claim SET thread_id = ?1 WHERE id = ?2")?;
            for record in records {
                let id = self.free("claim", record.id)?;
                let claim = claim_rows::insert_one(self.conn, (article, row), &record.claim, id)?;
                self.claims.insert(record.id, claim);
                if let Some(history) = record.history {
                    join.execute((find(threads, history, "history")?, claim))?;
                }
            }
        }
        Ok(versions)
    }

    /// Writes a version; its row and that of its text.
    fn version(
        &self,
        article: ArticleId,
        record: &VersionRecord,
        base: Option<i64>,
    ) -> Result<(VersionId, i64), Fault> {
        if hash(record.text.as_bytes()) != record.text_hash {
            return Err(invalid(format!("the text {} is not the one that was recorded", record.text_hash)));
        }
        let text = match TEXTS.find(self.conn, &record.text_hash)? {
            Some(row) => row,
            None => TEXTS.add(self.conn, &record.text_hash, record.text.as_bytes(), base)?,
        };
        let read = Article::new(record.text.clone(), record.blocks.iter().cloned(), Metadata::default());
        let mut add = self.conn.prepare_cached(
            "INSERT INTO version (id, article_id, text_id, language, blocks, engine, pack) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let language = record.language.map(|language| language.to_string());
        let (id, blocks) = (self.free("version", record.id)?, block_rows::written(read.blocks())?);
        let row = add.insert(params![id, article, text, language, blocks, record.engine, record.pack])?;
        Ok((VersionId(row), text))
    }

    fn capture(
        &mut self,
        article: ArticleId,
        record: &CaptureRecord,
        versions: &HashMap<VersionId, VersionId>,
    ) -> Result<(), Fault> {
        let mut add = self.conn.prepare_cached(
            "INSERT INTO capture (id, article_id, captured_at, attempt, status, reason, origin, url, final_url, path, extractor,
               extractor_version, raw_hash, version_id, metadata)
             VALUES (:id, :article, :captured_at, :attempt, :status, :reason, :origin, :url, :final_url, :path, :extractor,
               :extractor_version, :raw_hash, :version, :metadata)",
        )?;
        let row = add.insert(named_params! {
            ":id": self.free("capture", record.id)?,
            ":article": article,
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
            ":version": record.version.map(|version| find(versions, version, "version")).transpose()?,
            ":metadata": record.metadata.as_ref().map(json).transpose()?,
        })?;
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

    fn event(&self, event: &EventRecord, threads: &HashMap<ThreadId, ThreadId>) -> Result<(), Fault> {
        let claim = |id| find(&self.claims, id, "claim");
        let capture = |id| find(&self.captures, id, "capture");
        let candidates = event.compared.candidates.iter().map(|&id| claim(id)).collect::<Result<_, _>>()?;
        let mut add = self.conn.prepare_cached(
            "INSERT INTO event (id, thread_id, status, severity, facets, declared, old_claim_id, new_claim_id, not_before_id,
               not_after_id, unlike, engine, change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        add.execute(params![
            self.free("event", event.id)?,
            find(threads, event.history, "history")?,
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

/// The row that a record became.
fn find<I: Copy + Eq + Hash + std::fmt::Display>(rows: &HashMap<I, I>, id: I, what: &str) -> Result<I, Fault> {
    rows.get(&id)
        .copied()
        .ok_or_else(|| invalid(format!("a record refers to {what} {id}, which is not among its records")))
}

fn invalid(problem: String) -> Fault {
    StoreError::InvalidRecords { problem }.into()
}
