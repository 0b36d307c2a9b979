//! `isnad extract`: the claims of articles.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use isnad_core::{Article, Claim};
use rayon::prelude::*;

use super::Context;
use crate::budget::{Budget, Closing};
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::claim::{Page, write_claim, write_header};
use crate::output::json::{BadRow, Converter, Document, Engine, write_line, write_pretty};
use crate::output::time;
use crate::packs::LanguageArgs;
use crate::progress::Progress;
use crate::reading::{Extracted, InputFormat, Origin, Reader, Row};

/// List the claims of articles: who says what, by what words, and where it stands.
///
/// A claim is what an article attributes to somebody other than its own narrator: said, written,
/// denied, confirmed, demanded, hoped. Each is listed with its speaker, the words that attribute it,
/// its content with the quoted parts marked, and the line it stands on.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExtractArgs {
    /// Articles as plain text or HTML, or JSON Lines with an article a line; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the files hold; auto goes by name and content
    #[arg(long, value_name = "KIND", default_value = "auto")]
    input: InputFormat,
    /// How to print: text for people, json for one article, jsonl for one article a line
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// The day that the articles are of, such as 2026-03-04: from it counts what they say of time (yesterday, next week);
    /// else from the day that the page, or `published` or `captured` of the row, tells
    #[arg(long, value_name = "DAY", value_parser = time::parse_day)]
    date: Option<NaiveDate>,
    #[command(flatten)]
    language: LanguageArgs,
    /// What to call the article in the output, in place of its path
    #[arg(long)]
    id: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  isnad extract article.txt
      a list for people
  isnad extract --format json --date 2026-03-04 article.txt
      one article as data, with the day that its `yesterday` was
  isnad extract --format jsonl pages/*.html
      many articles as data, one a line
  zcat rows.jsonl.gz | isnad extract --input jsonl --format jsonl -
      a filter: {\"id\", \"text\" or \"html\"} a line in, claims out

A file or row that cannot be read is reported and skipped; the exit status is
then 2.";

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

/// What is to be done, checked.
#[derive(Debug)]
struct Plan {
    origins: Vec<Origin>,
    reader: Reader,
    format: Format,
    day: Option<NaiveDate>,
}

impl TryFrom<ExtractArgs> for Plan {
    type Error = CommandError;

    fn try_from(args: ExtractArgs) -> Result<Self, Self::Error> {
        let origins = Origin::all(&args.files)?;
        let is_many = origins.len() > 1 || args.input == InputFormat::Jsonl;
        if is_many && args.format == Format::Json {
            let message = Message::new("--format json prints one article, and there may be several");
            return Err(CommandError::Usage(message.advise("--format jsonl, which prints one article a line")));
        }
        if is_many && args.id.is_some() {
            let message = Message::new("--id names one article, and there may be several");
            return Err(CommandError::Usage(message.advise("no --id, or one article at a time")));
        }
        let (language, packs) = args.language.resolve()?;
        let reader = Reader { input: args.input, language, id: args.id, packs, second_opinion: false };
        Ok(Self { origins, reader, format: args.format, day: args.date })
    }
}

/// Extracts and prints.
pub(crate) fn run(args: ExtractArgs, context: &Context) -> Result<Outcome, CommandError> {
    let plan = Plan::try_from(args)?;
    let mut printer = Printer { context, format: plan.format, day: plan.day, printed: 0, skipped: 0 };
    let mut articles: Vec<Origin> = Vec::new();
    for origin in plan.origins {
        if plan.reader.holds_rows(&origin) {
            extract_files(&plan.reader, &std::mem::take(&mut articles), &mut printer)?;
            extract_rows(&plan.reader, &origin, &mut printer)?;
        } else {
            articles.push(origin);
        }
    }
    extract_files(&plan.reader, &articles, &mut printer)?;
    Ok(printer.outcome())
}

/// How many articles are read and held at once for each thread that extracts.
const BATCH_PER_THREAD: usize = 4;

/// How many bytes of rows are held at once, unless a single row has more.
const MOST_ROW_BYTES_HELD: usize = 64 * 1024 * 1024;

/// Reads and extracts files side by side and prints them in the order given.
fn extract_files(reader: &Reader, origins: &[Origin], printer: &mut Printer<'_>) -> Result<(), CommandError> {
    let progress = Progress::new(&printer.context.terminal, "files", Some(origins.len()));
    for batch in origins.chunks(rayon::current_num_threads() * BATCH_PER_THREAD) {
        let extracted: Vec<_> = batch.par_iter().map(|origin| reader.read(origin)).collect();
        for result in extracted {
            progress.around(|| match result {
                Ok(extracted) => printer.print(&extracted),
                Err(message) => printer.skip(&message),
            })?;
        }
        progress.advance(batch.len());
    }
    Ok(())
}

/// Extracts from JSON Lines as they come: what has arrived is worked on together, and nothing waits for more.
fn extract_rows(reader: &Reader, origin: &Origin, printer: &mut Printer<'_>) -> Result<(), CommandError> {
    let progress = Progress::new(&printer.context.terminal, "articles", None);
    let most = rayon::current_num_threads() * BATCH_PER_THREAD;
    let rows = match reader.rows(origin) {
        Ok(rows) => rows,
        Err(message) => return printer.skip(&message),
    };
    let (send, arrived) = mpsc::sync_channel(most);
    let budget = &Budget::new(MOST_ROW_BYTES_HELD);
    thread::scope(move |scope| {
        let _closing = Closing(budget);
        // The reading thread ends with the rows, or when `arrived` is gone and nobody takes them any more.
        scope.spawn(move || {
            for row in rows {
                // Nobody listens any more: the reading has failed and says so itself.
                if !budget.take(row.bytes()) || send.send(row).is_err() {
                    break;
                }
            }
        });
        while let Ok(first) = arrived.recv() {
            let batch: Vec<Row> = std::iter::once(first).chain(arrived.try_iter().take(most - 1)).collect();
            let (done, bytes) = (batch.len(), batch.iter().map(Row::bytes).sum());
            let extracted: Vec<_> = batch.into_par_iter().map(Row::extract).collect();
            progress.around(|| extracted.iter().try_for_each(|result| printer.print_row(result)))?;
            budget.give_back(bytes);
            progress.advance(done);
        }
        Ok(())
    })
}

/// Prints articles one after another and counts what was left out.
struct Printer<'c> {
    context: &'c Context,
    format: Format,
    /// The day that the user says the articles are of.
    day: Option<NaiveDate>,
    printed: usize,
    skipped: usize,
}

impl Printer<'_> {
    fn print(&mut self, extracted: &Extracted) -> Result<(), CommandError> {
        let Extracted { article, pack, claims, warnings } = extracted;
        for warning in warnings {
            self.context.terminal.note(warning);
        }
        let document = || {
            let converter = Converter::new(article, self.context.offsets).on(self.day);
            let claims = claims.iter().map(|claim| converter.claim(claim)).collect();
            Document::new(article, Engine::this(pack), claims)
        };
        match self.format {
            Format::Text => self.print_text(article, claims)?,
            Format::Json => {
                let mut out = self.context.terminal.data();
                write_pretty(&mut out, &document())?;
                out.flush()?;
            }
            Format::Jsonl => {
                let mut out = self.context.terminal.data();
                write_line(&mut out, &document())?;
                out.flush()?;
            }
        }
        self.printed += 1;
        Ok(())
    }

    fn print_text(&self, article: &Article, claims: &[Claim]) -> io::Result<()> {
        let layout = &self.context.terminal.layout;
        let mut text = Vec::new();
        if self.printed > 0 {
            text.push(b'\n');
        }
        write_header(&mut text, layout, article, claims)?;
        let page = Page::new(article);
        for claim in claims {
            text.push(b'\n');
            write_claim(&mut text, layout, &page, claim)?;
        }
        let mut out = self.context.terminal.stdout();
        out.write_all(&text)?;
        out.flush()
    }

    /// Prints a row; a bad one is reported where the reader of the data will look for it, too.
    fn print_row(&mut self, result: &Result<Extracted, BadRow>) -> Result<(), CommandError> {
        match result {
            Ok(extracted) => self.print(extracted),
            Err(bad) => {
                if self.format == Format::Jsonl {
                    let mut out = self.context.terminal.data();
                    write_line(&mut out, bad)?;
                    out.flush()?;
                }
                self.skip(&bad.message())
            }
        }
    }

    fn skip(&mut self, message: &Message) -> Result<(), CommandError> {
        self.skipped += 1;
        self.context.terminal.complain(&message.cause, message.advice.as_deref());
        Ok(())
    }

    /// How it went; a batch with bad items ends with their number.
    fn outcome(&self) -> Outcome {
        match self.skipped {
            0 => Outcome::Done,
            skipped => {
                if self.printed + skipped > 1 {
                    let read = self.printed;
                    self.context.terminal.note(&format!("{read} read, {skipped} skipped"));
                }
                Outcome::SomeSkipped
            }
        }
    }
}
