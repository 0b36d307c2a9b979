//! Finding the claims of recorded texts anew, with the engine at hand.

use isnad_core::{Claim, ENGINE_VERSION, Language, LanguagePack, extract};
use isnad_diff::Change;
use rusqlite::Connection;
use serde::Serialize;

use crate::doubt::{Judge, language_of};
use crate::encode::from_label;
use crate::error::{Fault, StoreError};
use crate::history::{Compare, History};
use crate::ids::{ArticleId, VersionId};
use crate::query::count_all_events;
use crate::recording::Reading;
use crate::shelf::{Loaded, Shelf};
use crate::states::states;
use crate::timeline;
use crate::version_rows;
use crate::weave::Stand;
use isnad_diff::EventCounts;

/// What became of an article whose claims were found anew, or would become of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reextracted {
    /// The article.
    pub article: ArticleId,
    /// How many versions the article has, doubted ones too.
    pub versions: u32,
    /// How many the engine cannot read, for want of a language pack.
    pub unreadable: u32,
    /// The versions that it reads otherwise than the engine that had read them: other claims, or only its version is
    /// another.
    pub reread: Vec<Reread>,
    /// What had happened to the article's claims before.
    pub before: EventCounts,
    /// What happened to them as they are read now; `None` if nothing was switched.
    pub after: Option<EventCounts>,
}

/// A version that the engine at hand reads otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reread {
    /// The version.
    pub version: VersionId,
    /// The version of isnad that had read it.
    pub engine: String,
    /// The language pack that had.
    pub pack: Option<String>,
    /// How many claims that had found.
    pub claims_before: u32,
    /// How many are found now.
    pub claims: u32,
    /// What differs between the claims of the two, found in one text.
    pub changes: Vec<Change>,
}

impl History {
    /// The articles with a version that was read by another engine or language pack than those at hand, which could read
    /// it. Finding claims anew is done when there is none left.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn outdated(&self) -> Result<Vec<ArticleId>, StoreError> {
        self.reading("looking for claims of another engine", |conn| {
            let mut query =
                conn.prepare("SELECT DISTINCT language, engine, pack FROM version WHERE language IS NOT NULL")?;
            let mut rows = query.query([])?;
            let mut outdated = Vec::new();
            while let Some(row) = rows.next()? {
                let (label, engine, name): (String, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let language: Language = from_label(label.clone())?;
                let Some(pack) = LanguagePack::builtin(language) else { continue };
                if engine == ENGINE_VERSION && name.as_deref() == Some(&version_rows::pack_name(pack)) {
                    continue;
                }
                let mut find = conn.prepare_cached(
                    "SELECT DISTINCT article_id FROM version WHERE language = ?1 AND engine = ?2 AND pack IS ?3",
                )?;
                let found = find.query_map((label, engine, name), |row| row.get(0))?;
                outdated.extend(found.collect::<Result<Vec<ArticleId>, _>>()?);
            }
            outdated.sort_unstable();
            outdated.dedup();
            Ok(outdated)
        })
    }

    /// What [`reextract`](Self::reextract) would find, without switching to it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn preview_reextract(&self, article: ArticleId) -> Result<Reextracted, StoreError> {
        let compare = self.compare();
        self.reading("finding claims anew", |conn| {
            let mut found = Reextracted::of(conn, article)?;
            for version in versions(conn, article)? {
                found.read(conn, version, compare)?;
            }
            Ok(found)
        })
    }

    /// Finds the claims of all versions of an article anew, with the engine at hand and its language packs, beside those
    /// that are there; then puts them in their place, so that no change is told that is only one of engines, and works
    /// out threads and events from them.
    ///
    /// It is one transaction: cut off, nothing of it counts. Texts and paragraphs stay as they were recorded.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn reextract(&mut self, article: ArticleId) -> Result<Reextracted, StoreError> {
        let compare = self.compare();
        self.writing("finding claims anew", |conn| {
            let mut found = Reextracted::of(conn, article)?;
            let mut forgotten = None;
            for version in versions(conn, article)? {
                let Some((loaded, claims, pack)) = found.read(conn, version, compare)? else { continue };
                if forgotten.is_none() {
                    forgotten = Some(timeline::forget(conn, article)?);
                }
                version_rows::replace(conn, version, &Reading::new(&loaded.article, &claims, Some(pack)))?;
            }
            if forgotten.is_some() {
                let mut loom = Stand::resume(conn, article, compare, None);
                Judge::new(conn, &mut loom, language_of(conn, article)?).judge_all(article)?;
                let now = states(conn, article)?;
                timeline::rebuild(conn, article, loom, &now, forgotten)?;
                timeline::number_all(conn, article, &now)?;
            }
            found.after = Some(count_all_events(conn, article)?);
            Ok(found)
        })
    }
}

/// A version with the claims that are found in it now, and by what.
type Found = (Loaded, Vec<Claim>, &'static LanguagePack);

impl Reextracted {
    fn of(conn: &Connection, article: ArticleId) -> Result<Self, Fault> {
        let before = count_all_events(conn, article)?;
        Ok(Self { article, versions: 0, unreadable: 0, reread: Vec::new(), before, after: None })
    }

    /// Finds the claims of a version anew and notes what differs; the version, if anything does.
    fn read(&mut self, conn: &Connection, version: VersionId, compare: Compare) -> Result<Option<Found>, Fault> {
        self.versions += 1;
        let loaded = Shelf::load(conn, version)?;
        let Some(pack) = loaded.article.metadata.language.and_then(LanguagePack::builtin) else {
            self.unreadable += 1;
            return Ok(None);
        };
        let claims = extract(&loaded.article, pack);
        if !version_rows::is_corrected_by(conn, version, &Reading::new(&loaded.article, &claims, Some(pack)))? {
            return Ok(None);
        }
        let old = isnad_diff::Version { article: &loaded.article, claims: &loaded.claims };
        let new = isnad_diff::Version { article: &loaded.article, claims: &claims };
        let (engine, name) = version_rows::read_by(conn, version)?;
        let number = |claims: &[Claim]| u32::try_from(claims.len()).unwrap_or(u32::MAX);
        self.reread.push(Reread {
            version,
            engine,
            pack: name,
            claims_before: number(&loaded.claims),
            claims: number(&claims),
            changes: compare(old, new, pack).changes,
        });
        Ok(Some((loaded, claims, pack)))
    }
}

fn versions(conn: &Connection, article: ArticleId) -> Result<Vec<VersionId>, Fault> {
    let mut query = conn.prepare_cached("SELECT id FROM version WHERE article_id = ?1 ORDER BY id")?;
    let versions = query.query_map([article], |row| row.get(0))?;
    Ok(versions.collect::<Result<_, _>>()?)
}
