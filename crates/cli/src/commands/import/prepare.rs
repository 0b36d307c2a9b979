//! From a capture to what is recorded of it: everything that needs no history, and can be done side by side.

use chrono::{DateTime, Utc};
use isnad_core::Claim;
use isnad_ingest::source::{Capture, Content, Skipped};
use isnad_ingest::{IngestError, Ingested, Kind, Options, canonical_url};
use isnad_store::{Attempt, Extractor, KnownCaptures, Origin, Reading, Recording};

use crate::command_error::Message;
use crate::packs::{PackRef, Packs};
use crate::reading::attempt;

/// What is to be done about an item of a source.
pub(super) enum Prepared {
    /// It is recorded already.
    Known,
    /// It is a capture of an article.
    Read(Box<Article>),
    /// It is a capture that got no article.
    Unread(Box<Unread>),
    /// It is broken, or does not tell when it was captured.
    Skipped(Message),
}

/// A capture that was read as an article.
pub(super) struct Article {
    capture: Capture,
    pub(super) time: DateTime<Utc>,
    ingested: Ingested,
    claims: Vec<Claim>,
    pack: Option<PackRef>,
    /// Why the page may not be the article.
    doubt: Option<String>,
    canonical: Option<String>,
}

/// A capture that could not be.
pub(super) struct Unread {
    capture: Capture,
    time: DateTime<Utc>,
    pub(super) error: IngestError,
    canonical: Option<String>,
}

/// Reads an item and finds its claims.
pub(super) fn prepare(item: Result<Capture, Skipped>, options: &Options, known: &KnownCaptures) -> Prepared {
    let capture = match item {
        Ok(capture) => capture,
        Err(skipped) => return Prepared::Skipped(Message::from(&skipped)),
    };
    if capture.content == Content::Recorded {
        return Prepared::Known;
    }
    let Some(time) = capture.time else {
        let message = Message::new(format_args!("{}: nothing tells when it was captured", capture.place));
        return Prepared::Skipped(
            message.advise("--pattern with {time}, a sidecar with `captured`, --clock or --mtime"),
        );
    };
    if known.holds(&capture.place, time, capture.raw()) {
        return Prepared::Known;
    }
    let ingested = match capture.read(options) {
        Ok(ingested) => ingested,
        Err(error) => {
            let canonical = capture.url.as_deref().and_then(canonical_url);
            return Prepared::Unread(Box::new(Unread { capture, time, error, canonical }));
        }
    };
    let pack = Packs::default().for_article(&ingested.article).ok();
    let claims = pack.as_ref().map(|pack| isnad_core::extract(&ingested.article, pack)).unwrap_or_default();
    let doubt = ingested.doubt.map(|doubt| doubt.to_string());
    let canonical = ingested.article.metadata.url.as_deref().and_then(canonical_url);
    Prepared::Read(Box::new(Article { capture, time, ingested, claims, pack, doubt, canonical }))
}

impl Article {
    /// What is recorded of it.
    pub(super) fn recording(&self, origin: Origin) -> Recording<'_> {
        let Self { capture, time, ingested, claims, pack, doubt, canonical } = self;
        let reading = Reading::new(&ingested.article, claims, pack.as_deref());
        let is_page = ingested.kind == Kind::Html;
        let extractor = Extractor { name: ingested.extractor.name, version: ingested.extractor.version };
        Recording {
            extractor: is_page.then_some(extractor),
            canonical_url: canonical.as_deref(),
            ..recording(capture, *time, origin, attempt(reading, doubt.as_deref()))
        }
    }
}

impl Unread {
    /// What is recorded of it, if it is a capture of an article that is known.
    pub(super) fn recording<'r>(&'r self, origin: Origin, reason: &'r str) -> Recording<'r> {
        let failed = Attempt::Failed { reason };
        Recording { canonical_url: self.canonical.as_deref(), ..recording(&self.capture, self.time, origin, failed) }
    }

    /// How many bytes were got.
    pub(super) fn bytes(&self) -> usize {
        self.capture.raw().len()
    }

    /// Why it is none, without the place.
    pub(super) fn reason(&self) -> String {
        // What a server answered is told as `fetch` records it, so that pages that are gone are known as such.
        if let IngestError::NotCaptured { reason, .. } = &self.error {
            return reason.clone();
        }
        let told = self.error.to_string();
        told.strip_prefix(&format!("{}: ", self.capture.place)).unwrap_or(&told).to_owned()
    }

    /// Whether it was got and read as well as can be, and only is no article: a front page, an error page.
    pub(super) fn is_sound(&self) -> bool {
        use IngestError::{Empty, NoArticle, NotCaptured};
        matches!(self.error, Empty { .. } | NoArticle { .. } | NotCaptured { .. })
    }
}

fn recording<'r>(capture: &'r Capture, time: DateTime<Utc>, origin: Origin, attempt: Attempt<'r>) -> Recording<'r> {
    // What was read names itself; of what was not, a name is all there is where no address was asked.
    let unread = attempt.reading().is_none() && capture.url.is_none();
    Recording {
        article: capture.article.as_deref().or(capture.name.as_deref().filter(|_| unread)),
        url: capture.url.as_deref(),
        path: Some(&capture.place),
        raw: Some(capture.raw()),
        ..Recording::new(time, origin, attempt)
    }
}
