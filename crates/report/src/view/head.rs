//! The head of a report: which article, which captures, how sure.

use isnad_core::ENGINE_VERSION;
use isnad_store::{CaptureStatus, EventStatus, Gone, StoredVersion};
use serde::Serialize;

use super::Tongue;
use crate::dossier::{Dossier, Thread};
use crate::phrase::Foreign;
use crate::shown::{LONGEST_NAME, link};
use crate::texts::Texts;
use crate::when::{When, between};

/// The head of a report.
#[derive(Debug, Serialize)]
pub(crate) struct Head {
    number: i64,
    pub(crate) title: Option<Foreign>,
    tongue: Tongue,
    /// An address that a browser may be sent to.
    link: Option<String>,
    address: Foreign,
    language: Option<String>,
    figures: Vec<Figure>,
    first_captured: When,
    last_captured: When,
    published: Option<Foreign>,
    read_by: Vec<String>,
    /// Whether there are versions to put side by side.
    is_comparable: bool,
    sure: Vec<String>,
    made_by: String,
}

/// A number with what it counts.
#[derive(Debug, Serialize)]
struct Figure {
    number: usize,
    word: String,
}

impl Head {
    pub(crate) fn new(dossier: &Dossier, texts: &Texts) -> Self {
        let article = &dossier.article;
        let newest = dossier.newest();
        let address = article.url.as_deref().unwrap_or(&article.key);
        let published = newest.and_then(|version| version.article.metadata.published.as_deref());
        Self {
            number: article.id.0,
            title: article.title.as_deref().map(|title| Foreign::new(title, LONGEST_NAME)),
            tongue: Tongue::of(dossier.language()),
            link: link(address).map(str::to_owned),
            address: Foreign::new(address, LONGEST_NAME),
            language: dossier.language().map(|language| texts.word("language", &language.to_string()).to_owned()),
            figures: figures(dossier, texts),
            first_captured: When::new(article.first_captured, texts),
            last_captured: When::new(article.last_captured, texts),
            published: published.map(|time| Foreign::new(time, LONGEST_NAME)),
            read_by: readers(&dossier.versions),
            is_comparable: dossier.versions.len() > 1,
            sure: sure(dossier, texts),
            made_by: texts.fill("page", "made_by", &[("version", ENGINE_VERSION)]),
        }
    }
}

fn figures(dossier: &Dossier, texts: &Texts) -> Vec<Figure> {
    let figure = |key, number| Figure { number, word: texts.word("head", key).to_owned() };
    let failed = dossier.captures.iter().filter(|capture| capture.status != CaptureStatus::Ok).count();
    let mut figures = vec![
        figure("captures", dossier.captures.len()),
        figure("versions", dossier.versions.len()),
        figure("claims", dossier.claims_now()),
        figure("changes", dossier.threads.iter().map(|thread| thread.changes().count()).sum()),
    ];
    // Whether something changed there is not known; it is among the changes, so as not to be overlooked.
    let events = dossier.threads.iter().flat_map(Thread::changes);
    let ambiguous = events.filter(|event| event.status == EventStatus::Ambiguous).count();
    if ambiguous > 0 {
        figures.push(figure("ambiguous", ambiguous));
    }
    if failed > 0 {
        figures.push(figure("failed", failed));
    }
    figures
}

/// By which engines and packs the versions were read.
fn readers(versions: &[StoredVersion]) -> Vec<String> {
    let mut readers: Vec<String> = versions
        .iter()
        .map(|version| match &version.pack {
            Some(pack) => format!("isnad {}, {pack}", version.engine),
            None => format!("isnad {}", version.engine),
        })
        .collect();
    readers.dedup();
    readers.truncate(8);
    readers
}

/// What is to be said of how sure the report is.
fn sure(dossier: &Dossier, texts: &Texts) -> Vec<String> {
    let mut said = Vec::new();
    let is_sure = dossier.captures.iter().all(|capture| capture.status == CaptureStatus::Ok);
    said.push(texts.word("head", if is_sure { "all_sure" } else { "some_unsure" }).to_owned());
    let is_unlike = dossier.threads.iter().flat_map(|thread| &thread.events).any(|event| !event.unlike.is_empty());
    if is_unlike {
        said.push(texts.word("head", "unlike").to_owned());
    }
    said.extend(Gone::of(&dossier.captures).map(|gone| told_gone(&gone, texts)));
    said.push(texts.word("page", "times").to_owned());
    said
}

/// That the article is gone, and between which two captures that came.
fn told_gone(gone: &Gone, texts: &Texts) -> String {
    let after = gone.not_after.time;
    match gone.not_before {
        Some(before) => {
            let when = between(before.time, after, texts);
            texts.fill("head", "gone", &[("when", &when), ("reason", &gone.reason)])
        }
        None => {
            let when = When::new(after, texts).words;
            texts.fill("head", "never_there", &[("when", &when), ("reason", &gone.reason)])
        }
    }
}
