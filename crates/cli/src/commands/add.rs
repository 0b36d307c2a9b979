//! `isnad add`: records captures of articles in the history.

use std::io::Write;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use clap::{Args, ValueEnum};
use isnad_core::Language;
use isnad_ingest::{IngestError, Ingested, Kind};
use isnad_store::{
    Attempt, Extractor, History, OpenOptions, Origin as CaptureOrigin, Outcome as Recorded_, Reading, Recorded,
    Recording,
};

use super::Context;
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::event::summary;
use crate::output::time;
use crate::output::words::count;
use crate::packs::{Packs, shipped_language};
use crate::progress::Progress;
use crate::reading::{InputFormat, Origin, Reader, read_all};
use crate::stored::write_events;
use crate::terminal::{Paragraph, Role, first_strong};

/// Record captures of articles in the history, and say what changed.
///
/// Files are recorded in the order given. Each is a capture of the article that --url or --article
/// names, or else of the one whose address the page itself tells, or else of one named by the
/// file's path. A text the article already had is noted as seen again; a new one becomes a version,
/// and its claims are compared with those of the version before.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AddArgs {
    /// Captures of articles, as plain text or HTML; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The address of the article that all the files are captures of
    #[arg(long)]
    url: Option<String>,
    /// The name of the article that all the files are captures of, where it has no address
    #[arg(long, value_name = "NAME")]
    article: Option<String>,
    /// When a file was captured: once for all files, or once for each in their order. A date with or
    /// without a time (UTC unless it says otherwise), or `mtime` for when each file was last written;
    /// by default now
    #[arg(long, value_name = "TIME", value_parser = CaptureTime::parse)]
    at: Vec<CaptureTime>,
    /// Also print every change, as isnad diff does
    #[arg(long)]
    changes: bool,
    /// What the files hold; auto goes by name and content
    #[arg(long, value_name = "KIND", default_value = "auto")]
    input: Input,
    /// The language of the article (ar, en, …), where it is not to be recognised
    #[arg(long, value_name = "CODE", value_parser = shipped_language)]
    language: Option<Language>,
}

