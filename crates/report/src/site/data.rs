//! The same as the pages, as data. Offsets count code points.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use isnad_core::{Article, Claim, OffsetMap, OffsetUnit, Polarity};
use isnad_diff::{Change, Detail, Facet, Severity, WordChange};
use isnad_store::{
    ArticleSummary, Capture, ClaimId, Event, History, LogEntry, Moment, StoredVersion, ThreadHistory, ThreadId, Unlike,
    VersionId,
};
use serde::Serialize;

use crate::dossier::{Dossier, speaker};
use crate::error::ReportError;

/// An article with a portion of its versions.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleData<'d> {
    article: &'d ArticleSummary,
    captures: &'d [Capture],
    states: &'d [LogEntry],
    versions: Vec<VersionData<'d>>,
    /// What changed when these versions came.
    changes: Vec<ChangeData<'d>>,
    /// The address of the next portion.
    next: Option<String>,
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
    polarity: Polarity,
}

impl<'d> ArticleData<'d> {
    pub(crate) fn new(dossier: &'d Dossier, events: &'d [Event], next: Option<String>) -> Self {
        Self {
            article: &dossier.article,
            captures: &dossier.captures,
            states: &dossier.states,
            versions: dossier.versions.iter().map(VersionData::new).collect(),
            changes: events.iter().map(|event| ChangeData::of(event, &dossier.article)).collect(),
            next,
        }
    }
}

/// The history of a claim, with spans in code points of the texts its claims stand in and dates as of their days.
pub(crate) fn in_code_points(history: &History, mut thread: ThreadHistory) -> Result<ThreadHistory, ReportError> {
    let states = history.log(thread.article)?;
    // A claim that came back stands in an earlier version than the state before; one of another history in just that.
    let forms = thread.forms.iter().map(|form| (form.claim.id, form.claim.version));
    let stands_in: HashMap<ClaimId, VersionId> = forms.collect();
    let version = |claim: Option<ClaimId>, state: VersionId| {
        claim.and_then(|claim| stands_in.get(&claim)).copied().unwrap_or(state)
    };
    let mut versions: BTreeSet<VersionId> = stands_in.values().copied().collect();
    let mut events = Vec::with_capacity(thread.events.len());
    for event in thread.events {
        let before = states.iter().find(|entry| entry.state.last.capture == event.not_before.capture);
        let after = states.iter().find(|entry| entry.state.first.capture == event.not_after.capture);
        // While another process records, an event may be newer than the states that were read.
        let Some((before, after)) = before.zip(after) else { continue };
        let (old, new) = (version(event.old, before.state.version), version(event.new, after.state.version));
        versions.extend([old, new]);
        events.push((event, old, new));
    }
    // Each version is read once, and one is in memory at a time.
    for version in versions {
        let article = history.version(version)?.article;
        let shown = Shown::of(&article);
        let claim_in = |of, claim: &Claim| if of == version { shown.claim(claim) } else { claim.clone() };
        for form in thread.forms.iter_mut().filter(|form| form.claim.version == version) {
            form.claim.claim = shown.claim(&form.claim.claim);
        }
        for (event, old, new) in events.iter_mut().filter(|(_, old, new)| [*old, *new].contains(&version)) {
            event.change = event.change.map_claims(|claim| claim_in(*old, claim), |claim| claim_in(*new, claim));
        }
    }
    thread.events = events.into_iter().map(|(event, ..)| event).collect();
    Ok(thread)
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
            polarity: claim.polarity,
        }
    }
}
