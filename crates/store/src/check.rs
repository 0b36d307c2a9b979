//! Verifying a history: is everything that was recorded still there, unchanged, and right.

use isnad_core::{Claim, ENGINE_VERSION, LanguagePack, extract};
use rusqlite::Connection;
use serde::Serialize;

use crate::claim_rows;
use crate::encode::hash;
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
    /// came, the words of claims in their texts, and, as far as this engine made them, the claims themselves.
    ///
    /// # Errors
    /// If the file cannot be read at all. What is wrong with what can be read is told in the result.
    pub fn check(&self) -> Result<Check, StoreError> {
        self.reading("checking the history", |conn| {
            let mut check = Check::default();
            check.file(conn)?;
            check.texts = check.frames(conn, TEXTS)?;
            check.raws = check.frames(conn, RAWS)?;
            check.came(conn)?;
            check.versions(conn)?;
            Ok(check)
        })
    }
}

impl Check {
    fn found(&mut self, place: impl Into<String>, problem: impl Into<String>) {
        self.problems.push(Problem { place: place.into(), problem: problem.into() });
    }

    fn file(&mut self, conn: &Connection) -> Result<(), Fault> {
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

    /// Verifies the bytes of every row of a table; how many there are.
    fn frames(&mut self, conn: &Connection, frames: Frames) -> Result<u64, Fault> {
        let mut query = conn.prepare(&format!("SELECT id, hash FROM {} ORDER BY id", frames.table))?;
        let mut rows = query.query([])?;
        let mut verified = 0;
        while let Some(row) = rows.next()? {
            let (id, wanted): (i64, String) = (row.get(0)?, row.get(1)?);
            verified += 1;
            let place = || format!("{} row {id}", frames.table);
            match frames.read(conn, id) {
                Ok(bytes) if hash(&bytes) == wanted => {}
                Ok(_) => self.found(place(), "the bytes are not those that were recorded"),
                Err(Fault::Unreadable(problem)) => self.found(place(), problem),
                Err(fault) => return Err(fault),
            }
        }
        Ok(verified)
    }

    fn came(&mut self, conn: &Connection) -> Result<(), Fault> {
        let mut query = conn.prepare(
            "SELECT id FROM capture WHERE raw_hash NOTNULL
               AND raw_hash NOT IN (SELECT hash FROM raw) AND raw_hash NOT IN (SELECT hash FROM text)",
        )?;
        for row in query.query_map([], |row| row.get::<_, i64>(0))? {
            self.found(format!("capture row {}", row?), "the bytes that came are not there");
        }
        Ok(())
    }

    fn versions(&mut self, conn: &Connection) -> Result<(), Fault> {
        let mut query = conn.prepare("SELECT id, engine, pack FROM version ORDER BY id")?;
        let versions: Vec<(VersionId, String, Option<String>)> =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
        for (version, engine, pack) in versions {
            // A shelf of its own for each, so that no more than one version is held in memory.
            match Shelf::new(conn).take(version) {
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
