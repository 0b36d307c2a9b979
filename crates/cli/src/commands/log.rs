//! `isnad log`: the versions of an article and what changed with each.

use chrono::{DateTime, Utc};
use clap::Args;
use isnad_store::{
    ArticleRef, ArticleSummary, Capture, CaptureId, CaptureStatus, EventCounts, Gone, History, LogEntry, Moment,
    Origin, Reader, Turns,
};
use serde::Serialize;

use super::Context;
use super::listing::{ListFormat, print_text};
use crate::command_error::{CommandError, Outcome};
use crate::output::csv::Tabular;
use crate::output::event::summary;
use crate::output::place::place;
use crate::output::time::{between, moment, stamp};
use crate::output::words::count;
use crate::stored::{self, write_events};
use crate::terminal::{Layout, Paragraph, Role, first_strong};

/// Show the versions of an article, when each was seen, and what changed with it.
///
/// A change lies between two captures: the last that saw the old version and the first that saw the
/// new one. Attempts that failed are listed too, and nothing is concluded from them.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LogArgs {
    /// The article: its number, its address, or a part of its title that no other has
    article: ArticleRef,
    /// Also print every change, as isnad diff does
    #[arg(long)]
    changes: bool,
    #[command(flatten)]
    format: ListFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad log 1
      the versions of article 1
  isnad log --changes https://example.org/a1
      with every change
  isnad log --format json flood
      as data, of the one article with “flood” in its title";

/// A log as data.
#[derive(Debug, Serialize)]
struct LogData<'l> {
    article: &'l ArticleSummary,
    /// Since when it is gone, if servers say so again and again.
    gone: Option<Gone>,
    /// Two versions that take turns.
    turns: Option<Turns>,
    versions: Vec<VersionData>,
    captures: Vec<CaptureData<'l>>,
}

/// A version as data.
#[derive(Debug, Serialize)]
struct VersionData {
    version: u32,
    first: Moment,
    last: Moment,
    captures: u32,
    claims: u32,
    events: EventCounts,
}

/// A capture as data.
#[derive(Debug, Serialize)]
struct CaptureData<'l> {
    capture: CaptureId,
    time: DateTime<Utc>,
    status: CaptureStatus,
    reason: Option<&'l str>,
    version: Option<u32>,
    origin: Origin,
    url: Option<&'l str>,
    path: Option<&'l str>,
    extractor: Option<&'l Reader>,
    raw_hash: Option<&'l str>,
}

/// What is in the history of an article.
struct Log {
    article: ArticleSummary,
    versions: Vec<LogEntry>,
    captures: Vec<Capture>,
}

impl Tabular for LogEntry {
    const COLUMNS: &'static [&'static str] = &[
        "version",
        "first_seen",
        "last_seen",
        "captures",
        "claims",
        "changed",
        "reverted",
        "split",
        "merged",
        "added",
        "removed",
        "reintroduced",
        "ambiguous",
        "moved",
        "cosmetic",
    ];

    fn cells(&self) -> Vec<String> {
        let (state, events) = (&self.state, &self.events);
        let mut cells = vec![state.number.to_string(), stamp(state.first.time), stamp(state.last.time)];
        let counts = [
            state.captures,
            self.claims,
            events.changed,
            events.reverted,
            events.split,
            events.merged,
            events.added,
            events.removed,
            events.reintroduced,
            events.ambiguous,
            events.moved,
            events.cosmetic,
        ];
        cells.extend(counts.map(|count| count.to_string()));
        cells
    }
}

/// Shows.
pub(crate) fn run(args: &LogArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let id = history.resolve_article(&args.article)?;
    let log = Log { article: history.article(id)?, versions: history.log(id)?, captures: history.captures(id)? };
    if args.format.is_object() {
        args.format.print_object(context, &log.data())?;
    } else if args.format.is_data() {
        ListFormat::print_table(context, &log.versions)?;
    } else {
        print_text(context, &log.text(&history, args.changes, &context.terminal.layout)?)?;
    }
    Ok(Outcome::Done)
}

impl Log {
    fn text(&self, history: &History, changes: bool, layout: &Layout) -> Result<Vec<u8>, CommandError> {
        let mut text = heading(&self.article, layout).into_bytes();
        let mut before: Option<&LogEntry> = None;
        for entry in &self.versions {
            text.extend(step(before, entry, layout).into_bytes());
            let mut events = if changes { history.events_seen_by(entry.state.first.capture)? } else { Vec::new() };
            events.retain(|event| event.status.counts());
            write_events(&mut text, layout, history, &self.versions, &events)?;
            before = Some(entry);
        }
        let gone = Gone::of(&self.captures);
        // What says that the article is gone is told once, however often it was said.
        let is_told = |capture: &Capture| {
            let since = gone.as_ref().is_some_and(|gone| capture.captured >= gone.not_after.time);
            capture.status == CaptureStatus::Ok || (since && capture.status == CaptureStatus::Failed)
        };
        for capture in self.captures.iter().filter(|capture| !is_told(capture)) {
            text.extend(doubtful(capture, layout).into_bytes());
        }
        text.extend(gone.map(|gone| told_gone(&gone, layout)).unwrap_or_default().into_bytes());
        text.extend(Turns::of(&self.versions).map(|turns| told_turns(turns, layout)).unwrap_or_default().into_bytes());
        Ok(text)
    }

