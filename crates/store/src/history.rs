//! The open history.

use std::path::{Path, PathBuf};

use isnad_core::LanguagePack;
use isnad_diff::{Comparison, Version};
use rusqlite::{Connection, TransactionBehavior};

use crate::article_rows::find_for;
use crate::error::{Fault, StoreError};
use crate::ids::{ArticleId, CaptureId};
use crate::open::{self, OpenOptions};
use crate::raw_rows;
use crate::record::record_all;
use crate::recording::{Recorded, Recording};

/// How claims of two versions are compared; a test may put its own rule in place of `isnad_diff::compare`.
pub(crate) type Compare = fn(Version<'_>, Version<'_>, &LanguagePack) -> Comparison;

/// A history of articles and their claims: one SQLite file, open.
///
/// Any number of processes may read it while one writes; writers wait for one another up to the busy time-out.
#[derive(Debug)]
pub struct History {
    conn: Connection,
    path: PathBuf,
    options: OpenOptions,
    compare: Compare,
}

impl History {
    /// Opens the history at `path`, or makes one there.
    ///
    /// A missing file is made if [`OpenOptions::create`] says so; an empty file becomes a history unless it is opened
    /// for reading only. A history of an older isnad is brought up to date when it is opened for writing.
    ///
    /// # Errors
    /// If the file is missing, is no history, was written by a newer isnad, or cannot be read or written as asked.
    /// Whatever lies at `path` is then as it was.
    pub fn open(path: impl AsRef<Path>, options: OpenOptions) -> Result<Self, StoreError> {
        open::open(path.as_ref(), options)
    }

    /// The file, as given to [`open`](Self::open).
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Records one capture, and what follows from it for the article's claims, in one transaction.
    ///
    /// When this returns, the capture is on the disk and outlasts a power cut. Captures may be recorded in any order:
    /// the history is the same as if they had been recorded in the order of their times. Of captures with the same
    /// time, the one recorded first counts as the earlier. Of readings of one text, the one recorded last counts.
    ///
    /// # Errors
    /// If a claim does not fit its text, if no article is named, or if the file cannot be written. Nothing is recorded
    /// then.
    pub fn record(&mut self, recording: &Recording<'_>) -> Result<Recorded, StoreError> {
        let mut recorded = self.record_all(std::slice::from_ref(recording))?;
        recorded.pop().unwrap_or(Err(StoreError::NoArticle))
    }

    /// Records captures in one transaction, in the order given; what became of each, in the same order. A capture that
    /// cannot be recorded (see [`StoreError::concerns_one_recording`]) leaves the others alone.
    ///
    /// When this returns, all of them are on the disk; if the program is stopped before, none is. The history is the
    /// same as if each had been recorded alone, but the disk is waited for once, and an article into whose past they
    /// reach is worked out once. What is told of each capture is what holds when all are there.
    ///
    /// # Errors
    /// If the file cannot be written. Nothing is recorded then.
    pub fn record_all(
        &mut self,
        recordings: &[Recording<'_>],
    ) -> Result<Vec<Result<Recorded, StoreError>>, StoreError> {
        let compare = self.compare;
        self.writing("recording captures", |conn| record_all(conn, compare, recordings))
    }

    /// The bytes that a capture was read from, as they came; `None` if they were not given.
    ///
    /// # Errors
    /// If what is kept is not what came, or the file cannot be read.
    pub fn raw(&self, capture: CaptureId) -> Result<Option<Vec<u8>>, StoreError> {
        self.reading("reading the bytes of a capture", |conn| raw_rows::of_capture(conn, capture))
    }

    /// The article that a recording would belong to, if it is in the history already.
    ///
    /// # Errors
    /// If no article is named, the number or title it is named by fits none or several, or the file cannot be read.
    pub fn article_of(&self, recording: &Recording<'_>) -> Result<Option<ArticleId>, StoreError> {
        self.reading("looking up an article", |conn| find_for(conn, recording))
    }

    pub(crate) fn new(conn: Connection, path: PathBuf, options: OpenOptions) -> Self {
        Self { conn, path, options, compare: isnad_diff::compare }
    }

    /// The connection.
    pub(crate) fn connection(&self) -> &Connection {
        &self.conn
    }

    /// Runs `task` in one write transaction: all of it counts, or nothing.
    pub(crate) fn writing<T>(
        &mut self,
        doing: &'static str,
        task: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        if self.options.read_only {
            return Err(StoreError::OpenedForReading { path: self.path.clone() });
        }
        let run = || {
            // Asking for the right to write at once queues writers, instead of failing one of two that have both read.
            let transaction = crate::connect::begin_writing(&self.conn, self.options.busy_timeout)?;
            let result = task(&transaction)?;
            transaction.commit()?;
            Ok(result)
        };
        let result = run();
        result.map_err(|fault| self.tell(fault, doing))
    }

    pub(crate) fn is_read_only(&self) -> bool {
        self.options.read_only
    }

    pub(crate) fn compare(&self) -> Compare {
        self.compare
    }

    /// Runs `task` on one unchanging state of the history.
    pub(crate) fn reading<T>(
        &self,
        doing: &'static str,
        task: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let run = || {
            let transaction = rusqlite::Transaction::new_unchecked(&self.conn, TransactionBehavior::Deferred)?;
            task(&transaction)
        };
        run().map_err(|fault| self.tell(fault, doing))
    }

    pub(crate) fn tell(&self, fault: Fault, doing: &'static str) -> StoreError {
        fault.told(&self.path, doing, self.options.busy_timeout)
    }
}

#[cfg(test)]
impl History {
    /// The same history, with claims compared by another rule.
    pub(crate) fn comparing_with(mut self, compare: Compare) -> Self {
        self.compare = compare;
        self
    }
}

#[cfg(test)]
mod tests {
    use crate::StoreError;
    use crate::testing::{Bench, reading, story};
    use crate::{Attempt, ClaimFilter};

    #[test]
    fn a_full_disk_leaves_the_history_as_it_was() {
        let mut bench = Bench::new();
        bench.saw(1, &["Minister: troops 100"]);
        let conn = bench.history.connection();
        let pages: i64 = conn.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        conn.pragma_update_and_check(None, "max_page_count", pages + 1, |_| Ok(())).unwrap();

        let lines = vec!["Mayor: a line that fills the disk"; 1_000];
        let (article, claims) = story(&lines);
        let error = bench.record(2, Attempt::Read(reading(&article, &claims))).unwrap_err();
        assert!(matches!(error, StoreError::DiskFull { .. }), "{error:?}");
        let stored = &bench.history.articles().unwrap()[0];
        assert_eq!((stored.captures, stored.versions, stored.changes), (1, 1, 0));
        assert_eq!(bench.history.claims(&ClaimFilter::default()).unwrap().len(), 1);
    }
}
