//! Recording what was read, a batch in one transaction, and reporting it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use isnad_core::{Claim, LanguagePack};
use isnad_ingest::{IngestError, canonical_url};
use isnad_store::{
    ArticleId, Attempt, Extractor, History, LastAnswer, OpenOptions, Outcome as RecordingOutcome, Reading, Recorded,
    Recording, StoreError,
};

use super::Plan;
use super::item::Item;
use super::report::{Added, Report};
use crate::command_error::{CommandError, Message};
use crate::commands::Context;
use crate::commands::live::Asked;
use crate::output::time::{is_in_the_future, moment};

/// The work under way.
pub(in crate::commands) struct Run<'r> {
    plan: &'r Plan,
    context: &'r Context,
    /// Opened with the first capture there is, so that wrong use makes no file.
    history: Option<History>,
    undated: Undated,
    /// The articles of which it was said that their versions have other numbers.
    renumbered: HashSet<ArticleId>,
    pub(in crate::commands) report: Report<'r>,
}

/// Which capture without a time was one of which article: of one article there can be only one.
#[derive(Default)]
struct Undated {
    /// By the article's number.
    recorded: HashMap<ArticleId, String>,
    /// By what it is called, until it has a number.
    waiting: HashMap<String, String>,
}

/// What is to become of a capture.
enum Fate {
    /// It is to be recorded, at this time; or as a failed attempt, of which this is to be told.
    Record(DateTime<Utc>, Option<Message>),
    /// It cannot be recorded.
    Leave(Message),
}

/// A capture that was read, or the name of what cannot be with what is wrong.
pub(in crate::commands) type Read = Result<Item, (String, Message)>;

impl<'r> Run<'r> {
    pub(in crate::commands) fn new(plan: &'r Plan, context: &'r Context) -> Self {
        let (undated, renumbered) = (Undated::default(), HashSet::new());
        Self { plan, context, history: None, undated, renumbered, report: Report::new(plan, context) }
    }

    /// Records captures and reports what became of each; the last that was recorded.
    pub(in crate::commands) fn add(&mut self, items: &[Read]) -> Result<Option<Recorded>, CommandError> {
        // The reasons of failed attempts outlive their recordings.
        let reason = |item: &Read| item.as_ref().ok()?.ingested.as_ref().err().map(reason);
        let reasons: Vec<Option<String>> = items.iter().map(reason).collect();
        let (mut fates, mut recordings) = (Vec::with_capacity(items.len()), Vec::new());
        for (item, reason) in items.iter().zip(&reasons) {
            let item = match item {
                Ok(item) => item,
                Err((_, message)) => {
                    fates.push(Fate::Leave(message.clone()));
                    continue;
                }
            };
            let (fate, recording) = self.fate(item, reason.as_deref())?;
            fates.push(fate);
            recordings.extend(recording);
        }
        let recorded = match recordings.is_empty() {
            true => Vec::new(),
            false => self.open()?.record_all(&recordings)?,
        };
        self.undated.waiting.clear();
        let last = recorded.last().and_then(|recorded| recorded.as_ref().ok()).copied();
        self.tell(items, fates, recorded)?;
        Ok(last)
    }

    /// Records that the page at `url` was at `time` as it had been at the capture `known`, and reports it.
    pub(in crate::commands) fn seen_again(
        &mut self,
        url: &str,
        asked: Asked,
        time: DateTime<Utc>,
        known: &LastAnswer,
    ) -> Result<Recorded, CommandError> {
        let origin = self.plan.origin;
        let history = self.open()?;
        let stored = history.version(known.version)?;
        let claims: Vec<Claim> = stored.claims.iter().map(|stored| stored.claim.clone()).collect();
        let pack = stored.article.metadata.language.and_then(LanguagePack::builtin);
        let reading = Reading {
            article: &stored.article,
            claims: &claims,
            engine: &stored.engine,
            // What was read by another pack stays as it was read.
            pack: pack.filter(|pack| Some(pack.label()) == stored.pack),
        };
        let extractor = known
            .extractor
            .as_ref()
            .and_then(|reader| Some(Extractor { name: &reader.name, version: reader.version.as_deref()? }));
        let canonical = canonical_url(url);
        let recorded = history.record(&Recording {
            url: Some(url),
            final_url: asked.final_url(),
            canonical_url: canonical.as_deref(),
            extractor,
            request: Some(asked.request()),
            ..Recording::new(time, origin, Attempt::Read(reading))
        })?;
        let added = Added { recorded, time, claims: claims.len(), doubt: None, notes: Vec::new() };
        let Some(history) = &self.history else { return Ok(recorded) };
        self.report.added(history, url, &added)?;
        Ok(recorded)
    }

