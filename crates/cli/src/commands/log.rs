//! `isnad log`: the versions of an article and what changed with each.

use std::io::Write;

use clap::{Args, ValueEnum};
use isnad_store::{ArticleRef, ArticleSummary, Capture, CaptureStatus, Event, LogEntry};
use serde::Serialize;

use super::Context;
use super::listing::print_text;
use crate::command_error::{CommandError, Outcome};
use crate::output::event::summary;
use crate::output::json::write_pretty;
use crate::output::time::{between, moment};
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
    /// How to print: text for people, json for programs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  isnad log 1                                   the versions of article 1
  isnad log --changes https://example.org/a1    with every change
  isnad log --format json flood                 as data, of the one article with “flood” in its title";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A log as data.
#[derive(Debug, Serialize)]
struct Log {
    article: ArticleSummary,
    versions: Vec<LogEntry>,
    captures: Vec<Capture>,
}

/// Shows.
pub(crate) fn run(args: &LogArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let id = history.resolve_article(&args.article)?;
    let log = Log { article: history.article(id)?, versions: history.log(id)?, captures: history.captures(id)? };
    if args.format == Format::Json {
        let mut out = context.terminal.data();
        write_pretty(&mut out, &log)?;
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let layout = &context.terminal.layout;
    let mut text = heading(&log.article, layout).into_bytes();
    let events: Vec<Event> = if args.changes { history.events(id)? } else { Vec::new() };
    let mut before: Option<&LogEntry> = None;
    for entry in &log.versions {
        text.extend(step(before, entry, layout).into_bytes());
        let of_step = |event: &&Event| event.not_after.capture == entry.state.first.capture && event.status.counts();
        let of_step: Vec<Event> = events.iter().filter(of_step).cloned().collect();
        write_events(&mut text, layout, &history, &log.versions, &of_step)?;
        before = Some(entry);
    }
    for capture in log.captures.iter().filter(|capture| capture.status != CaptureStatus::Ok) {
        text.extend(doubtful(capture, layout).into_bytes());
    }
    print_text(context, &text)?;
    Ok(Outcome::Done)
}

/// What article it is.
pub(crate) fn heading(article: &ArticleSummary, layout: &Layout) -> String {
    let title = article.title.as_deref().unwrap_or(&article.key);
    let address = article.url.as_deref().unwrap_or(&article.key);
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
