//! What stands at an address.

use std::collections::HashSet;
use std::collections::btree_map::{BTreeMap, Entry};

use isnad_core::{ENGINE_VERSION, LanguagePack};
use isnad_diff::{Comparison, Version, compare};
use isnad_store::{
    ArticleId, ArticleSummary, ChangesFilter, Event, History, Hit, LogEntry, SearchFilter, SearchQuery, StoreError,
    StoredVersion, ThreadId,
};
use serde::Serialize;

use super::address::{Address, Astray, Form, encoded};
use super::{ArticleData, ChangeData, in_code_points};
use crate::dossier::{Dossier, speaker, speaker_key};
use crate::error::ReportError;
use crate::feed::FeedHead;
use crate::page::{Pages, Rendered};
use crate::policy;

/// The most articles, hits or changes in one answer.
const MOST: usize = 100;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// The path of the URL, as it was sent.
    pub path: &'r str,
    /// Its query, without the question mark.
    pub query: &'r str,
    /// The form that is wanted if the path does not say it.
    pub wanted: Form,
    /// The site's own address without a slash at the end, such as `http://127.0.0.1:7373`.
    pub site: &'r str,
}

/// What stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code of HTTP.
    pub status: u16,
    /// The type of the body.
    pub kind: &'static str,
    /// The body.
    pub body: String,
    /// The Content-Security-Policy of the body.
    pub policy: String,
}

/// The pages of a history.
#[derive(Debug)]
pub struct Site {
    pages: Pages,
}

/// Claims that were found, with the changes of their histories.
#[derive(Debug, Serialize)]
struct FoundData<'f> {
    more: bool,
    claims: Vec<HitData<'f>>,
}

/// A claim that was found.
#[derive(Debug, Serialize)]
struct HitData<'f> {
    article: ArticleId,
    title: Option<&'f str>,
    history: Option<ThreadId>,
    content: &'f str,
    speaker: Option<&'f str>,
    first_seen: chrono::DateTime<chrono::Utc>,
    last_seen: chrono::DateTime<chrono::Utc>,
    versions: u32,
    stands: bool,
    changes: u32,
}

/// Two versions compared, as data.
#[derive(Debug, Serialize)]
struct CompareData<'c> {
    article: &'c ArticleSummary,
    old: Option<u32>,
    new: Option<u32>,
    summary: Option<isnad_diff::Summary>,
    changes: Vec<ChangeData<'c>>,
}

/// What was got, before it takes a form.
enum Got {
    Page(Rendered),
    Json(String),
    Atom(String),
}

impl Site {
    /// A site with these pages.
    #[must_use]
    pub const fn new(pages: Pages) -> Self {
        Self { pages }
    }

