//! Keeping the threads, links and events of an article in step with its states.
//!
//! The usual capture is the newest: it adds one step, which is worked out and written. A capture that falls between
//! others can change any step, so the whole article is worked out anew from its versions. Both go through
//! [`Loom::step`], and both end in the same history.

use std::collections::{HashMap, HashSet};

use isnad_core::{ENGINE_VERSION, LanguagePack};
use rusqlite::{Connection, params};

use crate::encode::{json, label};
use crate::error::Fault;
use crate::history::Compare;
use crate::ids::{ArticleId, ClaimId, ThreadId, VersionId};
use crate::outcome::NewEvent;
use crate::shelf::Shelf;
use crate::states::{State, Transition, transitions};
use crate::weave::{Loom, Step};

/// Brings the article's threads, links and events from its states `before` to those it has `now`.
pub(crate) fn update(
    conn: &Connection,
    article: ArticleId,
    (before, now): (&[State], &[State]),
    compare: Compare,
    pack: Option<&LanguagePack>,
) -> Result<(), Fault> {
    let Some(first) = now.first() else { return Ok(()) };
    let (steps_before, steps) = (transitions(before), transitions(now));
    let same_start = before.first().is_some_and(|state| state.version == first.version);
    let loom = Loom::new(Shelf::new(conn), compare, pack);
    match steps.strip_prefix(steps_before.as_slice()) {
        Some([]) if same_start => Ok(()),
        Some(new_steps) if same_start => append(conn, article, loom, new_steps),
        _ => rebuild(conn, article, loom, first.version, &steps),
    }
}

/// Adds steps after those already written.
fn append(conn: &Connection, article: ArticleId, mut loom: Loom<'_, '_>, steps: &[Transition]) -> Result<(), Fault> {
    let ids = resume(conn, article, &mut loom)?;
    let mut taken = Vec::new();
    for step in steps {
        taken.push((*step, loom.step(step.from, step.to)?));
    }
    write(conn, article, &loom, ids, &taken)
}

/// Works out all steps anew. A thread keeps its number as long as its claims, or the earliest of them, stay together.
fn rebuild(
    conn: &Connection,
    article: ArticleId,
    mut loom: Loom<'_, '_>,
    first: VersionId,
    steps: &[Transition],
) -> Result<(), Fault> {
    let numbers = forget(conn, article)?;
    loom.begin(first)?;
    let mut taken = Vec::new();
    for step in steps {
        taken.push((*step, loom.step(step.from, step.to)?));
    }
    let mut used = HashSet::new();
    let number = |claims: &Vec<ClaimId>| {
        claims.iter().filter_map(|claim| numbers.get(claim).copied()).find(|&number| used.insert(number))
    };
    let ids = loom.threads.iter().map(number).collect();
    write(conn, article, &loom, ids, &taken)?;
    conn.prepare_cached(
        "DELETE FROM thread WHERE article_id = ?1 AND NOT EXISTS (SELECT 1 FROM claim WHERE thread_id = thread.id)",
    )?
    .execute([article])?;
    Ok(())
}

/// Fills the loom with the threads that are written; the numbers of those threads.
fn resume(conn: &Connection, article: ArticleId, loom: &mut Loom<'_, '_>) -> Result<Vec<Option<ThreadId>>, Fault> {
    // In the order in which a rebuild meets the claims, so that both find the same "newest form" of a thread.
    let mut query = conn.prepare_cached(
        "SELECT claim.id, claim.version_id, claim.thread_id, claim.content
         FROM versions JOIN claim ON claim.version_id = versions.version_id
         WHERE versions.article_id = ?1 AND claim.thread_id IS NOT NULL
         ORDER BY versions.number, claim.number",
    )?;
    let mut rows = query.query([article])?;
    let mut places: HashMap<ThreadId, usize> = HashMap::new();
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        let thread: ThreadId = row.get(2)?;
        let content: String = row.get(3)?;
        let place = places.get(&thread).copied();
        if place.is_none() {
            places.insert(thread, ids.len());
            ids.push(Some(thread));
        }
        loom.place(place, row.get(0)?, row.get(1)?, &content);
    }
    Ok(ids)
}

/// Takes back what was worked out of the article; gives the thread each claim was in.
fn forget(conn: &Connection, article: ArticleId) -> Result<HashMap<ClaimId, ThreadId>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT claim.id, claim.thread_id FROM claim JOIN thread ON thread.id = claim.thread_id
         WHERE thread.article_id = ?1",
    )?;
    let numbers = query.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let numbers: HashMap<ClaimId, ThreadId> = numbers.collect::<Result<_, _>>()?;
    for task in [
        "DELETE FROM event WHERE thread_id IN (SELECT id FROM thread WHERE article_id = ?1)",
        "DELETE FROM link WHERE old_claim_id IN (SELECT claim.id FROM claim
           JOIN version ON version.id = claim.version_id WHERE version.article_id = ?1)",
        "UPDATE claim SET thread_id = NULL WHERE thread_id IN (SELECT id FROM thread WHERE article_id = ?1)",
    ] {
        conn.prepare_cached(task)?.execute([article])?;
    }
    Ok(numbers)
}

/// Writes the loom's threads and the steps; `ids` are the numbers of the threads that have one.
fn write(
    conn: &Connection,
    article: ArticleId,
    loom: &Loom<'_, '_>,
    mut ids: Vec<Option<ThreadId>>,
    steps: &[(Transition, Step)],
) -> Result<(), Fault> {
    ids.resize(loom.threads.len(), None);
    let mut begin = conn.prepare_cached("INSERT INTO thread (article_id) VALUES (?1)")?;
    let mut join = conn.prepare_cached("UPDATE claim SET thread_id = ?1 WHERE id = ?2 AND thread_id IS NOT ?1")?;
    let mut threads = Vec::with_capacity(ids.len());
    for (id, claims) in ids.into_iter().zip(&loom.threads) {
        let id = match id {
            Some(id) => id,
            None => ThreadId(begin.insert([article])?),
        };
        for claim in claims {
            join.execute((id, claim))?;
        }
        threads.push(id);
    }
    let mut link = conn.prepare_cached(
        "INSERT INTO link (old_claim_id, new_claim_id, score, margin) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?;
    for (transition, step) in steps {
        for &(old, new, judgement) in &step.links {
            link.execute((old, new, judgement.score, judgement.margin))?;
        }
        for event in &step.events {
            let thread = threads.get(event.thread).copied();
            let thread = thread.ok_or_else(|| Fault::Unreadable(format!("the threads of article {article}")))?;
            write_event(conn, thread, transition, event)?;
        }
    }
    Ok(())
}

fn write_event(conn: &Connection, thread: ThreadId, between: &Transition, event: &NewEvent) -> Result<(), Fault> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO event (thread_id, status, severity, facets, declared, old_claim_id, new_claim_id,
           not_before_id, not_after_id, engine, change)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    insert.execute(params![
        thread,
        label(event.status)?,
        label(event.change.severity)?,
        json(&event.change.facets)?,
        event.change.declared,
        event.old,
        event.new,
        between.not_before,
        between.not_after,
        ENGINE_VERSION,
        json(&event.change)?,
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests;
