//! What became of each capture, for people and as data.

use std::collections::HashSet;
use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use isnad_ingest::PageDoubt;
use isnad_store::{
    ArticleId, CaptureId, Doubt, Event, EventCounts, History, Origin, Outcome as RecordingOutcome, Recorded, VersionId,
};
use serde::Serialize;

use super::{Plan, Voice};
use crate::command_error::{CommandError, Message, Outcome};
use crate::commands::Context;
use crate::commands::listing::print_text;
use crate::commands::live::Hooks;
use crate::output::event::summary;
use crate::output::json::write_line;
use crate::output::words::count;
use crate::stored::write_events;
use crate::terminal::{Paragraph, Role, first_strong};

/// A capture that was recorded.
pub(super) struct Added {
    pub(super) recorded: Recorded,
    pub(super) time: DateTime<Utc>,
    pub(super) claims: usize,
    /// Why the page may not be the article.
    pub(super) doubt: Option<PageDoubt>,
    pub(super) notes: Vec<String>,
}

/// Reports each capture as it comes; an array of JSON at the end.
pub(in crate::commands) struct Report<'r> {
    plan: &'r Plan,
    context: &'r Context,
    /// Who else is told of changes.
    hooks: Option<Hooks>,
    /// The texts of which a watch has told that they are doubted.
    doubts_told: HashSet<VersionId>,
    rows: Vec<Row>,
    skipped: usize,
    doubted: usize,
}

/// Changes as other programs are told of them.
#[derive(Debug, Serialize)]
struct Told<'t> {
    title: Option<&'t str>,
    #[serde(flatten)]
    row: &'t Row,
}

/// A capture as data.
#[derive(Debug, Serialize)]
struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// The address that was asked, of what is no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    article: Option<ArticleId>,
    capture: Option<CaptureId>,
    captured: Option<DateTime<Utc>>,
    outcome: Option<RecordingOutcome>,
    doubt: Option<AnyDoubt>,
    /// The number among the article's versions, from 1.
    version: Option<u32>,
    claims: Option<usize>,
    events: Option<EventCounts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<Event>>,
    notes: Vec<String>,
}

/// Why a capture may not be the article: by itself, or beside the others of the article.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
enum AnyDoubt {
    Page(PageDoubt),
    History(Doubt),
}

impl fmt::Display for AnyDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(doubt) => doubt.fmt(f),
            Self::History(doubt) => doubt.fmt(f),
        }
    }
}

impl Added {
    fn any_doubt(&self) -> Option<AnyDoubt> {
        self.doubt.map(AnyDoubt::Page).or(self.recorded.doubt.map(AnyDoubt::History))
    }
}

impl<'r> Report<'r> {
    pub(super) fn new(plan: &'r Plan, context: &'r Context) -> Self {
        Self { plan, context, hooks: None, doubts_told: HashSet::new(), rows: Vec::new(), skipped: 0, doubted: 0 }
    }

    /// Also tells `hooks` of changes, and shows only those they want.
    pub(in crate::commands) fn telling(&mut self, hooks: Hooks) {
        self.hooks = Some(hooks);
    }

    /// Reports a capture that was recorded in `history`.
    pub(super) fn added(&mut self, history: &History, name: &str, added: &Added) -> Result<(), CommandError> {
        let recorded = &added.recorded;
        let version = recorded.version.map(|version| history.version_number(version)).transpose()?.flatten();
        let is_asked = self.plan.record.changes || self.hooks.as_ref().is_some_and(Hooks::is_any);
        let mut events = match is_asked && recorded.outcome != RecordingOutcome::AlreadyRecorded {
            true => history.events_seen_by(recorded.capture)?,
            false => Vec::new(),
        };
        self.tell(history, name, added, version, &events)?;
        let is_shown =
            |event: &Event| self.hooks.as_ref().map_or_else(|| event.status.counts(), |hooks| hooks.want(event));
        events.retain(|event| self.plan.record.changes && is_shown(event));
        match self.plan.format.is_data() {
            _ if self.plan.voice == Voice::Watch && !self.is_news(recorded) => {}
            true => {
                let row = self.row(name, added, version, self.plan.record.changes.then_some(events));
                self.print(row)?;
            }
            false => self.text(history, name, added, version, &events)?,
        }
        if let Some(doubt) = added.any_doubt().filter(|_| self.plan.voice == Voice::Each) {
            self.doubted += 1;
            let cause = format!("{name}: kept as uncertain, and nothing concluded from it: {doubt}");
            let time = added.time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            let advice = match self.plan.origin {
                Origin::Live => "--sure, if it is the article all the same".to_owned(),
                _ => format!("--sure --at {time}, if it is the article all the same"),
            };
            self.context.terminal.complain(&cause, Some(&advice));
        }
        Ok(())
    }

    /// Whether a watch tells of a capture: not of what is as it was, and of each text that is doubted once.
    fn is_news(&mut self, recorded: &Recorded) -> bool {
        match (recorded.outcome, recorded.version) {
            (RecordingOutcome::Seen, _) => recorded.events != EventCounts::default(),
            (RecordingOutcome::Uncertain, Some(version)) => self.doubts_told.insert(version),
            _ => true,
        }
    }

