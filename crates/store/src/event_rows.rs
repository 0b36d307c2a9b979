//! Events on their way into the file and back: the claims of a comparison are rows already, and are not kept again.

use isnad_core::ENGINE_VERSION;
use isnad_diff::thread::ThreadEvent;
use isnad_diff::{Change, Detail, EventStatus, Facet, Severity, Status, WordChange};
use rusqlite::{Connection, Row, named_params, params};
use serde::{Deserialize, Serialize};

use crate::claim_columns;
use crate::encode::{from_json, from_label, json, label, unstamp};
use crate::error::Fault;
use crate::event::{Event, Moment, Unlike};
use crate::ids::{ArticleId, CaptureId, ClaimId, EventId, ThreadId};
use crate::states::Transition;

/// What a comparison of two claims tells beside what the event says itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// What the comparison alone says: it knows of no return.
    pub status: Status,
    /// The differences, facet by facet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
    /// The words of the older content turned into those of the newer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WordChange>,
    /// How alike the two are, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    /// How far the best rival stays behind, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<f32>,
    /// The rows of the claims that an ambiguous one could be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<ClaimId>,
}

/// The columns of an event that are known before the number of its thread is.
#[derive(Debug)]
pub(crate) struct NewEvent {
    /// The thread by its place among those that are worked out.
    pub(crate) thread: usize,
    status: EventStatus,
    old: Option<ClaimId>,
    new: Option<ClaimId>,
    severity: Severity,
    facets: Vec<Facet>,
    declared: bool,
    change: String,
}

impl NewEvent {
    pub(crate) fn of(event: ThreadEvent<ClaimId>) -> Result<Self, Fault> {
        let ThreadEvent { thread, status, old, new, candidates, change } = event;
        let kept = Compared {
            status: change.status,
            details: change.details,
            words: change.words,
            score: change.score,
            margin: change.margin,
            candidates,
        };
        let Change { severity, facets, declared, .. } = change;
        Ok(Self { thread, status, old, new, severity, facets, declared, change: json(&kept)? })
    }
}

/// Writes an event of a thread between two states, whose readings differ in `unlike`.
pub(crate) fn insert(
    conn: &Connection,
    thread: ThreadId,
    (between, unlike): (&Transition, &[Unlike]),
    event: &NewEvent,
) -> Result<(), Fault> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO event (thread_id, status, severity, facets, declared, old_claim_id, new_claim_id,
           not_before_id, not_after_id, engine, change, unlike)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    insert.execute(params![
        thread,
        label(event.status)?,
        label(event.severity)?,
        json(&event.facets)?,
        event.declared,
        event.old,
        event.new,
        between.not_before,
        between.not_after,
        ENGINE_VERSION,
        event.change,
        json(unlike)?,
    ])?;
    Ok(())
}

/// One event, those of a thread, those that a capture was the first to see, or those of all threads of an article, in the order of time and, within one step, the most severe
/// first.
pub(crate) fn read(conn: &Connection, of: EventsOf) -> Result<Vec<Event>, Fault> {
    let condition = match of {
        EventsOf::Thread(_) => "event.thread_id = :number",
        EventsOf::Event(_) => "event.id = :number",
        EventsOf::Capture(_) => "event.not_after_id = :number",
        EventsOf::Article(_) => "event.thread_id IN (SELECT id FROM thread WHERE article_id = :number)",
    };
    let mut query = conn.prepare_cached(&format!(
        "SELECT event.id, before.article_id, event.thread_id, event.status, event.facets, event.severity,
           event.old_claim_id, event.new_claim_id, before.id, before.captured_at, after.id, after.captured_at,
           event.engine, event.change, event.unlike, event.declared
         FROM event
         JOIN capture AS before ON before.id = event.not_before_id
         JOIN capture AS after ON after.id = event.not_after_id
         WHERE {condition}
         ORDER BY after.captured_at, after.id,
           CASE event.severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, event.id",
    ))?;
    let number = match of {
        EventsOf::Thread(ThreadId(number))
        | EventsOf::Article(ArticleId(number))
        | EventsOf::Capture(CaptureId(number))
        | EventsOf::Event(EventId(number)) => number,
    };
    let mut rows = query.query(named_params! { ":number": number })?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(event(conn, row)?);
    }
    Ok(events)
}

/// Whose events are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum EventsOf {
    Thread(ThreadId),
    Event(EventId),
    Capture(CaptureId),
    Article(ArticleId),
}

fn event(conn: &Connection, row: &Row<'_>) -> Result<Event, Fault> {
    let id: EventId = row.get(0)?;
    let what = format!("event row {id}");
    let json_at = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    let moment = |at: usize| -> Result<Moment, Fault> {
        Ok(Moment { capture: row.get(at)?, time: unstamp(&row.get::<_, String>(at + 1)?)? })
    };
    let claim = |id: Option<ClaimId>| id.map(|id| claim_columns::of_row(conn, id)).transpose();
    let (old, new): (Option<ClaimId>, Option<ClaimId>) = (row.get(6)?, row.get(7)?);
    let facets: Vec<Facet> = from_json(json_at(4)?, &what)?;
    let severity: Severity = from_label(row.get(5)?)?;
    let kept: Compared = from_json(json_at(13)?, &what)?;
    let candidates = kept.candidates.into_iter().map(|id| claim_columns::of_row(conn, id)).collect::<Result<_, _>>()?;
    Ok(Event {
        id,
        article: row.get(1)?,
        thread: row.get(2)?,
        status: from_label(row.get(3)?)?,
        facets: facets.clone(),
        severity,
        old,
        new,
        not_before: moment(8)?,
        not_after: moment(10)?,
        unlike: from_json(json_at(14)?, &what)?,
        engine: row.get(12)?,
        change: Change {
            status: kept.status,
            facets,
            severity,
            old: claim(old)?,
            new: claim(new)?,
            candidates,
            details: kept.details,
            words: kept.words,
            score: kept.score,
            margin: kept.margin,
            declared: row.get(15)?,
        },
    })
}
