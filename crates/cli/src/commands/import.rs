//! `isnad import`: records the captures that collections hold.

mod exported;
mod pipeline;
mod prepare;
mod spool;
mod tally;
mod wayback;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{NaiveTime, Utc};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use isnad_ingest::source::{self, KINDS, Pattern, SourceKind, SourceOptions};
use isnad_ingest::{IngestError, Options};
use isnad_store::{History, OpenOptions, Origin};

use super::Context;
use super::listing::OutputFormat;
use crate::command_error::{CommandError, Message, Outcome};
use crate::interrupt::Stop;
use crate::reading::ReadArgs;
use exported::Exported;
use pipeline::Pipeline;
use tally::Tally;
use wayback::WaybackArgs;

/// Record the captures that a collection holds: rows, a folder of snapshots, an archive, a history.
///
/// What a source is, is told by its name and how it begins. Captures are read one after the other, so that a source may be
/// larger than the memory; what is broken is told, counted and skipped. Ctrl-C ends with the article in hand, and the same
/// command goes on from there: what is recorded already is passed over, so that importing twice changes nothing.
///
/// docs/import.md shows every kind of source with an example.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ImportArgs {
    /// Files or folders that hold captures, wayback:URL for those that the Wayback Machine has of an address, or - for an
    /// exported history from the standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// What the sources are, where that is not to be recognised
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    kind: Option<String>,
    /// What the paths of files tell, such as `{article}/{time}.html`; the first that fits counts, and files that fit none
    /// are no captures. Fields: {article}, {time}, {day}, {clock}, {url}, {language}; `*` and `**` stand for anything
    #[arg(long, value_name = "PATTERN", value_parser = Pattern::new)]
    pattern: Vec<Pattern>,
    /// Which column of a table holds a field, such as captured=fetched_at
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = column)]
    column: Vec<(String, String)>,
    /// The time of day (UTC) of captures of which only the day is known
    #[arg(long, value_name = "HH:MM", value_parser = clock)]
    clock: Option<NaiveTime>,
    /// Take when a file was last written for the time of its capture, where nothing else tells it
    #[arg(long)]
    mtime: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    format: OutputFormat,
    #[command(flatten)]
    wayback: WaybackArgs,
}

const EXAMPLES: &str = "\
Examples:
  isnad import --pattern '{article}/{time}.html' snapshots/
      a folder of snapshots whose paths tell article and time
  isnad import crawl.warc.gz
      the pages of a crawl
  isnad import --from 2026-03-01 wayback:https://example.org/a1
      what the Wayback Machine has of an article since then
  isnad import --db copy.db history.jsonl
      a history that isnad export wrote, as it was";

fn kinds() -> PossibleValuesParser {
    let kinds = KINDS.iter().map(|kind| (kind.name, kind.about)).chain([(exported::NAME, exported::ABOUT)]);
    PossibleValuesParser::new(kinds.map(|(name, about)| PossibleValue::new(name).help(about)))
}

fn column(text: &str) -> Result<(String, String), String> {
    let (field, column) = text.split_once('=').ok_or("write FIELD=COLUMN, such as captured=fetched_at")?;
    let field = field.trim();
    match source::fields().any(|known| known == field) {
        true => Ok((field.to_owned(), column.trim().to_owned())),
        false => Err(format!("the fields are {}", source::fields().collect::<Vec<_>>().join(", "))),
    }
}

fn clock(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| "give hours and minutes, such as 12:00".to_owned())
}

