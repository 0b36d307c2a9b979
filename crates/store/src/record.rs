//! Recording one capture. Everything here runs inside one write transaction.

use std::collections::HashMap;

use isnad_core::Language;
use rusqlite::Connection;

use crate::article_rows;
use crate::capture_rows::{self, Row};
use crate::claim_rows;
use crate::doubt::{self, Doubt, Judge};
use crate::error::Fault;
use crate::event::EventCounts;
use crate::history::Compare;
use crate::ids::{ArticleId, CaptureId, ClaimId, ThreadId, VersionId};
use crate::query::count_events;
use crate::raw_rows;
use crate::recording::{Attempt, Outcome, Recorded, Recording};
use crate::speaker_rows;
use crate::states::{State, Transition, newest, states};
use crate::timeline;
use crate::version_rows;
use crate::weave::Loom;

/// Records a capture, brings the article's threads and events up to date, and says what was new.
pub(crate) fn record(conn: &Connection, compare: Compare, recording: &Recording<'_>) -> Result<Recorded, Fault> {
    if let Some(reading) = recording.attempt.reading() {
        claim_rows::check(reading.article.text(), reading.claims)?;
    }
    let article = article_rows::find_or_add(conn, recording)?;
    let row = Row::of(recording)?;
    let mut was = Before::of(conn, article, &row)?;
    let version = version(conn, article, recording, &mut was)?;
    let is_new_text = match version {
        Some(version) => !version_rows::was_seen(conn, version)?,
        None => false,
    };
    let capture = match row.find(conn, article, version)? {
        Some(capture) if row.amend(conn, capture)? || was.is_corrected => {
            was.is_corrected = true;
            capture
        }
        Some(capture) => {
            let (outcome, events) = (Outcome::AlreadyRecorded, EventCounts::default());
            return Ok(Recorded { article, capture, version, outcome, events, doubt: None });
        }
        None => {
            raw_rows::keep(conn, article, recording)?;
            row.insert(conn, article, version)?
        }
    };
    let is_corrected = was.is_corrected;
    let loom = Loom::resume(conn, article, compare, recording.attempt.reading().and_then(|reading| reading.pack));
    let doubt = match (recording.attempt, version) {
        (Attempt::Read(_), Some(version)) => Settling { conn, article, capture, version }.settle(loom, was)?,
        _ => None,
    };
    let outcome = match recording.attempt {
        Attempt::Uncertain { .. } => Outcome::Uncertain,
        Attempt::Failed { .. } => Outcome::Failed,
        Attempt::Read(_) if doubt.is_some() => Outcome::Uncertain,
        Attempt::Read(_) if is_corrected => Outcome::Corrected,
        Attempt::Read(_) if is_new_text => Outcome::NewVersion,
        Attempt::Read(_) => Outcome::Seen,
    };
    if outcome != Outcome::Uncertain && outcome != Outcome::Failed {
        article_rows::add_addresses(conn, article, recording)?;
    }
    article_rows::describe(conn, article)?;
    Ok(Recorded { article, capture, version, outcome, events: count_events(conn, capture)?, doubt })
}

/// What the history of an article was before the capture.
struct Before {
    /// Its language.
    language: Option<Language>,
    /// The newest capture that saw it for certain, with the version it saw.
    newest: Option<(CaptureId, VersionId)>,
    /// Its states, where the capture is not the newest: then any of them may be another now.
    states: Option<Vec<State>>,
    /// The thread each claim was in, where a version was read anew and the threads were taken back for that.
    forgotten: Option<HashMap<ClaimId, ThreadId>>,
    /// Whether something that was recorded before is told otherwise now.
    is_corrected: bool,
}

impl Before {
    fn of(conn: &Connection, article: ArticleId, row: &Row<'_>) -> Result<Self, Fault> {
        let states = match capture_rows::is_newest(conn, article, row)? {
            true => None,
            false => Some(states(conn, article)?),
        };
        Ok(Self {
            language: doubt::language_of(conn, article)?,
            newest: newest(conn, article)?.map(|(moment, version)| (moment.capture, version)),
            states,
            forgotten: None,
            is_corrected: false,
        })
    }
}

/// The version the recording saw: found, written, or read anew where this reading differs from the one before.
fn version(
    conn: &Connection,
    article: ArticleId,
    recording: &Recording<'_>,
    was: &mut Before,
) -> Result<Option<VersionId>, Fault> {
    let Some(reading) = recording.attempt.reading() else { return Ok(None) };
    let Some(version) = version_rows::find(conn, article, &reading)? else {
        return version_rows::add(conn, article, &reading).map(Some);
    };
    // A doubted reading replaces nothing.
    if matches!(recording.attempt, Attempt::Read(_)) && version_rows::is_corrected_by(conn, version, &reading)? {
        was.is_corrected = true;
        was.forgotten = Some(timeline::forget(conn, article)?);
        version_rows::replace(conn, version, &reading)?;
    }
    Ok(Some(version))
}

/// A capture that read something, on its way into the states of its article.
struct Settling<'c> {
    conn: &'c Connection,
    article: ArticleId,
    capture: CaptureId,
    version: VersionId,
}

impl<'c> Settling<'c> {
    /// Judges the capture and brings the threads up to date; why it is doubted, if it is.
    fn settle(&self, loom: Loom<'_, 'c>, was: Before) -> Result<Option<Doubt>, Fault> {
        let is_judged_otherwise = was.is_corrected
            || was.language != doubt::language_of(self.conn, self.article)?
            || capture_rows::was_doubted_before_it_was_vouched_for(self.conn, self.capture, self.version)?;
        match was.states {
            None if !is_judged_otherwise => self.append(loom, was.newest),
            states => self.work_out(loom, states.filter(|_| !is_judged_otherwise), was.forgotten),
        }
    }

    /// The capture is the newest and changes nothing before it.
    fn append(&self, mut loom: Loom<'_, 'c>, newest: Option<(CaptureId, VersionId)>) -> Result<Option<Doubt>, Fault> {
        let before = newest.map(|(_, version)| version);
        let doubt = Judge::new(self.conn, self.article, &mut loom)?.doubt(before, self.version)?;
        if doubt.is_some() {
            doubt::write(self.conn, self.capture, doubt)?;
            return Ok(doubt);
        }
        match newest {
            None => timeline::rebuild(self.conn, self.article, loom, &states(self.conn, self.article)?, None)?,
            Some((_, version)) if version == self.version => self.count_speakers()?,
            Some((not_before, from)) => {
                let step = Transition { from, to: self.version, not_before, not_after: self.capture };
                timeline::append(self.conn, self.article, loom, &[step])?;
                self.count_speakers()?;
            }
        }
        Ok(None)
    }

    fn count_speakers(&self) -> Result<(), Fault> {
        speaker_rows::extend(self.conn, self.article, self.capture, self.version)
    }

    /// The capture may change anything.
    fn work_out(
        &self,
        mut loom: Loom<'_, 'c>,
        before: Option<Vec<State>>,
        forgotten: Option<HashMap<ClaimId, ThreadId>>,
    ) -> Result<Option<Doubt>, Fault> {
        let mut doubts = Judge::new(self.conn, self.article, &mut loom)?.judge_all(self.article)?;
        let now = states(self.conn, self.article)?;
        match before {
            Some(before) => {
                timeline::update(self.conn, self.article, loom, (&before, &now))?;
                speaker_rows::summarise(self.conn, self.article)?;
            }
            None => timeline::rebuild(self.conn, self.article, loom, &now, forgotten)?,
        }
        Ok(doubts.remove(&self.capture))
    }
}
