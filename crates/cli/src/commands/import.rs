//! `isnad import`: records the captures that collections hold.

mod pipeline;
mod prepare;
mod tally;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveTime;
use clap::Args;
use clap::builder::PossibleValuesParser;
use isnad_core::Language;
use isnad_ingest::source::{self, KINDS, Pattern, SourceKind, SourceOptions};
use isnad_ingest::{IngestError, Options};
use isnad_store::{History, OpenOptions, Origin};

use super::Context;
use super::listing::OutputFormat;
use crate::command_error::{CommandError, Message, Outcome};
use crate::packs::shipped_language;
use crate::reading::ExtractorArgs;
use pipeline::Pipeline;
use tally::Tally;

/// Record the captures that a collection holds: rows, a folder of snapshots, an archive.
///
/// What a source is, is told by its name and how it begins. Captures are read one after the other, so that a source may be
/// larger than the memory; what is broken is told, counted and skipped. Ctrl-C ends with the article in hand, and the same
/// command goes on from there: what is recorded already is passed over, so that importing twice changes nothing.
///
/// docs/import.md shows every kind of source with an example.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ImportArgs {
    /// Files or folders that hold captures
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// What the sources are, where that is not to be recognised
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    from: Option<String>,
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
    /// The language of the articles (ar, en, …), where it is not to be recognised
    #[arg(long, value_name = "CODE", value_parser = shipped_language)]
    language: Option<Language>,
    #[command(flatten)]
    extractors: ExtractorArgs,
    #[command(flatten)]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad import captures.jsonl
      rows with text or html, url and captured
  isnad import --pattern '{article}/{time}.html' snapshots/
      a folder of snapshots whose paths tell article and time
  isnad import --clock 12:00 --language ar dated-by-day/
      a folder whose names tell only the day
  isnad import crawl.warc.gz
      the pages of a crawl";

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(KINDS.iter().map(|kind| clap::builder::PossibleValue::new(kind.name).help(kind.about)))
}

fn column(text: &str) -> Result<(String, String), String> {
    let (field, column) = text.split_once('=').ok_or("write FIELD=COLUMN, such as captured=fetched_at")?;
    Ok((field.trim().to_owned(), column.trim().to_owned()))
}

fn clock(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| "give hours and minutes, such as 12:00".to_owned())
}

/// Imports one source after the other.
pub(crate) fn run(args: ImportArgs, context: &Context) -> Result<Outcome, CommandError> {
    let stop = stop_on_interrupt(context);
    let kind = args.from.as_deref().and_then(SourceKind::named);
    let source_options = SourceOptions {
        patterns: args.pattern,
        columns: args.column.into_iter().collect::<BTreeMap<_, _>>(),
        clock: args.clock,
        trusts_file_times: args.mtime,
    };
    let second_opinion = args.extractors.asks_twice();
    let options = Options { language: args.language, second_opinion, ..Options::default() };
    let mut history = None;
    let mut tallies = Vec::new();
    for path in &args.sources {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let mut tally = Tally::new(path.display().to_string());
        match open(path, kind, &source_options) {
            Ok((source, origin)) => {
                let history = opened(&mut history, context)?;
                let known = history.known_captures(origin)?;
                let pipeline = Pipeline { context, options: &options, known: &known, origin, stop: &stop };
                pipeline.run(source, history, &mut tally)?;
            }
            Err(error) => tally.broke(context, Message::from(&error)),
        }
        if !args.format.is_data() {
            tally.print(context)?;
        }
        tallies.push(tally);
    }
    if args.format.is_data() {
        args.format.print_list(context, &tallies)?;
    }
    if stop.load(Ordering::Relaxed) {
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

/// Opens a source; and what its captures are for the history.
fn open(
    path: &Path,
    kind: Option<&'static SourceKind>,
    options: &SourceOptions,
) -> Result<(Box<dyn source::Source>, Origin), IngestError> {
    let kind = kind.or_else(|| SourceKind::of(path));
    let origin = match kind {
        Some(kind) if kind.is_web_archive => Origin::Warc,
        _ => Origin::Import,
    };
    Ok((source::open(path, kind, options)?, origin))
}

/// The history, opened with the first source there is, so that wrong use makes no file.
fn opened<'h>(history: &'h mut Option<History>, context: &Context) -> Result<&'h mut History, CommandError> {
    match history {
        Some(history) => Ok(history),
        None => Ok(history.insert(History::open(&context.db, OpenOptions::write())?)),
    }
}

/// A mark that Ctrl-C sets. A second one ends the process at once: what is recorded is safe whenever it comes.
fn stop_on_interrupt(context: &Context) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let (mark, terminal) = (Arc::clone(&stop), context.terminal);
    let handled = ctrlc::set_handler(move || {
        if mark.swap(true, Ordering::Relaxed) {
            #[expect(clippy::exit, reason = "asked for twice, and every recording is a transaction of its own")]
            std::process::exit(1);
        }
        terminal.note("stopping after the article in hand; Ctrl-C again to stop at once");
    });
    if let Err(error) = handled {
        context.terminal.note(&format!("Ctrl-C will stop at once: {error}"));
    }
    stop
}
