//! An article of an exported history on its way into the file.

use std::collections::HashMap;
use std::hash::Hash;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use isnad_core::fold::fold;
use isnad_core::{Article, Claim, Metadata};
use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, named_params, params};

use super::bundle::{Bundle, invalid};
use super::record::{
    ArticleRecord, CaptureRecord, EventRecord, LinkRecord, SpeakerRecord, ThreadRecord, VersionRecord,
};
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

/// Writes an article that is not there yet, with all that belongs to it. A record takes the row of its number if that is
/// free, else the next free one.
pub(super) fn write(conn: &Connection, bundle: &Bundle) -> Result<(), Fault> {
    Writing { conn, bundle, claims: HashMap::new(), captures: HashMap::new() }.write()
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
        for SpeakerRecord { id, name } in &self.bundle.speakers {
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
        let thread = |&ThreadRecord { id, .. }: &ThreadRecord| {
            Ok((id, ThreadId(add.insert((self.free("thread", id)?, article))?)))
        };
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
            for record in records {
                let id = self.free("claim", record.id)?;
                let claim = claim_rows::insert_one(self.conn, (article, row), &record.claim, id)?;
                self.claims.insert(record.id, claim);
                if let Some(history) = record.history {
                    claim_rows::join(self.conn, claim, find(threads, history, "history")?)?;
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