    fn data(&self) -> LogData<'_> {
        let number = |version| self.versions.iter().find(|entry| entry.state.version == version);
        let version = |entry: &LogEntry| VersionData {
            version: entry.state.number,
            first: entry.state.first,
            last: entry.state.last,
            captures: entry.state.captures,
            claims: entry.claims,
            events: entry.events,
        };
        let captures = self.captures.iter().map(|capture| CaptureData {
            capture: capture.id,
            time: capture.captured,
            status: capture.status,
            reason: capture.reason.as_deref(),
            version: capture.version.and_then(number).map(|entry| entry.state.number),
            origin: capture.origin,
            url: capture.url.as_deref(),
            path: capture.path.as_deref(),
            extractor: capture.extractor.as_ref(),
            raw_hash: capture.raw_hash.as_deref(),
        });
        LogData {
            article: &self.article,
            gone: Gone::of(&self.captures),
            turns: Turns::of(&self.versions),
            versions: self.versions.iter().map(version).collect(),
            captures: captures.collect(),
        }
    }
}

/// What article it is.
pub(crate) fn heading(article: &ArticleSummary, layout: &Layout) -> String {
    let key = place(&article.key);
    let title = article.title.as_deref().unwrap_or(key);
    let address = article.url.as_deref().unwrap_or(key);
    let title = Paragraph::indented(0).foreign(first_strong(title), Role::Title, title);
    let address = Paragraph::indented(0).label(Role::Dim, &format!("article {} · ", article.id)).foreign(
        first_strong(address),
        Role::Dim,
        address,
    );
    title.render(layout) + &address.render(layout)
}

/// A version, when it came and until when it was seen.
fn step(before: Option<&LogEntry>, entry: &LogEntry, layout: &Layout) -> String {
    let state = &entry.state;
    let came = match before {
        None => format!("first seen {}", moment(state.first.time)),
        Some(before) => format!("came {}", between(before.state.last.time, state.first.time)),
    };
    let number = format!("{:>4}", format!("{}  ", state.number));
    let first = Paragraph::indented(0).hanging(4).label(Role::Speaker, &number).label(Role::Plain, &came);
    let claims = count(entry.claims as usize, "claim", "claims");
    let what = match before {
        None => claims,
        Some(_) => format!("{claims}: {}", summary(&entry.events)),
    };
    let second = Paragraph::indented(4).label(Role::Plain, &what);
    let seen = match state.captures {
        1 => "seen once".to_owned(),
        captures => format!("seen {captures} times, last {}", moment(state.last.time)),
    };
    let third = Paragraph::indented(4).label(Role::Dim, &seen);
    [first, second, third].map(|paragraph| paragraph.render(layout)).concat()
}

/// That an article is gone, and between which two captures that came.
fn told_gone(gone: &Gone, layout: &Layout) -> String {
    let when = match gone.not_before {
        Some(before) => format!("gone since {}", between(before.time, gone.not_after.time)),
        None => format!("not there when it was looked for first, {}", moment(gone.not_after.time)),
    };
    let said = count(gone.captures, "capture says", "captures say");
    let words = format!(" !  {when}: {said} so, the last {}", gone.reason);
    Paragraph::indented(0).hanging(4).label(Role::Notice, &words).render(layout)
}

/// That two versions take turns.
fn told_turns(turns: Turns, layout: &Layout) -> String {
    let [one, other] = turns.versions;
    let words = format!(
        " !  versions {one} and {other} take turns: one of them came back {} in a row, as where readers are shown one of two forms",
        count(turns.returns, "time", "times")
    );
    Paragraph::indented(0).hanging(4).label(Role::Notice, &words).render(layout)
}

/// An attempt that failed or is in doubt.
fn doubtful(capture: &Capture, layout: &Layout) -> String {
    let what = match capture.status {
        CaptureStatus::Failed => "failed",
        _ => "uncertain",
    };
    let reason = capture.reason.as_deref().unwrap_or_default();
    Paragraph::indented(0)
        .hanging(4)
        .label(Role::Notice, &format!(" !  {what} {}: ", moment(capture.captured)))
        .foreign(first_strong(reason), Role::Plain, reason)
        .render(layout)
}
