//! Looking for claims by the words in them or in the names of their speakers.
//!
//! The index finds wordings, each once however many versions and articles have it, newest first. The best of a batch of
//! them are looked up in the histories of claims until enough is found: a word that half of all claims have costs no more
//! than a rare one, nor does a sentence that thousands of articles have.

mod query;
mod rank;
mod text;
mod token;

use chrono::{DateTime, Utc};
use isnad_core::{Polarity, Span, Stance};
use isnad_diff::Facet;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::Serialize;

pub use query::SearchQuery;
use rank::ranked;
pub(crate) use text::Searchable;

use crate::encode::{json, label, stamp, unstamp};
use crate::error::{Fault, StoreError};
use crate::history::History;
use crate::ids::{ArticleId, ThreadId};
use crate::query::{COLUMNS, StoredClaim, stored_claim};
use crate::states::newest;

/// Which claims are looked for beside the words: those that fit all that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// Of this article only.
    pub article: Option<ArticleId>,
    /// Of speakers with these words in their name.
    pub speaker: Option<SearchQuery>,
    /// With a cue of this stance.
    pub stance: Option<Stance>,
    /// Of this polarity.
    pub polarity: Option<Polarity>,
    /// Of histories in which this changed at some time.
    pub facet: Option<Facet>,
    /// Seen at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// Seen at this time or earlier.
    pub until: Option<DateTime<Utc>>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The best, as many as were asked for.
    pub hits: Vec<Hit>,
    /// Whether there is more, or may be.
    pub more: bool,
}

/// A claim in one wording, as the versions of its article have it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The claim in the newest version that has it in this wording, with this stance and polarity.
    pub claim: StoredClaim,
    /// The title of its article, as it is now.
    pub title: Option<String>,
    /// The first capture that saw this wording.
    pub first_seen: DateTime<Utc>,
    /// The last capture that saw it.
    pub last_seen: DateTime<Utc>,
    /// In how many versions of the article it stands.
    pub versions: u32,
    /// Whether the newest version of the article has it.
    pub stands: bool,
    /// How many changes there were in the claim's history.
    pub changes: u32,
    /// What was found of the content, in bytes of its text.
    pub content_marks: Vec<Span>,
    /// What was found of the speaker's name, in bytes of it.
    pub speaker_marks: Vec<Span>,
}

/// How many wordings are ranked among one another.
const BATCH: usize = 1_000;

/// How many wordings, and how many histories that have them, are looked at, at most, where a number of hits is asked for.
const MOST_LOOKED_AT: usize = 10_000;

impl History {
    /// Claims that `query` finds, the best first, as [BM25](https://en.wikipedia.org/wiki/Okapi_BM25) ranks them: rare
    /// words weigh more than common ones, whole words more than parts, the content more than the speaker's name, and a
    /// short claim more than a long one; of equals the newest comes first. `limit` is how many are wanted; without one
    /// it is all.
    ///
    /// The wordings that have the words are ranked 1,000 at a time, the newest first: older ones come after those. With a
    /// limit only the newest 10,000 are looked at, and as many histories that have them. In one article all are ranked
    /// among one another. Claims that only uncertain captures saw are not found.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn search(
        &self,
        query: &SearchQuery,
        filter: &SearchFilter,
        limit: Option<usize>,
    ) -> Result<Found, StoreError> {
        self.reading("searching claims", |conn| {
            let left = if limit.is_some() { MOST_LOOKED_AT } else { usize::MAX };
            let mut search = Search { conn, query, filter, limit, left, found: Found::default() };
            match filter.article {
                Some(article) => search.in_article(article)?,
                None => search.everywhere()?,
            }
            Ok(search.found)
        })
    }
}

struct Search<'s> {
    conn: &'s Connection,
    query: &'s SearchQuery,
    filter: &'s SearchFilter,
    limit: Option<usize>,
    /// How many histories may be looked at yet.
    left: usize,
    found: Found,
}

/// A wording that may be a hit, as it is looked for.
struct Candidate {
    id: i64,
    hash: i64,
    speaker: Option<i64>,
    content: String,
    name: String,
}

/// The candidates' columns, as [`candidate`] reads them.
const CANDIDATE: &str = "wording.id, wording.hash, wording.speaker_id, wording.folded, coalesce(speaker.words, '')";

