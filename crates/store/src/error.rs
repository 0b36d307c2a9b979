//! What can go wrong, told with the file and the item concerned.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::ErrorCode;

use crate::ids::{ArticleId, ThreadId, VersionId};

/// Why the history could not be opened, written or read. Whatever the variant, nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no file to read.
    #[error("there is no history at {}; record a capture to make one", path.display())]
    Missing {
        /// The file asked for.
        path: PathBuf,
    },
    /// The folder in which the file was to be made does not exist.
    #[error("{} cannot be made: its folder does not exist", path.display())]
    NoFolder {
        /// The file asked for.
        path: PathBuf,
    },
    /// The path names a folder, a device or a pipe.
    #[error("{} is not a file", path.display())]
    NotAFile {
        /// The path asked for.
        path: PathBuf,
    },
    /// A copy was to be written where something is already.
    #[error("{} is there already; a copy replaces nothing", path.display())]
    Exists {
        /// The path of the copy.
        path: PathBuf,
    },
    /// The file holds something other than an SQLite database, or an encrypted one: the two cannot be told apart.
    #[error("{} is not a history: it is no SQLite database, or an encrypted one", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is an SQLite database, but not one of isnad's.
    #[error(
        "{} is not a history: it is an SQLite database of another program (application id {application_id})",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The application id in its header; 0 if it has none.
        application_id: i32,
    },
    /// The file is empty and was opened for reading only.
    #[error("{} is empty; record a capture to make it a history", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer isnad.
    #[error("{} was written by a newer isnad (schema {found}; this one knows {known})", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The file was written by an older isnad and was opened for reading only.
    #[error(
        "{} was written by an older isnad (schema {found}, now {known}); open it for writing once to bring it up to date",
        path.display()
    )]
    TooOld {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// Another program held the file for longer than the busy time-out.
    #[error("{} is in use by another program; gave up after {} s", path.display(), waited.as_secs_f32())]
    Locked {
        /// The file.
        path: PathBuf,
        /// How long it was waited for.
        waited: Duration,
    },
    /// The file or its folder may not be written.
    #[error("{} cannot be written: the file, its folder or its disk is read-only", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Something was to be recorded in a history opened for reading only.
    #[error("{} was opened for reading only", path.display())]
    OpenedForReading {
        /// The file.
        path: PathBuf,
    },
    /// The file, or one that SQLite keeps beside it, cannot be opened.
    #[error(
        "{} cannot be opened: it may not be read, or SQLite may not make its -wal and -shm files beside it; \
         copy it into a folder that may be written",
        path.display()
    )]
    CannotOpen {
        /// The file.
        path: PathBuf,
    },
    /// The file system gave an error about the path.
    #[error("{} cannot be looked at: {source}", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
    /// There is no room left.
    #[error("{} cannot grow: the disk is full", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged.
    #[error("{} is damaged: {detail}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found wrong, and where.
        detail: String,
    },
    /// SQLite refused for another reason.
    #[error("{}: {doing} failed: {source}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The schema could not be made or brought up to date.
    #[error("{} cannot be brought up to date: {source}", path.display())]
    Migration {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: rusqlite_migration::Error,
    },

    /// A capture's time lies outside the years 0000 to 9999.
    #[error("{time} cannot be recorded: only the years 0000 to 9999 can")]
    InvalidTime {
        /// The time.
        time: DateTime<Utc>,
    },
    /// A capture names no article: neither a name nor a URL was given or found in the page.
    #[error("the capture belongs to no article: give its URL or a name")]
    NoArticle,
    /// A claim does not fit the text it is recorded with.
    #[error("claim {number} cannot be recorded: {problem}")]
    InvalidClaim {
        /// The claim's number in its article.
        number: u32,
        /// What is wrong with it.
        problem: &'static str,
    },

    /// A reference to an article or version that cannot be read.
    #[error("`{reference}` does not name an article or version: {problem}")]
    InvalidReference {
        /// The reference as given.
        reference: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// What is looked for cannot be understood.
    #[error("`{query}` cannot be looked for: {problem}")]
    InvalidQuery {
        /// The query as given.
        query: String,
        /// What is wrong with it.
        problem: String,
    },
    /// No article fits a reference.
    #[error("no article fits `{reference}`")]
    NoSuchArticle {
        /// The reference as given.
        reference: String,
    },
    /// Several articles fit a reference.
    #[error("`{reference}` fits {} articles: {}", candidates.len(), list(candidates))]
    AmbiguousArticle {
        /// The reference as given.
        reference: String,
        /// The articles that fit it, in the order of their numbers.
        candidates: Vec<Candidate>,
    },
    /// The article has no version of that number.
    #[error("article {article} has {}, but no version {number}", count(*versions))]
    NoSuchVersion {
        /// The article.
        article: ArticleId,
        /// The number asked for, from 1.
        number: u32,
        /// How many versions the article has.
        versions: u32,
    },
    /// The article has no version yet: no capture of it succeeded.
    #[error("article {article} has no version yet: no capture of it succeeded")]
    NoVersion {
        /// The article.
        article: ArticleId,
    },
    /// No version has that row number.
    #[error("there is no version with the row number {version}")]
    NoSuchVersionRow {
        /// The row's number.
        version: VersionId,
    },
    /// The version has no claim of that number.
    #[error("version row {version} has no claim {number}")]
    NoSuchClaim {
        /// The version's row.
        version: VersionId,
        /// The claim's number in it.
        number: u32,
    },
    /// What was to be read as a history does not begin as one.
    #[error("it is no exported history: its first line does not say so")]
    NoHead,
    /// A history was exported in a form that this program does not know.
    #[error("it was exported in a form ({form}) that this isnad does not know; it knows form {known}")]
    UnknownForm {
        /// Its form.
        form: u32,
        /// The form this program knows.
        known: u32,
    },
    /// An exported history is not whole. Its articles that are, are imported.
    #[error("the exported history is not whole: {problem}")]
    BrokenExport {
        /// What is missing or out of place.
        problem: String,
    },
    /// The records of an article do not fit one another, or the history.
    #[error("the article cannot be imported: {problem}")]
    InvalidRecords {
        /// What is wrong.
        problem: String,
    },
    /// No thread has that number.
    #[error("there is no claim history {thread}")]
    NoSuchThread {
        /// The number asked for.
        thread: ThreadId,
    },
}

