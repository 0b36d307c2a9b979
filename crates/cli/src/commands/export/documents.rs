//! Formats of whole articles: annotations, linked data, a feed, a note.

use std::io::Write;

use isnad_report::export::{annotation, note, schema_org};
use isnad_report::{Dossier, FeedHead, Pages};
use isnad_store::{ArticleId, ChangesFilter};
use serde_json::{Value, json};

use super::Job;
use crate::command_error::CommandError;
use crate::output::json::write_pretty;

/// The most changes in a feed.
const MOST: usize = 200;

/// Each claim of the newest versions as a W3C Web Annotation, in one page of annotations.
pub(super) fn annotations(job: &Job<'_>, mut out: &mut dyn Write) -> Result<(), CommandError> {
    let items = each(job, annotation::annotations)?;
    let page = json!({
        "@context": annotation::CONTEXT,
        "id": "tag:isnad,2026:annotations",
        "type": "AnnotationPage",
        "items": items,
    });
    Ok(write_pretty(&mut out, &page)?)
}

/// Articles, versions, claims and quotations as schema.org knows them.
pub(super) fn schema_org(job: &Job<'_>, mut out: &mut dyn Write) -> Result<(), CommandError> {
    let graph = each(job, schema_org::graph)?;
    Ok(write_pretty(&mut out, &json!({ "@context": schema_org::CONTEXT, "@graph": graph }))?)
}

/// What the articles say in a note for editors.
pub(super) fn notes(job: &Job<'_>, out: &mut dyn Write) -> Result<(), CommandError> {
    let pages = Pages::in_language(job.ui_language)?;
    for article in articles(job)? {
        let text = note::note(&Dossier::read(job.history, article)?, pages.texts());
        out.write_all(text.as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The newest changes as an Atom feed.
pub(super) fn atom(job: &Job<'_>, out: &mut dyn Write) -> Result<(), CommandError> {
    let pages = Pages::in_language(job.ui_language)?;
    let mut changes = Vec::new();
    let of = |article| ChangesFilter { article, limit: MOST, ..Default::default() };
    let wanted: Vec<Option<ArticleId>> =
        job.articles.map_or_else(|| vec![None], |articles| articles.iter().copied().map(Some).collect());
    for article in wanted {
        for event in job.history.changes(&of(article))? {
            let article = job.history.article(event.article)?;
            changes.push((event, article));
        }
    }
    changes
        .sort_by_key(|(event, _)| std::cmp::Reverse((event.not_after.time, event.not_after.capture, event.severity)));
    changes.truncate(MOST);
    let title = pages.texts().word("site", "newest");
    let head = FeedHead { id: "tag:isnad,2026:changes", title, address: None, site: None };
    Ok(out.write_all(pages.feed(head, &changes)?.as_bytes())?)
}

fn articles(job: &Job<'_>) -> Result<Vec<ArticleId>, CommandError> {
    Ok(match job.articles {
        Some(articles) => articles.to_vec(),
        None => job.history.articles()?.into_iter().map(|article| article.id).collect(),
    })
}

fn each(job: &Job<'_>, nodes: fn(&Dossier) -> Vec<Value>) -> Result<Vec<Value>, CommandError> {
    let mut all = Vec::new();
    for article in articles(job)? {
        all.extend(nodes(&Dossier::read(job.history, article)?));
    }
    Ok(all)
}
