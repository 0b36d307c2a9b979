//! What changed lately, in all articles, and whether anything was recorded since one looked.

use chrono::{DateTime, Utc};
use isnad_core::Claim;
use isnad_core::fold::fold;
use isnad_diff::{Change, Severity};
use rusqlite::named_params;

use crate::encode::{json, stamp};
use crate::error::StoreError;
use crate::event::Event;
use crate::event_rows::{self, EventsOf};
use crate::history::History;
use crate::ids::{ArticleId, EventId};
use crate::search::{SearchQuery, Searchable};

/// Which changes are asked for: those that fit all that is given. Moves and spelling are never among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangesFilter {
    /// Of this article only.
    pub article: Option<ArticleId>,
    /// Seen by a capture at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// At least as severe.
    pub severity: Severity,
    /// Of claims of the speaker with this name, folded, before or after the change.
    pub speaker: Option<String>,
    /// Of claims that this finds, before or after the change.
    pub words: Option<SearchQuery>,
    /// At most so many.
    pub limit: usize,
}

impl Default for ChangesFilter {
    fn default() -> Self {
        Self { article: None, since: None, severity: Severity::Low, speaker: None, words: None, limit: 100 }
    }
}

/// How many changes are looked at for those of a speaker or with words, as a multiple of how many are wanted.
const LOOKED_AT: usize = 50;

/// The changes that captures saw, the newest first: captures are gone through backwards in time, those of an article or
/// all, until there are enough.
pub(crate) fn newest_first(of_article: bool) -> String {
    let (index, condition) = match of_article {
        true => ("capture_by_time", "capture.article_id = :article"),
        false => ("capture_by_moment", ":article IS NULL"),
    };
    format!(
        "SELECT event.id FROM capture INDEXED BY {index} CROSS JOIN event ON event.not_after_id = capture.id
         WHERE {condition} AND capture.captured_at >= coalesce(:since, '')
           AND event.severity IN (SELECT value FROM json_each(:severities))
           AND event.status NOT IN ('moved', 'cosmetic')
         ORDER BY capture.captured_at DESC, capture.id DESC,
           CASE event.severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, event.id
         LIMIT :limit"
    )
}

impl History {
    /// What happened to claims and counts as a change, the newest first.
    ///
    /// For a speaker or words only the newest `50 * limit` changes are looked at.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn changes(&self, filter: &ChangesFilter) -> Result<Vec<Event>, StoreError> {
        self.reading("listing changes", |conn| {
            let severities: Vec<Severity> = [Severity::Low, Severity::Medium, Severity::High]
                .into_iter()
                .filter(|s| *s >= filter.severity)
                .collect();
            let mut query = conn.prepare_cached(&newest_first(filter.article.is_some()))?;
            let speaker = filter.speaker.as_deref().map(fold);
            let fits = |claim: &Claim| {
                speaker.as_deref().is_none_or(|name| is_of(claim, name))
                    && filter.words.as_ref().is_none_or(|words| has(claim, words))
            };
            let is_picky = speaker.is_some() || filter.words.is_some();
            let looked_at = if is_picky { filter.limit.saturating_mul(LOOKED_AT) } else { filter.limit };
            let mut rows = query.query(named_params! {
                ":article": filter.article,
                ":since": filter.since.map(stamp).transpose()?,
                ":severities": json(&severities)?,
                ":limit": i64::try_from(looked_at).unwrap_or(i64::MAX),
            })?;
            let mut events = Vec::new();
            while events.len() < filter.limit
                && let Some(row) = rows.next()?
            {
                let found = event_rows::read(conn, EventsOf::Event(EventId(row.get(0)?)))?;
                events.extend(found.into_iter().filter(|event| sides(&event.change).any(fits)));
            }
            Ok(events)
        })
    }

    /// A number that is another one whenever another process has written since: what was read before may then be old.
    /// Only numbers of one open history can be compared.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn generation(&self) -> Result<i64, StoreError> {
        let read = self.connection().pragma_query_value(None, "data_version", |row| row.get(0));
        read.map_err(|error| self.tell(error.into(), "looking whether the history changed"))
    }
}

/// The claims on either side.
fn sides(change: &Change) -> impl Iterator<Item = &Claim> {
    [&change.old, &change.new].into_iter().flatten()
}

/// Whether the claim is of the speaker with this folded name.
fn is_of(claim: &Claim, name: &str) -> bool {
    let source = claim.source.as_ref();
    source.is_some_and(|source| fold(source.speaker.as_deref().unwrap_or(&source.text)) == name)
}

/// Whether the claim is one that `words` finds.
fn has(claim: &Claim, words: &SearchQuery) -> bool {
    let speaker = Searchable::new(claim.speaker().unwrap_or_default());
    words.fits(Searchable::new(&claim.content.text).text(), speaker.text())
}
