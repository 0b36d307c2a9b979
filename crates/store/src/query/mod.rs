//! Reading the history: each query sees one unchanging state of it.

mod articles;
mod changes;
mod claims;
mod threads;

pub use articles::{ArticleSummary, Capture, LogEntry, Reader, StoredVersion};
pub(crate) use articles::{count_all_events, count_events};
pub use changes::ChangesFilter;
pub(crate) use claims::{COLUMNS, stored_claim};
pub use claims::{ClaimFilter, StoredClaim};
pub use threads::{Form, ThreadHistory};
