//! Articles on their way into the file: which one a capture belongs to, and what it is called.

use std::borrow::Cow;
use std::collections::HashSet;

use isnad_core::Metadata;
use isnad_core::fold::fold;
use rusqlite::{Connection, OptionalExtension};

use crate::error::{Fault, StoreError};
use crate::ids::ArticleId;
use crate::key::{canonical_key, is_site};
use crate::recording::Recording;
use crate::reference::{ArticleRef, resolve_whole};

/// The article the recording belongs to, which is made if need be.
pub(crate) fn find_or_add(conn: &Connection, recording: &Recording<'_>) -> Result<ArticleId, Fault> {
    let keys = Keys::of(recording)?;
    let article = match find(conn, &keys)? {
        Some(article) => article,
        None => {
            let mut add = conn.prepare_cached("INSERT INTO article (key, key_folded) VALUES (?1, ?2)")?;
            ArticleId(add.insert((&keys.key, fold(&keys.key)))?)
        }
    };
    match &keys.asked {
        Some(url) => add_url(conn, article, url)?,
        // A page that was not asked by an address tells its own.
        None => keys.told.iter().try_for_each(|url| add_url(conn, article, url))?,
    }
    Ok(article)
}

/// The article that was got is known by the addresses it was found at, too: that to which a redirect led, and that
/// which the page tells.
pub(crate) fn add_addresses(conn: &Connection, article: ArticleId, recording: &Recording<'_>) -> Result<(), Fault> {
    Keys::of(recording)?.told.iter().try_for_each(|url| add_url(conn, article, url))
}

/// The addresses that [`add_addresses`] adds.
pub(crate) fn addresses<'a>(recording: &Recording<'a>) -> Result<Vec<Cow<'a, str>>, Fault> {
    Ok(Keys::of(recording)?.told)
}

/// Whether one of these addresses would tell the article of a recording.
pub(crate) fn is_named_by(recording: &Recording<'_>, addresses: &HashSet<String>) -> Result<bool, StoreError> {
    let keys = Keys::of(recording)?;
    Ok(std::iter::once(&keys.key).chain(&keys.told).any(|key| addresses.contains(&**key)))
}

/// An address that belongs to another article stays with it; the capture keeps what was asked.
fn add_url(conn: &Connection, article: ArticleId, url: &str) -> Result<(), Fault> {
    let mut add = conn.prepare_cached(
        "INSERT INTO article_url (url, url_folded, article_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    add.execute((url, fold(url), article))?;
    Ok(())
}

/// The article that the recording belongs to, if it is in the history.
pub(crate) fn find_for(conn: &Connection, recording: &Recording<'_>) -> Result<Option<ArticleId>, Fault> {
    find(conn, &Keys::of(recording)?)
}

/// What the article of a recording is called first of all.
pub(crate) fn key(recording: &Recording<'_>) -> Result<String, StoreError> {
    Ok(Keys::of(recording)?.key.into_owned())
}

/// By what a recording names its article.
struct Keys<'a> {
    /// The name the caller gave.
    name: Option<ArticleRef>,
    /// The strongest of name, address and id.
    key: Cow<'a, str>,
    /// The address that was asked.
    asked: Option<Cow<'a, str>>,
    /// The addresses that a redirect and the page tell.
    told: Vec<Cow<'a, str>>,
}

impl<'a> Keys<'a> {
    fn of(recording: &Recording<'a>) -> Result<Self, StoreError> {
        let metadata = recording.attempt.reading().map(|reading| &reading.article.metadata);
        let page = metadata.and_then(|metadata| metadata.url.as_deref());
        let asked = recording.url.map(canonical_key).filter(|url| !url.is_empty());
        let told = recording.final_url.into_iter().chain(recording.canonical_url).chain(page).map(canonical_key);
        let told: Vec<Cow<'_, str>> = told.filter(|url| !url.is_empty() && !is_site(url)).collect();
        let name = recording.article.map(canonical_key).filter(|name| !name.is_empty());
        let id = metadata.map(|metadata| canonical_key(&metadata.id)).filter(|id| !id.is_empty());
        let key = name.clone().or_else(|| asked.clone()).or_else(|| told.first().cloned()).or(id);
        let key = key.ok_or(StoreError::NoArticle)?;
        Ok(Self { name: name.map(|name| name.parse()).transpose()?, key, asked, told })
    }
}

/// What was asked for tells the article before what came.
fn find(conn: &Connection, keys: &Keys<'_>) -> Result<Option<ArticleId>, Fault> {
    if let Some(name) = &keys.name {
        return resolve_whole(conn, name);
    }
    let mut find = conn.prepare_cached(
        "SELECT id FROM article WHERE key = ?1 UNION ALL SELECT article_id FROM article_url WHERE url = ?1 LIMIT 1",
    )?;
    for key in std::iter::once(&keys.key).chain(&keys.told) {
        let found = find.query_row([key], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Gives the article the title and language of a capture that is its newest and saw it for certain.
pub(crate) fn describe_newest(conn: &Connection, article: ArticleId, metadata: &Metadata) -> Result<(), Fault> {
    let mut update = conn.prepare_cached(
        "UPDATE article SET title = coalesce(?2, title), title_folded = coalesce(?3, title_folded),
           language = coalesce(?4, language)
         WHERE id = ?1 AND (title IS NOT coalesce(?2, title) OR language IS NOT coalesce(?4, language))",
    )?;
    let (title, language) = (metadata.title.as_deref(), metadata.language.map(|language| language.to_string()));
    update.execute((article, title, title.map(fold), language))?;
    Ok(())
}

/// Gives the article the title and language of its newest capture that has them, successful ones first.
pub(crate) fn describe(conn: &Connection, article: ArticleId) -> Result<(), Fault> {
    let (title, language) = (newest(conn, article, "title")?, newest(conn, article, "language")?);
    let mut update = conn.prepare_cached(
        "UPDATE article SET title = ?2, title_folded = ?3, language = ?4
         WHERE id = ?1 AND (title IS NOT ?2 OR language IS NOT ?4)",
    )?;
    update.execute((article, &title, title.as_deref().map(fold), language))?;
    Ok(())
}

fn newest(conn: &Connection, article: ArticleId, field: &str) -> Result<Option<String>, Fault> {
    // Asked one status after the other, so that the index on time ends the search with the first capture that has it.
    for status in ["= 'ok'", "<> 'ok'"] {
        let mut find = conn.prepare_cached(&format!(
            "SELECT metadata ->> ?2 FROM capture
             WHERE article_id = ?1 AND status {status} AND metadata ->> ?2 IS NOT NULL
             ORDER BY captured_at DESC, id DESC LIMIT 1"
        ))?;
        let found = find.query_row((article, field), |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