    /// What stands at an address; an address that leads nowhere is answered with a page that says so.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn answer(&self, history: &History, request: &Request<'_>) -> Result<Answer, ReportError> {
        let (address, form) = match Address::read(request.path, request.query) {
            Ok((address, form)) => (address, form.unwrap_or(request.wanted)),
            Err(Astray::Unknown) => return self.astray(404, "no_address", request.wanted),
            Err(Astray::Query(_)) => return self.astray(400, "bad_query", request.wanted),
        };
        let got = match form {
            Form::Atom if !address.has_feed() => return self.astray(404, "no_address", Form::Html),
            Form::Atom => self.feed(history, &address, request).map(Got::Atom),
            Form::Json => data(history, &address).map(Got::Json),
            Form::Html => match address {
                Address::OpenApi => data(history, &address).map(Got::Json),
                _ => self.page(history, &address).map(Got::Page),
            },
        };
        match got {
            Ok(got) => Ok(Answer::of(got)),
            Err(ReportError::Store(error)) if is_missing(&error) => self.astray(404, "not_there", form),
            Err(ReportError::Store(StoreError::InvalidQuery { .. })) => self.astray(400, "bad_query", form),
            Err(error) => Err(error),
        }
    }

    fn astray(&self, status: u16, key: &str, form: Form) -> Result<Answer, ReportError> {
        let word = self.pages.texts().word("site", key);
        let got = match form {
            Form::Json => Got::Json(serde_json::json!({ "error": word }).to_string()),
            Form::Html | Form::Atom => Got::Page(self.pages.astray(word)?),
        };
        Ok(Answer { status, ..Answer::of(got) })
    }

    fn page(&self, history: &History, address: &Address) -> Result<Rendered, ReportError> {
        let pages = &self.pages;
        match address {
            Address::Article(id) => pages.article(&Dossier::read(history, *id)?),
            Address::Claim(id) => {
                let dossier = Dossier::read(history, history.thread(*id)?.article)?;
                pages.claim(&dossier, *id)
            }
            Address::Compare { article, old, new } => {
                let dossier = Dossier::read(history, *article)?;
                let (old, new) = chosen(&dossier, *old, *new)?;
                pages.compare(&dossier, old, new, compared(old, new).as_ref())
            }
            Address::Speaker(name) => {
                let changes = changes_of(history, &speakers_changes(name))?;
                pages.speaker(name, &encoded(name), &hits_of(history, name)?, &changes)
            }
            Address::Search { words } if words.is_empty() => pages.search(words, None),
            Address::Search { words } => pages.search(words, Some(&search(history, words)?)),
            Address::Changes { since, severity } => {
                let filter = ChangesFilter { since: *since, severity: *severity, limit: MOST, ..Default::default() };
                pages.changes(*severity, &changes_of(history, &filter)?)
            }
            Address::Articles | Address::OpenApi => {
                let newest = ChangesFilter { limit: 20, ..Default::default() };
                pages.index(&with_states(history)?, &changes_of(history, &newest)?)
            }
        }
    }

    fn feed(&self, history: &History, address: &Address, request: &Request<'_>) -> Result<String, ReportError> {
        let filter = |filter: ChangesFilter| ChangesFilter { limit: MOST, ..filter };
        let (title, changes) = match address {
            Address::Article(id) => {
                let article = history.article(*id)?;
                let title = article.title.unwrap_or(article.key);
                (title, changes_of(history, &filter(ChangesFilter { article: Some(*id), ..Default::default() }))?)
            }
            Address::Claim(id) => {
                let thread = history.thread(*id)?;
                let article = history.article(thread.article)?;
                let title = article.title.clone().unwrap_or_else(|| article.key.clone());
                let events = thread.events.into_iter().rev().filter(|event| event.status.counts());
                (title, events.map(|event| (event, article.clone())).collect())
            }
            Address::Speaker(name) => (name.clone(), changes_of(history, &speakers_changes(name))?),
            Address::Search { words } => (words.clone(), changes_of_hits(history, words)?),
            Address::Changes { since, severity } => {
                let filter = filter(ChangesFilter { since: *since, severity: *severity, ..Default::default() });
                (self.pages.texts().word("site", "newest").to_owned(), changes_of(history, &filter)?)
            }
            Address::Articles | Address::Compare { .. } | Address::OpenApi => (String::new(), Vec::new()),
        };
        let query = if request.query.is_empty() { String::new() } else { format!("?{}", request.query) };
        let address = format!("{}{}{query}", request.site, request.path);
        let head = FeedHead { id: &address, title: &title, address: Some(&address), site: Some(request.site) };
        self.pages.feed(head, &changes)
    }
}

impl Answer {
    fn of(got: Got) -> Self {
        let (kind, body, policy) = match got {
            Got::Page(page) => ("text/html; charset=utf-8", page.html, page.policy),
            Got::Json(body) => ("application/json", body, policy::NOTHING.to_owned()),
            Got::Atom(body) => ("application/atom+xml; charset=utf-8", body, policy::NOTHING.to_owned()),
        };
        Self { status: 200, kind, body, policy }
    }
}

/// Whether what was asked for is not in the history.
const fn is_missing(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::NoSuchArticle { .. }
            | StoreError::NoSuchThread { .. }
            | StoreError::NoSuchVersion { .. }
            | StoreError::NoVersion { .. }
    )
}

/// The description of the addresses.
const OPENAPI: &str = include_str!("../../assets/openapi.json");

