//! Collections of captures: each kind is a [`Source`] in a file of its own, which streams what it holds.
//!
//! ```
//! use isnad_ingest::{Options, source};
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("captures.jsonl");
//! std::fs::write(&path, r#"{"url": "https://news.example/a", "captured": "2026-03-04T09:00Z", "text": "Rain fell."}"#)?;
//! let options = source::SourceOptions::default();
//! for capture in source::open(&path, None, &options)? {
//!     let capture = capture?;
//!     assert_eq!(capture.read(&Options::default())?.article.text(), "Rain fell.");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What cannot be read is a [`Skipped`] in its place, and the rest goes on. Nothing holds more than one capture in memory;
//! a folder is listed first, so that its captures come in the order of their times.

mod capture;
mod cdx;
mod database;
mod fields;
mod folder;
mod git;
mod input;
mod json_lines;
mod kind;
mod lines;
mod mediawiki;
mod options;
mod pattern;
mod sidecar;
mod stamp;
mod table;
mod wacz;
mod warc;
mod wayback;
mod wikitext;

use crate::error::IngestError;

pub use capture::{Capture, Content, Skipped};
pub use fields::fields;
pub use input::beginning;
pub use kind::{KINDS, SourceKind, open};
pub use lines::Lines;
pub use options::SourceOptions;
pub use pattern::{Pattern, PatternError};
pub use wayback::{WAYBACK, Wayback, WaybackOptions};

/// Captures, one after the other, from one file, folder or archive.
///
/// After the last `None`, and after an error of the source as a whole, nothing more comes.
pub trait Source: Iterator<Item = Result<Capture, Skipped>> + Send {
    /// How far reading is.
    fn progress(&self) -> Progress;
}

/// How far the reading of a source is, in a unit of its own: bytes of a file, files of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// What is read.
    pub done: u64,
    /// All there is; `None` where that is not known.
    pub total: Option<u64>,
}

/// An error of one item, whose place is told beside it.
fn broken(reason: impl std::fmt::Display) -> IngestError {
    IngestError::Item { reason: reason.to_string() }
}