impl StoreError {
    /// Whether it is about one recording only: others may be recorded all the same.
    #[must_use]
    pub const fn concerns_one_recording(&self) -> bool {
        matches!(
            self,
            Self::InvalidTime { .. }
                | Self::NoArticle
                | Self::InvalidClaim { .. }
                | Self::InvalidReference { .. }
                | Self::NoSuchArticle { .. }
                | Self::AmbiguousArticle { .. }
        )
    }
}

/// An article that fits an ambiguous reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its number.
    pub id: ArticleId,
    /// Its title, if known.
    pub title: Option<String>,
    /// Its URL or name.
    pub key: String,
}

/// How many candidates an error message lists.
const LISTED: usize = 10;

fn list(candidates: &[Candidate]) -> String {
    let name = |c: &Candidate| format!("{} ({})", c.id, c.title.as_deref().unwrap_or(&c.key));
    let mut names: Vec<String> = candidates.iter().take(LISTED).map(name).collect();
    if candidates.len() > LISTED {
        names.push(format!("{} more", candidates.len() - LISTED));
    }
    names.join(", ")
}

fn count(versions: u32) -> String {
    if versions == 1 { "1 version".into() } else { format!("{versions} versions") }
}

/// Whether a query does not fit the tables. All are ours, and tests run them on the tables as they should be.
fn is_of_another_layout(error: &rusqlite::Error) -> bool {
    let told = error.to_string();
    ["no such table: ", "no such column: ", "has no column named "].iter().any(|sign| told.contains(sign))
}

/// An error before it is known to which file and task it belongs.
#[derive(Debug)]
pub(crate) enum Fault {
    /// SQLite refused.
    Sqlite(rusqlite::Error),
    /// What a row holds cannot be read back; the text says which row.
    Unreadable(String),
    /// An error that already says all.
    Told(StoreError),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Told(error)
    }
}

impl Fault {
    /// The error as it is told to the caller.
    pub(crate) fn told(self, path: &Path, doing: &'static str, waited: Duration) -> StoreError {
        let path = path.to_owned();
        let source = match self {
            Self::Told(error) => return error,
            Self::Unreadable(detail) => return StoreError::Damaged { path, detail },
            Self::Sqlite(source) => source,
        };
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked { path, waited },
            Some(ErrorCode::DiskFull) => StoreError::DiskFull { path },
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly { path },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => StoreError::CannotOpen { path },
            Some(ErrorCode::NotADatabase) => StoreError::NotADatabase { path },
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, detail: source.to_string() },
            _ if is_of_another_layout(&source) => {
                StoreError::Damaged { path, detail: format!("its tables are not those of a history: {source}") }
            }
            _ => StoreError::Sqlite { path, doing, source },
        }
    }
}
