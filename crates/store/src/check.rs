//! Verifying a history: is everything that was recorded still there, unchanged, and right.

mod lookup;

use isnad_core::{Claim, ENGINE_VERSION, LanguagePack, extract};
use rusqlite::{Connection, ErrorCode};
use serde::Serialize;

use crate::claim_rows;
use crate::error::{Fault, StoreError};
use crate::frames::{Frames, RAWS, TEXTS};
use crate::history::History;
use crate::ids::VersionId;
use crate::shelf::{Loaded, Shelf};
use crate::version_rows::pack_name;

/// What was looked at, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Texts whose hash and length were verified.
    pub texts: u64,
    /// Pages and files whose bytes were verified.
    pub raws: u64,
    /// Claims whose offsets and words were verified in the text of their version.
    pub claims: u64,
    /// Versions whose claims were extracted anew and found the same. Those of another engine or language pack cannot
    /// be.
    pub recomputed: u64,
    /// What is wrong, in the order in which it was found.
    pub problems: Vec<Problem>,
}

/// Something that is wrong with a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where: a table and a row of it, or the file.
    pub place: String,
    /// What.
    pub problem: String,
}

impl History {
    /// Verifies the history: the file itself, the references between its rows, the hashes of texts and of the bytes that
    /// came, the numbers of versions, the words of claims in their texts, as far as this engine made them the claims
    /// themselves, and what search and the counts of speakers go by. `watch` is told how many texts, pages and versions of how many were looked at.
    ///
    /// # Errors
    /// If the file cannot be read at all. What is wrong with what can be read is told in the result.
    pub fn check(&self, mut watch: impl FnMut(u64, u64)) -> Result<Check, StoreError> {
        self.reading("checking the history", |conn| {
            let mut check = Check::default();
            let mut progress = Progress::new(conn, &mut watch);
            // One after the other: what is damaged in one place can be read in others.
            let steps: [Step; 10] = [
                Check::file,
                Check::texts,
                Check::raws,
                Check::came,
                Check::numbers,
                Check::versions,
                Check::wordings,
                Check::forms,
                Check::index,
                Check::speakers,
            ];
            for step in steps {
                match step(&mut check, conn, &mut progress) {
                    Err(Fault::Sqlite(error)) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
                        check.found("the file", error.to_string());
                    }
                    done => done?,
                }
            }
            Ok(check)
        })
    }
}

/// A part of a check.
type Step = fn(&mut Check, &Connection, &mut Progress<'_>) -> Result<(), Fault>;

/// How far a check is.
struct Progress<'w> {
    done: u64,
    all: u64,
    watch: &'w mut dyn FnMut(u64, u64),
}

impl<'w> Progress<'w> {
    fn new(conn: &Connection, watch: &'w mut dyn FnMut(u64, u64)) -> Self {
        let count = "SELECT (SELECT count(*) FROM text) + (SELECT count(*) FROM raw) + (SELECT count(*) FROM version)";
        // Where the file is damaged this may fail; it is told by the check itself.
        let all = conn.query_row(count, [], |row| row.get::<_, i64>(0)).unwrap_or_default();
        Self { done: 0, all: u64::try_from(all).unwrap_or_default(), watch }
    }

    fn advance(&mut self) {
        self.done += 1;
        (self.watch)(self.done, self.all);
    }
}

impl Check {
    fn found(&mut self, place: impl Into<String>, problem: impl Into<String>) {
        self.problems.push(Problem { place: place.into(), problem: problem.into() });
    }

    fn file(&mut self, conn: &Connection, _: &mut Progress<'_>) -> Result<(), Fault> {
        let mut query = conn.prepare("SELECT integrity_check FROM pragma_integrity_check")?;
        let told: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        told.into_iter().filter(|line| line != "ok").for_each(|line| self.found("the file", line));
        let mut query = conn.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")?;
        let broken = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for row in broken {
            let (table, row, parent): (String, Option<i64>, String) = row?;
            let place = row.map_or_else(|| table.clone(), |row| format!("{table} row {row}"));
            self.found(place, format!("refers to a row of {parent} that is not there"));
        }
        Ok(())
    }

