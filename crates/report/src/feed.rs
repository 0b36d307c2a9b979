//! Atom feeds of changes, with the change itself in each entry.

use std::collections::btree_map::{BTreeMap, Entry as Place};

use chrono::{DateTime, Utc};
use isnad_core::ENGINE_VERSION;
use isnad_store::{ArticleId, ArticleSummary, Event, History};
use serde::Serialize;

use crate::error::ReportError;
use crate::export::iri;
use crate::page::Pages;
use crate::phrase::Foreign;
use crate::shown::{LONGEST_NAME, link};
use crate::view::item::Item;
use crate::when::stamp;

/// What a feed is of.
#[derive(Debug, Clone, Copy)]
pub struct FeedHead<'a> {
    /// What names the feed among all, for ever: an IRI.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its own address, if it has one.
    pub address: Option<&'a str>,
    /// Where the site is whose pages entries link to; without one they link to the articles themselves.
    pub site: Option<&'a str>,
}

/// A feed as its template reads it.
#[derive(Debug, Serialize)]
struct Feed<'a> {
    id: &'a str,
    title: String,
    address: Option<&'a str>,
    updated: String,
    engine: &'static str,
    entries: Vec<Entry>,
}

/// A change in a feed.
#[derive(Debug, Serialize)]
struct Entry {
    /// What names the change among all, whenever it is told.
    id: String,
    item: Item,
    line: String,
    /// The change as a piece of a page.
    html: String,
    link: Option<String>,
}

impl Pages {
    /// The feed of changes of a history, each with its article; the newest first.
    ///
    /// # Errors
    /// If the history cannot be read or the template is broken.
    pub fn feed(
        &self,
        history: &History,
        head: FeedHead<'_>,
        changes: &[(Event, ArticleSummary)],
    ) -> Result<String, ReportError> {
        let mut names: BTreeMap<ArticleId, String> = BTreeMap::new();
        let mut entries = Vec::with_capacity(changes.len());
        for (event, article) in changes {
            let Some(item) = Item::of(event, article, self.texts()) else { continue };
            let link = match head.site {
                Some(site) => Some(format!("{site}/claims/{}", event.thread)),
                None => article.url.as_deref().and_then(link).map(str::to_owned),
            };
            let name = match names.entry(article.id) {
                Place::Occupied(known) => known.into_mut(),
                Place::Vacant(place) => place.insert(iri::article(history, article)?),
            };
            let id = iri::change(event, name);
            let html = self.document("entry.html", EntryBody { item: &item })?;
            entries.push(Entry { id, line: item.line(self.texts()), html, item, link });
        }
        let newest = changes.iter().map(|(event, _)| event.not_after.time).max();
        let feed = Feed {
            id: head.id,
            title: Foreign::new(head.title, LONGEST_NAME).text,
            address: head.address,
            updated: stamp(newest.unwrap_or(DateTime::<Utc>::UNIX_EPOCH)),
            engine: ENGINE_VERSION,
            entries,
        };
        let feed = self.document("feed.xml", FeedBody { feed })?;
        // A declaration may only stand at the very beginning.
        Ok(feed.trim_start().to_owned())
    }
}

/// What the template of a feed is given.
#[derive(Debug, Serialize)]
struct FeedBody<'a> {
    feed: Feed<'a>,
}

/// What the template of an entry is given.
#[derive(Debug, Serialize)]
struct EntryBody<'a> {
    item: &'a Item,
}
