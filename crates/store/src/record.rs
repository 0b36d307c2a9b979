//! Recording captures. Everything here runs inside one write transaction.
//!
//! The usual capture is its article's newest and adds a step at once. One that changes what was before makes its article
//! *unsettled*: that is worked out once, when all captures are in.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use isnad_core::{Language, LanguagePack};
use rusqlite::Connection;

use crate::article_rows;
use crate::capture_rows::{self, Row};
use crate::claim_rows;
use crate::doubt::{self, Doubt, Judge};
use crate::error::{Fault, StoreError};
use crate::history::Compare;
use crate::ids::{ArticleId, CaptureId, ClaimId, ThreadId, VersionId};
use crate::query::count_events;
use crate::raw_rows;
use crate::recording::{Attempt, Outcome, Recorded, Recording};
use crate::request_rows;
use crate::speaker_rows;
use crate::states::{State, Transition, newest, states};
use crate::timeline;
use crate::version_rows;
use crate::weave::{Loom, Stand};
use isnad_diff::EventCounts;

/// Records captures, brings their articles' threads and events up to date, and says what was new. A capture that cannot
/// be recorded has not been touched by then.
pub(crate) fn record_all(
    conn: &Connection,
    compare: Compare,
    recordings: &[Recording<'_>],
) -> Result<Vec<Result<Recorded, StoreError>>, Fault> {
    let mut recorder = Recorder::new(conn, compare);
    let mut entries = Vec::with_capacity(recordings.len());
    for recording in recordings {
        entries.push(match recorder.enter(recording) {
            Ok(entry) => Ok((recording, entry)),
            Err(Fault::Told(error)) if error.concerns_one_recording() => Err(error),
            Err(fault) => return Err(fault),
        });
    }
    recorder.settle()?;
    let settled = recorder.settled;
    let finish = |entry: Result<_, StoreError>| match entry {
        Ok((recording, entry)) => finish(conn, recording, entry, &settled).map(Ok),
        Err(error) => Ok(Err(error)),
    };
    entries.into_iter().map(finish).collect()
}

/// Takes captures in.
struct Recorder<'a, 'c> {
    conn: &'c Connection,
    compare: Compare,
    unsettled: BTreeMap<ArticleId, Unsettled<'a>>,
    settled: BTreeMap<ArticleId, Settled>,
    /// What was read of articles that are unsettled, and so may be doubted yet.
    waiting: Vec<(ArticleId, CaptureId, Recording<'a>)>,
    /// The addresses that these articles will be known by if it is not.
    addresses: HashSet<String>,
    /// The capture that was taken in last.
    last: CaptureId,
}

/// An article that must be worked out anew.
#[derive(Default)]
struct Unsettled<'a> {
    /// The states that its steps were worked out from; `None` if none of them can be relied on.
    before: Option<Vec<State>>,
    /// The thread each claim was in, where a version was read anew and the threads were taken back for that.
    forgotten: Option<HashMap<ClaimId, ThreadId>>,
    /// What the caller extracted with.
    pack: Option<&'a LanguagePack>,
}

/// An article that was worked out.
struct Settled {
    /// The last capture that had been taken in by then.
    upto: CaptureId,
    /// Why which of its captures are doubted.
    doubts: HashMap<CaptureId, Doubt>,
    /// Whether a version that had a number has another.
    renumbered: bool,
}

/// A capture that was taken in.
struct Entry {
    recorded: Recorded,
    /// Whether no capture had seen its text for certain.
    is_new_text: bool,
    /// Whether something that was recorded before is told otherwise now.
    is_corrected: bool,
}

/// What an article was before the capture.
struct Before {
    /// Its language.
    language: Option<Language>,
    /// The newest capture that saw it for certain, with the version it saw.
    newest: Option<(CaptureId, VersionId)>,
    /// Its states, where the capture is not the newest: then any of them may be another now.
    states: Option<Vec<State>>,
}

impl Before {
    fn of(conn: &Connection, article: ArticleId, row: &Row<'_>) -> Result<Self, Fault> {
        let states = match capture_rows::is_newest(conn, article, row)? {
            true => None,
            false => Some(states(conn, article)?),
        };
        Ok(Self {
            language: doubt::settled_language_of(conn, article)?,
            newest: newest(conn, article)?.map(|(moment, version)| (moment.capture, version)),
            states,
        })
    }
}

impl<'a, 'c> Recorder<'a, 'c> {
    fn new(conn: &'c Connection, compare: Compare) -> Self {
        Self {
            conn,
            compare,
            unsettled: BTreeMap::new(),
            settled: BTreeMap::new(),
            waiting: Vec::new(),
            addresses: HashSet::new(),
            last: CaptureId(0),
        }
    }

    /// Takes a capture in.
    fn enter(&mut self, recording: &Recording<'a>) -> Result<Entry, Fault> {
        // What can be wrong with the capture alone is found before anything is written.
        if let Some(reading) = recording.attempt.reading() {
            claim_rows::check(reading.article.text(), reading.claims)?;
        }
        let row = Row::of(recording)?;
        let conn = self.conn;
        if !self.addresses.is_empty() && article_rows::is_named_by(recording, &self.addresses)? {
            // Of which article it is hangs on whether what came before is doubted.
            self.settle()?;
        }
        let article = article_rows::find_or_add(conn, recording)?;
        let before = match self.unsettled.contains_key(&article) {
            true => None,
            false => Some(Before::of(conn, article, &row)?),
        };
        let (version, mut is_corrected) = self.version(article, recording)?;
        let is_new_text = match version {
            Some(version) => !version_rows::was_seen(conn, version)?,
            None => false,
        };
        let entry = |capture, outcome, is_corrected| Entry {
            recorded: Recorded {
                article,
                capture,
                version,
                outcome,
                events: EventCounts::default(),
                doubt: None,
                renumbered: false,
                simultaneous: false,
            },
            is_new_text,
            is_corrected,
        };
        let capture = match row.find(conn, article, version)? {
            Some(capture) => {
                is_corrected |= row.amend(conn, capture)?;
                if !is_corrected {
                    return Ok(entry(capture, Outcome::AlreadyRecorded, false));
                }
                capture
            }
            None => {
                raw_rows::keep(conn, article, recording)?;
                let capture = row.insert(conn, article, version)?;
                if let Some(request) = &recording.request {
                    request_rows::insert(conn, capture, request)?;
                }
                capture
            }
        };
        self.last = self.last.max(capture);
        let mut entry = entry(capture, Outcome::Seen, is_corrected);
        if let (Attempt::Read(reading), Some(version)) = (recording.attempt, version) {
            let sighting = Sighting { article, capture, version, pack: reading.pack, is_corrected };
            entry.recorded.doubt = self.place(&sighting, before)?;
        }
        self.make_known(recording, &entry.recorded)?;
        Ok(entry)
    }

    /// Makes known what a capture tells of its article: its addresses, its title, its language. Of an article that is
    /// unsettled that is done when it is settled.
    fn make_known(&mut self, recording: &Recording<'a>, recorded: &Recorded) -> Result<(), Fault> {
        let (conn, Recorded { article, capture, doubt, .. }) = (self.conn, *recorded);
        match recording.attempt {
            Attempt::Read(_) if self.unsettled.contains_key(&article) => {
                self.addresses.extend(article_rows::addresses(recording)?.into_iter().map(Cow::into_owned));
                self.waiting.push((article, capture, *recording));
            }
            _ if self.unsettled.contains_key(&article) => {}
            Attempt::Read(reading) if doubt.is_none() => {
                article_rows::add_addresses(conn, article, recording)?;
                article_rows::describe_newest(conn, article, &reading.article.metadata)?;
            }
            Attempt::Failed { .. } => {}
            Attempt::Read(_) | Attempt::Uncertain { .. } => article_rows::describe(conn, article)?,
        }
        Ok(())
    }

    /// The version the recording saw: found, written, or read anew where this reading differs from the one before; and
    /// whether it was read anew.
    fn version(&mut self, article: ArticleId, recording: &Recording<'_>) -> Result<(Option<VersionId>, bool), Fault> {
        let conn = self.conn;
        let Some(reading) = recording.attempt.reading() else { return Ok((None, false)) };
        let Some(version) = version_rows::find(conn, article, &reading)? else {
            return Ok((Some(version_rows::add(conn, article, &reading)?), false));
        };
        // A doubted reading replaces nothing.
        let is_corrected =
            matches!(recording.attempt, Attempt::Read(_)) && version_rows::is_corrected_by(conn, version, &reading)?;
        if is_corrected {
            let unsettled = self.unsettled.entry(article).or_default();
            unsettled.before = None;
            if unsettled.forgotten.is_none() {
                unsettled.forgotten = Some(timeline::forget(conn, article)?);
            }
            version_rows::replace(conn, version, &reading)?;
        }
        Ok((Some(version), is_corrected))
    }

    /// Gives what was read its place among the article's captures; why it is doubted, if it is and that is known already.
    fn place(&mut self, sighting: &Sighting<'a>, before: Option<Before>) -> Result<Option<Doubt>, Fault> {
        let Sighting { article, pack, .. } = *sighting;
        let language = before.as_ref().map(|before| sighting.changes_language(self.conn, before)).transpose()?;
        let is_judged_otherwise = sighting.is_corrected
            || language == Some(true)
            || capture_rows::was_doubted_before_it_was_vouched_for(self.conn, sighting.capture, sighting.version)?;
        if let Some(unsettled) = self.unsettled.get_mut(&article) {
            unsettled.pack = pack.or(unsettled.pack);
            unsettled.before = unsettled.before.take().filter(|_| !is_judged_otherwise);
            return Ok(None);
        }
        let Some(before) = before else { return Ok(None) };
        if is_judged_otherwise || before.states.is_some() {
            let before = before.states.filter(|_| !is_judged_otherwise);
            self.unsettled.insert(article, Unsettled { before, forgotten: None, pack });
            return Ok(None);
        }
        let loom = Stand::resume(self.conn, article, self.compare, pack);
        sighting.append(self.conn, loom, before)
    }

    /// Works out the articles that are unsettled.
    fn settle(&mut self) -> Result<(), Fault> {
        let (conn, compare) = (self.conn, self.compare);
        for (article, unsettled) in std::mem::take(&mut self.unsettled) {
            let mut loom = Stand::resume(conn, article, compare, unsettled.pack);
            let language = doubt::language_of(conn, article)?;
            let doubts = Judge::new(conn, &mut loom, language).judge_all(article)?;
            let now = states(conn, article)?;
            match (unsettled.before, unsettled.forgotten) {
                (Some(before), None) => {
                    timeline::update(conn, article, loom, (&before, &now))?;
                    speaker_rows::summarise(conn, article)?;
                }
                (_, forgotten) => timeline::rebuild(conn, article, loom, &now, forgotten)?,
            }
            let before = self.settled.get(&article).is_some_and(|settled| settled.renumbered);
            let renumbered = timeline::number_all(conn, article, &now)? || before;
            article_rows::describe(conn, article)?;
            self.settled.insert(article, Settled { upto: self.last, doubts, renumbered });
        }
        self.addresses.clear();
        for (article, capture, recording) in std::mem::take(&mut self.waiting) {
            let is_doubted = self.settled.get(&article).is_some_and(|it| it.doubts.contains_key(&capture));
            if !is_doubted {
                article_rows::add_addresses(conn, article, &recording)?;
            }
        }
        Ok(())
    }
}

/// A capture that read something.
struct Sighting<'a> {
    article: ArticleId,
    capture: CaptureId,
    version: VersionId,
    pack: Option<&'a LanguagePack>,
    is_corrected: bool,
}

