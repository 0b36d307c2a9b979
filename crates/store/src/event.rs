//! What happened to a claim, and between which two captures.

use chrono::{DateTime, Utc};
use isnad_diff::{Change, EventStatus, Facet, Severity};
use serde::{Deserialize, Serialize};

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
