//! The pages of a site that a report alone does not have.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use isnad_core::ENGINE_VERSION;
use isnad_diff::{Comparison, Severity};
use isnad_store::{ArticleSummary, Event, Hit, LogEntry, SpeakerSummary, StoredVersion, ThreadId};
use serde::Serialize;

use super::address::encoded;
use crate::dossier::{Dossier, speaker};
use crate::error::ReportError;
use crate::page::{Links, Pages, Rendered};
use crate::phrase::Foreign;
use crate::shown::{LONGEST_CLAIM, LONGEST_NAME};
use crate::view::Named;
use crate::view::Tongue;
use crate::view::card::{Attribution, Card, Run, looks, plain_runs};
use crate::view::index::ArticleRow;
use crate::view::item::Item;
use crate::view::pane::Pane;
use crate::view::speakers::Directory;
use crate::when::{When, stamp};

/// Articles, and the newest changes.
#[derive(Debug, Serialize)]
struct IndexBody {
    articles: Vec<ArticleRow>,
    /// The address of older articles.
    next: Option<String>,
    /// The newest changes; not with older articles.
    changes: Option<Vec<Item>>,
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

/// Who is quoted.
#[derive(Debug, Serialize)]
struct SpeakersBody<'a> {
    /// The words looked for, as they were written.
    words: &'a str,
    speakers: Vec<SpeakerLine>,
    /// The address of those with fewer claims.
    next: Option<String>,
}

/// A speaker in the list of all.
#[derive(Debug, Serialize)]
struct SpeakerLine {
    name: Foreign,
    address: String,
    claims: u32,
    articles: u32,
    changes: u32,
    first: When,
    last: When,
}

/// Two versions side by side.
#[derive(Debug, Serialize)]
struct CompareBody {
    article: i64,
    title: Option<Foreign>,
    tongue: Tongue,
    versions: BTreeSet<u32>,
    old: Option<u32>,
    new: Option<u32>,
    panes: Vec<Pane>,
    changes: Option<Vec<Item>>,
}

/// Claims that were found, by words or by speaker.
#[derive(Debug, Serialize)]
struct FoundBody {
    words: Option<Foreign>,
    is_speaker: bool,
    hits: Option<Vec<Found>>,
    /// That there are more, where that is so.
    more: Option<String>,
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
    /// By what words it is attributed: without them a denial reads as if it were said.
    says: Attribution,
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
    /// The day since when, if it was asked for.
    since: String,
}

