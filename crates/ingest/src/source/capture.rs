//! A capture as a source holds it, not yet read as an article.

use chrono::{DateTime, Utc};
use isnad_core::Language;

use crate::error::IngestError;
use crate::ingest::{Ingested, Options, read_bytes, read_text};
use crate::sniff::Kind;

/// One attempt to get an article, as a collection tells of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capture {
    /// Where it stands: the file, and the line, record or revision in it.
    pub place: String,
    /// When it was made; `None` where nothing tells.
    pub time: Option<DateTime<Utc>>,
    /// The address that was asked.
    pub url: Option<String>,
    /// The article it belongs to, where the caller's own rules say so: stronger than any address.
    pub article: Option<String>,
    /// What the article is known by where it has no address: a file's path without the time, a row's id.
    pub name: Option<String>,
    /// The language of the text, where the collection tells it.
    pub language: Option<Language>,
    /// When the article was published, where the collection tells it.
    pub published: Option<String>,
    /// The title, where the collection tells it and the text does not.
    pub title: Option<String>,
    /// What was got.
    pub content: Content,
}

/// What a capture got.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// Bytes as they came.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
        /// The charset, or the value of a `Content-Type` header.
        charset: Option<String>,
        /// What they are, where that is known.
        kind: Option<Kind>,
    },
    /// A text that was decoded already.
    Text {
        /// The text.
        text: String,
        /// Whether it is a page.
        kind: Kind,
    },
    /// Nothing that could be the article.
    Failed {
        /// Why: `HTTP 404`, for one.
        reason: String,
    },
    /// What the caller said is recorded already, so that it was not got again.
    Recorded,
}

impl Default for Content {
    fn default() -> Self {
        Self::Text { text: String::new(), kind: Kind::Text }
    }
}

/// Something of a source that could not be read, and where it stands.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {error}")]
pub struct Skipped {
    /// Where it stands.
    pub place: String,
    /// What is wrong; the place is not named again.
    #[source]
    pub error: IngestError,
}

impl Skipped {
    /// What is wrong with the item at `place`.
    pub(crate) fn new(place: impl Into<String>, error: IngestError) -> Self {
        Self { place: place.into(), error }
    }
}

impl Capture {
    /// The bytes it was read from; those of a text are its UTF-8.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        match &self.content {
            Content::Bytes { bytes, .. } => bytes,
            Content::Text { text, .. } => text.as_bytes(),
            Content::Failed { .. } | Content::Recorded => &[],
        }
    }

    /// Reads it as an article. What the capture does not tell is taken from `defaults`.
    ///
    /// # Errors
    ///
    /// As [`read_bytes`]; and [`IngestError::NotCaptured`] where nothing was got.
    pub fn read(&self, defaults: &Options) -> Result<Ingested, IngestError> {
        let mut options = Options {
            id: Some(self.name.clone().unwrap_or_else(|| self.place.clone())),
            language: self.language.or(defaults.language),
            url: self.url.clone().or_else(|| defaults.url.clone()),
            published: self.published.clone().or_else(|| defaults.published.clone()),
            ..defaults.clone()
        };
        let mut ingested = match &self.content {
            Content::Bytes { bytes, charset, kind } => {
                options.kind = options.kind.or(*kind);
                options.charset = charset.clone().or(options.charset);
                read_bytes(bytes, &self.place, &options)?
            }
            Content::Text { text, kind } => read_text(text.clone(), *kind, &self.place, &options)?,
            Content::Failed { reason } => {
                return Err(IngestError::NotCaptured { name: self.place.clone(), reason: reason.clone() });
            }
            Content::Recorded => {
                let reason = "it is recorded already".to_owned();
                return Err(IngestError::NotCaptured { name: self.place.clone(), reason });
            }
        };
        let metadata = &mut ingested.article.metadata;
        metadata.title = metadata.title.take().or_else(|| self.title.clone());
        Ok(ingested)
    }
}
