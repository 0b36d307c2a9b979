//! `isnad export`: the history, or articles of it, for other programs.
//!
//! A format is one entry of [`FORMATS`]: its name, what it is, and a function that writes it.

mod csv;
mod documents;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use isnad_store::{ArticleId, ArticleRef, History};

use super::Context;
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::file::OutputFile;
use crate::stored;

/// Write the history for other programs: all of it, or some articles with all that belongs to them.
///
/// jsonl is everything, a record a line, and an equal history can be made from it; csv is one table of it, with a line
/// of column names, and parquet the same with types, in an isnad that was built with it. web-annotation marks the
/// claims of the newest versions, for Hypothesis and the like; schema-org tells articles, claims and quotations as
/// linked data; atom is a feed of the newest changes, and note an editor's note in Markdown. All are written as they
/// are read, however large the history is. docs/export.md shows each, docs/database.md explains records and columns.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExportArgs {
    /// Only these articles: numbers, addresses, or parts of titles that no other has
    #[arg(value_name = "ARTICLE")]
    articles: Vec<ArticleRef>,
    /// What to write
    #[arg(long, default_value = "jsonl", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: String,
    /// With csv and parquet: which table, claims unless another is named
    #[arg(long, value_parser = PossibleValuesParser::new(csv::TABLES.map(|table| table.name)))]
    table: Option<String>,
    /// With note and atom: the language of the words around, ar or en, which it is unless the other is named
    #[arg(long, value_name = "CODE", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(isnad_report::Texts::languages()))]
    ui_language: Option<String>,
    /// Write to this file instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// With --output: replace the file if it is there
    #[arg(long, requires = "output")]
    force: bool,
}

const EXAMPLES: &str = "\
Examples:
  isnad export > history.jsonl
      everything
  isnad export --format csv --table changes --output changes.csv
      what happened to each claim, as a table
  isnad export --format web-annotation 7 > notes.json
      the claims of an article as W3C Web Annotations
  isnad export --format jsonl 7 https://example.org/a1
      two articles with their captures, versions, claims and changes";

/// What is to be written.
pub(super) struct Job<'j> {
    pub(super) history: &'j History,
    /// Which articles; `None` for all.
    pub(super) articles: Option<&'j [ArticleId]>,
    /// The name of the table, for formats that hold one.
    pub(super) table: &'j str,
    /// The language of the interface, for formats that people read.
    pub(super) ui_language: &'j str,
}

/// Where it is written.
pub(super) type Out<'o> = dyn Write + Send + 'o;

/// A form in which a history can be written.
pub(super) struct Format {
    /// What the user calls it.
    name: &'static str,
    /// The argument that only some formats take, if this one does.
    takes: Option<&'static str>,
    /// Writes it.
    write: fn(&Job<'_>, &mut Out<'_>) -> Result<(), CommandError>,
}

/// The formats there are.
const FORMATS: &[Format] = &[
    Format { name: "jsonl", takes: None, write: jsonl::write },
    Format { name: "csv", takes: Some(TABLE), write: csv::write },
    #[cfg(feature = "parquet")]
    Format { name: "parquet", takes: Some(TABLE), write: parquet::write },
    Format { name: "web-annotation", takes: None, write: documents::annotations },
    Format { name: "schema-org", takes: None, write: documents::schema_org },
    Format { name: "atom", takes: Some(UI_LANGUAGE), write: documents::atom },
    Format { name: "note", takes: Some(UI_LANGUAGE), write: documents::notes },
];

const TABLE: &str = "--table";
const UI_LANGUAGE: &str = "--ui-language";

/// Exports.
pub(crate) fn run(args: &ExportArgs, context: &Context) -> Result<Outcome, CommandError> {
    let Some(format) = FORMATS.iter().find(|format| format.name == args.format) else { return Ok(Outcome::Done) };
    for (argument, is_given) in [(TABLE, args.table.is_some()), (UI_LANGUAGE, args.ui_language.is_some())] {
        if is_given && format.takes != Some(argument) {
            return Err(CommandError::Usage(out_of_place(argument, format)));
        }
    }
    let history = stored::open(context)?;
    let mut articles: Vec<ArticleId> =
        args.articles.iter().map(|article| history.resolve_article(article)).collect::<Result<_, _>>()?;
    // An article that is named twice is written once.
    let mut seen = HashSet::new();
    articles.retain(|article| seen.insert(*article));
    let job = Job {
        history: &history,
        articles: (!articles.is_empty()).then_some(articles.as_slice()),
        table: args.table.as_deref().unwrap_or("claims"),
        ui_language: args.ui_language.as_deref().unwrap_or("en"),
    };
    match &args.output {
        None => {
            let mut out = context.terminal.data();
            (format.write)(&job, &mut out)?;
            out.flush()?;
        }
        Some(path) => {
            let mut out = OutputFile::at(path, args.force)?;
            (format.write)(&job, &mut out)?;
            out.finish()?;
        }
    }
    Ok(Outcome::Done)
}

/// That a format does not take an argument, and which do.
fn out_of_place(argument: &str, format: &Format) -> Message {
    let takes = FORMATS.iter().filter(|format| format.takes == Some(argument)).map(|format| format.name);
    let takes: Vec<&str> = takes.collect();
    let cause = format!("{argument} means nothing with --format {}", format.name);
    Message::new(cause).advise(format!("--format {}, or without {argument}", takes.join(" or ")))
}
