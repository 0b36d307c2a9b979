//! Keeping the threads, links and events of an article in step with its states.
//!
//! The usual capture is the newest: it adds one step, which is worked out from the two versions it lies between and
//! the claims that read alike, and nothing else is looked at or written. A capture that falls between others can
//! change any step, so the whole article is worked out anew from its versions. Both go through [`isnad_diff::thread::Threads::step`], and both
//! end in the same history.

use std::collections::{HashMap, HashSet};

use isnad_diff::Link;
use isnad_diff::thread::Step;
use rusqlite::Connection;

use crate::claim_rows;
use crate::error::Fault;
use crate::event::Unlike;
use crate::event_rows::{self, NewEvent};
use crate::ids::{ArticleId, ClaimId, ThreadId, VersionId};
use crate::speaker_rows;
use crate::states::{State, Transition, transitions};
use crate::weave::Loom;
use crate::wording_rows;

/// Numbers the versions of an article as its states `now` tell; whether one that had a number has another.
pub(crate) fn number_all(conn: &Connection, article: ArticleId, now: &[State]) -> Result<bool, Fault> {
    let numbers: HashMap<VersionId, u32> = now.iter().map(|state| (state.version, state.number)).collect();
    let mut query = conn.prepare_cached("SELECT id, number FROM version WHERE article_id = ?1")?;
    let rows = query.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<(VersionId, Option<u32>)> = rows.collect::<Result<_, _>>()?;
    let mut update = conn.prepare_cached("UPDATE version SET number = ?2 WHERE id = ?1")?;
    let mut is_another = false;
    for (version, number) in rows {
        let now = numbers.get(&version).copied();
        if now != number {
            is_another |= number.is_some();
            update.execute((version, now))?;
        }
    }
    Ok(is_another)
}

/// Numbers a version that the newest capture saw: if it has no number, it gets the next.
pub(crate) fn number_next(conn: &Connection, article: ArticleId, version: VersionId) -> Result<(), Fault> {
    let mut update = conn.prepare_cached(
        "UPDATE version SET number = 1 + coalesce(
           (SELECT max(number) FROM version WHERE article_id = ?1 AND number IS NOT NULL), 0)
         WHERE id = ?2 AND number IS NULL",
    )?;
    update.execute((article, version))?;
    Ok(())
}

/// Brings the article's threads, links and events from its states `before` to those it has `now`.
pub(crate) fn update(
    conn: &Connection,
    article: ArticleId,
    loom: Loom<'_, '_>,
    (before, now): (&[State], &[State]),
) -> Result<(), Fault> {
    let (steps_before, steps) = (transitions(before), transitions(now));
    let same_start = before.first().map(|state| state.version) == now.first().map(|state| state.version);
    match steps.strip_prefix(steps_before.as_slice()) {
        Some(new_steps) if same_start => append(conn, article, loom, new_steps),
        _ => rebuild(conn, article, loom, now, None),
    }
}

/// Adds steps after those already written.
pub(crate) fn append(
    conn: &Connection,
    article: ArticleId,
    mut loom: Loom<'_, '_>,
    steps: &[Transition],
) -> Result<(), Fault> {
    let taken = take(&mut loom, steps)?;
    let ids = loom.threads().to_vec();
    write(conn, article, &loom, ids, &taken)
}

/// Works out all steps anew; `forgotten` is what [`forget`] gave, if it was done before. A thread keeps its number as
/// long as its claims, or the earliest of them, stay together.
pub(crate) fn rebuild(
    conn: &Connection,
    article: ArticleId,
    mut loom: Loom<'_, '_>,
    states: &[State],
    forgotten: Option<HashMap<ClaimId, ThreadId>>,
) -> Result<(), Fault> {
    let numbers = match forgotten {
        Some(numbers) => numbers,
        None => forget(conn, article)?,
    };
    if let Some(first) = states.first() {
        loom.archive().forget_threads();
        loom.begin(first.version)?;
        let taken = take(&mut loom, &transitions(states))?;
        let ids = numbered_as_before(&loom, &numbers);
        write(conn, article, &loom, ids, &taken)?;
    }
    wording_rows::prune(conn, article)?;
    conn.prepare_cached(
        "DELETE FROM thread WHERE article_id = ?1 AND NOT EXISTS (SELECT 1 FROM claim WHERE thread_id = thread.id)",
    )?
    .execute([article])?;
    speaker_rows::summarise(conn, article)
}

