//! The states of an article: which version stood there from when to when.
//!
//! A text that returns is the same version, but another state: captures that saw A, A, B, A give the states A, B, A.
//! What happened to claims is told between neighbouring states.

use std::collections::HashMap;

use rusqlite::{Connection, Row};
use serde::Serialize;

use crate::encode::unstamp;
use crate::error::Fault;
use crate::event::Moment;
use crate::ids::{ArticleId, CaptureId, VersionId};

/// A stretch of time in which every successful capture saw the same version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct State {
    /// The version seen.
    pub version: VersionId,
    /// Its number among the article's versions, from 1, by the time each was first seen.
    pub number: u32,
    /// The first capture that saw it.
    pub first: Moment,
    /// The last capture that saw it, before another version was seen.
    pub last: Moment,
    /// How many captures saw it.
    pub captures: u32,
}

/// The step from one state to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Transition {
    pub(crate) from: VersionId,
    pub(crate) to: VersionId,
    /// The last capture of the older state.
    pub(crate) not_before: CaptureId,
    /// The first capture of the newer state.
    pub(crate) not_after: CaptureId,
}

/// The states of an article in the order of time. Failed and uncertain captures have no say in it.
pub(crate) fn states(conn: &Connection, article: ArticleId) -> Result<Vec<State>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT id, captured_at, version_id FROM capture
         WHERE article_id = ?1 AND status = 'ok' ORDER BY captured_at, id",
    )?;
    let mut rows = query.query([article])?;
    let mut sightings = Vec::new();
    while let Some(row) = rows.next()? {
        sightings.push((moment(row)?, row.get(2)?));
    }
    Ok(runs(&sightings))
}

/// The newest capture that saw the article for certain, with the version it saw.
pub(crate) fn newest(conn: &Connection, article: ArticleId) -> Result<Option<(Moment, VersionId)>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT id, captured_at, version_id FROM capture
         WHERE article_id = ?1 AND status = 'ok' ORDER BY captured_at DESC, id DESC LIMIT 1",
    )?;
    let mut rows = query.query([article])?;
    Ok(match rows.next()? {
        Some(row) => Some((moment(row)?, row.get(2)?)),
        None => None,
    })
}

fn moment(row: &Row<'_>) -> Result<Moment, Fault> {
    let time = unstamp(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
    Ok(Moment { capture: row.get(0)?, time })
}

/// The steps between neighbouring states.
pub(crate) fn transitions(states: &[State]) -> Vec<Transition> {
    let step = |(old, new): (&State, &State)| Transition {
        from: old.version,
        to: new.version,
        not_before: old.last.capture,
        not_after: new.first.capture,
    };
    states.iter().zip(states.iter().skip(1)).map(step).collect()
}

fn runs(sightings: &[(Moment, VersionId)]) -> Vec<State> {
    let mut states: Vec<State> = Vec::new();
    let mut numbers: HashMap<VersionId, u32> = HashMap::new();
    for &(moment, version) in sightings {
        if let Some(state) = states.last_mut().filter(|state| state.version == version) {
            state.last = moment;
            state.captures += 1;
            continue;
        }
        let next = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
        let number = *numbers.entry(version).or_insert(next);
        states.push(State { version, number, first: moment, last: moment, captures: 1 });
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn seen(versions: &[i64]) -> Vec<State> {
        let sightings: Vec<(Moment, VersionId)> = (1..)
            .zip(versions)
            .map(|(at, &version)| {
                let time = DateTime::from_timestamp(at, 0).unwrap();
                (Moment { capture: CaptureId(at), time }, VersionId(version))
            })
            .collect();
        runs(&sightings)
    }

    #[test]
    fn a_text_that_returns_is_a_new_state_of_the_old_version() {
        let states = seen(&[7, 7, 3, 7]);
        let shape: Vec<_> =
            states.iter().map(|s| (s.number, s.first.capture.0, s.last.capture.0, s.captures)).collect();
        assert_eq!(shape, [(1, 1, 2, 2), (2, 3, 3, 1), (1, 4, 4, 1)]);
    }

    #[test]
    fn a_transition_lies_between_the_captures_next_to_it() {
        let between: Vec<_> =
            transitions(&seen(&[7, 7, 3, 7])).iter().map(|t| (t.not_before.0, t.not_after.0)).collect();
        assert_eq!(between, [(2, 3), (3, 4)]);
        assert!(transitions(&seen(&[])).is_empty());
    }
}
