//! Threads: the history of one claim, and what happened to the claims of an article.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use super::claims::{COLUMNS, StoredClaim, stored_claim};
use crate::error::{Fault, StoreError};
use crate::event::Event;
use crate::event_rows::{self, EventsOf};
use crate::history::History;
use crate::ids::{ArticleId, CaptureId, ThreadId};
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
            Ok(ThreadHistory { id: thread, article, forms, events: event_rows::read(conn, EventsOf::Thread(thread))? })
        })
    }

    /// What happened to the claims of an article, in the order of time and, within one step, the most severe first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn events(&self, article: ArticleId) -> Result<Vec<Event>, StoreError> {
        self.reading("reading what happened to an article's claims", |conn| {
            event_rows::read(conn, EventsOf::Article(article))
        })
    }

    /// What a capture was the first to see: the events it ends the interval of, the most severe first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn events_seen_by(&self, capture: CaptureId) -> Result<Vec<Event>, StoreError> {
        self.reading("reading what a capture showed", |conn| event_rows::read(conn, EventsOf::Capture(capture)))
    }
}

fn forms(conn: &Connection, thread: ThreadId, article: ArticleId) -> Result<Vec<Form>, Fault> {
    let mut query = conn.prepare_cached(&format!("SELECT {} FROM claim WHERE claim.thread_id = ?1", *COLUMNS))?;
    let mut rows = query.query([thread])?;
    let mut claims = HashMap::new();
    while let Some(row) = rows.next()? {
        let claim = stored_claim(row)?;
        claims.insert(claim.version, claim);
    }
    let form = |state: State| Some(Form { state, claim: claims.get(&state.version)?.clone() });
    Ok(states(conn, article)?.into_iter().filter_map(form).collect())
}