/// The newest wordings below a number that the index finds.
pub(crate) fn in_index() -> String {
    format!(
        "SELECT {CANDIDATE} FROM wording_search
         CROSS JOIN wording ON wording.id = wording_search.rowid
         LEFT JOIN speaker ON speaker.id = wording.speaker_id
         WHERE wording_search MATCH ?1 AND wording_search.rowid < ?2
         ORDER BY wording_search.rowid DESC LIMIT ?3"
    )
}

/// All wordings of an article.
pub(crate) fn of_article() -> String {
    format!(
        "SELECT DISTINCT {CANDIDATE} FROM thread
         CROSS JOIN thread_wording ON thread_wording.thread_id = thread.id
         CROSS JOIN wording ON wording.id = thread_wording.wording_id
         LEFT JOIN speaker ON speaker.id = wording.speaker_id
         WHERE thread.article_id = ?1"
    )
}

/// The histories that have a wording, with their articles, the one that began last first.
pub(crate) const THREADS: &str = "
    SELECT thread.id, thread.article_id FROM thread_wording
    CROSS JOIN thread ON thread.id = thread_wording.thread_id
    WHERE thread_wording.wording_id = :wording AND (:article IS NULL OR thread.article_id = :article)
      AND (:facet IS NULL
        OR EXISTS (SELECT 1 FROM event WHERE event.thread_id = thread.id AND instr(event.facets, :facet)))
    ORDER BY thread_wording.thread_id DESC";

/// When a wording was seen in a history, and in how many versions: apart for each stance and polarity, since what somebody
/// denied on one day and said on the next was not said on both.
pub(crate) const SEEN: &str = "
    SELECT min(capture.captured_at) AS first, max(capture.captured_at) AS last, count(DISTINCT claim.version_id),
      claim.stance, claim.polarity
    FROM claim INDEXED BY claim_by_thread
    CROSS JOIN capture ON capture.version_id = claim.version_id AND capture.status = 'ok'
    WHERE claim.thread_id = :thread AND claim.wording = :hash AND claim.speaker_id IS :speaker
      AND (:stance IS NULL OR claim.stance = :stance)
      AND (:polarity IS NULL OR claim.polarity = :polarity)
    GROUP BY claim.stance, claim.polarity
    HAVING (:since IS NULL OR last >= :since) AND (:until IS NULL OR first <= :until)";

