//! What happens to a thread.

use serde::{Deserialize, Serialize};

use crate::change::{Change, Status};

/// Something that happened to a thread from one state of the article to the next; `K` names claims.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadEvent<K> {
    /// The thread, by its place in [`Threads::threads`](super::Threads::threads).
    pub thread: usize,
    /// What happened.
    pub status: EventStatus,
    /// The claim before; for a claim that came back, the earlier form it came back as; `None` for an added claim.
    pub old: Option<K>,
    /// The claim after; `None` for a removed claim.
    pub new: Option<K>,
    /// The claims that an ambiguous claim could be.
    pub candidates: Vec<K>,
    /// What a comparison says of the claim before and the claim after. It knows of no return: there its status is what
    /// the two alone show.
    pub change: Change,
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
}

impl From<Status> for EventStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Changed => Self::Changed,
            Status::Moved => Self::Moved,
            Status::Added => Self::Added,
            Status::Removed => Self::Removed,
            Status::Ambiguous => Self::Ambiguous,
            Status::Cosmetic => Self::Cosmetic,
        }
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
        self.add(status.into(), 1);
    }

    /// Adds `count` events of a status.
    pub const fn add(&mut self, status: EventStatus, count: u32) {
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
