//! What a site looks up in the history, each of it bounded.

use std::collections::btree_map::{BTreeMap, Entry};

use isnad_core::LanguagePack;
use isnad_diff::{Comparison, Severity, Version, compare};
use isnad_store::{
    ArticleId, ArticleSummary, CaptureId, ChangesFilter, Event, History, Hit, LogEntry, SearchFilter, SearchQuery,
    SpeakerFilter, SpeakerOrder, SpeakerSummary, State, StoreError, StoredVersion, ThreadId,
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
    let key = speaker_key(name);
    let look = |limit: usize| {
        let mut found = history.search(&query, &filter, Some(limit))?;
        found.hits.retain(|hit| speaker(&hit.claim.claim).is_some_and(|name| speaker_key(name) == key));
        Ok::<_, ReportError>(found)
    };
    // Few speakers have namesakes: those of others are gone through only where claims of this one are wanting.
    let mut found = look(MOST + 1)?;
    if found.more && found.hits.len() <= MOST {
        found = look(NAMESAKES)?;
    }
    let mut hits = found.hits;
    let more = found.more || hits.len() > MOST;
    hits.truncate(MOST);
    match hits.is_empty() {
        true => Err(ReportError::NoSuchSpeaker { name: name.to_owned() }),
        false => Ok((hits, more)),
    }
}

/// The newest changes of claims with the words.
pub(super) fn changes_with(history: &History, words: &str) -> Result<Changes, ReportError> {
    changes(history, &ChangesFilter { words: Some(words.parse()?), limit: MOST, ..Default::default() })
}

/// The versions of a portion with what changed when they came, and the place from which the next ones follow.
pub(super) fn versions_in(
    history: &History,
    article: ArticleId,
    portion: Portion,
) -> Result<(Dossier, Vec<Event>, Option<i64>), ReportError> {
    let states = history.log(article)?;
    let after = portion.after.unwrap_or_default();
    let end = after.saturating_add(i64::try_from(portion.limit).unwrap_or(i64::MAX));
    let is_wanted = |state: &State| after < i64::from(state.number) && i64::from(state.number) <= end;
    let events = brought(history, &states, is_wanted)?;
    let more = states.iter().any(|entry| i64::from(entry.state.number) > end);
    Ok((Dossier::of_versions(history, article, states, is_wanted, Vec::new())?, events, more.then_some(end)))
}

/// What two versions of an article need to be shown side by side, with their numbers: the first and the newest where none
/// is given.
pub(super) fn pair(
    history: &History,
    article: ArticleId,
    old: Option<u32>,
    new: Option<u32>,
) -> Result<(Dossier, u32, u32), ReportError> {
    let states = history.log(article)?;
    let newest = states.last().ok_or(StoreError::NoVersion { article })?.state.number;
    let (old, new) = (old.unwrap_or(1), new.unwrap_or(newest));
    let is_wanted = |state: &State| [old, new].contains(&state.number);
    let events = brought(history, &states, is_wanted)?;
    Ok((Dossier::of_versions(history, article, states, is_wanted, events)?, old, new))
}

/// What changed when some states of an article came, in the order of time.
fn brought(
    history: &History,
    states: &[LogEntry],
    is_wanted: impl Fn(&State) -> bool,
) -> Result<Vec<Event>, ReportError> {
    let mut events = Vec::new();
    for entry in states.iter().filter(|entry| is_wanted(&entry.state)) {
        events.extend(history.events_seen_by(entry.state.first.capture)?);
    }
    Ok(events)
}

/// What the history of a claim needs to be shown: the versions that had it first and last, and what happened between.
pub(super) fn life(history: &History, thread: ThreadId) -> Result<Dossier, ReportError> {
    let thread = history.thread(thread)?;
    let ends = [thread.forms.first(), thread.forms.last()].map(|form| form.map(|form| form.state.version));
    let is_end = |state: &State| ends.contains(&Some(state.version));
    Dossier::of_versions(history, thread.article, history.log(thread.article)?, is_end, thread.events)
}

/// The versions of these numbers.
pub(super) fn versions(dossier: &Dossier, old: u32, new: u32) -> Result<(&StoredVersion, &StoredVersion), ReportError> {
    let article = dossier.article.id;
    let numbered = |number: u32| {
        let found = dossier.versions.iter().find(|version| version.number == Some(number));
        found.ok_or(StoreError::NoSuchVersion { article, number, versions: dossier.article.versions })
    };
    Ok((numbered(old)?, numbered(new)?))
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
