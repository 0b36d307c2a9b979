//! What the caller hands over to be recorded, and what it is told back.

use chrono::{DateTime, Utc};
use isnad_core::{Article, Claim, ENGINE_VERSION, LanguagePack};
use serde::{Deserialize, Serialize};

use crate::article_rows;
use crate::doubt::Doubt;
use crate::error::StoreError;
use crate::ids::{ArticleId, CaptureId, VersionId};
use isnad_diff::EventCounts;

/// One attempt to get an article, with what came of it.
#[derive(Debug, Clone, Copy)]
pub struct Recording<'a> {
    /// When the page or file was got; kept to the millisecond.
    pub captured: DateTime<Utc>,
    /// From where it came.
    pub origin: Origin,
    /// The article, as people name it; needed only where no URL tells which it is, and stronger than one. Digits alone
    /// are the number of an article that must be there; anything else is the whole URL, name or title of one, or else
    /// the name of a new one.
    pub article: Option<&'a str>,
    /// The address that was asked.
    pub url: Option<&'a str>,
    /// The address that answered, where a redirect led to another: the article is known by that, too.
    pub final_url: Option<&'a str>,
    /// A form that all addresses of the article have in common, by which captures asked at another of them are known.
    pub canonical_url: Option<&'a str>,
    /// The file, archive or record that was read.
    pub path: Option<&'a str>,
    /// The bytes as they came, if they are at hand.
    pub raw: Option<&'a [u8]>,
    /// The program that found the article in the page, if one did.
    pub extractor: Option<Extractor<'a>>,
    /// What was asked on the web for it, and what the server said.
    pub request: Option<Request<'a>>,
    /// What came of the attempt.
    pub attempt: Attempt<'a>,
    /// Whether somebody has looked and says that what was read is the article: the history then does not doubt it, nor
    /// any other capture of the article that saw the same text.
    pub vouched: bool,
}

/// What came of an attempt to get an article.
#[derive(Debug, Clone, Copy)]
pub enum Attempt<'a> {
    /// The article was got, as far as the caller can tell. The history judges that beside the article's other
    /// captures, and may doubt it.
    Read(Reading<'a>),
    /// Something was got that may not be the article: nearly empty, or read differently by two extractors.
    /// It is kept, but nothing is concluded from it.
    Uncertain {
        /// Why it is doubted.
        reason: &'a str,
        /// What was got, if it could be read at all.
        reading: Option<Reading<'a>>,
    },
    /// Nothing was got.
    Failed {
        /// Why.
        reason: &'a str,
    },
}

/// An article as it was read, with the claims found in it.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The text, its blocks and its metadata.
    pub article: &'a Article,
    /// Its claims with spans in bytes, in the order of the text.
    pub claims: &'a [Claim],
    /// The version of isnad that extracted the claims.
    pub engine: &'a str,
    /// The language pack that extracted them; `None` if the language has none.
    pub pack: Option<&'a LanguagePack>,
}

/// A program that finds the article in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extractor<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
}

/// What was asked on the web, and what the server said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    /// The feed or sitemap that named the article; `None` where the user did.
    pub list: Option<&'a str>,
    /// The addresses that redirects led to, in their order.
    pub redirects: &'a [String],
    /// The address that answered, or that did not: the last that was asked.
    pub url: &'a str,
    /// The status of HTTP; `None` where no server answered. 304 says that the page is as it was at the capture before.
    pub status: Option<u16>,
    /// The header `Content-Type`; this and the others only beside a status.
    pub content_type: Option<&'a str>,
    /// The header `ETag`.
    pub etag: Option<&'a str>,
    /// The header `Last-Modified`.
    pub last_modified: Option<&'a str>,
}

/// From where a capture came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Origin {
    /// A file given by the user.
    File,
    /// The page itself, fetched.
    Live,
    /// A WARC archive.
    Warc,
    /// The Wayback Machine.
    Wayback,
    /// A feed.
    Feed,
    /// Another collection of snapshots.
    Import,
}

/// What became of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The article it belongs to.
    pub article: ArticleId,
    /// Its capture.
    pub capture: CaptureId,
    /// The version it saw; `None` if nothing was got.
    pub version: Option<VersionId>,
    /// What was new about it.
    pub outcome: Outcome,
    /// Why the history doubts that what was read is the article.
    pub doubt: Option<Doubt>,
    /// What happened to the claims between the state of the article before this capture and the one it saw; nothing
    /// unless the capture is the first of a state.
    pub events: EventCounts,
    /// Whether the capture is of a new version older than others: those have other numbers now.
    pub renumbered: bool,
    /// Whether a capture that was recorded before, of the very same time, saw another text: which of the two was there first is known only
    /// from the order in which they were recorded.
    pub simultaneous: bool,
}

/// What was new about a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// A text the article was not known to have had.
    NewVersion,
    /// A text already known; only the capture was added.
    Seen,
    /// The capture is uncertain, as the caller said or the history judged; it was kept, and nothing was concluded from
    /// it.
    Uncertain,
    /// The attempt had failed; that was noted.
    Failed,
    /// The text or the very capture was recorded before, but read otherwise: what was read now takes the place of that,
    /// and the article's claims were worked out anew.
    Corrected,
    /// The very same capture was recorded before; nothing was added.
    AlreadyRecorded,
}

impl<'a> Recording<'a> {
    /// A recording of `attempt` that so far names no article: set at least [`url`](Self::url) or
    /// [`article`](Self::article) unless the article's metadata has a URL or an id.
    #[must_use]
    pub const fn new(captured: DateTime<Utc>, origin: Origin, attempt: Attempt<'a>) -> Self {
        Self {
            captured,
            origin,
            article: None,
            url: None,
            final_url: None,
            canonical_url: None,
            path: None,
            raw: None,
            extractor: None,
            request: None,
            attempt,
            vouched: false,
        }
    }
}

impl Recording<'_> {
    /// What the article that it belongs to is called first of all: its name, its URL in the form in which URLs are
    /// compared, or its id. It may be known by another name, too.
    ///
    /// # Errors
    /// If no article is named.
    pub fn article_key(&self) -> Result<String, StoreError> {
        article_rows::key(self)
    }
}

impl<'a> Reading<'a> {
    /// What the running version of isnad read.
    #[must_use]
    pub const fn new(article: &'a Article, claims: &'a [Claim], pack: Option<&'a LanguagePack>) -> Self {
        Self { article, claims, engine: ENGINE_VERSION, pack }
    }
}

impl<'a> Attempt<'a> {
    /// What was got, if anything.
    #[must_use]
    pub const fn reading(&self) -> Option<Reading<'a>> {
        match *self {
            Self::Read(reading) => Some(reading),
            Self::Uncertain { reading, .. } => reading,
            Self::Failed { .. } => None,
        }
    }

    /// Why it failed or is doubted.
    #[must_use]
    pub const fn reason(&self) -> Option<&'a str> {
        match *self {
            Self::Read(_) => None,
            Self::Uncertain { reason, .. } | Self::Failed { reason } => Some(reason),
        }
    }

    /// The capture's status.
    #[must_use]
    pub const fn status(&self) -> CaptureStatus {
        match self {
            Self::Read(_) => CaptureStatus::Ok,
            Self::Uncertain { .. } => CaptureStatus::Uncertain,
            Self::Failed { .. } => CaptureStatus::Failed,
        }
    }
}

/// What came of a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaptureStatus {
    /// It got the article.
    Ok,
    /// What it got may not be the article.
    Uncertain,
    /// It got nothing.
    Failed,
}
