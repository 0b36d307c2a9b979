//! Claims: of one version, and of the newest versions of all articles.

use std::sync::LazyLock;

use isnad_core::{Claim, Polarity, Stance};
use rusqlite::{Connection, Row};
use serde::Serialize;

use crate::claim_columns;
use crate::error::{Fault, StoreError};
use crate::history::History;
use crate::ids::{ArticleId, ClaimId, ThreadId, VersionId};
use crate::search::{SearchQuery, Searchable};
use crate::states::newest;

/// A claim with its place in the history.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredClaim {
    /// Its row's number.
    pub id: ClaimId,
    /// The article.
    pub article: ArticleId,
    /// The version it stands in.
    pub version: VersionId,
    /// The thread it is part of; `None` while only uncertain captures saw its version.
    pub thread: Option<ThreadId>,
    /// The claim exactly as it was recorded; spans are bytes of the version's text.
    pub claim: Claim,
}

/// Which claims are asked for: those that fit all that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimFilter {
    /// Of this article only.
    pub article: Option<ArticleId>,
    /// Of speakers with these words in their name.
    pub speaker: Option<SearchQuery>,
    /// With a cue of this stance.
    pub stance: Option<Stance>,
    /// Of this polarity.
    pub polarity: Option<Polarity>,
    /// With these words in the content.
    pub words: Option<SearchQuery>,
}

/// The columns [`stored_claim`] reads.
pub(crate) static COLUMNS: LazyLock<String> =
    LazyLock::new(|| format!("{}, claim.article_id, claim.version_id, claim.thread_id", claim_columns::COLUMNS));

impl History {
    /// The claims of each article as its newest successful capture has it, in the order of articles and texts.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn claims(&self, filter: &ClaimFilter) -> Result<Vec<StoredClaim>, StoreError> {
        self.reading("listing claims", |conn| {
            let of_article = if filter.article.is_some() { "WHERE id = ?1" } else { "WHERE ?1 IS NULL" };
            let mut articles = conn.prepare_cached(&format!("SELECT id FROM article {of_article} ORDER BY id"))?;
            let mut rows = articles.query([filter.article])?;
            let mut claims = Vec::new();
            while let Some(row) = rows.next()? {
                if let Some((_, version)) = newest(conn, row.get(0)?)? {
                    claims.extend(claims_of(conn, version)?.into_iter().filter(|stored| filter.fits(&stored.claim)));
                }
            }
            Ok(claims)
        })
    }
}

impl ClaimFilter {
    fn fits(&self, claim: &Claim) -> bool {
        let speaker = || claim.speaker().unwrap_or_default();
        self.stance.is_none_or(|stance| claim.cue.as_ref().is_some_and(|cue| cue.stance == stance))
            && self.polarity.is_none_or(|polarity| claim.polarity == polarity)
            && self.speaker.as_ref().is_none_or(|name| name.fits("", Searchable::new(speaker()).text()))
            && self.words.as_ref().is_none_or(|words| words.fits(Searchable::new(&claim.content.text).text(), ""))
    }
}

/// The claims of a version, in the order of the text.
pub(super) fn claims_of(conn: &Connection, version: VersionId) -> Result<Vec<StoredClaim>, Fault> {
    let mut query = conn
        .prepare_cached(
            &format!("SELECT {} FROM claim WHERE claim.version_id = ?1 ORDER BY claim.number", *COLUMNS,),
        )?;
    let mut rows = query.query([version])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        claims.push(stored_claim(row)?);
    }
    Ok(claims)
}

pub(crate) fn stored_claim(row: &Row<'_>) -> Result<StoredClaim, Fault> {
    let (id, claim) = claim_columns::read(row)?;
    let at = claim_columns::COUNT;
    Ok(StoredClaim { id, article: row.get(at)?, version: row.get(at + 1)?, thread: row.get(at + 2)?, claim })
}
