//! The pages of a site that a report alone does not have.

use isnad_core::ENGINE_VERSION;
use isnad_diff::{Comparison, Severity};
use isnad_store::{ArticleSummary, Event, Hit, LogEntry, StoredVersion, ThreadId};
use serde::Serialize;

use super::address::encoded;
use crate::dossier::{Dossier, speaker};
use crate::error::ReportError;
use crate::page::{Links, Pages, Rendered};
use crate::phrase::Foreign;
use crate::shown::LONGEST_NAME;
use crate::view::Named;
use crate::view::Tongue;
use crate::view::card::{Card, Run, hues, plain_runs};
use crate::view::index::ArticleRow;
use crate::view::item::Item;
use crate::view::pane::Pane;
use crate::view::speakers::Directory;
use crate::when::When;

/// Articles, and the newest changes.
#[derive(Debug, Serialize)]
struct IndexBody {
    articles: Vec<ArticleRow>,
    changes: Vec<Item>,
    made_by: String,
}

/// The history of a claim.
#[derive(Debug, Serialize)]
struct ClaimBody {
    claim: Card,
    article: i64,
    title: Option<Foreign>,
    speaker_address: Option<String>,
}

/// Two versions side by side.
#[derive(Debug, Serialize)]
struct CompareBody {
    article: i64,
    title: Option<Foreign>,
    tongue: Tongue,
    versions: Vec<u32>,
    old: Option<u32>,
    new: Option<u32>,
    panes: Vec<Pane>,
    changes: Option<Vec<Item>>,
}

/// Claims that were found, by words or by speaker.
#[derive(Debug, Serialize)]
struct FoundBody<'a> {
    words: &'a str,
    /// The address of the feed.
    feed: String,
    is_speaker: bool,
    hits: Option<Vec<Found>>,
    changes: Vec<Item>,
}

/// A claim that was found.
#[derive(Debug, Serialize)]
struct Found {
    article: i64,
    title: Option<Foreign>,
    thread: Option<i64>,
    speaker: Option<Foreign>,
    speaker_address: Option<String>,
    tongue: Tongue,
    runs: Vec<Run>,
    first: When,
    last: When,
    changes: u32,
    stands: bool,
}

/// The newest changes.
#[derive(Debug, Serialize)]
struct ChangesBody {
    changes: Vec<Item>,
    severity: Named,
    feed: String,
}

/// A page that says one thing.
#[derive(Debug, Serialize)]
struct AstrayBody<'a> {
    said: &'a str,
}

impl Pages {
    /// The list of articles and the newest changes, for a folder of reports: one is in `article-N.html`.
    ///
    /// # Errors
    /// If a template is broken.
    pub fn folder_index(
        &self,
        articles: &[(Vec<LogEntry>, ArticleSummary)],
        changes: &[(Event, ArticleSummary)],
    ) -> Result<String, ReportError> {
        Ok(self.index_with(Links::folder(), articles, changes)?.html)
    }

    pub(super) fn index(
        &self,
        articles: &[(Vec<LogEntry>, ArticleSummary)],
        changes: &[(Event, ArticleSummary)],
    ) -> Result<Rendered, ReportError> {
        self.index_with(Links::served(), articles, changes)
    }

    fn index_with(
        &self,
        links: Links,
        articles: &[(Vec<LogEntry>, ArticleSummary)],
        changes: &[(Event, ArticleSummary)],
    ) -> Result<Rendered, ReportError> {
        let texts = self.texts();
        let body = IndexBody {
            articles: articles.iter().map(|(log, article)| ArticleRow::new(article, log, texts)).collect(),
            changes: self.items(changes),
            made_by: texts.fill("page", "made_by", &[("version", ENGINE_VERSION)]),
        };
        self.page("index.html", texts.word("site", "title"), Some(links), body)
    }

    pub(super) fn claim(&self, dossier: &Dossier, id: ThreadId) -> Result<Rendered, ReportError> {
        let found = dossier.threads.iter().find(|thread| thread.id == id);
        let card = found.and_then(|thread| {
            let claim = &dossier.newest_form(thread)?.claim;
            let card = Card::new(dossier, thread, &Directory::new(dossier), &hues(dossier), self.texts())?;
            Some((card, speaker(claim).map(encoded)))
        });
        let Some((claim, speaker_address)) = card else { return self.astray(self.texts().word("site", "not_there")) };
        let title = dossier.article.title.as_deref().map(|title| Foreign::new(title, LONGEST_NAME));
        let body = ClaimBody { claim, article: dossier.article.id.0, title, speaker_address };
        let name = format!("{} {id}", self.texts().word("timeline", "claim"));
        self.page("claim.html", &name, Some(Links::served()), body)
    }

