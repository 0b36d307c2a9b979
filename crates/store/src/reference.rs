//! How people name articles and versions: `12`, a URL, a word of the title, `12@3`, `12@latest`.

use std::fmt;
use std::str::FromStr;

use isnad_core::fold::fold;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::{Candidate, Fault, StoreError};
use crate::history::History;
use crate::ids::{ArticleId, VersionId};
use crate::key::canonical_key;
use crate::states::states;

/// An article as people name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ArticleRef {
    /// By its number.
    Id(ArticleId),
    /// By its URL or name, its whole title, or a part of one of them that only this article has.
    Words(String),
}

/// A version as people name it: `ARTICLE@N`, `ARTICLE@latest`, or just `ARTICLE` for the latest.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VersionRef {
    /// The article.
    pub article: ArticleRef,
    /// Which of its versions.
    pub which: Which,
}

/// Which version of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Which {
    /// The one the newest successful capture saw.
    Latest,
    /// By its number, from 1, in the order in which the versions were first seen.
    Number(u32),
}

impl FromStr for ArticleRef {
    type Err = StoreError;

    /// Digits alone are a number; anything else is words.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words = text.trim();
        let invalid = |problem| StoreError::InvalidReference { reference: text.to_owned(), problem };
        if words.is_empty() {
            return Err(invalid("it is empty"));
        }
        if !words.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self::Words(words.to_owned()));
        }
        words.parse().map(|id| Self::Id(ArticleId(id))).map_err(|_| invalid("the number is too large"))
    }
}

impl FromStr for VersionRef {
    type Err = StoreError;

    /// What follows the last `@` is the version, if it is a number or `latest`; an `@` right after a slash is part of
    /// a URL (`https://news.example/@2`).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = |problem| StoreError::InvalidReference { reference: text.to_owned(), problem };
        let whole = || Ok(Self { article: text.parse()?, which: Which::Latest });
        let Some((article, which)) = text.trim().rsplit_once('@').filter(|(article, _)| !article.ends_with('/')) else {
            return whole();
        };
        let which = match which {
            "latest" => Which::Latest,
            "" => return Err(invalid("after `@` comes the version: a number or `latest`")),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => match digits.parse() {
                Ok(0) => return Err(invalid("versions are numbered from 1")),
                Ok(number) => Which::Number(number),
                Err(_) => return Err(invalid("the number of the version is too large")),
            },
            _ => return whole(),
        };
        Ok(Self { article: article.parse()?, which })
    }
}

impl fmt::Display for ArticleRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Words(words) => f.write_str(words),
        }
    }
}

impl fmt::Display for VersionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.which {
            Which::Latest => write!(f, "{}@latest", self.article),
            Which::Number(number) => write!(f, "{}@{number}", self.article),
        }
    }
}

impl History {
    /// The article that a reference names. A URL, name or title that fits as a whole goes before one that fits in part.
    ///
    /// # Errors
    /// If no article fits, or several do: the error lists them.
    pub fn resolve_article(&self, reference: &ArticleRef) -> Result<ArticleId, StoreError> {
        self.reading("looking up an article", |conn| resolve_article(conn, reference))
    }

    /// The version that a reference names.
    ///
    /// # Errors
    /// If the article cannot be found or does not have the version.
    pub fn resolve_version(&self, reference: &VersionRef) -> Result<VersionId, StoreError> {
        self.reading("looking up a version", |conn| {
            let article = resolve_article(conn, &reference.article)?;
            let states = states(conn, article)?;
            let newest = states.last().ok_or(StoreError::NoVersion { article })?;
            let number = match reference.which {
                Which::Latest => return Ok(newest.version),
                Which::Number(number) => number,
            };
            let state = states.iter().find(|state| state.number == number);
            let versions = states.iter().map(|state| state.number).max().unwrap_or_default();
            Ok(state.ok_or(StoreError::NoSuchVersion { article, number, versions })?.version)
        })
    }
}

