//! What names articles, versions, claims and changes among all there are, whoever holds the history.
//!
//! The numbers of a history are its own, so the names are made of what does not depend on them: the address of an article,
//! its texts, the places in them, the times of captures. The same captures give the same names in every history, also in
//! one that was exported and read back among others. What is named by what was seen first may get another name from a capture
//! of an earlier time that turns up later: an article without an address with all in it, a history of a claim, a change.

use isnad_core::{Claim, Span};
use isnad_store::{ArticleSummary, Event, History, StoreError, StoredVersion};
use sha2::{Digest, Sha256};

use crate::dossier::{Dossier, Thread};
use crate::texts::data_name;
use crate::when::stamp;

/// The names of an article and its versions.
pub(crate) struct Names {
    /// The article.
    pub(crate) article: String,
    /// Its versions, as the dossier has them.
    versions: Vec<String>,
}

impl Names {
    pub(crate) fn of(dossier: &Dossier) -> Self {
        let article = named(&dossier.article, dossier.versions.first());
        let version =
            |version: &StoredVersion| format!("{article}/version/{}", short_digest(&[version.article.text()]));
        Self { versions: dossier.versions.iter().map(version).collect(), article }
    }

    /// One of the versions.
    pub(crate) fn version(&self, at: usize) -> Option<&str> {
        self.versions.get(at).map(String::as_str)
    }

    /// The history of a claim.
    pub(crate) fn thread(&self, dossier: &Dossier, thread: &Thread) -> Option<String> {
        let first = *thread.forms.first()?;
        Some(format!("{}/history", claim(self.version(first.version)?, &dossier.claim(first)?.claim)))
    }
}

/// An article: by its address or, where it has only a name, which other histories may use as well, by its first text too.
///
/// # Errors
/// If the history cannot be read.
pub fn article(history: &History, article: &ArticleSummary) -> Result<String, StoreError> {
    let states = if article.url.is_none() { history.log(article.id)? } else { Vec::new() };
    let first = states.first().map(|entry| history.version(entry.state.version)).transpose()?;
    Ok(named(article, first.as_ref()))
}

fn named(article: &ArticleSummary, first: Option<&StoredVersion>) -> String {
    let first = first.filter(|_| article.url.is_none());
    let text = first.map_or("", |version| version.article.text());
    format!("tag:isnad,2026:article/{}", short_digest(&[&article.key, text]))
}

/// A claim of the version with this name: by where it stands.
pub(crate) fn claim(version: &str, claim: &Claim) -> String {
    format!("{version}/claim/{}", place(claim))
}

/// A change in the article with this name: by when it was first seen, and what it is a change of.
pub(crate) fn change(event: &Event, article: &str) -> String {
    let side = |claim: &Option<Claim>| {
        claim.as_ref().map(|claim| format!("{} {}", place(claim), claim.content.text)).unwrap_or_default()
    };
    let (old, new) = (side(&event.change.old), side(&event.change.new));
    let parts = [article, &stamp(event.not_after.time), &data_name(&event.status), &old, &new];
    format!("tag:isnad,2026:change/{}", short_digest(&parts))
}

/// A document of a kind on some articles, by their names.
#[must_use]
pub fn of_articles(kind: &str, names: &[&str]) -> String {
    format!("tag:isnad,2026:{kind}/{}", short_digest(names))
}

/// A document of a kind on a whole history, by the article that was recorded first and by when and as what it was first
/// recorded: what is recorded later, of whatever time, leaves the name as it is. An empty history has no such article.
///
/// # Errors
/// If the history cannot be read.
pub fn of_history(kind: &str, history: &History, first: Option<&ArticleSummary>) -> Result<String, StoreError> {
    let Some(article) = first else { return Ok(of_articles(kind, &["all"])) };
    let capture = history.captures(article.id)?.into_iter().min_by_key(|capture| capture.id);
    let time = capture.as_ref().map(|capture| stamp(capture.captured)).unwrap_or_default();
    let version = capture.and_then(|capture| capture.version).map(|version| history.version(version)).transpose()?;
    let text = version.as_ref().map_or("", |version| version.article.text());
    Ok(of_articles(kind, &["all", &article.key, &time, text]))
}

/// The bytes where the content of a claim and its cue stand.
fn place(claim: &Claim) -> String {
    let cue = claim.cue.as_ref().map(|cue| format!(":{}", places(&cue.spans))).unwrap_or_default();
    format!("{}{cue}", places(&claim.content.spans))
}

fn places(spans: &[Span]) -> String {
    let places: Vec<String> = spans.iter().map(|span| format!("{}-{}", span.start, span.end)).collect();
    places.join(",")
}

/// The first half of SHA-256 of the parts, each told from the next, in hexadecimal: short, and still of one meaning.
fn short_digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