impl Sighting<'_> {
    /// Whether the article has another language now.
    fn changes_language(&self, conn: &Connection, before: &Before) -> Result<bool, Fault> {
        match (before.language, &before.states) {
            // The language is that of an earlier capture, which the newest cannot change.
            (Some(_), None) => Ok(false),
            (None, None) => doubt::gives_language(conn, self.version),
            (language, Some(_)) => Ok(language != doubt::language_of(conn, self.article)?),
        }
    }

    /// The capture is the newest and changes nothing before it.
    fn append<'c>(
        &self,
        conn: &'c Connection,
        mut loom: Loom<'_, 'c>,
        Before { language, newest, .. }: Before,
    ) -> Result<Option<Doubt>, Fault> {
        let before = newest.map(|(_, version)| version);
        let doubt = Judge::new(conn, &mut loom, language).doubt(before, self.version)?;
        if doubt.is_some() {
            doubt::write(conn, self.capture, doubt)?;
            return Ok(doubt);
        }
        match newest {
            None => timeline::rebuild(conn, self.article, loom, &states(conn, self.article)?, None)?,
            Some((_, version)) if version == self.version => self.count_speakers(conn)?,
            Some((not_before, from)) => {
                let step = Transition { from, to: self.version, not_before, not_after: self.capture };
                timeline::append(conn, self.article, loom, &[step])?;
                self.count_speakers(conn)?;
            }
        }
        timeline::number_next(conn, self.article, self.version)?;
        Ok(None)
    }

    fn count_speakers(&self, conn: &Connection) -> Result<(), Fault> {
        speaker_rows::extend(conn, self.article, self.capture, self.version)
    }
}