fn resolve_article(conn: &Connection, reference: &ArticleRef) -> Result<ArticleId, Fault> {
    if let Some(article) = resolve_whole(conn, reference)? {
        return Ok(article);
    }
    let part = "SELECT id, title, key FROM article
         WHERE instr(title_folded, ?1) OR instr(key_folded, ?1)
           OR id IN (SELECT article_id FROM article_url WHERE instr(url_folded, ?1)) ORDER BY id";
    let found = only(conn, part, &fold(&reference.to_string()), reference)?;
    Ok(found.ok_or_else(|| missing(reference))?)
}

/// The article that has the number, or whose URL, name or title is the whole reference.
///
/// An error if there is no article of that number, or several have the title.
pub(crate) fn resolve_whole(conn: &Connection, reference: &ArticleRef) -> Result<Option<ArticleId>, Fault> {
    let words = match reference {
        ArticleRef::Id(id) => {
            let mut find = conn.prepare_cached("SELECT id FROM article WHERE id = ?1")?;
            return Ok(Some(find.query_row([id], |row| row.get(0)).optional()?.ok_or_else(|| missing(reference))?));
        }
        ArticleRef::Words(words) => words,
    };
    let key = "SELECT id, title, key FROM article
         WHERE key = ?1 OR id IN (SELECT article_id FROM article_url WHERE url = ?1) ORDER BY id";
    if let Some(article) = only(conn, key, &canonical_key(words), reference)? {
        return Ok(Some(article));
    }
    only(conn, "SELECT id, title, key FROM article WHERE title_folded = ?1 ORDER BY id", &fold(words), reference)
}

/// The one article that `query` finds for `text`; an error if it finds several.
fn only(conn: &Connection, query: &str, text: &str, reference: &ArticleRef) -> Result<Option<ArticleId>, Fault> {
    let mut query = conn.prepare_cached(query)?;
    let candidates: Vec<Candidate> = query.query_map([text], candidate)?.collect::<Result<_, _>>()?;
    match candidates.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only.id)),
        _ => Err(StoreError::AmbiguousArticle { reference: reference.to_string(), candidates }.into()),
    }
}

fn missing(reference: &ArticleRef) -> StoreError {
    StoreError::NoSuchArticle { reference: reference.to_string() }
}

fn candidate(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate { id: row.get(0)?, title: row.get(1)?, key: row.get(2)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> VersionRef {
        text.parse().unwrap()
    }

    fn words(text: &str) -> ArticleRef {
        ArticleRef::Words(text.into())
    }

    #[test]
    fn reads_numbers_words_and_versions() {
        assert_eq!(version("12"), VersionRef { article: ArticleRef::Id(ArticleId(12)), which: Which::Latest });
        assert_eq!(version("12@3"), VersionRef { article: ArticleRef::Id(ArticleId(12)), which: Which::Number(3) });
        assert_eq!(version("الحدود@latest"), VersionRef { article: words("الحدود"), which: Which::Latest });
    }

    #[test]
    fn an_at_sign_in_an_address_is_no_version() {
        for url in ["https://news.example/@2", "https://news.example/@desk/story", "mailto:a@b"] {
            assert_eq!(version(url), VersionRef { article: words(url), which: Which::Latest });
        }
        assert_eq!(version("https://news.example/@desk/story@2").which, Which::Number(2));
    }

    #[test]
    fn says_what_is_wrong_with_a_reference() {
        for (text, problem) in [
            ("", "empty"),
            ("  ", "empty"),
            ("@2", "empty"),
            ("12@", "a number or `latest`"),
            ("12@0", "from 1"),
            ("12@99999999999", "too large"),
            ("99999999999999999999", "too large"),
        ] {
            let error = text.parse::<VersionRef>().unwrap_err().to_string();
            assert!(error.contains(problem), "{text}: {error}");
        }
    }

    #[test]
    fn a_reference_reads_back_what_it_shows() {
        for text in ["12@3", "12@latest", "الحدود@1"] {
            assert_eq!(version(text).to_string(), text);
        }
    }
}