/// A step as it is kept until all are written: a long history has many of them.
struct Taken {
    between: Transition,
    links: Vec<(ClaimId, ClaimId, Link)>,
    events: Vec<NewEvent>,
}

fn take(loom: &mut Loom<'_, '_>, steps: &[Transition]) -> Result<Vec<Taken>, Fault> {
    let take = |between: &Transition| {
        let Step { links, events } = loom.step(between.from, between.to)?;
        let events = events.into_iter().map(NewEvent::of).collect::<Result<_, _>>()?;
        Ok(Taken { between: *between, links, events })
    };
    steps.iter().map(take).collect()
}

/// For each thread the number that its earliest claim had, unless another thread has it by then.
fn numbered_as_before(loom: &Loom<'_, '_>, numbers: &HashMap<ClaimId, ThreadId>) -> Vec<Option<ThreadId>> {
    let mut claims: Vec<Vec<ClaimId>> = vec![Vec::new(); loom.threads().len()];
    for &(claim, thread) in loom.placed() {
        if let Some(claims) = claims.get_mut(thread) {
            claims.push(claim);
        }
    }
    let mut used = HashSet::new();
    let number = |claims: &Vec<ClaimId>| {
        claims.iter().filter_map(|claim| numbers.get(claim).copied()).find(|&number| used.insert(number))
    };
    claims.iter().map(number).collect()
}

/// Takes back what was worked out of the article; gives the thread each claim was in.
pub(crate) fn forget(conn: &Connection, article: ArticleId) -> Result<HashMap<ClaimId, ThreadId>, Fault> {
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

/// Writes the threads that the loom's claims were put into, and the steps; `ids` are the numbers of the threads that
/// have one.
fn write(
    conn: &Connection,
    article: ArticleId,
    loom: &Loom<'_, '_>,
    ids: Vec<Option<ThreadId>>,
    steps: &[Taken],
) -> Result<(), Fault> {
    let mut begin = conn.prepare_cached("INSERT INTO thread (article_id) VALUES (?1)")?;
    let mut threads = Vec::with_capacity(ids.len());
    for id in ids {
        threads.push(match id {
            Some(id) => id,
            None => ThreadId(begin.insert([article])?),
        });
    }
    let number = |thread: usize| {
        let number = threads.get(thread).copied();
        number.ok_or_else(|| Fault::Unreadable(format!("the threads of article {article}")))
    };
    for &(claim, thread) in loom.placed() {
        claim_rows::join(conn, claim, number(thread)?)?;
    }
    let mut link = conn.prepare_cached(
        "INSERT INTO link (old_claim_id, new_claim_id, score, margin) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?;
    for Taken { between, links, events } in steps {
        for &(old, new, judgement) in links {
            link.execute((old, new, judgement.score, judgement.margin))?;
        }
        let unlike = if events.is_empty() { Vec::new() } else { unlike(conn, between)? };
        for event in events {
            event_rows::insert(conn, number(event.thread)?, (between, &unlike), event)?;
        }
    }
    Ok(())
}

/// In what the readings of the two versions differ.
fn unlike(conn: &Connection, between: &Transition) -> Result<Vec<Unlike>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT old.engine IS NOT new.engine, old.pack IS NOT new.pack,
           before.extractor IS NOT after.extractor OR before.extractor_version IS NOT after.extractor_version
         FROM version AS old, version AS new, capture AS before, capture AS after
         WHERE old.id = ?1 AND new.id = ?2 AND before.id = ?3 AND after.id = ?4",
    )?;
    let ends = (between.from, between.to, between.not_before, between.not_after);
    let (engine, pack, extractor): (bool, bool, bool) =
        query.query_row(ends, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let all = [(engine, Unlike::Engine), (pack, Unlike::Pack), (extractor, Unlike::Extractor)];
    Ok(all.into_iter().filter_map(|(differs, what)| differs.then_some(what)).collect())
}

#[cfg(test)]
mod tests;
