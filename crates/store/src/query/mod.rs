//! Reading the history: each query sees one unchanging state of it.

mod articles;
mod blame;
mod changes;
mod claims;
mod known;
mod live;
mod newest;
#[cfg(test)]
mod plans;
mod speakers;
mod threads;

pub use articles::{ArticleSummary, Capture, LogEntry, Reader, StoredVersion};
pub(crate) use articles::{count_all_events, count_events};
pub use blame::{Blame, Blamed};
pub use changes::ChangesFilter;
pub(crate) use claims::{COLUMNS, stored_claim};
pub use claims::{ClaimFilter, StoredClaim};
pub use known::KnownCaptures;
pub use live::Look;
pub use speakers::{SpeakerFilter, SpeakerOrder, SpeakerSummary};
pub use threads::{Form, ThreadHistory};