const EXAMPLES: &str = "\
Examples:
  isnad add --url https://example.org/a1 page.html
      record a capture made now
  isnad add --changes --article flood monday.txt tuesday.txt
      record two versions and show what changed
  isnad add --article a1 --at 2026-03-03T10:00 --at 2026-03-04 v1.html v2.html
      with the time of each capture
  isnad add --at mtime saved/*.html
      pages that tell their own address, dated by the files";

/// What files to record hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Input {
    Auto,
    Text,
    Html,
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
struct Plan {
    captures: Vec<(Origin, CaptureTime)>,
    reader: Reader,
    url: Option<String>,
    article: Option<String>,
    changes: bool,
}

impl Plan {
    /// `now` is when captures without a time were made: each a millisecond after the one before, to keep their order.
    fn new(args: AddArgs, now: DateTime<Utc>) -> Result<Self, CommandError> {
        let origins = Origin::all(&args.files)?;
        let times = match (args.at.as_slice(), origins.len()) {
            ([], files) => (0..files).map(|file| CaptureTime::At(now + TimeDelta::milliseconds(file as i64))).collect(),
            ([time], files) => vec![*time; files],
            (times, files) if times.len() == files => times.to_vec(),
            (times, files) => {
                let cause = format!("--at is given {} times for {}", times.len(), count(files, "file", "files"));
                let advice = "--at once, or once for each file in their order";
                return Err(CommandError::Usage(Message::new(cause).advise(advice)));
            }
        };
        let input = match args.input {
            Input::Auto => InputFormat::Auto,
            Input::Text => InputFormat::Text,
            Input::Html => InputFormat::Html,
        };
        Ok(Self {
            captures: origins.into_iter().zip(times).collect(),
            reader: Reader { input, language: args.language, ..Reader::default() },
            url: args.url,
            article: args.article,
            changes: args.changes,
        })
    }
}

/// Records and reports.
pub(crate) fn run(args: AddArgs, context: &Context) -> Result<Outcome, CommandError> {
    let plan = Plan::new(args, Utc::now())?;
    // The history is opened with the first capture there is, so that wrong use makes no file.
    let mut history = None;
    let mut outcome = Outcome::Done;
    let progress = Progress::new(&context.terminal, "files", Some(plan.captures.len()));
    for (origin, time) in &plan.captures {
        progress.advance(1);
        let capture = match Capture::read(&plan, origin, *time) {
            Ok(capture) => capture,
            Err(message) => {
                progress.around(|| context.terminal.complain(&message.cause, message.advice.as_deref()));
                outcome = Outcome::SomeSkipped;
                continue;
            }
        };
        let history = match &mut history {
            Some(history) => history,
            None => history.insert(History::open(&context.db, OpenOptions::write())?),
        };
        if let Err(message) = progress.around(|| capture.record_and_report(&plan, history, context))? {
            progress.around(|| context.terminal.complain(&message.cause, message.advice.as_deref()));
            outcome = Outcome::SomeSkipped;
        }
    }
    Ok(outcome)
}

/// A file that was read, be it an article or not.
struct Capture {
    name: String,
    time: DateTime<Utc>,
    bytes: Vec<u8>,
    ingested: Result<Ingested, IngestError>,
}

impl Capture {
    fn read(plan: &Plan, origin: &Origin, time: CaptureTime) -> Result<Self, Message> {
        let time = time.moment(origin)?;
        let bytes = read_all(origin).map_err(|error| Message::from(&error))?;
        let ingested = plan.reader.ingest(&bytes, origin);
        Ok(Self { name: origin.name(), time, bytes, ingested })
    }

    /// Records the capture and prints what became of it. What is no article is recorded as a failed capture if it
    /// is known of which article, and is the error inside.
    fn record_and_report(
        &self,
        plan: &Plan,
        history: &mut History,
        context: &Context,
    ) -> Result<Result<(), Message>, CommandError> {
        let ingested = match &self.ingested {
            Ok(ingested) => ingested,
            Err(error) => {
                let message = Message::from(error);
                let is_known = plan.url.is_some() || plan.article.is_some();
                if is_known {
                    let reason = error.to_string();
                    history.record(&self.recording(plan, Attempt::Failed { reason: &reason }))?;
                }
                return Ok(Err(message));
            }
        };
        for warning in &ingested.warnings {
            context.terminal.note(&format!("{}: {warning}", self.name));
        }
        let pack = Packs::default().for_article(&ingested.article);
        let claims = match pack {
            Ok(ref pack) => isnad_core::extract(&ingested.article, pack),
            Err(ref message) => {
                context.terminal.note(&format!("{}: recorded without its claims: {}", self.name, message.cause));
                Vec::new()
            }
        };
        let reading = Reading::new(&ingested.article, &claims, pack.as_deref().ok());
        let recorded = history.record(&self.recording(plan, Attempt::Read(reading)))?;
        self.report(&recorded, claims.len(), plan, history, context)?;
        Ok(Ok(()))
    }

    fn recording<'r>(&'r self, plan: &'r Plan, attempt: Attempt<'r>) -> Recording<'r> {
        let page = self.ingested.as_ref().ok().filter(|ingested| ingested.kind == Kind::Html);
        Recording {
            article: plan.article.as_deref(),
            url: plan.url.as_deref(),
            path: Some(&self.name),
            raw: Some(&self.bytes),
            extractor: page.map(|page| Extractor { name: page.extractor.name, version: page.extractor.version }),
            ..Recording::new(self.time, CaptureOrigin::File, attempt)
        }
    }

    fn report(
        &self,
        recorded: &Recorded,
        claims: usize,
        plan: &Plan,
        history: &History,
        context: &Context,
    ) -> Result<(), CommandError> {
        let log = history.log(recorded.article)?;
        let state = log.iter().find(|entry| Some(entry.state.version) == recorded.version);
        let version = state.map_or(0, |entry| entry.state.number);
        let is_first = log.first().is_some_and(|entry| entry.state.first.capture == recorded.capture);
        let claims = count(claims, "claim", "claims");
        let what = match recorded.outcome {
            Recorded_::NewVersion if is_first => format!("version {version}, {claims}"),
            Recorded_::NewVersion => format!("version {version}, {claims}: {}", summary(&recorded.events)),
            Recorded_::Seen => format!("version {version} seen again"),
            Recorded_::AlreadyRecorded => "recorded before, nothing to add".to_owned(),
            _ => "noted".to_owned(),
        };
        let line = Paragraph::indented(0)
            .foreign(first_strong(&self.name), Role::Plain, &self.name)
            .label(Role::Plain, &format!(": article {}, {what}", recorded.article));
        let mut text = line.render(&context.terminal.layout).into_bytes();
        if plan.changes && recorded.outcome != Recorded_::AlreadyRecorded {
            let mut events = history.events(recorded.article)?;
            events.retain(|event| event.not_after.capture == recorded.capture && event.status.counts());
            write_events(&mut text, &context.terminal.layout, history, &log, &events)?;
        }
        let mut out = context.terminal.stdout();
        out.write_all(&text)?;
        out.flush()?;
        Ok(())
    }
}
