//! The history of articles and of what they attribute to whom: one SQLite file.
//!
//! # The model
//!
//! - An **article** is one story, known by its URL or by a name.
//! - A **capture** is one attempt to get it, at one time: successful, uncertain or failed. Every attempt is kept.
//! - A **version** is one distinct text of an article. Captures that saw the same text share it; a text that returns
//!   is the same version again. Versions are numbered from 1 by the time they were first seen.
//! - A **state** is a stretch of time in which every successful capture saw one version. Captures that saw A, A, B, A
//!   give two versions and three states; the return of A is as much a change as its going.
//! - A **claim** is kept whole, with its offsets in bytes of the version's text, and never altered.
//! - A **thread** is one claim followed through the states; an **event** is what happened to it between two of them:
//!   added, changed, reverted (changed back to an earlier form), split, merged, moved, removed, reintroduced, ambiguous or
//!   cosmetic. The claims of the first state have no event.
//!   An ambiguous event names the claims it could be; those have no event for that.
//! - The time of an event is an interval: after the last capture that saw the older state, before the first that saw
//!   the newer one. Failed and uncertain captures end no state and make no event.
//!
//! Each [`Recording`] is one transaction: when [`History::record`] returns it is on the disk, and if anything goes wrong
//! nothing of it is. Captures may come in any order and may be recorded twice; the history is the same as if each had
//! come once and in the order of their times. Threads keep their numbers when that makes a history be worked out anew,
//! as far as their claims stay together; events do not.
//!
//! The crate reads no clock: times come from the caller. The tables and their columns are explained in the file itself
//! (`.schema` in the `sqlite3` shell), and the views `articles`, `versions`, `claims_now` and `changes` are for people.
//!
//! # Example
//!
//! ```
//! use isnad_core::{Article, Language, LanguagePack, extract};
//! use isnad_store::{Attempt, History, OpenOptions, Origin, Outcome, Reading, Recording, VersionRef};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("isnad.db");
//! let mut history = History::open(&path, OpenOptions::write())?;
//!
//! for (time, text) in [
//!     ("2026-03-03T10:00:00Z", "The minister said that the bridge is closed."),
//!     ("2026-03-03T18:30:00Z", "The minister said that the bridge is closed."),
//!     ("2026-03-04T09:00:00Z", "The minister said that the bridge is open."),
//! ] {
//!     let article = Article::from_text(text, Some(Language::ENGLISH));
//!     let pack = LanguagePack::builtin(Language::ENGLISH);
//!     let claims = pack.map(|pack| extract(&article, pack)).unwrap_or_default();
//!     let attempt = Attempt::Read(Reading::new(&article, &claims, pack));
//!     let url = Some("https://news.example/bridge");
//!     history.record(&Recording { url, ..Recording::new(time.parse()?, Origin::File, attempt) })?;
//! }
//!
//! let reference: VersionRef = "bridge@1".parse()?;
//! let first = history.version(history.resolve_version(&reference)?)?;
//! assert_eq!(first.article.text(), "The minister said that the bridge is closed.");
//!
//! let log = history.log(first.article_id)?;
//! assert_eq!(log.len(), 2);
//! assert_eq!(log[0].state.captures, 2);
//! assert_eq!(log[0].state.last.time.to_rfc3339(), "2026-03-03T18:30:00+00:00");
//! # Ok(())
//! # }
//! ```

mod article_rows;
mod backup;
mod block_rows;
mod capture_rows;
mod check;
mod claim_columns;
mod claim_rows;
mod connect;
mod doubt;
mod encode;
mod error;
mod event;
mod event_rows;
mod evidence;
mod exchange;
mod frames;
mod gone;
mod history;
mod ids;
mod key;
mod migrate;
mod new_file;
mod open;
mod query;
mod raw_rows;
mod record;
mod recording;
mod reextract;
mod reference;
mod request_rows;
mod search;
mod shelf;
mod speaker_rows;
mod states;
#[cfg(test)]
mod testing;
mod timeline;
mod turns;
mod version_rows;
mod weave;
mod wording_rows;

pub use backup::Compacted;
pub use check::{Check, Problem};
pub use doubt::Doubt;
pub use error::{Candidate, StoreError};
pub use event::{Event, Moment, Unlike};
pub use event_rows::Compared;
pub use evidence::{Evidence, EvidenceText, Excerpt, Finding, Sighting};
pub use exchange::{
    ArticleEnd, ArticleRecord, CaptureRecord, ClaimRecord, EventRecord, Head, HistoryEnd, Imported, LinkRecord,
    RawRecord, Record, Refused, RequestRecord, SpeakerRecord, ThreadRecord, VersionRecord,
};
pub use gone::Gone;
pub use history::History;
pub use ids::{ArticleId, CaptureId, ClaimId, EventId, ThreadId, VersionId};
pub use isnad_diff::{EventCounts, EventStatus};
pub use new_file::NewFile;
pub use open::{APPLICATION_ID, OpenOptions};
pub use query::{
    ArticleSummary, Blame, Blamed, Capture, ChangesFilter, ClaimFilter, Form, KnownCaptures, LogEntry, Look, Reader,
    SpeakerFilter, SpeakerOrder, SpeakerSummary, StoredClaim, StoredVersion, ThreadHistory,
};
pub use recording::{Attempt, CaptureStatus, Extractor, Origin, Outcome, Reading, Recorded, Recording, Request};
pub use reextract::{Reextracted, Reread};
pub use reference::{ArticleRef, VersionRef, Which};
pub use request_rows::LastAnswer;
pub use search::{Found, Hit, SearchFilter, SearchQuery};
pub use states::State;
pub use turns::Turns;
