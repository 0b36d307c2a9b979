//! Threads: the history of one claim, and what happened to the claims of an article.

use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::Serialize;

use super::claims::{COLUMNS, StoredClaim, stored_claim};
use crate::encode::{from_json, from_label, unstamp};
use crate::error::{Fault, StoreError};
use crate::event::{Event, Moment};
use crate::history::History;
use crate::ids::{ArticleId, EventId, ThreadId};
use crate::states::{State, states};

/// A claim followed through the versions of its article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThreadHistory {
    /// Its number.
    pub id: ThreadId,
    /// The article.
    pub article: ArticleId,
    /// The claim in each state of the article that has it, in the order of time.
    pub forms: Vec<Form>,
    /// What happened to it, in the order of time.
    pub events: Vec<Event>,
}

/// A claim as one state of its article has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Form {
    /// The state: which version, seen from when to when.
    pub state: State,
    /// The claim.
    pub claim: StoredClaim,
}

impl History {
    /// The history of one claim.
    ///
    /// # Errors
    /// If there is none of that number, or the file cannot be read.
    pub fn thread(&self, thread: ThreadId) -> Result<ThreadHistory, StoreError> {
        self.reading("reading the history of a claim", |conn| {
            let mut query = conn.prepare_cached("SELECT article_id FROM thread WHERE id = ?1")?;
            let article = query.query_row([thread], |row| row.get(0)).optional()?;
            let article: ArticleId = article.ok_or(StoreError::NoSuchThread { thread })?;
            let forms = forms(conn, thread, article)?;
            Ok(ThreadHistory { id: thread, article, forms, events: events(conn, Some(thread), None)? })
        })
    }

    /// What happened to the claims of an article, in the order of time and, within one step, the most severe first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn events(&self, article: ArticleId) -> Result<Vec<Event>, StoreError> {
        self.reading("reading what happened to an article's claims", |conn| events(conn, None, Some(article)))
    }
}

fn forms(conn: &Connection, thread: ThreadId, article: ArticleId) -> Result<Vec<Form>, Fault> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM claim JOIN version ON version.id = claim.version_id WHERE claim.thread_id = ?1",
    ))?;
    let mut rows = query.query([thread])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        claims.push(stored_claim(row)?);
    }
    let form = |state: State| {
        let claim = claims.iter().find(|claim| claim.version == state.version)?;
        Some(Form { state, claim: claim.clone() })
    };
    Ok(states(conn, article)?.into_iter().filter_map(form).collect())
}

fn events(conn: &Connection, thread: Option<ThreadId>, article: Option<ArticleId>) -> Result<Vec<Event>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT event.id, thread.article_id, event.thread_id, event.status, event.facets, event.severity,
           event.old_claim_id, event.new_claim_id, before.id, before.captured_at, after.id, after.captured_at,
           event.engine, event.change, event.unlike
         FROM event
         JOIN thread ON thread.id = event.thread_id
         JOIN capture AS before ON before.id = event.not_before_id
         JOIN capture AS after ON after.id = event.not_after_id
         WHERE thread.id = :thread OR thread.article_id = :article
         ORDER BY after.captured_at, after.id,
           CASE event.severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, event.id",
    )?;
    let mut rows = query.query(named_params! { ":thread": thread, ":article": article })?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(event(row)?);
    }
    Ok(events)
}

fn event(row: &Row<'_>) -> Result<Event, Fault> {
    let id: EventId = row.get(0)?;
    let what = format!("event row {id}");
    let moment = |at: usize| -> Result<Moment, Fault> {
        Ok(Moment { capture: row.get(at)?, time: unstamp(&row.get::<_, String>(at + 1)?)? })
    };
    Ok(Event {
        id,
        article: row.get(1)?,
        thread: row.get(2)?,
        status: from_label(row.get(3)?)?,
        facets: from_json(&row.get::<_, String>(4)?, &what)?,
        severity: from_label(row.get(5)?)?,
        old: row.get(6)?,
        new: row.get(7)?,
        not_before: moment(8)?,
        not_after: moment(10)?,
        unlike: from_json(&row.get::<_, String>(14)?, &what)?,
        engine: row.get(12)?,
        change: from_json(&row.get::<_, String>(13)?, &what)?,
    })
}
