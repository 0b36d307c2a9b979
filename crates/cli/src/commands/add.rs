//! `isnad add`: records captures of articles in the history.

pub(super) mod item;
mod pipeline;
mod report;
pub(super) mod run;

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use isnad_ingest::canonical_url;
use isnad_store::Origin as CaptureOrigin;

use super::Context;
use super::listing::OutputFormat;
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::time;
use crate::output::words::count;
use crate::progress::Progress;
use crate::reading::{InputFormat, Origin, ReadArgs, Reader};
use item::Found;
use run::Run;

/// Record captures of articles in the history, and say what changed.
///
/// Each file is a capture of the article that --url or --article names, or else of the one whose
/// address the page itself tells, or else of one known by the file's path. A text the article
/// already had is noted as seen again; a new one becomes a version, and its claims are compared
/// with those of the version before. What may not be the article at all (a page in another
/// language, the mere beginning of one, or one that lost every claim) is kept as uncertain and
/// changes nothing.
///
/// Files are recorded in the order of their times.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AddArgs {
    /// Captures of articles, as plain text, HTML or JSON Lines; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The address of the article that all the files are captures of
    #[arg(long)]
    url: Option<String>,
    /// The article that all the files are captures of: its number, its whole title, or a name for a new one
    #[arg(long, value_name = "ARTICLE")]
    article: Option<String>,
    /// When a file was captured: once, or once for each file in their order. A date and time (UTC
    /// unless it says otherwise), or `mtime` for when each file was last written; by default now.
    /// Rows of JSON Lines have their own (`captured`)
    #[arg(long, value_name = "TIME", value_parser = CaptureTime::parse)]
    at: Vec<CaptureTime>,
    #[command(flatten)]
    record: RecordArgs,
    /// What the files hold; auto goes by name and content
    #[arg(long, value_name = "KIND", default_value = "auto")]
    input: InputFormat,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad add --url https://example.org/a1 page.html
      record a capture made now
  isnad add --changes --article flood --at mtime monday.txt tuesday.txt
      record two versions, dated by the files, and show what changed
  isnad add --article a1 --at 2026-03-03T10:00 --at 2026-03-04T09:00 a.txt b.txt
      with the time of each capture
  isnad add --format jsonl captures.jsonl
      rows with text or html, url and captured";

/// How captures are recorded and told.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct RecordArgs {
    /// Take what was read for the article, even where the history would doubt it
    #[arg(long)]
    sure: bool,
    /// Also print every change, as isnad diff does
    #[arg(long)]
    changes: bool,
}

/// Of what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// Of each capture.
    Each,
    /// Of what is new, and when it was seen.
    Watch,
}

/// When a capture was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CaptureTime {
    /// Then.
    At(DateTime<Utc>),
    /// When the file was last written.
    Modified,
}

impl CaptureTime {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "mtime" => Ok(Self::Modified),
            _ => time::parse(text).map(Self::At),
        }
    }

    /// The moment it stands for.
    fn moment(self, origin: &Origin) -> Result<DateTime<Utc>, Message> {
        match (self, origin) {
            (Self::At(moment), _) => Ok(moment),
            (Self::Modified, Origin::File(path)) => {
                let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified());
                modified.map(DateTime::from).map_err(|error| {
                    Message::new(format_args!("{}: when it was last written cannot be told: {error}", origin.name()))
                        .advise("--at with the time of capture")
                        .advise("--at with the time of capture")
                })
            }
            (Self::Modified, Origin::Stdin) => {
                Err(Message::new("-: the standard input has no time of its own")
                    .advise("--at with the time of capture"))
            }
        }
    }
}

/// What is to be done, checked.
#[derive(Debug)]
pub(super) struct Plan {
    /// From where the captures come.
    origin: CaptureOrigin,
    captures: Vec<(Origin, Option<CaptureTime>)>,
    pub(super) reader: Reader,
    url: Option<String>,
    /// The form that the address has in common with others of the article.
    canonical: Option<String>,
    article: Option<String>,
    record: RecordArgs,
    format: OutputFormat,
    voice: Voice,
    /// When captures without a time were made.
    now: DateTime<Utc>,
}