/// What became of a capture, now that all are in.
fn finish(
    conn: &Connection,
    recording: &Recording<'_>,
    entry: Entry,
    settled: &BTreeMap<ArticleId, Settled>,
) -> Result<Recorded, Fault> {
    let Entry { mut recorded, is_new_text, is_corrected } = entry;
    if recorded.outcome == Outcome::AlreadyRecorded {
        return Ok(recorded);
    }
    let settled = settled.get(&recorded.article).filter(|settled| recorded.capture <= settled.upto);
    if let Some(settled) = settled {
        recorded.doubt = settled.doubts.get(&recorded.capture).copied();
    }
    recorded.outcome = match recording.attempt {
        Attempt::Uncertain { .. } => Outcome::Uncertain,
        Attempt::Failed { .. } => Outcome::Failed,
        Attempt::Read(_) if recorded.doubt.is_some() => Outcome::Uncertain,
        Attempt::Read(_) if is_corrected => Outcome::Corrected,
        Attempt::Read(_) if is_new_text => Outcome::NewVersion,
        Attempt::Read(_) => Outcome::Seen,
    };
    recorded.renumbered = recorded.outcome == Outcome::NewVersion && settled.is_some_and(|it| it.renumbered);
    recorded.simultaneous = capture_rows::has_rival(conn, recorded.capture)?;
    recorded.events = count_events(conn, recorded.capture)?;
    Ok(recorded)
}
