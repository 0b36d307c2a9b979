//! What became of each capture, for people and as data.

use std::fmt;
use std::io::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use isnad_ingest::PageDoubt;
use isnad_store::{
    ArticleId, CaptureId, Doubt, Event, EventCounts, History, Origin, Outcome as RecordingOutcome, Recorded,
};
use serde::Serialize;

use super::Plan;
use super::item::Item;
use crate::command_error::{CommandError, Message, Outcome};
use crate::commands::Context;
use crate::output::event::summary;
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
    rows: Vec<Row>,
    skipped: usize,
    doubted: usize,
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
        Self { plan, context, rows: Vec::new(), skipped: 0, doubted: 0 }
    }

    /// Reports a capture that was recorded in `history`.
    pub(super) fn added(&mut self, history: &History, item: &Item, added: &Added) -> Result<(), CommandError> {
        let recorded = &added.recorded;
        let version = recorded.version.map(|version| history.version_number(version)).transpose()?.flatten();
        let mut events = match self.plan.changes && recorded.outcome != RecordingOutcome::AlreadyRecorded {
            true => history.events(recorded.article)?,
            false => Vec::new(),
        };
        events.retain(|event| event.not_after.capture == recorded.capture && event.status.counts());
        match self.plan.format.is_data() {
            true => self.row(item, added, version, events)?,
            false => self.text(history, item, added, version, &events)?,
        }
        if let Some(doubt) = added.any_doubt() {
            self.doubted += 1;
            let cause = format!("{}: kept as uncertain, and nothing concluded from it: {doubt}", item.name);
            let time = added.time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            let advice = match self.plan.origin {
                Origin::Live => "--sure, if it is the article all the same".to_owned(),
                _ => format!("--sure --at {time}, if it is the article all the same"),
            };
            self.context.terminal.complain(&cause, Some(&advice));
        }
        Ok(())
    }

    /// Reports a capture that was not recorded, or as failed only.
    pub(super) fn failed(
        &mut self,
        name: &str,
        recorded: Option<Recorded>,
        message: Message,
    ) -> Result<(), CommandError> {
        self.skipped += 1;
        self.context.terminal.complain(&message.cause, message.advice.as_deref());
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

    fn row(
        &mut self,
        item: &Item,
        added: &Added,
        version: Option<u32>,
        events: Vec<Event>,
    ) -> Result<(), CommandError> {
        let recorded = &added.recorded;
        let (file, url) = self.named(&item.name);
        self.print(Row {
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
            changes: self.plan.changes.then_some(events),
            notes: added.notes.clone(),
        })
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
        item: &Item,
        added: &Added,
        version: Option<u32>,
        events: &[Event],
    ) -> Result<(), CommandError> {
        let terminal = &self.context.terminal;
        let what = told(added, version);
        let line = Paragraph::indented(0)
            .foreign(first_strong(&item.name), Role::Plain, &item.name)
            .label(Role::Plain, &format!(": article {}, {what}", added.recorded.article));
        let mut text = line.render(&terminal.layout).into_bytes();
        if !events.is_empty() {
            let log = history.log(added.recorded.article)?;
            write_events(&mut text, &terminal.layout, history, &log, events)?;
        }
        let mut out = terminal.stdout();
        out.write_all(&text)?;
        Ok(out.flush()?)
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
        RecordingOutcome::Seen => format!("version {version} seen again"),
        RecordingOutcome::AlreadyRecorded => "recorded before, nothing to add".to_owned(),
        RecordingOutcome::Uncertain => "uncertain".to_owned(),
        _ => "noted".to_owned(),
    }
}