    /// What is to become of a capture, with its recording.
    fn fate<'i>(
        &mut self,
        item: &'i Item,
        reason: Option<&'i str>,
    ) -> Result<(Fate, Option<Recording<'i>>), CommandError>
    where
        'r: 'i,
    {
        let time = match &item.time {
            Ok(time) => time.unwrap_or(self.plan.now),
            Err(cause) => {
                let message = Message::new(cause).advise("a row without it, and --at with the time of capture");
                return Ok((Fate::Leave(message), None));
            }
        };
        match (&item.ingested, reason) {
            (Ok(ingested), _) => {
                let recording = item.recording(self.plan, time, item.attempt(self.plan, &ingested.article));
                if item.time == Ok(None)
                    && let Some(other) = self.other_undated(&recording, &item.name)?
                {
                    let cause = format!(
                        "{}: not recorded: {other} is a capture of the same article, and neither has a time",
                        item.name
                    );
                    let advice = "--at once for each file in their order, or --at mtime";
                    return Ok((Fate::Leave(Message::new(cause).advise(advice)), None));
                }
                Ok((Fate::Record(time, None), Some(recording)))
            }
            (Err(error), reason) => {
                // What is no article is a failed capture, if it is known of which article.
                let is_known = self.plan.url.is_some() || self.plan.article.is_some() || item.url.is_some();
                let attempt = Attempt::Failed { reason: reason.unwrap_or_default() };
                match is_known {
                    true => {
                        let recording = item.recording(self.plan, time, attempt);
                        Ok((Fate::Record(time, Some(item.told(error))), Some(recording)))
                    }
                    false => Ok((Fate::Leave(item.told(error)), None)),
                }
            }
        }
    }

    /// The capture without a time that was recorded of the same article in this run, or is about to be; if there is
    /// none, this one is noted.
    fn other_undated(&mut self, recording: &Recording<'_>, name: &str) -> Result<Option<String>, CommandError> {
        let Ok(key) = recording.article_key() else { return Ok(None) };
        if let Some(other) = self.undated.waiting.get(&key) {
            return Ok(Some(other.clone()));
        }
        let article = self.open()?.article_of(recording).ok().flatten();
        if let Some(other) = article.and_then(|article| self.undated.recorded.get(&article)) {
            return Ok(Some(other.clone()));
        }
        self.undated.waiting.insert(key, name.to_owned());
        Ok(None)
    }

    /// Reports captures in their order.
    fn tell(
        &mut self,
        items: &[Read],
        fates: Vec<Fate>,
        recorded: Vec<Result<Recorded, StoreError>>,
    ) -> Result<(), CommandError> {
        let mut recorded = recorded.into_iter();
        for (item, fate) in items.iter().zip(fates) {
            let (time, failure, became) = match fate {
                Fate::Leave(message) => {
                    let name = item.as_ref().map_or_else(|(name, _)| name, |item| &item.name);
                    self.report.failed(name, None, message)?;
                    continue;
                }
                Fate::Record(time, failure) => (time, failure, recorded.next()),
            };
            let (Ok(item), Some(became)) = (item, became) else { continue };
            match (became, failure) {
                (Ok(recorded), Some(message)) => self.report.failed(&item.name, Some(recorded), message)?,
                (Ok(recorded), None) => self.tell_added(item, time, recorded)?,
                (Err(error), _) => {
                    let message = Message::new(format_args!("{}: {error}", item.name));
                    let message = message.advise("check the file and its time; the others go on");
                    self.report.failed(&item.name, None, message)?;
                }
            }
        }
        Ok(())
    }

    fn tell_added(&mut self, item: &Item, time: DateTime<Utc>, recorded: Recorded) -> Result<(), CommandError> {
        if item.time == Ok(None) && recorded.outcome != RecordingOutcome::AlreadyRecorded {
            self.undated.recorded.insert(recorded.article, item.name.clone());
        }
        let mut notes = item.notes.clone();
        if recorded.renumbered && self.renumbered.insert(recorded.article) {
            notes.push(format!(
                "it was captured before others of article {}: versions after it have other numbers now (isnad log {})",
                recorded.article, recorded.article
            ));
        }
        if recorded.simultaneous {
            notes.push("another capture of that very time saw another text; which was first is not known".to_owned());
        }
        if is_in_the_future(time, Utc::now()) {
            notes.push(format!("it is dated in the future, {}: is a clock or a time zone wrong?", moment(time)));
        }
        notes.iter().for_each(|note| self.context.terminal.note(&format!("{}: {note}", item.name)));
        let Some(history) = &self.history else { return Ok(()) };
        let doubt = item.doubt(self.plan);
        self.report.added(history, &item.name, &Added { recorded, time, claims: item.claims.len(), doubt, notes })
    }

    /// The history, which is made if it is not there.
    pub(in crate::commands) fn open(&mut self) -> Result<&mut History, CommandError> {
        match &mut self.history {
            Some(history) => Ok(history),
            empty => Ok(empty.insert(History::open(&self.context.db, OpenOptions::write())?)),
        }
    }
}

/// Why a capture failed; where nothing was got, only that.
fn reason(error: &IngestError) -> String {
    match error {
        IngestError::NotCaptured { reason, .. } => reason.clone(),
        error => error.to_string(),
    }
}