    /// Reports a capture that was not recorded, or as failed only.
    pub(super) fn failed(
        &mut self,
        name: &str,
        recorded: Option<Recorded>,
        message: Message,
    ) -> Result<(), CommandError> {
        match recorded.filter(|_| self.plan.voice == Voice::Watch) {
            // That a page is not to be had is what a watch is for, and no fault.
            Some(recorded) if !self.plan.format.is_data() => {
                let cause = message.cause.strip_prefix(&format!("{name}: ")).unwrap_or(&message.cause);
                self.line(Utc::now(), name, &format!("article {}, {cause}", recorded.article))?;
            }
            Some(_) => {}
            None => {
                self.skipped += 1;
                self.context.terminal.complain(&message.cause, message.advice.as_deref());
            }
        }
        if self.plan.format.is_data() {
            let (file, url) = self.named(name);
            self.print(Row {
                file,
                url,
                error: Some(message.cause),
                article: recorded.map(|recorded| recorded.article),
                capture: recorded.map(|recorded| recorded.capture),
                captured: None,
                outcome: recorded.map(|recorded| recorded.outcome),
                doubt: None,
                version: None,
                claims: None,
                events: None,
                changes: None,
                notes: Vec::new(),
            })?;
        }
        Ok(())
    }

    /// Says how many captures fell short, and ends the array.
    pub(in crate::commands) fn finish(self) -> Result<Outcome, CommandError> {
        if self.plan.format.is_data() && !self.plan.format.is_lines() {
            self.plan.format.print_list(self.context, &self.rows)?;
        }
        let told = [(self.skipped, "not recorded as articles"), (self.doubted, "uncertain")];
        let told: Vec<String> =
            told.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect();
        if told.is_empty() {
            return Ok(Outcome::Done);
        }
        if self.skipped + self.doubted > 1 {
            self.context.terminal.note(&told.join(", "));
        }
        Ok(Outcome::SomeSkipped)
    }

    /// Tells the hooks of the changes they want; what goes wrong with that is no fault of the capture.
    fn tell(
        &self,
        history: &History,
        name: &str,
        added: &Added,
        version: Option<u32>,
        events: &[Event],
    ) -> Result<(), CommandError> {
        let Some(hooks) = self.hooks.as_ref().filter(|hooks| hooks.is_any()) else { return Ok(()) };
        let wanted: Vec<Event> = events.iter().filter(|event| hooks.want(event)).cloned().collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let title = history.article(added.recorded.article)?.title;
        let row = self.row(name, added, version, Some(wanted));
        let mut json = Vec::new();
        write_line(&mut json, &Told { title: title.as_deref(), row: &row })?;
        for message in hooks.tell(&String::from_utf8_lossy(&json)) {
            self.context.terminal.complain(&message.cause, message.advice.as_deref());
        }
        Ok(())
    }

    fn row(&self, name: &str, added: &Added, version: Option<u32>, changes: Option<Vec<Event>>) -> Row {
        let recorded = &added.recorded;
        let (file, url) = self.named(name);
        Row {
            file,
            url,
            error: None,
            article: Some(recorded.article),
            capture: Some(recorded.capture),
            captured: Some(added.time),
            outcome: Some(recorded.outcome),
            doubt: added.any_doubt(),
            version,
            claims: Some(added.claims),
            events: Some(recorded.events),
            changes,
            notes: added.notes.clone(),
        }
    }

    /// What a capture is called, as a file or as an address.
    fn named(&self, name: &str) -> (Option<String>, Option<String>) {
        match self.plan.origin {
            Origin::Live => (None, Some(name.to_owned())),
            _ => (Some(name.to_owned()), None),
        }
    }

    /// Prints a line at once; what goes into an array is kept.
    fn print(&mut self, row: Row) -> Result<(), CommandError> {
        match self.plan.format.is_lines() {
            true => self.plan.format.print_object(self.context, &row),
            false => {
                self.rows.push(row);
                Ok(())
            }
        }
    }

    fn text(
        &self,
        history: &History,
        name: &str,
        added: &Added,
        version: Option<u32>,
        events: &[Event],
    ) -> Result<(), CommandError> {
        let mut what = format!("article {}, {}", added.recorded.article, told(added, version));
        if let Some(doubt) = added.any_doubt().filter(|_| self.plan.voice == Voice::Watch) {
            what += &format!(": {doubt}");
        }
        self.line(added.time, name, &what)?;
        let mut text = Vec::new();
        if !events.is_empty() {
            let log = history.log(added.recorded.article)?;
            write_events(&mut text, &self.context.terminal.layout, history, &log, events)?;
        }
        print_text(self.context, &text)
    }

    /// Prints what became of a capture; a watch tells when.
    fn line(&self, time: DateTime<Utc>, name: &str, what: &str) -> Result<(), CommandError> {
        let line = Paragraph::indented(0);
        let line = match self.plan.voice {
            Voice::Each => line,
            Voice::Watch => line.label(Role::Dim, &format!("{} ", time.format("%Y-%m-%d %H:%M:%S"))),
        };
        let line = line.foreign(first_strong(name), Role::Plain, name).label(Role::Plain, &format!(": {what}"));
        print_text(self.context, line.render(&self.context.terminal.layout).as_bytes())
    }
}

/// What became of a capture, in words.
fn told(added: &Added, version: Option<u32>) -> String {
    let recorded = &added.recorded;
    let version = version.unwrap_or_default();
    let claims = count(added.claims, "claim", "claims");
    let changes = match version {
        1 => String::new(),
        _ => format!(": {}", summary(&recorded.events)),
    };
    match recorded.outcome {
        RecordingOutcome::NewVersion => format!("version {version}, {claims}{changes}"),
        RecordingOutcome::Corrected => format!("version {version} read anew, {claims}{changes}"),
        RecordingOutcome::Seen if recorded.events != EventCounts::default() => {
            format!("version {version} again, {claims}: {}", summary(&recorded.events))
        }
        RecordingOutcome::Seen => format!("version {version} seen again"),
        RecordingOutcome::AlreadyRecorded => "recorded before, nothing to add".to_owned(),
        RecordingOutcome::Uncertain => "uncertain".to_owned(),
        _ => "noted".to_owned(),
    }
}
