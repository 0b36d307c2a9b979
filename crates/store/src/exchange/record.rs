//! The records of a history outside of its file.

use chrono::{DateTime, Utc};
use isnad_core::{Block, Claim, Language, Metadata, OffsetUnit};
use isnad_diff::{Facet, Severity};
use serde::{Deserialize, Serialize};

use crate::event::Unlike;
use crate::event_rows::Compared;
use crate::ids::{ArticleId, CaptureId, ClaimId, EventId, ThreadId, VersionId};
use crate::recording::{CaptureStatus, Origin, Request};
use isnad_diff::EventStatus;

/// The form of the records that this version of isnad writes and reads.
pub(crate) const FORM: u32 = 2;

/// One record of a history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Record {
    /// What the stream is; the first record.
    History(Head),
    /// An article.
    Article(ArticleRecord),
    /// The bytes that a capture came as.
    Raw(RawRecord),
    /// A version, with its text.
    Version(VersionRecord),
    /// A history of a claim.
    Thread(ThreadRecord),
    /// A speaker.
    Speaker(SpeakerRecord),
    /// A claim of a version.
    Claim(ClaimRecord),
    /// A capture.
    Capture(CaptureRecord),
    /// A judgement that two claims are the same.
    Link(LinkRecord),
    /// What happened to a claim.
    Event(EventRecord),
    /// The end of an article.
    ArticleEnd(ArticleEnd),
    /// The end of the stream.
    HistoryEnd(HistoryEnd),
}

/// What a stream of records is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The form of the records.
    pub form: u32,
    /// The version of isnad that wrote them.
    pub engine: String,
    /// What offsets count.
    pub offsets: OffsetUnit,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// Its number.
    pub id: ArticleId,
    /// What makes it this article: its first URL without the fragment, or the name it was recorded under.
    pub key: String,
    /// The addresses it is known by, in the order of the alphabet.
    pub urls: Vec<String>,
    /// The title in its newest capture that had one.
    pub title: Option<String>,
    /// The language in its newest capture that had one.
    pub language: Option<Language>,
}

/// The bytes that a capture came as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawRecord {
    /// Their BLAKE3, in lower-case hexadecimal.
    pub hash: String,
    /// The bytes in Base64.
    pub base64: String,
}

/// A version of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRecord {
    /// Its row's number.
    pub id: VersionId,
    /// The article.
    pub article: ArticleId,
    /// Its number among the article's versions, from 1; `None` while only uncertain captures saw it.
    pub number: Option<u32>,
    /// BLAKE3 of the text in UTF-8, in lower-case hexadecimal.
    pub text_hash: String,
    /// The language it was read as.
    pub language: Option<Language>,
    /// The version of isnad that extracted the claims.
    pub engine: String,
    /// The language pack that extracted them.
    pub pack: Option<String>,
    /// The paragraphs and headings.
    pub blocks: Vec<Block>,
    /// The text.
    pub text: String,
}

/// A history of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadRecord {
    /// Its number.
    pub id: ThreadId,
    /// The article.
    pub article: ArticleId,
}

/// A speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerRecord {
    /// Their row's number.
    pub id: i64,
    /// The name as first recorded.
    pub name: String,
}

/// A claim of a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// Its row's number.
    pub id: ClaimId,
    /// The version.
    pub version: VersionId,
    /// The number of its history; `None` while only uncertain captures saw the version.
    pub history: Option<ThreadId>,
    /// The row's number of its speaker.
    pub speaker: Option<i64>,
    /// The claim itself.
    pub claim: Claim,
}

/// A capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureRecord {
    /// Its number, which grows in the order of recording.
    pub id: CaptureId,
    /// The article.
    pub article: ArticleId,
    /// When it was taken.
    pub captured: DateTime<Utc>,
    /// What came of the attempt: read, vouched, uncertain or failed.
    pub attempt: String,
    /// What the history makes of it.
    pub status: CaptureStatus,
    /// Why it failed or is uncertain.
    pub reason: Option<String>,
    /// From where it came.
    pub origin: Origin,
    /// The address that was asked, as given.
    pub url: Option<String>,
    /// The address that answered, as given, where a redirect led to another.
    pub final_url: Option<String>,
    /// The file, archive or record that was read, as given.
    pub path: Option<String>,
    /// The program that found the article in the page.
    pub extractor: Option<String>,
    /// The version of that program.
    pub extractor_version: Option<String>,
    /// BLAKE3 of the bytes as they came, in lower-case hexadecimal.
    pub raw_hash: Option<String>,
    /// The version it saw.
    pub version: Option<VersionId>,
    /// What the page or the user said about the article.
    pub metadata: Option<Metadata>,
    /// What was asked on the web for it, and what the server said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestRecord>,
}

/// What was asked on the web for a capture, and what the server said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRecord {
    /// The feed or sitemap that named the article.
    pub list: Option<String>,
    /// The addresses that redirects led to, in their order.
    pub redirects: Vec<String>,
    /// The address that answered, or that did not.
    pub url: String,
    /// The status of HTTP; `None` where no server answered.
    pub status: Option<u16>,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// The header `ETag`.
    pub etag: Option<String>,
    /// The header `Last-Modified`.
    pub last_modified: Option<String>,
}

impl RequestRecord {
    /// As it is recorded.
    pub(crate) fn request(&self) -> Request<'_> {
        Request {
            list: self.list.as_deref(),
            redirects: &self.redirects,
            url: &self.url,
            status: self.status,
            content_type: self.content_type.as_deref(),
            etag: self.etag.as_deref(),
            last_modified: self.last_modified.as_deref(),
        }
    }
}

/// A judgement that two claims of neighbouring versions are the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// The claim in the older version.
    pub old: ClaimId,
    /// The claim in the newer version.
    pub new: ClaimId,
    /// How alike the two are, from 0 to 1.
    pub score: f64,
    /// How far the best rival stays behind, from 0 to 1.
    pub margin: f64,
}

/// What happened to a claim, and between which two captures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    /// Its row's number.
    pub id: EventId,
    /// The number of the claim's history.
    pub history: ThreadId,
    /// What happened.
    pub status: EventStatus,
    /// How much it matters to a reader.
    pub severity: Severity,
    /// In which respects the claim differs.
    pub facets: Vec<Facet>,
    /// Whether a correction note in the newer version names the change.
    pub declared: bool,
    /// The claim before.
    pub old: Option<ClaimId>,
    /// The claim after.
    pub new: Option<ClaimId>,
    /// The last capture that saw the older state.
    pub not_before: CaptureId,
    /// The first capture that saw the newer state.
    pub not_after: CaptureId,
    /// In what the two readings differ that were compared.
    pub unlike: Vec<Unlike>,
    /// The version of isnad that compared.
    pub engine: String,
    /// What else the comparison of the two claims tells.
    pub compared: Compared,
}

/// The record that closes an article: without it, or with another number of records, the article is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleEnd {
    /// The article.
    pub article: ArticleId,
    /// How many records it has, from its own to the one before this.
    pub records: u64,
}

/// The record that closes a stream: without it, or with another number of articles, the stream is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEnd {
    /// How many articles it has.
    pub articles: u64,
}