    pub(super) fn compare(
        &self,
        dossier: &Dossier,
        old: &StoredVersion,
        new: &StoredVersion,
        comparison: Option<&Comparison>,
    ) -> Result<Rendered, ReportError> {
        let texts = self.texts();
        let hues = hues(dossier);
        let language = new.article.metadata.language;
        let id = dossier.article.id.0;
        let changes = comparison.map(|found| {
            found.changes.iter().filter_map(|change| Item::between(change, language, id, texts)).collect()
        });
        let title = dossier.article.title.as_deref().map(|title| Foreign::new(title, LONGEST_NAME));
        let name = title.as_ref().map_or_else(|| texts.word("page", "untitled").to_owned(), |title| title.text.clone());
        let body = CompareBody {
            article: id,
            title,
            tongue: Tongue::of(language),
            versions: dossier.versions.iter().filter_map(|version| version.number).collect(),
            old: old.number,
            new: new.number,
            panes: [old, new].into_iter().filter_map(|version| Pane::new(dossier, version, &hues, texts)).collect(),
            changes,
        };
        self.page("compare.html", &name, Some(Links::served()), body)
    }

    pub(super) fn speaker(
        &self,
        name: &str,
        address: &str,
        hits: &[Hit],
        changes: &[(Event, ArticleSummary)],
    ) -> Result<Rendered, ReportError> {
        let name = Foreign::new(name, LONGEST_NAME).text;
        let hits = Some(hits.iter().map(|hit| self.found(hit)).collect());
        let feed = format!("/speakers/{address}.atom");
        let body = FoundBody { words: &name, feed, is_speaker: true, hits, changes: self.items(changes) };
        self.page("found.html", &name, Some(Links::served()), body)
    }

    pub(super) fn search(&self, words: &str, hits: Option<&[Hit]>) -> Result<Rendered, ReportError> {
        let words = Foreign::new(words, LONGEST_NAME).text;
        let hits = hits.map(|hits| hits.iter().map(|hit| self.found(hit)).collect());
        let feed = format!("/search.atom?q={}", encoded(&words));
        let body = FoundBody { words: &words, feed, is_speaker: false, hits, changes: Vec::new() };
        let links = Links::served().asking(&words);
        self.page("found.html", self.texts().word("site", "search"), Some(links), body)
    }

    pub(super) fn changes(
        &self,
        severity: Severity,
        changes: &[(Event, ArticleSummary)],
    ) -> Result<Rendered, ReportError> {
        let severity = Named::new(self.texts(), "severity", &severity);
        let feed = format!("/changes.atom?severity={}", severity.name);
        let body = ChangesBody { changes: self.items(changes), severity, feed };
        self.page("changes.html", self.texts().word("site", "newest"), Some(Links::served()), body)
    }

    pub(super) fn astray(&self, said: &str) -> Result<Rendered, ReportError> {
        self.page("astray.html", said, Some(Links::served()), AstrayBody { said })
    }

    fn items(&self, changes: &[(Event, ArticleSummary)]) -> Vec<Item> {
        changes.iter().filter_map(|(event, article)| Item::of(event, article, self.texts())).collect()
    }

    fn found(&self, hit: &Hit) -> Found {
        let name = speaker(&hit.claim.claim);
        Found {
            article: hit.claim.article.0,
            title: hit.title.as_deref().map(|title| Foreign::new(title, LONGEST_NAME)),
            thread: hit.claim.thread.map(|thread| thread.0),
            speaker: name.map(|name| Foreign::new(name, LONGEST_NAME)),
            speaker_address: name.map(encoded),
            tongue: Tongue::of(None),
            runs: plain_runs(&hit.claim.claim.content.text, &hit.content_marks),
            first: When::new(hit.first_seen, self.texts()),
            last: When::new(hit.last_seen, self.texts()),
            changes: hit.changes,
            stands: hit.stands,
        }
    }
}
