//! Since when the claims of an article are as they are.

use isnad_diff::Facet;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use super::claims::{StoredClaim, claims_of};
use crate::encode::{from_json, from_label, unstamp};
use crate::error::{Fault, StoreError};
use crate::event::Moment;
use crate::history::History;
use crate::ids::{ArticleId, ClaimId, ThreadId, VersionId};
use crate::states::newest;
use isnad_diff::EventStatus;

/// The claims of an article's newest version, and since when each is as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blame {
    /// The newest version.
    pub version: VersionId,
    /// The newest capture that saw it.
    pub seen: Moment,
    /// Its claims, in the order of the text.
    pub claims: Vec<Blamed>,
}

/// A claim, and since when it is as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blamed {
    /// The claim.
    pub claim: StoredClaim,
    /// The last capture that did not see it in this form; `None` if the article's first capture did.
    pub not_before: Option<Moment>,
    /// The first capture that saw it in this form.
    pub not_after: Moment,
    /// What brought it into this form; `None` if it stands so since the article's first capture.
    pub status: Option<EventStatus>,
    /// In which respects it changed then.
    pub facets: Vec<Facet>,
    /// How many forms it had, this one included; a form that came back counts once, and neither place nor spelling makes
    /// another.
    pub forms: u32,
}

/// The event that brought a thread's claim into the form it has: the last that is more than a move or spelling.
pub(crate) const LAST_EVENT: &str = "
    SELECT event.status, event.facets, before.id, before.captured_at, after.id, after.captured_at
    FROM event
    CROSS JOIN capture AS before ON before.id = event.not_before_id
    CROSS JOIN capture AS after ON after.id = event.not_after_id
    WHERE event.thread_id = ?1 AND event.new_claim_id NOTNULL AND event.status NOT IN ('moved', 'cosmetic')
    ORDER BY after.captured_at DESC, after.id DESC, event.id DESC LIMIT 1";

/// How many forms a thread's claim had, of which ?2 is the present one.
pub(crate) const FORMS: &str = "
    SELECT count(*) FROM (
      SELECT DISTINCT claim.wording, claim.speaker_id, claim.cue_lemma, claim.polarity, claim.realised, claim.kind, claim.channel
      FROM (
        SELECT old_claim_id AS id FROM event WHERE thread_id = ?1 AND status IN ('changed', 'reintroduced')
        UNION SELECT new_claim_id FROM event WHERE thread_id = ?1 AND status IN ('changed', 'reintroduced')
        UNION SELECT ?2) AS form
      CROSS JOIN claim ON claim.id = form.id)";

impl History {
    /// The claims of an article as its newest successful capture has it, each with the interval in which it got the form
    /// it has.
    ///
    /// # Errors
    /// If no capture of the article succeeded, or the file cannot be read.
    pub fn blame(&self, article: ArticleId) -> Result<Blame, StoreError> {
        self.reading("reading since when claims are as they are", |conn| {
            let (seen, version) = newest(conn, article)?.ok_or(StoreError::NoVersion { article })?;
            let first = first(conn, article)?;
            let claims = claims_of(conn, version)?.into_iter().map(|claim| blamed(conn, claim, first));
            Ok(Blame { version, seen, claims: claims.collect::<Result<_, _>>()? })
        })
    }
}

/// The first capture that saw the article for certain.
fn first(conn: &Connection, article: ArticleId) -> Result<Moment, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT id, captured_at FROM capture WHERE article_id = ?1 AND status = 'ok' ORDER BY captured_at, id LIMIT 1",
    )?;
    query.query_row([article], |row| Ok(moment(row, 0)))?
}

fn blamed(conn: &Connection, claim: StoredClaim, first: Moment) -> Result<Blamed, Fault> {
    let since_the_first =
        |claim, forms| Blamed { claim, not_before: None, not_after: first, status: None, facets: Vec::new(), forms };
    let Some(thread) = claim.thread else { return Ok(since_the_first(claim, 1)) };
    let forms = forms(conn, thread, claim.id)?;
    let mut query = conn.prepare_cached(LAST_EVENT)?;
    let mut rows = query.query([thread])?;
    let Some(row) = rows.next()? else { return Ok(since_the_first(claim, forms)) };
    Ok(Blamed {
        not_before: Some(moment(row, 2)?),
        not_after: moment(row, 4)?,
        status: Some(from_label(row.get(0)?)?),
        facets: from_json(&row.get::<_, String>(1)?, &format!("the events of history {thread}"))?,
        claim,
        forms,
    })
}

fn forms(conn: &Connection, thread: ThreadId, present: ClaimId) -> Result<u32, Fault> {
    let mut query = conn.prepare_cached(FORMS)?;
    Ok(query.query_row((thread, present), |row| row.get(0)).optional()?.unwrap_or(1))
}

fn moment(row: &Row<'_>, at: usize) -> Result<Moment, Fault> {
    Ok(Moment { capture: row.get(at)?, time: unstamp(&row.get::<_, String>(at + 1)?)? })
}
