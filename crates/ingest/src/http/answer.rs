//! What came of asking.

use std::time::Duration;

use ureq::Body;
use ureq::http::header::{CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED};
use ureq::http::{HeaderMap, Response};
use url::Url;

use super::backoff::retry_after;
use super::failure::Failure;
use super::wanted::Wanted;
use crate::sniff::Kind;
use crate::source::{Capture, Content};

/// The longest header that is kept, in bytes: of longer ones nothing good is to be had.
const MAX_HEADER: usize = 1024;

/// By what a server knows again what it sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The header `ETag`, as it came.
    pub etag: Option<String>,
    /// The header `Last-Modified`, as it came.
    pub last_modified: Option<String>,
}

/// What a server said, be it with a page or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The address that answered, after all redirects.
    pub url: String,
    /// The status of HTTP.
    pub status: u16,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// By what the server will know the body again.
    pub validators: Validators,
    /// How long the server does not want to be asked, where it says so.
    pub retry_after: Option<Duration>,
}

/// What came of asking for an address.
#[derive(Debug)]
pub struct Fetched {
    /// The address that was asked.
    pub url: String,
    /// Where redirects led, in their order; the last of them answered.
    pub redirects: Vec<String>,
    /// What the last server said; `None` where none answered.
    pub answer: Option<Answer>,
    /// The longest time that a site on the way wants between two requests.
    pub pause: Duration,
    /// What was got.
    pub got: Got,
}

/// What was got of an address.
#[derive(Debug, PartialEq, Eq)]
pub enum Got {
    /// What was wanted.
    Body(Vec<u8>),
    /// The server says that what the caller has is what it would send (HTTP 304).
    Unchanged,
    /// Nothing.
    Nothing(Failure),
}

impl Got {
    /// What was sent. That nothing changed is no answer for who has nothing.
    pub(crate) fn into_body(self) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Body(bytes) => Ok(bytes),
            Self::Unchanged => Err(Failure::Status { status: 304 }),
            Self::Nothing(failure) => Err(failure),
        }
    }
}

impl Answer {
    pub(super) fn of(response: &Response<Body>, url: &Url) -> Self {
        let headers = response.headers();
        Self {
            url: url.to_string(),
            status: response.status().as_u16(),
            content_type: header(headers, &CONTENT_TYPE),
            validators: Validators {
                etag: validator(headers, &ETAG),
                last_modified: validator(headers, &LAST_MODIFIED),
            },
            retry_after: retry_after(headers),
        }
    }

    /// What a response to a wish holds.
    pub(super) fn read(&self, response: Response<Body>, path: &str, wanted: &Wanted) -> Result<Got, Failure> {
        let told = self.content_type.as_deref();
        let no_page = || Failure::NoPage { content_type: told.unwrap_or("of no type").to_owned() };
        match self.status {
            304 => return Ok(Got::Unchanged),
            200..300 => {}
            status => return Err(Failure::Status { status }),
        }
        // A type that is wrong is told before the body is waited for.
        if told.is_some() && !(wanted.is_one)(told, path, &[]) {
            return Err(no_page());
        }
        let bytes = response.into_body().into_with_config().limit(wanted.most_bytes).read_to_vec()?;
        match (wanted.is_one)(told, path, &bytes) {
            true => Ok(Got::Body(bytes)),
            false => Err(no_page()),
        }
    }
}

/// A header that is to be sent back as it came, which only ASCII can be.
fn validator(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    header(headers, name).filter(|value| value.is_ascii())
}

/// A header as text, unless it is overlong; bytes that are none become replacement characters.
pub(super) fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    (value.len() <= MAX_HEADER).then(|| String::from_utf8_lossy(value).into_owned())
}

impl Fetched {
    /// The address that answered, where a redirect led to another than was asked.
    #[must_use]
    pub fn final_url(&self) -> Option<&str> {
        self.redirects.last().map(String::as_str)
    }

    /// Why nothing was got.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match &self.got {
            Got::Nothing(failure) => Some(failure),
            Got::Body(_) | Got::Unchanged => None,
        }
    }

    /// The page that was got, or why there is none, as a capture without a time.
    #[must_use]
    pub fn into_capture(self) -> Capture {
        let charset = self.answer.and_then(|answer| answer.content_type);
        let content = match self.got.into_body() {
            Ok(bytes) => Content::Bytes { bytes, charset, kind: Some(Kind::Html) },
            Err(failure) => Content::Failed { reason: failure.to_string() },
        };
        Capture { place: self.url.clone(), url: Some(self.url), content, ..Capture::default() }
    }
}
