//! Articles on their way into the file: which one a capture belongs to, and what it is called.

use std::borrow::Cow;

use isnad_core::fold::fold;
use rusqlite::{Connection, OptionalExtension};

use crate::error::{Fault, StoreError};
use crate::ids::ArticleId;
use crate::key::canonical_key;
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
    if let Some(url) = &keys.url {
        // An address that belongs to another article stays with it; the capture keeps what was asked.
        let mut add = conn.prepare_cached(
            "INSERT INTO article_url (url, url_folded, article_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        add.execute((url, fold(url), article))?;
    }
    Ok(article)
}

/// The article the recording belongs to, if it is in the history.
pub(crate) fn find_for(conn: &Connection, recording: &Recording<'_>) -> Result<Option<ArticleId>, Fault> {
    find(conn, &Keys::of(recording)?)
}

/// By what a recording names its article.
struct Keys<'a> {
    /// The name the caller gave.
    name: Option<ArticleRef>,
    /// The strongest of name, address and id.
    key: Cow<'a, str>,
    url: Option<Cow<'a, str>>,
}

impl<'a> Keys<'a> {
    fn of(recording: &Recording<'a>) -> Result<Self, StoreError> {
        let metadata = recording.attempt.reading().map(|reading| &reading.article.metadata);
        let page = metadata.and_then(|metadata| metadata.url.as_deref());
        let url = recording.url.or(page).map(canonical_key).filter(|url| !url.is_empty());
        let name = recording.article.map(canonical_key).filter(|name| !name.is_empty());
        let id = metadata.map(|metadata| canonical_key(&metadata.id)).filter(|id| !id.is_empty());
        let key = name.clone().or_else(|| url.clone()).or(id).ok_or(StoreError::NoArticle)?;
        Ok(Self { name: name.map(|name| name.parse()).transpose()?, key, url })
    }
}

fn find(conn: &Connection, keys: &Keys<'_>) -> Result<Option<ArticleId>, Fault> {
    if let Some(name) = &keys.name {
        return resolve_whole(conn, name);
    }
    let mut find = conn.prepare_cached(
        "SELECT id FROM article WHERE key = ?1 UNION ALL SELECT article_id FROM article_url WHERE url = ?1 LIMIT 1",
    )?;
    Ok(find.query_row([&keys.key], |row| row.get(0)).optional()?)
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
