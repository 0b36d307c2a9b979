//! Formats of whole articles: annotations, linked data, a feed, a note.

use std::cell::RefCell;

use isnad_report::export::{annotation, iri, note, schema_org};
use isnad_report::{Dossier, FeedHead, Pages};
use isnad_store::{ArticleId, ArticleSummary, ChangesFilter, Event};
use serde::Serialize;
use serde::ser::{Error, SerializeSeq, Serializer};
use serde_json::Value;

use super::{Job, Out};
use crate::command_error::CommandError;
use crate::output::json::write_pretty;

/// The most changes in a feed.
const MOST: usize = 200;

/// A page of annotations.
#[derive(Serialize)]
struct AnnotationPage<'n> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    r#type: &'static str,
    items: &'n Nodes<'n>,
}

/// Linked data.
#[derive(Serialize)]
struct Graph<'n> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: &'n Nodes<'n>,
}

/// Each claim of the newest versions as a W3C Web Annotation, in one page of annotations.
pub(super) fn annotations(job: &Job<'_>, out: &mut Out<'_>) -> Result<(), CommandError> {
    let nodes = Nodes::new(job, annotation::annotations);
    let id = name(job, "annotations")?;
    nodes.write(out, &AnnotationPage { context: annotation::CONTEXT, id, r#type: "AnnotationPage", items: &nodes })
}

/// Articles, versions, claims and quotations as schema.org knows them.
pub(super) fn schema_org(job: &Job<'_>, out: &mut Out<'_>) -> Result<(), CommandError> {
    let nodes = Nodes::new(job, schema_org::graph);
    nodes.write(out, &Graph { context: schema_org::CONTEXT, graph: &nodes })
}

/// What each article gives to a document, made as it is written: one article is in memory at a time.
struct Nodes<'n> {
    job: &'n Job<'n>,
    of: fn(&Dossier) -> Vec<Value>,
    /// Why an article could not be read, which a serialiser cannot tell.
    failed: RefCell<Option<CommandError>>,
}

impl<'n> Nodes<'n> {
    const fn new(job: &'n Job<'n>, of: fn(&Dossier) -> Vec<Value>) -> Self {
        Self { job, of, failed: RefCell::new(None) }
    }

    /// Writes the document that holds them.
    fn write(&self, mut out: &mut Out<'_>, document: &impl Serialize) -> Result<(), CommandError> {
        let written = write_pretty(&mut out, document);
        match self.failed.take() {
            Some(failed) => Err(failed),
            None => Ok(written?),
        }
    }
}

impl Serialize for Nodes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let read = |failed: CommandError| {
            self.failed.replace(Some(failed));
            S::Error::custom("an article cannot be read")
        };
        let mut nodes = serializer.serialize_seq(None)?;
        for article in articles(self.job).map_err(read)? {
            let dossier = Dossier::read(self.job.history, article).map_err(|error| read(error.into()))?;
            (self.of)(&dossier).iter().try_for_each(|node| nodes.serialize_element(node))?;
        }
        nodes.end()
    }
}

/// What the articles say in a note for editors.
pub(super) fn notes(job: &Job<'_>, out: &mut Out<'_>) -> Result<(), CommandError> {
    let pages = Pages::in_language(job.ui_language)?;
    for article in articles(job)? {
        let text = note::note(&Dossier::read(job.history, article)?, pages.texts());
        out.write_all(text.as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The newest changes as an Atom feed.
pub(super) fn atom(job: &Job<'_>, out: &mut Out<'_>) -> Result<(), CommandError> {
    let pages = Pages::in_language(job.ui_language)?;
    let mut changes: Vec<(Event, ArticleSummary)> = Vec::new();
    let of = |article| ChangesFilter { article, limit: MOST, ..Default::default() };
    let wanted: Vec<Option<ArticleId>> =
        job.articles.map_or_else(|| vec![None], |articles| articles.iter().copied().map(Some).collect());
    for article in wanted {
        for event in job.history.changes(&of(article))? {
            let article = job.history.article(event.article)?;
            changes.push((event, article));
        }
        // However many articles are asked for, no more is kept than is wanted.
        changes.sort_by_key(|(event, _)| {
            std::cmp::Reverse((event.not_after.time, event.not_after.capture, event.severity))
        });
        changes.truncate(MOST);
    }
    let title = pages.texts().word("site", "newest");
    let id = name(job, "changes")?;
    let head = FeedHead { id: &id, title, address: None, site: None };
    Ok(out.write_all(pages.feed(job.history, head, &changes)?.as_bytes())?)
}

/// What names a document of a kind on what is exported.
fn name(job: &Job<'_>, kind: &str) -> Result<String, CommandError> {
    let Some(wanted) = job.articles else {
        return Ok(iri::of_history(kind, job.history, job.history.articles()?.first())?);
    };
    let names = wanted.iter().map(|article| Ok(iri::article(job.history, &job.history.article(*article)?)?));
    let names = names.collect::<Result<Vec<String>, CommandError>>()?;
    Ok(iri::of_articles(kind, &names.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn articles(job: &Job<'_>) -> Result<Vec<ArticleId>, CommandError> {
    Ok(match job.articles {
        Some(articles) => articles.to_vec(),
        None => job.history.articles()?.into_iter().map(|article| article.id).collect(),
    })
}
