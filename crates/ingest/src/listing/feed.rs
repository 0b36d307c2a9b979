//! Feeds, as the `feed-rs` crate reads them.

use chrono::TimeDelta;
use feed_rs::model::{Entry as Item, Link};
use feed_rs::parser::Builder;

use super::{Entry, Listing};
use crate::page::quietly;

/// Reads a feed that came from `url`.
pub(super) fn read(text: &str, url: &str) -> Result<Listing, String> {
    // A fault of the parser on one strange feed must not end a watch over many.
    let parsed = quietly(|| Builder::new().base_uri(Some(url)).build().parse(text.as_bytes()));
    let feed = parsed.map_err(|_| "no feed that can be read".to_owned())?;
    let feed = feed.map_err(|error| format!("no feed that can be read: {error}"))?;
    Ok(Listing {
        entries: feed.entries.into_iter().filter_map(entry).collect(),
        lists: Vec::new(),
        wants_rest: feed.ttl.map(|minutes| TimeDelta::minutes(minutes.into())),
    })
}

fn entry(item: Item) -> Option<Entry> {
    let Item { links, published, updated, .. } = item;
    let is_article = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let url = links.iter().find(is_article)?.href.clone();
    // RSS tells of no edits: there the parser writes when an item came out in both places.
    Some(Entry { url, published: published.or(updated), modified: updated.filter(|_| updated > published) })
}
