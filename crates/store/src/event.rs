//! What happened to a claim, and between which two captures.

use chrono::{DateTime, Utc};
use isnad_diff::{Change, Facet, Severity, Status};
use serde::{Deserialize, Serialize};

use crate::encode::{from_label, label};
use crate::error::Fault;
use crate::ids::{ArticleId, CaptureId, ClaimId, EventId, ThreadId};

/// Something that happened to a thread between two captures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Its number, until the article's history is recomputed.
    pub id: EventId,
    /// The article.
    pub article: ArticleId,
    /// The thread it happened to.
    pub thread: ThreadId,
    /// What happened.
    pub status: EventStatus,
    /// In which respects the claim differs.
    pub facets: Vec<Facet>,
    /// How much it matters to a reader.
    pub severity: Severity,
    /// The claim before; for a claim that came back, the earlier form it came back as; `None` for an added claim.
    pub old: Option<ClaimId>,
    /// The claim after; `None` for a removed claim.
    pub new: Option<ClaimId>,
    /// The last capture that saw the older state: it did not happen before.
    pub not_before: Moment,
    /// The first capture that saw the newer state: it did not happen after.
    pub not_after: Moment,
    /// In what the two readings differ that were compared. Where they do, the event may be an artefact: programs change
    /// their minds about words that nobody edited.
    pub unlike: Vec<Unlike>,
    /// The version of isnad that compared.
    pub engine: String,
    /// The whole comparison. Its own status is what the comparison alone says: it knows of no return.
    pub change: Change,
}

/// What may differ between two readings beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Unlike {
    /// The version of isnad that extracted the claims.
    Engine,
    /// The language pack, or its version.
    Pack,
    /// The program that found the article in the page, or its version.
    Extractor,
}

/// A capture and its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Moment {
    /// The capture.
    pub capture: CaptureId,
    /// When it was taken.
    pub time: DateTime<Utc>,
}

/// What happened to a thread: the statuses of a comparison, and what only a history tells, such as the return of what had
/// gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EventStatus {
    /// The claim differs in a facet that counts.
    Changed,
    /// The claim changed back to a form it had before the last one.
    Reverted,
    /// A part of a claim stands alone: the claim's own thread goes on with another part.
    Split,
    /// The claim went on as a part of another one, with whose thread it goes on.
    Merged,
    /// The claim is new.
    Added,
    /// The claim is gone.
    Removed,
    /// The claim had gone and is back.
    Reintroduced,
    /// Two or more claims fit about equally well, so none was taken.
    Ambiguous,
    /// The claim only left its place.
    Moved,
    /// The claim differs only in spelling.
    Cosmetic,
}

impl EventStatus {
    /// Whether what is said differs, or may; `false` for a mere change of place or spelling.
    #[must_use]
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Moved | Self::Cosmetic)
    }

    /// The event's status for that of a comparison: they have the same names.
    pub(crate) fn of(status: Status) -> Result<Self, Fault> {
        from_label(label(status)?)
    }
}

/// How many events of each status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct EventCounts {
    /// Claims that differ in a facet that counts.
    pub changed: u32,
    /// Claims that changed back to a form they had before.
    pub reverted: u32,
    /// Claims that are a part of one that was split.
    pub split: u32,
    /// Claims that went on as a part of another one.
    pub merged: u32,
    /// New claims.
    pub added: u32,
    /// Claims that are gone.
    pub removed: u32,
    /// Claims that had gone and are back.
    pub reintroduced: u32,
    /// Claims that could not be told from one another.
    pub ambiguous: u32,
    /// Claims that only left their place.
    pub moved: u32,
    /// Claims that differ only in spelling.
    pub cosmetic: u32,
}

impl EventCounts {
    /// How many events count as changes of what is said; see [`EventStatus::counts`].
    #[must_use]
    pub const fn changes(&self) -> u32 {
        self.changed
            + self.reverted
            + self.split
            + self.merged
            + self.added
            + self.removed
            + self.reintroduced
            + self.ambiguous
    }

    /// Adds what a comparison says of one claim.
    pub fn count(&mut self, status: Status) {
        if let Ok(status) = EventStatus::of(status) {
            self.add(status, 1);
        }
    }

    /// Adds `count` events of a status.
    pub(crate) const fn add(&mut self, status: EventStatus, count: u32) {
        let place = match status {
            EventStatus::Changed => &mut self.changed,
            EventStatus::Reverted => &mut self.reverted,
            EventStatus::Split => &mut self.split,
            EventStatus::Merged => &mut self.merged,
            EventStatus::Added => &mut self.added,
            EventStatus::Removed => &mut self.removed,
            EventStatus::Reintroduced => &mut self.reintroduced,
            EventStatus::Ambiguous => &mut self.ambiguous,
            EventStatus::Moved => &mut self.moved,
            EventStatus::Cosmetic => &mut self.cosmetic,
        };
        *place += count;
    }
}