impl Search<'_> {
    fn everywhere(&mut self) -> Result<(), Fault> {
        let mut expression = self.query.expression();
        if let Some(speaker) = &self.filter.speaker {
            expression = format!("{expression} AND (speaker : {})", speaker.expression());
        }
        let mut below = i64::MAX;
        let mut looked_at = 0;
        loop {
            let mut query = self.conn.prepare_cached(&in_index())?;
            let rows = query.query_map((&expression, below, i64::try_from(BATCH).unwrap_or(i64::MAX)), candidate)?;
            let batch: Vec<Candidate> = rows.collect::<Result<_, _>>()?;
            looked_at += batch.len();
            let is_last = batch.len() < BATCH;
            below = batch.last().map_or(below, |candidate| candidate.id);
            if !self.take(batch)? || is_last {
                return Ok(());
            }
            if self.limit.is_some() && looked_at >= MOST_LOOKED_AT {
                self.found.more = true;
                return Ok(());
            }
        }
    }

    fn in_article(&mut self, article: ArticleId) -> Result<(), Fault> {
        let mut query = self.conn.prepare_cached(&of_article())?;
        let mut fitting: Vec<Candidate> = query.query_map([article], candidate)?.collect::<Result<_, _>>()?;
        fitting.retain(|Candidate { content, name, .. }| {
            let speaker = self.filter.speaker.as_ref();
            speaker.is_none_or(|speaker| speaker.fits("", name)) && self.query.fits(content, name)
        });
        self.take(fitting).map(|_| ())
    }

    /// Adds the hits of `batch`, the best first; whether more are wanted.
    fn take(&mut self, batch: Vec<Candidate>) -> Result<bool, Fault> {
        for candidate in ranked(batch, &self.query.terms()) {
            self.hits(&candidate)?;
            if let Some(limit) = self.limit.filter(|&limit| self.found.hits.len() > limit) {
                self.found.hits.truncate(limit);
                self.found.more = true;
            }
            if self.found.more {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Adds the hits that a wording is.
    fn hits(&mut self, candidate: &Candidate) -> Result<(), Fault> {
        let mut query = self.conn.prepare_cached(THREADS)?;
        let mut rows = query.query(named_params! {
            ":wording": candidate.id,
            ":article": self.filter.article,
            ":facet": self.filter.facet.map(|facet| json(&facet)).transpose()?,
        })?;
        while let Some(row) = rows.next()? {
            if self.limit.is_some_and(|limit| self.found.hits.len() > limit) {
                return Ok(());
            }
            let Some(left) = self.left.checked_sub(1) else {
                self.found.more = true;
                return Ok(());
            };
            self.left = left;
            let hits = self.hits_in(candidate, row.get(0)?, row.get(1)?)?;
            self.found.hits.extend(hits);
        }
        Ok(())
    }

    /// The hits that a wording is in a history, as far as they are as the filter wants them, the newest first.
    fn hits_in(&self, candidate: &Candidate, thread: ThreadId, article: ArticleId) -> Result<Vec<Hit>, Fault> {
        let filter = self.filter;
        let mut query = self.conn.prepare_cached(SEEN)?;
        let seen = query.query_map(
            named_params! {
                ":hash": candidate.hash,
                ":speaker": candidate.speaker,
                ":thread": thread,
                ":stance": filter.stance.map(label).transpose()?,
                ":polarity": filter.polarity.map(label).transpose()?,
                ":since": filter.since.map(stamp).transpose()?,
                ":until": filter.until.map(stamp).transpose()?,
            },
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
        )?;
        let mut seen: Vec<(String, String, u32, Option<String>, String)> = seen.collect::<Result<_, _>>()?;
        seen.sort_by(|one, other| other.1.cmp(&one.1));
        let newest = newest(self.conn, article)?.map(|(_, version)| version);
        let mut about = self.conn.prepare_cached(
            "SELECT article.title,
               (SELECT count(*) FROM event WHERE thread_id = ?2 AND status NOT IN ('moved', 'cosmetic'))
             FROM article WHERE id = ?1",
        )?;
        let mut hits = Vec::with_capacity(seen.len());
        for (first, last, versions, stance, polarity) in seen {
            let (title, changes) = about.query_row((article, thread), |row| Ok((row.get(0)?, row.get(1)?)))?;
            let claim = self.newest_claim(candidate, thread, (stance.as_deref(), &polarity))?;
            hits.push(Hit {
                title,
                first_seen: unstamp(&first)?,
                last_seen: unstamp(&last)?,
                versions,
                stands: newest == Some(claim.version),
                changes,
                content_marks: self.marks(&claim.claim.content.text),
                speaker_marks: self.marks(claim.claim.speaker().unwrap_or_default()),
                claim,
            });
        }
        Ok(hits)
    }

    /// The claim of a wording, with that stance and polarity, in the newest version of a history that has it.
    fn newest_claim(
        &self,
        candidate: &Candidate,
        thread: ThreadId,
        (stance, polarity): (Option<&str>, &str),
    ) -> Result<StoredClaim, Fault> {
        let mut query = self.conn.prepare_cached(&format!(
            "SELECT {} FROM claim INDEXED BY claim_by_thread
             CROSS JOIN capture ON capture.version_id = claim.version_id AND capture.status = 'ok'
             WHERE claim.wording = ?1 AND claim.speaker_id IS ?2 AND claim.thread_id = ?3
               AND claim.stance IS ?4 AND claim.polarity = ?5
             ORDER BY capture.captured_at DESC, capture.id DESC LIMIT 1",
            *COLUMNS
        ))?;
        let key = (candidate.hash, candidate.speaker, thread, stance, polarity);
        let claim = query.query_row(key, |row| Ok(stored_claim(row)));
        claim.optional()?.ok_or_else(|| Fault::Unreadable(format!("the claims of wording {}", candidate.id)))?
    }

    /// Where the query's words stand in `text`, in order and apart.
    fn marks(&self, text: &str) -> Vec<Span> {
        let searchable = Searchable::new(text);
        let mut spans: Vec<Span> = self.query.terms().iter().flat_map(|term| term.places(&searchable)).collect();
        spans.sort_unstable();
        spans.dedup_by(|next, span| {
            let touch = next.start <= span.end;
            if touch {
                span.end = span.end.max(next.end);
            }
            touch
        });
        spans
    }
}

fn candidate(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate { id: row.get(0)?, hash: row.get(1)?, speaker: row.get(2)?, content: row.get(3)?, name: row.get(4)? })
}