/// The same as data.
fn data(history: &History, address: &Address) -> Result<String, ReportError> {
    Ok(match address {
        Address::OpenApi => OPENAPI.replace("{{version}}", ENGINE_VERSION),
        Address::Articles => serde_json::to_string(&history.articles()?)?,
        Address::Article(id) => serde_json::to_string(&ArticleData::new(&Dossier::read(history, *id)?))?,
        Address::Claim(id) => {
            let thread = history.thread(*id)?;
            let dossier = Dossier::read(history, thread.article)?;
            serde_json::to_string(&in_code_points(thread, &dossier))?
        }
        Address::Compare { article, old, new } => {
            let dossier = Dossier::read(history, *article)?;
            let (old, new) = chosen(&dossier, *old, *new)?;
            let comparison = compared(old, new);
            serde_json::to_string(&CompareData {
                article: &dossier.article,
                old: old.number,
                new: new.number,
                summary: comparison.as_ref().map(|comparison| comparison.summary),
                changes: comparison.iter().flat_map(|c| &c.changes).map(ChangeData::between).collect(),
            })?
        }
        Address::Speaker(name) => {
            let hits = hits_of(history, name)?;
            serde_json::to_string(&FoundData { more: false, claims: hits.iter().map(HitData::new).collect() })?
        }
        Address::Search { words } => {
            let (hits, more) = if words.is_empty() { (Vec::new(), false) } else { found(history, words)? };
            serde_json::to_string(&FoundData { more, claims: hits.iter().map(HitData::new).collect() })?
        }
        Address::Changes { since, severity } => {
            let filter = ChangesFilter { since: *since, severity: *severity, limit: MOST, ..Default::default() };
            let changes = changes_of(history, &filter)?;
            let data: Vec<ChangeData> = changes.iter().map(|(event, article)| ChangeData::of(event, article)).collect();
            serde_json::to_string(&data)?
        }
    })
}

impl<'f> HitData<'f> {
    fn new(hit: &'f Hit) -> Self {
        Self {
            article: hit.claim.article,
            title: hit.title.as_deref(),
            history: hit.claim.thread,
            content: &hit.claim.claim.content.text,
            speaker: speaker(&hit.claim.claim),
            first_seen: hit.first_seen,
            last_seen: hit.last_seen,
            versions: hit.versions,
            stands: hit.stands,
            changes: hit.changes,
        }
    }
}

/// The articles, those captured last first, each with its states.
fn with_states(history: &History) -> Result<Vec<(Vec<LogEntry>, ArticleSummary)>, ReportError> {
    let mut articles = history.articles()?;
    articles.sort_by_key(|article| std::cmp::Reverse(article.last_captured));
    articles.truncate(MOST);
    let with_states = |article: ArticleSummary| Ok((history.log(article.id)?, article));
    articles.into_iter().map(with_states).collect()
}

/// Changes with the articles they are of.
fn changes_of(history: &History, filter: &ChangesFilter) -> Result<Vec<(Event, ArticleSummary)>, ReportError> {
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

fn speakers_changes(name: &str) -> ChangesFilter {
    ChangesFilter { speaker: Some(name.to_owned()), limit: MOST, ..Default::default() }
}

fn found(history: &History, words: &str) -> Result<(Vec<Hit>, bool), ReportError> {
    let query: SearchQuery = words.parse()?;
    let found = history.search(&query, &SearchFilter::default(), Some(MOST))?;
    Ok((found.hits, found.more))
}

fn search(history: &History, words: &str) -> Result<Vec<Hit>, ReportError> {
    Ok(found(history, words)?.0)
}

/// The claims of the speaker with this name.
fn hits_of(history: &History, name: &str) -> Result<Vec<Hit>, ReportError> {
    let query = SearchQuery::all_of(name)?;
    let filter = SearchFilter { speaker: Some(query.clone()), ..SearchFilter::default() };
    let mut hits = history.search(&query, &filter, Some(MOST))?.hits;
    let key = speaker_key(name);
    hits.retain(|hit| speaker(&hit.claim.claim).is_some_and(|name| speaker_key(name) == key));
    match hits.is_empty() {
        true => Err(StoreError::NoSuchArticle { reference: name.to_owned() }.into()),
        false => Ok(hits),
    }
}

/// What changed in the histories of the claims that are found, the newest first.
fn changes_of_hits(history: &History, words: &str) -> Result<Vec<(Event, ArticleSummary)>, ReportError> {
    let mut changes = Vec::new();
    let mut seen = HashSet::new();
    for hit in search(history, words)?.into_iter().filter(|hit| hit.changes > 0) {
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
fn chosen(
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
fn compared(old: &StoredVersion, new: &StoredVersion) -> Option<Comparison> {
    let pack = LanguagePack::builtin(new.article.metadata.language?)?;
    let claims = |version: &StoredVersion| version.claims.iter().map(|stored| stored.claim.clone()).collect::<Vec<_>>();
    let (old_claims, new_claims) = (claims(old), claims(new));
    let old = Version { article: &old.article, claims: &old_claims };
    let new = Version { article: &new.article, claims: &new_claims };
    Some(compare(old, new, pack))
}
