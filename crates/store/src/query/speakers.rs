//! Who is quoted.

use chrono::{DateTime, Utc};
use rusqlite::named_params;
use serde::Serialize;

use crate::encode::{stamp, unstamp};
use crate::error::StoreError;
use crate::history::History;
use crate::ids::ArticleId;
use crate::search::SearchQuery;

/// A speaker, and what their claims come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpeakerSummary {
    /// The name or description as first recorded.
    pub speaker: String,
    /// How many claims they made, each counted once through all versions of its article.
    pub claims: u32,
    /// In how many articles they are quoted.
    pub articles: u32,
    /// In how many versions they are quoted.
    pub versions: u32,
    /// How often one of their claims changed; moves and spelling do not count.
    pub changes: u32,
    /// The first capture that saw a claim of theirs.
    pub first_seen: DateTime<Utc>,
    /// The last one.
    pub last_seen: DateTime<Utc>,
}

/// Which speakers are asked for: those that fit all that is given. What is told of them is then of those articles only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpeakerFilter {
    /// In this article only.
    pub article: Option<ArticleId>,
    /// With these words in their name.
    pub name: Option<SearchQuery>,
    /// Seen at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// Seen at this time or earlier.
    pub until: Option<DateTime<Utc>>,
}

/// By what speakers are ordered, the most or newest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SpeakerOrder {
    /// How many claims they made.
    #[default]
    Claims,
    /// In how many articles they are quoted.
    Articles,
    /// How often one of their claims changed.
    Changes,
    /// When they were last seen.
    LastSeen,
}

impl SpeakerOrder {
    const fn column(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Articles => "articles",
            Self::Changes => "changes",
            Self::LastSeen => "last_seen",
        }
    }
}

/// The speakers of all articles, or of one, in an order.
pub(crate) fn listing(of_article: bool, order: SpeakerOrder) -> String {
    let (table, articles, condition) = match of_article {
        true => ("speaker_article", "1 AS articles", "share.article_id = :article"),
        false => ("speaker_total", "share.articles", ":article IS NULL"),
    };
    format!(
        "SELECT speaker.name, speaker.words, share.claims, {articles}, share.versions, share.changes, share.first_seen,
           share.last_seen
         FROM {table} AS share CROSS JOIN speaker ON speaker.id = share.speaker_id
         WHERE {condition} AND (:since IS NULL OR share.last_seen >= :since)
           AND (:until IS NULL OR share.first_seen <= :until)
         ORDER BY {} DESC, share.speaker_id",
        order.column()
    )
}

impl History {
    /// The speakers that fit, at most `limit` of them if one is given; and whether there are more.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn speakers(
        &self,
        filter: &SpeakerFilter,
        order: SpeakerOrder,
        limit: Option<usize>,
    ) -> Result<(Vec<SpeakerSummary>, bool), StoreError> {
        self.reading("listing speakers", |conn| {
            let mut query = conn.prepare_cached(&listing(filter.article.is_some(), order))?;
            let mut rows = query.query(named_params! {
                ":article": filter.article,
                ":since": filter.since.map(stamp).transpose()?,
                ":until": filter.until.map(stamp).transpose()?,
            })?;
            let mut speakers = Vec::new();
            while let Some(row) = rows.next()? {
                let words = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
                if filter.name.as_ref().is_some_and(|name| !name.fits("", words)) {
                    continue;
                }
                if limit.is_some_and(|limit| speakers.len() >= limit) {
                    return Ok((speakers, true));
                }
                speakers.push(SpeakerSummary {
                    speaker: row.get(0)?,
                    claims: row.get(2)?,
                    articles: row.get(3)?,
                    versions: row.get(4)?,
                    changes: row.get(5)?,
                    first_seen: unstamp(&row.get::<_, String>(6)?)?,
                    last_seen: unstamp(&row.get::<_, String>(7)?)?,
                });
            }
            Ok((speakers, false))
        })
    }
}