/// A page that says one thing.
#[derive(Debug, Serialize)]
struct AstrayBody<'a> {
    said: &'a str,
    /// What exactly is wrong, where that is known.
    exactly: Option<Foreign>,
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
        Ok(self.index_with(Links::folder().fed_by_all(), articles, Some(changes), None)?.html)
    }

    pub(super) fn index(
        &self,
        articles: &[(Vec<LogEntry>, ArticleSummary)],
        changes: Option<&[(Event, ArticleSummary)]>,
        next: Option<String>,
    ) -> Result<Rendered, ReportError> {
        self.index_with(Links::served().fed_by_all(), articles, changes, next)
    }

    fn index_with(
        &self,
        links: Links,
        articles: &[(Vec<LogEntry>, ArticleSummary)],
        changes: Option<&[(Event, ArticleSummary)]>,
        next: Option<String>,
    ) -> Result<Rendered, ReportError> {
        let texts = self.texts();
        let body = IndexBody {
            articles: articles.iter().map(|(log, article)| ArticleRow::new(article, log, texts)).collect(),
            next,
            changes: changes.map(|changes| self.items(changes)),
            made_by: texts.fill("page", "made_by", &[("version", ENGINE_VERSION)]),
        };
        self.page("index.html", texts.word("site", "title"), Some(links), body)
    }

    pub(super) fn claim(&self, dossier: &Dossier, id: ThreadId) -> Result<Rendered, ReportError> {
        let found = dossier.threads.iter().find(|thread| thread.id == id);
        let card = found.and_then(|thread| {
            let claim = &dossier.newest_form(thread)?.claim;
            let speakers = Directory::new(dossier);
            let card = Card::new(dossier, thread, &speakers, &looks(dossier), usize::MAX, self.texts())?;
            Some((card, speaker(claim).map(encoded)))
        });
        let Some((claim, speaker_address)) = card else {
            return self.astray(self.texts().word("site", "not_there"), None, "");
        };
        let title = dossier.article.title.as_deref().map(|title| Foreign::new(title, LONGEST_NAME));
        let body = ClaimBody { claim, article: dossier.article.id.0, title, speaker_address };
        let name = format!("{} {id}", self.texts().word("claims", "history"));
        let links = Links::served().fed_by(format!("/claims/{id}.atom"));
        self.page("claim.html", &name, Some(links), body)
    }

    pub(super) fn compare(
        &self,
        dossier: &Dossier,
        old: &StoredVersion,
        new: &StoredVersion,
        comparison: Option<&Comparison>,
    ) -> Result<Rendered, ReportError> {
        let texts = self.texts();
        let looks = looks(dossier);
        let language = new.article.metadata.language;
        // A version beside itself is shown once.
        let sides = if old.id == new.id { vec![new] } else { vec![old, new] };
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
            versions: dossier.states.iter().map(|entry| entry.state.number).collect(),
            old: old.number,
            new: new.number,
            panes: sides.into_iter().filter_map(|version| Pane::new(dossier, version, &looks, texts)).collect(),
            changes,
        };
        self.page("compare.html", &name, Some(Links::served()), body)
    }

    pub(super) fn speakers(
        &self,
        words: &str,
        speakers: &[SpeakerSummary],
        next: Option<String>,
    ) -> Result<Rendered, ReportError> {
        let texts = self.texts();
        let line = |speaker: &SpeakerSummary| SpeakerLine {
            name: Foreign::new(&speaker.speaker, LONGEST_NAME),
            address: encoded(&speaker.speaker),
            claims: speaker.claims,
            articles: speaker.articles,
            changes: speaker.changes,
            first: When::plain(speaker.first_seen, texts),
            last: When::plain(speaker.last_seen, texts),
        };
        let body = SpeakersBody { words, speakers: speakers.iter().map(line).collect(), next };
        self.page("speakers.html", texts.word("speakers", "title"), Some(Links::served()), body)
    }

    pub(super) fn speaker(
        &self,
        name: &str,
        address: &str,
        hits: &[Hit],
        more: bool,
        changes: &[(Event, ArticleSummary)],
    ) -> Result<Rendered, ReportError> {
        let links = Links::served().fed_by(format!("/speakers/{address}.atom"));
        let name = Foreign::new(name, LONGEST_NAME);
        let title = name.text.clone();
        let (hits, more) = self.hits(hits, more);
        let changes = self.items(changes);
        let body = FoundBody { words: Some(name), is_speaker: true, hits: Some(hits), more, changes };
        self.page("found.html", &title, Some(links), body)
    }

    pub(super) fn search(&self, words: &str, found: Option<(&[Hit], bool)>) -> Result<Rendered, ReportError> {
        let (hits, more) = found.map(|(hits, more)| self.hits(hits, more)).unzip();
        let links = Links::served().asking(words);
        let links = if hits.is_some() { links.fed_by(format!("/search.atom?q={}", encoded(words))) } else { links };
        let words = (!words.is_empty()).then(|| Foreign::new(words, LONGEST_NAME));
        let body = FoundBody { words, is_speaker: false, hits, more: more.flatten(), changes: Vec::new() };
        self.page("found.html", self.texts().word("site", "search"), Some(links), body)
    }

    /// Claims that were found, and that there are more of them where that is so.
    fn hits(&self, hits: &[Hit], more: bool) -> (Vec<Found>, Option<String>) {
        let said = || self.texts().fill("site", "more_found", &[("count", &hits.len().to_string())]);
        (hits.iter().map(|hit| self.found(hit)).collect(), more.then(said))
    }

    pub(super) fn changes(
        &self,
        since: Option<DateTime<Utc>>,
        severity: Severity,
        changes: &[(Event, ArticleSummary)],
    ) -> Result<Rendered, ReportError> {
        let severity = Named::new(self.texts(), "severity", &severity);
        let from = since.map(|since| format!("&since={}", stamp(since))).unwrap_or_default();
        let links = Links::served().fed_by(format!("/changes.atom?severity={}{from}", severity.name));
        let since = since.map(|since| since.date_naive().to_string()).unwrap_or_default();
        let body = ChangesBody { changes: self.items(changes), severity, since };
        self.page("changes.html", self.texts().word("site", "newest"), Some(links), body)
    }

    /// A page that says why there is nothing, with the words that were looked for.
    pub(super) fn astray(&self, said: &str, exactly: Option<&str>, words: &str) -> Result<Rendered, ReportError> {
        let exactly = exactly.map(|exactly| Foreign::new(exactly, LONGEST_CLAIM));
        self.page("astray.html", said, Some(Links::served().asking(words)), AstrayBody { said, exactly })
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
            says: Attribution::new(&hit.claim.claim, None, self.texts()),
            tongue: Tongue::of(None),
            runs: plain_runs(&hit.claim.claim.content.text, &hit.content_marks),
            first: When::new(hit.first_seen, self.texts()),
            last: When::new(hit.last_seen, self.texts()),
            changes: hit.changes,
            stands: hit.stands,
        }
    }
}