/// Imports one source after the other.
pub(crate) fn run(args: ImportArgs, context: &Context) -> Result<Outcome, CommandError> {
    let stop = Stop::on_interrupt(&context.terminal);
    let source_options = SourceOptions {
        patterns: args.pattern,
        columns: args.column.into_iter().collect::<BTreeMap<_, _>>(),
        clock: args.clock,
        trusts_file_times: args.mtime,
    };
    let options = args.read.reader().options();
    let mut import = Import {
        context,
        kind: args.kind.as_deref(),
        source_options,
        options,
        stop: &stop,
        history: None,
        wayback: &args.wayback,
    };
    let mut tallies = Vec::new();
    for path in &args.sources {
        if stop.is_set() {
            break;
        }
        let tally = import.take(path)?;
        if !args.format.is_data() {
            tally.print(context)?;
        }
        tallies.push(tally);
    }
    if args.format.is_data() {
        args.format.print_list(context, &tallies)?;
    }
    if stop.is_set() {
        context.terminal.complain(
            "stopped by Ctrl-C; what was recorded before is safe",
            Some("the same command again, which goes on from here"),
        );
        return Ok(Outcome::FellShort);
    }
    match tallies.iter().all(Tally::is_clean) {
        true => Ok(Outcome::Done),
        false => Ok(Outcome::SomeSkipped),
    }
}

/// What all sources are imported with, and into.
struct Import<'i> {
    context: &'i Context,
    /// The kind the user says the sources are of.
    kind: Option<&'i str>,
    source_options: SourceOptions,
    options: Options,
    stop: &'i Arc<Stop>,
    wayback: &'i WaybackArgs,
    /// Opened with the first source there is, so that wrong use makes no file.
    history: Option<History>,
}

impl Import<'_> {
    /// Takes in one source; what became of it.
    fn take(&mut self, path: &Path) -> Result<Tally, CommandError> {
        let mut tally = Tally::new(path.display().to_string(), Utc::now());
        let is_exported = || self.kind.map_or_else(|| exported::is_one(path), |kind| kind == exported::NAME);
        let taken = match path.to_str().and_then(|path| path.strip_prefix(wayback::PREFIX)) {
            Some(url) => self.take_wayback(url, &mut tally)?,
            None if is_exported() => self.take_exported(path, &mut tally)?,
            None => self.take_captures(path, &mut tally)?,
        };
        if let Err(error) = taken {
            tally.broke(self.context, Message::from(&error));
        }
        Ok(tally)
    }

    fn take_exported(&mut self, path: &Path, tally: &mut Tally) -> Result<Result<(), IngestError>, CommandError> {
        let (context, stop) = (self.context, self.stop);
        match Exported::open(path, context, stop)? {
            Ok(exported) => exported.run(self.history()?, context, tally).map(Ok),
            Err(error) => Ok(Err(error)),
        }
    }

    fn take_captures(&mut self, path: &Path, tally: &mut Tally) -> Result<Result<(), IngestError>, CommandError> {
        let kind = self.kind.and_then(SourceKind::named).or_else(|| SourceKind::of(path));
        let origin = match kind {
            Some(kind) if kind.is_web_archive => Origin::Warc,
            _ => Origin::Import,
        };
        let source = match source::open(path, kind, &self.source_options) {
            Ok(source) => source,
            Err(error) => return Ok(Err(error)),
        };
        let known = self.history()?.known_captures(origin)?;
        let (context, stop, options) = (self.context, self.stop, self.options.clone());
        let pipeline = Pipeline { context, options: &options, known: &known, origin, stop };
        pipeline.run(source, self.history()?, tally).map(Ok)
    }

    fn take_wayback(&mut self, url: &str, tally: &mut Tally) -> Result<Result<(), IngestError>, CommandError> {
        let known = self.history()?.known_captures(Origin::Wayback)?;
        let source = self.wayback.source(url, Arc::clone(self.stop), known.clone())?;
        let (context, stop, options) = (self.context, &**self.stop, self.options.clone());
        let pipeline = Pipeline { context, options: &options, known: &known, origin: Origin::Wayback, stop };
        pipeline.run(Box::new(source), self.history()?, tally).map(Ok)
    }

    fn history(&mut self) -> Result<&mut History, CommandError> {
        match self.history {
            Some(ref mut history) => Ok(history),
            None => Ok(self.history.insert(History::open(&self.context.db, OpenOptions::write())?)),
        }
    }
}
