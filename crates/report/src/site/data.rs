//! The same as the pages, as data. Offsets count code points.

use std::collections::HashMap;

use chrono::NaiveDate;
use isnad_core::{Article, Claim, OffsetMap, OffsetUnit};
use isnad_diff::{Change, Detail, Facet, Severity, WordChange};
use isnad_store::{
    ArticleSummary, Capture, ClaimId, Event, LogEntry, Moment, StoredVersion, ThreadHistory, ThreadId, Unlike,
    VersionId,
};
use serde::Serialize;

use crate::dossier::{Dossier, speaker};

/// An article with all that is known of it.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleData<'d> {
    article: &'d ArticleSummary,
    captures: &'d [Capture],
    states: &'d [LogEntry],
    versions: Vec<VersionData<'d>>,
    changes: Vec<ChangeData<'d>>,
}

/// A version with its text and its claims.
#[derive(Debug, Serialize)]
pub(crate) struct VersionData<'d> {
    number: Option<u32>,
    language: Option<String>,
    title: Option<&'d str>,
    published: Option<&'d str>,
    engine: &'d str,
    language_pack: Option<&'d str>,
    text: &'d str,
    claims: Vec<ClaimData>,
}

/// A claim with the number of its history.
#[derive(Debug, Serialize)]
pub(crate) struct ClaimData {
    history: Option<ThreadId>,
    #[serde(flatten)]
    claim: Claim,
}

/// A change. What is known of events only is missing where any two versions are compared.
#[derive(Debug, Serialize)]
pub(crate) struct ChangeData<'d> {
    article: Option<i64>,
    title: Option<&'d str>,
    url: Option<&'d str>,
    history: Option<ThreadId>,
    status: String,
    severity: Severity,
    facets: &'d [Facet],
    details: &'d [Detail],
    words: &'d [WordChange],
    declared: bool,
    not_before: Option<Moment>,
    not_after: Option<Moment>,
    unlike: &'d [Unlike],
    old: Option<SideData<'d>>,
    new: Option<SideData<'d>>,
}

/// A claim on one side of a change.
#[derive(Debug, Serialize)]
pub(crate) struct SideData<'d> {
    content: &'d str,
    speaker: Option<&'d str>,
    source: Option<&'d str>,
    cue: Option<&'d str>,
    channel: Option<&'d str>,
}

impl<'d> ArticleData<'d> {
    pub(crate) fn new(dossier: &'d Dossier) -> Self {
        Self {
            article: &dossier.article,
            captures: &dossier.captures,
            states: &dossier.states,
            versions: dossier.versions.iter().map(VersionData::new).collect(),
            changes: dossier.events().into_iter().map(|event| ChangeData::of(event, &dossier.article)).collect(),
        }
    }
}

/// The history of a claim, with spans in code points of the texts its claims stand in and dates as of their days; `dossier`
/// is that of its article.
pub(crate) fn in_code_points(mut thread: ThreadHistory, dossier: &Dossier) -> ThreadHistory {
    let texts = dossier.versions.iter().map(|version| (version.id, Shown::of(&version.article)));
    let shown: HashMap<VersionId, Shown<'_>> = texts.collect();
    // A claim that came back stands in an earlier version than the capture before it saw.
    let side = |claim: Option<ClaimId>, moment: Moment| {
        let mut claims = dossier.versions.iter().flat_map(|version| &version.claims);
        let capture = dossier.captures.iter().find(|capture| capture.id == moment.capture);
        let of_claim = claims.find(|stored| Some(stored.id) == claim).map(|stored| stored.version);
        shown.get(&of_claim.or_else(|| capture?.version)?)
    };
    thread.forms.retain_mut(|form| {
        let shown = shown.get(&form.claim.version);
        shown.is_some_and(|shown| {
            form.claim.claim = shown.claim(&form.claim.claim);
            true
        })
    });
    thread.events.retain_mut(|event| {
        let sides = side(event.old, event.not_before).zip(side(event.new, event.not_after));
        sides.is_some_and(|(old, new)| {
            event.change = event.change.map_claims(|claim| old.claim(claim), |claim| new.claim(claim));
            true
        })
    });
    thread
}

/// By what the claims of a version are shown: spans in code points, dates as of the day of the article.
struct Shown<'a> {
    map: OffsetMap<'a>,
    day: Option<NaiveDate>,
}

impl<'a> Shown<'a> {
    fn of(article: &'a Article) -> Self {
        Self { map: OffsetMap::new(article.text(), OffsetUnit::CodePoints), day: article.metadata.day() }
    }

    fn claim(&self, claim: &Claim) -> Claim {
        claim.with_offsets(&self.map).dated(self.day)
    }
}

impl<'d> VersionData<'d> {
    fn new(version: &'d StoredVersion) -> Self {
        let metadata = &version.article.metadata;
        let shown = Shown::of(&version.article);
        let claims = version.claims.iter();
        Self {
            number: version.number,
            language: metadata.language.map(|language| language.to_string()),
            title: metadata.title.as_deref(),
            published: metadata.published.as_deref(),
            engine: &version.engine,
            language_pack: version.pack.as_deref(),
            text: version.article.text(),
            claims: claims
                .map(|stored| ClaimData { history: stored.thread, claim: shown.claim(&stored.claim) })
                .collect(),
        }
    }
}

impl<'d> ChangeData<'d> {
    /// An event of an article.
    pub(crate) fn of(event: &'d Event, article: &'d ArticleSummary) -> Self {
        Self {
            article: Some(article.id.0),
            title: article.title.as_deref(),
            url: article.url.as_deref(),
            history: Some(event.thread),
            status: crate::texts::data_name(&event.status),
            not_before: Some(event.not_before),
            not_after: Some(event.not_after),
            unlike: &event.unlike,
            ..Self::between(&event.change)
        }
    }

    /// A change between any two versions.
    pub(crate) fn between(change: &'d Change) -> Self {
        Self {
            article: None,
            title: None,
            url: None,
            history: None,
            status: crate::texts::data_name(&change.status),
            severity: change.severity,
            facets: &change.facets,
            details: &change.details,
            words: &change.words,
            declared: change.declared,
            not_before: None,
            not_after: None,
            unlike: &[],
            old: change.old.as_ref().map(SideData::new),
            new: change.new.as_ref().map(SideData::new),
        }
    }
}

impl<'d> SideData<'d> {
    fn new(claim: &'d Claim) -> Self {
        Self {
            content: &claim.content.text,
            speaker: speaker(claim),
            source: claim.source.as_ref().map(|source| source.text.as_str()),
            cue: claim.cue.as_ref().map(|cue| cue.text.as_str()),
            channel: claim.channel.as_ref().map(|channel| channel.text.as_str()),
        }
    }
}
