//! What a site looks up in the history, each of it bounded.

use std::collections::HashSet;
use std::collections::btree_map::{BTreeMap, Entry};

use isnad_core::LanguagePack;
use isnad_diff::{Comparison, Severity, Version, compare};
use isnad_store::{
    ArticleId, ArticleSummary, CaptureId, ChangesFilter, Event, History, Hit, LogEntry, SearchFilter, SearchQuery,
    SpeakerFilter, SpeakerOrder, SpeakerSummary, StoreError, StoredVersion,
};

use super::address::Portion;
use crate::dossier::{Dossier, speaker, speaker_key};
use crate::error::ReportError;

/// The most hits or changes in one answer.
pub(super) const MOST: usize = 100;

/// Changes, each with the article it is of.
pub(super) type Changes = Vec<(Event, ArticleSummary)>;

/// The articles of a portion, and the place from which the next ones follow.
pub(super) fn articles(history: &History, portion: Portion) -> Result<(Vec<ArticleSummary>, Option<i64>), ReportError> {
    let (articles, next) = history.newest_articles(portion.after.map(CaptureId), portion.limit)?;
    Ok((articles, next.map(|capture| capture.0)))
}

/// Each article with its states.
pub(super) fn with_states(
    history: &History,
    articles: Vec<ArticleSummary>,
) -> Result<Vec<(Vec<LogEntry>, ArticleSummary)>, ReportError> {
    let with_states = |article: ArticleSummary| Ok((history.log(article.id)?, article));
    articles.into_iter().map(with_states).collect()
}

/// The speakers of a portion, and the place from which the next ones follow.
pub(super) fn speakers(
    history: &History,
    words: &str,
    portion: Portion,
) -> Result<(Vec<SpeakerSummary>, Option<i64>), ReportError> {
    let name = if words.is_empty() { None } else { Some(SearchQuery::all_of(words)?) };
    let filter = SpeakerFilter { name, ..SpeakerFilter::default() };
    let skipped = usize::try_from(portion.after.unwrap_or_default()).unwrap_or(usize::MAX);
    let end = skipped.saturating_add(portion.limit);
    let (mut speakers, more) = history.speakers(&filter, SpeakerOrder::Claims, Some(end))?;
    speakers.drain(..skipped.min(speakers.len()));
    Ok((speakers, more.then(|| i64::try_from(end).ok()).flatten()))
}

/// The newest changes that fit.
pub(super) fn changes(history: &History, filter: &ChangesFilter) -> Result<Changes, ReportError> {
    let mut articles: BTreeMap<ArticleId, ArticleSummary> = BTreeMap::new();
    let mut changes = Vec::new();
    for event in history.changes(filter)? {
        let article = match articles.entry(event.article) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(history.article(event.article)?),
        };
        changes.push((event, article.clone()));
    }
    Ok(changes)
}

/// The newest changes since a time, at least so severe.
pub(super) fn changes_since(
    history: &History,
    since: Option<chrono::DateTime<chrono::Utc>>,
    severity: Severity,
) -> Result<Changes, ReportError> {
    changes(history, &ChangesFilter { since, severity, limit: MOST, ..Default::default() })
}

/// The newest changes of what the speaker says.
pub(super) fn changes_of_speaker(history: &History, name: &str) -> Result<Changes, ReportError> {
    changes(history, &ChangesFilter { speaker: Some(name.to_owned()), limit: MOST, ..Default::default() })
}

/// Claims with the words; and whether there are more.
pub(super) fn found(history: &History, words: &str) -> Result<(Vec<Hit>, bool), ReportError> {
    let query: SearchQuery = words.parse()?;
    let found = history.search(&query, &SearchFilter::default(), Some(MOST))?;
    Ok((found.hits, found.more))
}

/// How many claims of speakers with the same words in their names are gone through for those of one of them.
const NAMESAKES: usize = 10_000;

/// The claims of the speaker with this name; and whether there are more.
pub(super) fn of_speaker(history: &History, name: &str) -> Result<(Vec<Hit>, bool), ReportError> {
    let query = SearchQuery::all_of(name)?;
    let filter = SearchFilter { speaker: Some(query.clone()), ..SearchFilter::default() };
    let found = history.search(&query, &filter, Some(NAMESAKES))?;
    let key = speaker_key(name);
    let mut hits = found.hits;
    hits.retain(|hit| speaker(&hit.claim.claim).is_some_and(|name| speaker_key(name) == key));
    let more = found.more || hits.len() > MOST;
    hits.truncate(MOST);
    match hits.is_empty() {
        true => Err(ReportError::NoSuchSpeaker { name: name.to_owned() }),
        false => Ok((hits, more)),
    }
}

/// What changed in the histories of the claims that are found, the newest first.
pub(super) fn changes_of_found(history: &History, words: &str) -> Result<Changes, ReportError> {
    let mut changes = Vec::new();
    let mut seen = HashSet::new();
    for hit in found(history, words)?.0.into_iter().filter(|hit| hit.changes > 0) {
        let Some(thread) = hit.claim.thread.filter(|thread| seen.insert(*thread)) else { continue };
        let article = history.article(hit.claim.article)?;
        let events = history.thread(thread)?.events.into_iter().filter(|event| event.status.counts());
        changes.extend(events.map(|event| (event, article.clone())));
    }
    changes.sort_by_key(|(event, _)| std::cmp::Reverse((event.not_after.time, event.id)));
    changes.truncate(MOST);
    Ok(changes)
}

/// The versions of these numbers; without numbers the first and the newest.
pub(super) fn versions(
    dossier: &Dossier,
    old: Option<u32>,
    new: Option<u32>,
) -> Result<(&StoredVersion, &StoredVersion), ReportError> {
    let article = dossier.article.id;
    let numbered = |number: u32| {
        let found = dossier.versions.iter().find(|version| version.number == Some(number));
        found.ok_or(StoreError::NoSuchVersion { article, number, versions: dossier.article.versions })
    };
    let newest = dossier.newest().ok_or(StoreError::NoVersion { article })?;
    Ok((numbered(old.unwrap_or(1))?, new.map_or(Ok(newest), numbered)?))
}

/// What became of the claims of one version in the other; `None` where no pack that ships knows the language.
pub(super) fn compared(old: &StoredVersion, new: &StoredVersion) -> Option<Comparison> {
    let pack = LanguagePack::builtin(new.article.metadata.language?)?;
    let claims = |version: &StoredVersion| version.claims.iter().map(|stored| stored.claim.clone()).collect::<Vec<_>>();
    let (old_claims, new_claims) = (claims(old), claims(new));
    let old = Version { article: &old.article, claims: &old_claims };
    let new = Version { article: &new.article, claims: &new_claims };
    Some(compare(old, new, pack))
}
