//! Which captures are recorded already, so that an import that is run again need not read them anew.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::params;

use crate::encode::{hash, label, stamp};
use crate::error::StoreError;
use crate::history::History;
use crate::recording::Origin;

/// Captures of one origin that are in a history; a few bytes for each.
#[derive(Debug, Clone, Default)]
pub struct KnownCaptures(HashSet<[u8; 16]>);

impl KnownCaptures {
    /// Whether the capture that was made at `captured` and read from these bytes at `path` is among them.
    #[must_use]
    pub fn holds(&self, path: &str, captured: DateTime<Utc>, raw: &[u8]) -> bool {
        stamp(captured).is_ok_and(|captured| self.0.contains(&key(path, &captured, &hash(raw))))
    }

    /// Whether a capture that was made at `captured` and read at `path` is among them, whatever its bytes: for places that
    /// always hold the same.
    #[must_use]
    pub fn holds_at(&self, path: &str, captured: DateTime<Utc>) -> bool {
        stamp(captured).is_ok_and(|captured| self.0.contains(&key(path, &captured, "")))
    }
}

/// What sets a capture apart, in few bytes.
fn key(path: &str, captured: &str, raw: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in [path, captured, raw] {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    let mut key = [0; 16];
    hasher.finalize_xof().fill(&mut key);
    key
}

impl History {
    /// The captures of `origin` that tell where they were read and from which bytes.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn known_captures(&self, origin: Origin) -> Result<KnownCaptures, StoreError> {
        self.reading("listing the captures", |conn| {
            let mut query = conn.prepare_cached(
                "SELECT path, captured_at, raw_hash FROM capture
                 WHERE origin = ?1 AND path IS NOT NULL AND raw_hash IS NOT NULL",
            )?;
            let mut rows = query.query(params![label(origin)?])?;
            let mut known = HashSet::new();
            while let Some(row) = rows.next()? {
                let (path, captured, raw): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                known.insert(key(&path, &captured, &raw));
                known.insert(key(&path, &captured, ""));
            }
            Ok(KnownCaptures(known))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Bench, at, reading, story};
    use crate::{Attempt, Origin, Recording};

    #[test]
    fn a_capture_is_known_by_its_place_its_time_and_its_bytes() {
        let mut bench = Bench::new();
        let (article, claims) = story(&["Minister: troops 100"]);
        let attempt = Attempt::Read(reading(&article, &claims));
        let recording = Recording::new(at(1), Origin::Import, attempt);
        let named = Recording { article: Some("a"), path: Some("rows: line 1"), raw: Some(b"x"), ..recording };
        bench.history.record(&named).unwrap();
        let known = bench.history.known_captures(Origin::Import).unwrap();
        assert!(known.holds("rows: line 1", at(1), b"x") && known.holds_at("rows: line 1", at(1)));
        assert!(!known.holds_at("rows: line 1", at(2)) && !known.holds_at("rows: line 2", at(1)));
        let others = [("rows: line 2", at(1), b"x"), ("rows: line 1", at(2), b"x"), ("rows: line 1", at(1), b"y")];
        assert!(others.iter().all(|(path, time, raw)| !known.holds(path, *time, *raw)));
        let elsewhere = bench.history.known_captures(Origin::Warc).unwrap();
        assert!(!elsewhere.holds("rows: line 1", at(1), b"x"));
    }
}