impl Plan {
    fn new(args: AddArgs, now: DateTime<Utc>) -> Result<Self, CommandError> {
        let usage = |cause: String, advice: &str| CommandError::Usage(Message::new(cause).advise(advice));
        let origins = Origin::all(&args.files)?;
        let reader = Reader { input: args.input, ..args.read.reader() };
        let names_article = args.url.is_some() || args.article.is_some();
        let stdin = origins.iter().find(|origin| **origin == Origin::Stdin);
        if stdin.is_some_and(|stdin| !names_article && !reader.holds_rows(stdin)) {
            let cause = "the standard input does not tell which article it is a capture of";
            return Err(usage(cause.to_owned(), "--url with its address, or --article with a name"));
        }
        let files = count(origins.len(), "file", "files");
        let times: Vec<Option<CaptureTime>> = match (args.at.as_slice(), origins.len()) {
            ([], 2..) if names_article => {
                let cause = format!("{files} of one article need the times of their captures");
                return Err(usage(
                    cause,
                    "--at once for each file in their order, or --at mtime for when each was written",
                ));
            }
            ([], files) => vec![None; files],
            ([CaptureTime::At(_)], 2..) if names_article => {
                let cause = format!("{files} of one article cannot all be of one time");
                return Err(usage(
                    cause,
                    "--at once for each file in their order, or --at mtime for when each was written",
                ));
            }
            ([time], files) => vec![Some(*time); files],
            (times, files) if times.len() == files => times.iter().copied().map(Some).collect(),
            (times, _) => {
                let cause = format!("--at is given {} times for {files}", times.len());
                return Err(usage(cause, "--at once, or once for each file in their order"));
            }
        };
        Ok(Self {
            origin: CaptureOrigin::File,
            captures: origins.into_iter().zip(times).collect(),
            reader,
            canonical: args.url.as_deref().and_then(canonical_url),
            url: args.url,
            article: args.article,
            record: args.record,
            format: args.format,
            voice: Voice::Each,
            now,
        })
    }

    /// What is to be done with pages that come from the web.
    pub(super) fn live(reader: Reader, record: RecordArgs, format: OutputFormat, voice: Voice) -> Self {
        Self {
            origin: CaptureOrigin::Live,
            captures: Vec::new(),
            reader,
            url: None,
            canonical: None,
            article: None,
            record,
            format,
            voice,
            now: Utc::now(),
        }
    }

    /// The files in the order of their times, with those whose time cannot be told.
    fn dated(&self) -> Dated {
        let (mut dated, mut bad) = (Vec::new(), Vec::new());
        for (origin, time) in &self.captures {
            match time.map(|time| time.moment(origin)).transpose() {
                Ok(moment) => dated.push((origin.clone(), moment)),
                Err(message) => bad.push((origin.name(), message)),
            }
        }
        dated.sort_by_key(|(_, moment)| moment.unwrap_or(self.now));
        Dated { dated, bad }
    }
}

/// Files in the order of their times, and those whose time cannot be told.
struct Dated {
    dated: Vec<(Origin, Option<DateTime<Utc>>)>,
    bad: Vec<(String, Message)>,
}

/// Records and reports.
pub(crate) fn run(args: AddArgs, context: &Context) -> Result<Outcome, CommandError> {
    let plan = Plan::new(args, Utc::now())?;
    let mut run = Run::new(&plan, context);
    let Dated { dated, bad } = plan.dated();
    for (name, message) in bad {
        run.report.failed(&name, None, message)?;
    }
    let are_captures = !dated.iter().any(|(origin, _)| plan.reader.holds_rows(origin));
    let progress = Progress::new(&context.terminal, "captures", are_captures.then_some(dated.len()));
    let found = item::found(&plan.reader, dated);
    pipeline::in_order(
        found,
        Found::bytes,
        |found| found.read(&plan.reader),
        |items| {
            progress.around(|| run.add(&items))?;
            progress.advance(items.len());
            Ok::<_, CommandError>(())
        },
    )?;
    drop(progress);
    run.report.finish()
}
