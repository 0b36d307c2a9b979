//! Claims: of one version, and of the newest versions of all articles.

use std::sync::LazyLock;

use isnad_core::fold::fold;
use isnad_core::{Claim, Polarity, Stance};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

use crate::claim_columns;
use crate::encode::label;
use crate::error::{Fault, StoreError};
use crate::history::History;
use crate::ids::{ArticleId, ClaimId, ThreadId, VersionId};

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
    /// With this in the speaker's name, folded.
    pub speaker: Option<String>,
    /// With a cue of this stance.
    pub stance: Option<Stance>,
    /// Of this polarity.
    pub polarity: Option<Polarity>,
    /// With each of these words, or parts of words, in the content, folded.
    pub words: Option<String>,
}

/// The columns [`stored_claim`] reads; what a query asks beside them comes after, from [`NEXT`] on.
pub(super) static COLUMNS: LazyLock<String> =
    LazyLock::new(|| format!("{}, claim.article_id, claim.version_id, claim.thread_id", claim_columns::COLUMNS));

/// The first column after [`COLUMNS`].
pub(super) const NEXT: usize = claim_columns::COUNT + 3;

impl History {
    /// The claims of each article as its newest successful capture has it, in the order of articles and texts.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn claims(&self, filter: &ClaimFilter) -> Result<Vec<StoredClaim>, StoreError> {
        self.reading("listing claims", |conn| {
            let mut query = conn.prepare_cached(&format!(
                "SELECT {} FROM claims_now
                 JOIN claim ON claim.id = claims_now.claim_id
                 LEFT JOIN speaker ON speaker.id = claim.speaker_id
                 WHERE (:article IS NULL OR claims_now.article_id = :article)
                   AND (:stance IS NULL OR claim.stance = :stance)
                   AND (:polarity IS NULL OR claim.polarity = :polarity)
                   AND (:speaker IS NULL OR instr(speaker.folded, :speaker))
                   AND {EVERY_WORD}
                 ORDER BY claims_now.article_id, claim.number",
                *COLUMNS,
            ))?;
            let mut rows = query.query(named_params! {
                ":article": filter.article,
                ":stance": filter.stance.map(label).transpose()?,
                ":polarity": filter.polarity.map(label).transpose()?,
                ":speaker": filter.speaker.as_deref().map(fold),
                ":words": folded_words(filter.words.as_deref().unwrap_or_default())?,
            })?;
            let mut claims = Vec::new();
            while let Some(row) = rows.next()? {
                claims.push(stored_claim(row)?);
            }
            Ok(claims)
        })
    }
}

/// The condition that every word of `:words` (see [`folded_words`]) stands in the claim's content.
pub(super) const EVERY_WORD: &str =
    "NOT EXISTS (SELECT 1 FROM json_each(:words) AS word WHERE NOT instr(claim.content_folded, word.value))";

/// The words, folded, as a JSON array.
pub(super) fn folded_words(words: &str) -> Result<String, Fault> {
    let folded = fold(words);
    crate::encode::json(&folded.split_whitespace().collect::<Vec<_>>())
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

pub(super) fn stored_claim(row: &Row<'_>) -> Result<StoredClaim, Fault> {
    let (id, claim) = claim_columns::read(row)?;
    let at = claim_columns::COUNT;
    Ok(StoredClaim { id, article: row.get(at)?, version: row.get(at + 1)?, thread: row.get(at + 2)?, claim })
}
