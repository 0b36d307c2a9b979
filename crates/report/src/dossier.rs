//! All that the history knows of one article, read once.

use std::collections::{BTreeMap, HashMap};

use isnad_core::fold::fold;
use isnad_core::{Claim, Cue, Language, SourceKind};
use isnad_diff::Severity;
use isnad_store::{
    ArticleId, ArticleSummary, Capture, Event, History, LogEntry, State, StoredClaim, StoredVersion, ThreadId,
    VersionId,
};

use crate::error::ReportError;

/// An article with its captures, versions, claims and what happened to them.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// The article in short.
    pub article: ArticleSummary,
    /// Every attempt to get it, in the order of time.
    pub captures: Vec<Capture>,
    /// Which version stood there from when to when, in the order of time.
    pub states: Vec<LogEntry>,
    /// The versions with their claims, in the order in which they were first seen.
    pub versions: Vec<StoredVersion>,
    /// The claims followed through the versions: those most changed first, and of equal ones those that stand earlier.
    pub threads: Vec<Thread>,
}

/// A claim followed through the states of its article.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// Its number.
    pub id: ThreadId,
    /// Where it stands, in the order of time; never empty.
    pub forms: Vec<Place>,
    /// What happened to it, in the order of time.
    pub events: Vec<Event>,
}

/// A claim in one state of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which of [`Dossier::states`].
    pub state: usize,
    /// Which of [`Dossier::versions`].
    pub version: usize,
    /// Which of the version's claims.
    pub claim: usize,
}

impl Dossier {
    /// Reads all that the history knows of `article`.
    ///
    /// # Errors
    /// If there is no such article, or the file cannot be read.
    pub fn read(history: &History, article: ArticleId) -> Result<Self, ReportError> {
        Self::of_versions(history, article, history.log(article)?, |_| true, history.events(article)?)
    }

    /// Reads of `article` the versions of some of its `states`, and tells these events of the claims in them.
    pub(crate) fn of_versions(
        history: &History,
        article: ArticleId,
        states: Vec<LogEntry>,
        is_wanted: impl Fn(&State) -> bool,
        events: Vec<Event>,
    ) -> Result<Self, ReportError> {
        let wanted = states.iter().map(|entry| entry.state).filter(is_wanted);
        // A text that returned is the same version again.
        let numbered: BTreeMap<u32, VersionId> = wanted.map(|state| (state.number, state.version)).collect();
        let versions = numbered.values().map(|version| history.version(*version)).collect::<Result<Vec<_>, _>>()?;
        let threads = threads(&states, &versions, events);
        let (article, captures) = (history.article(article)?, history.captures(article)?);
        Ok(Self { article, captures, states, versions, threads })
    }

    /// The newest version; `None` while no capture read the article for certain.
    #[must_use]
    pub fn newest(&self) -> Option<&StoredVersion> {
        let newest = self.states.last()?.state.version;
        self.versions.iter().find(|version| version.id == newest)
    }

    /// The language of the newest version, or else of the article.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.newest().and_then(|version| version.article.metadata.language).or(self.article.language)
    }

    /// The claim at a place.
    #[must_use]
    pub fn claim(&self, place: Place) -> Option<&StoredClaim> {
        self.versions.get(place.version)?.claims.get(place.claim)
    }

    /// The thread in its newest form.
    #[must_use]
    pub fn newest_form(&self, thread: &Thread) -> Option<&StoredClaim> {
        self.claim(*thread.forms.last()?)
    }

    /// Whether the newest version has the thread.
    #[must_use]
    pub fn is_current(&self, thread: &Thread) -> bool {
        thread.forms.last().is_some_and(|place| place.state + 1 == self.states.len())
    }

    /// How many claims the newest version has.
    #[must_use]
    pub fn claims_now(&self) -> usize {
        self.newest().map_or(0, |version| version.claims.len())
    }
}

impl Thread {
    /// The greatest severity of what happened to the claim; `None` if nothing did that counts as a change.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.changes().map(|event| event.severity).max()
    }

    /// What happened to the claim and counts as a change of what is said.
    pub fn changes(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.status.counts())
    }
}

/// The speaker of a claim: the fullest name, or else the source as written; `None` where nobody is named.
#[must_use]
pub fn speaker(claim: &Claim) -> Option<&str> {
    let source = claim.source.as_ref()?;
    let name = source.speaker.as_deref().unwrap_or(&source.text);
    (!name.trim().is_empty()).then_some(name)
}

/// The words that attribute the claim, if there is more to them than a mark: a colon alone is no verb to be read.
pub(crate) fn verb(claim: &Claim) -> Option<&Cue> {
    claim.cue.as_ref().filter(|cue| cue.text.contains(char::is_alphanumeric))
}

/// What sort of speaker a claim has. Of whom only a document is quoted (*a statement from the ministry*) that is not told.
pub(crate) fn speaker_kind(claim: &Claim) -> SourceKind {
    let Some(source) = &claim.source else { return SourceKind::Unknown };
    let is_author = source.speaker.as_ref().is_some_and(|speaker| *speaker != source.text);
    if source.kind == SourceKind::Document && is_author { SourceKind::Unknown } else { source.kind }
}

/// What makes two spellings of a speaker's name one speaker.
pub(crate) fn speaker_key(name: &str) -> String {
    fold(name).into_owned()
}

fn threads(states: &[LogEntry], versions: &[StoredVersion], events: Vec<Event>) -> Vec<Thread> {
    let at: HashMap<VersionId, usize> = versions.iter().enumerate().map(|(at, version)| (version.id, at)).collect();
    let mut threads: BTreeMap<ThreadId, Thread> = BTreeMap::new();
    for (state, entry) in states.iter().enumerate() {
        let Some((&version, stored)) = at.get(&entry.state.version).and_then(|at| Some((at, versions.get(*at)?)))
        else {
            continue;
        };
        for (claim, stored) in stored.claims.iter().enumerate() {
            let Some(id) = stored.thread else { continue };
            let thread = threads.entry(id).or_insert_with(|| Thread { id, forms: Vec::new(), events: Vec::new() });
            thread.forms.push(Place { state, version, claim });
        }
    }
    // While another process records, an event may be newer than the versions that were read: it waits for the next look.
    for event in events {
        if let Some(thread) = threads.get_mut(&event.thread) {
            thread.events.push(event);
        }
    }
    let mut threads: Vec<Thread> = threads.into_values().collect();
    threads.sort_by_cached_key(|thread| {
        let last = thread.forms.last().map(|place| (usize::MAX - place.state, place.claim));
        (std::cmp::Reverse((thread.severity(), thread.changes().count())), last, thread.id)
    });
    threads
}
