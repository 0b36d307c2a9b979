//! What names articles, versions, claims and changes among all there are, whoever holds the history.
//!
//! The numbers of a history are its own, so the names are made of what does not depend on them: the address of an article,
//! its texts, the places in them, the times of captures. The same captures give the same names in every history, also in
//! one that was exported and read back among others. A history of a claim is named by its first form: a capture of an
//! earlier time that turns up later may give it another name.

use isnad_core::{Claim, Span};
use isnad_store::{ArticleSummary, Event, StoredVersion};

use crate::dossier::{Dossier, Thread};
use crate::policy::short_digest;
use crate::texts::data_name;
use crate::when::stamp;

/// The names of an article and its versions.
pub(crate) struct Names {
    /// The article: by its address or, where it has only a name, which other histories may use as well, by its first text
    /// too.
    pub(crate) article: String,
    /// Its versions, as the dossier has them.
    versions: Vec<String>,
}

impl Names {
    pub(crate) fn of(dossier: &Dossier) -> Self {
        let article = &dossier.article;
        let first = dossier.versions.first().filter(|_| article.url.is_none());
        let text = first.map_or("", |version| version.article.text());
        let article = format!("tag:isnad,2026:article/{}", short_digest(&[&article.key, text]));
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

/// A claim of the version with this name: by the bytes where its content and its cue stand.
pub(crate) fn claim(version: &str, claim: &Claim) -> String {
    let cue = claim.cue.as_ref().map(|cue| format!(":{}", places(&cue.spans))).unwrap_or_default();
    format!("{version}/claim/{}{cue}", places(&claim.content.spans))
}

/// A change: by its article, when it was first seen, and what it is a change of.
pub(crate) fn change(event: &Event, article: &ArticleSummary) -> String {
    let side = |claim: &Option<Claim>| {
        claim
            .as_ref()
            .map(|claim| format!("{} {}", places(&claim.content.spans), claim.content.text))
            .unwrap_or_default()
    };
    let (old, new) = (side(&event.change.old), side(&event.change.new));
    let parts = [&article.key, &stamp(event.not_after.time), &data_name(&event.status), &old, &new];
    format!("tag:isnad,2026:change/{}", short_digest(&parts.map(String::as_str)))
}

/// A document of a kind on some articles, by their keys.
#[must_use]
pub fn of_articles(kind: &str, keys: &[&str]) -> String {
    format!("tag:isnad,2026:{kind}/{}", short_digest(keys))
}

/// A document of a kind on a whole history, by the article that was recorded first; an empty one has none.
#[must_use]
pub fn of_history(kind: &str, first: Option<&ArticleSummary>) -> String {
    let first = first.map(|article| (article.key.as_str(), stamp(article.first_captured)));
    let (key, time) = first.unwrap_or_default();
    of_articles(kind, &["all", key, &time])
}

fn places(spans: &[Span]) -> String {
    let places: Vec<String> = spans.iter().map(|span| format!("{}-{}", span.start, span.end)).collect();
    places.join(",")
}