    fn texts(&mut self, conn: &Connection, progress: &mut Progress<'_>) -> Result<(), Fault> {
        self.texts = self.frames(conn, TEXTS, progress)?;
        Ok(())
    }

    fn raws(&mut self, conn: &Connection, progress: &mut Progress<'_>) -> Result<(), Fault> {
        self.raws = self.frames(conn, RAWS, progress)?;
        Ok(())
    }

    /// Verifies the bytes of every row of a table; how many there are.
    fn frames(&mut self, conn: &Connection, frames: Frames, progress: &mut Progress<'_>) -> Result<u64, Fault> {
        let mut query = conn.prepare(&format!("SELECT id FROM {} ORDER BY id", frames.table))?;
        let mut rows = query.query([])?;
        let mut verified = 0;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            verified += 1;
            progress.advance();
            match frames.read(conn, id) {
                Ok(_) => {}
                Err(Fault::Unreadable(problem)) => {
                    let place = format!("{} row {id}", frames.table);
                    let problem = problem.strip_prefix(&format!("{place}: ")).unwrap_or(&problem).to_owned();
                    self.found(place, problem);
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(verified)
    }

    fn came(&mut self, conn: &Connection, _: &mut Progress<'_>) -> Result<(), Fault> {
        let mut query = conn.prepare(
            "SELECT id FROM capture WHERE raw_hash NOTNULL
               AND raw_hash NOT IN (SELECT hash FROM raw) AND raw_hash NOT IN (SELECT hash FROM text)",
        )?;
        for row in query.query_map([], |row| row.get::<_, i64>(0))? {
            self.found(format!("capture row {}", row?), "the bytes that came are not there");
        }
        Ok(())
    }

    /// The numbers of versions are those in the order in which they were first seen.
    fn numbers(&mut self, conn: &Connection, _: &mut Progress<'_>) -> Result<(), Fault> {
        let mut query = conn.prepare(
            "WITH seen AS (
               SELECT article_id, version_id, captured_at, id,
                 row_number() OVER (PARTITION BY version_id ORDER BY captured_at, id) AS place
               FROM capture WHERE status = 'ok'
             ), numbered AS (
               SELECT version_id, row_number() OVER (PARTITION BY article_id ORDER BY captured_at, id) AS number
               FROM seen WHERE place = 1
             )
             SELECT version.id FROM version LEFT JOIN numbered ON numbered.version_id = version.id
             WHERE version.number IS NOT numbered.number ORDER BY version.id",
        )?;
        for row in query.query_map([], |row| row.get::<_, i64>(0))? {
            self.found(format!("version row {}", row?), "its number is not that of its first capture's place");
        }
        Ok(())
    }

    fn versions(&mut self, conn: &Connection, progress: &mut Progress<'_>) -> Result<(), Fault> {
        let mut query = conn.prepare("SELECT id, engine, pack FROM version ORDER BY id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (version, engine, pack): (VersionId, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            progress.advance();
            match Shelf::load(conn, version) {
                Ok(loaded) => self.version(&loaded, &engine, pack.as_deref()),
                Err(Fault::Unreadable(problem)) => self.found(format!("version row {version}"), problem),
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    fn version(&mut self, loaded: &Loaded, engine: &str, pack: Option<&str>) {
        let place = format!("version row {}", loaded.version);
        self.claims += loaded.claims.len() as u64;
        if let Err(error) = claim_rows::check(loaded.article.text(), &loaded.claims) {
            self.found(&*place, error.to_string());
        }
        let own = loaded.article.metadata.language.and_then(LanguagePack::builtin);
        let Some(own) = own.filter(|own| engine == ENGINE_VERSION && Some(pack_name(own).as_str()) == pack) else {
            return;
        };
        let mut claims: Vec<Claim> = extract(&loaded.article, own);
        claims.sort_by_key(|claim| claim.id);
        match claims == loaded.claims {
            true => self.recomputed += 1,
            false => self.found(place, "the same engine finds other claims in it"),
        }
    }
}
