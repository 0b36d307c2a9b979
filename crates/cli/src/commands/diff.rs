//! `isnad diff`: what changed in the claims between two versions of an article.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use isnad_diff::{Change, Comparison, Facet, Severity, SeverityTable, Summary, Version};
use serde::Serialize;

use super::Context;
use super::names::FACETS;
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::change::{Heading, Sides, write_change, write_running_change, write_summary};
use crate::output::claim::Page;
use crate::output::json::{Converters, write_pretty};
use crate::output::words::{self, named};
use crate::packs::LanguageArgs;
use crate::reading::{Extracted, Origin, Reader};

/// Show what changed in the claims between two versions of an article.
///
/// Claims of the two versions are matched, and each that changed is shown with what changed: a
/// number, the speaker, the verb of saying, a negation, words inside quotation marks. The most
/// severe changes come first. A claim that several others fit about equally well is shown as
/// ambiguous and not linked.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DiffArgs {
    /// The earlier version, as plain text or HTML; `-` is the standard input
    old: PathBuf,
    /// The later version
    new: PathBuf,
    /// How to print: text for people, json for programs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// End with status 1 when a change is shown
    #[arg(long)]
    exit_code: bool,
    /// Show changes of every severity: the same as --min-severity low
    #[arg(long, conflicts_with = "min_severity")]
    all: bool,
    /// Show only changes in these facets
    #[arg(long, value_name = "FACET", value_delimiter = ',', value_parser = PossibleValuesParser::new(FACETS))]
    only: Vec<String>,
    /// Show only changes that matter this much: low (also place and spelling), medium or high
    #[arg(long, value_name = "SEVERITY", default_value = "medium", hide_possible_values = true)]
    min_severity: Threshold,
    /// Show each change as one running text, deleted words before inserted ones
    #[arg(long)]
    words: bool,
    /// A table of how much each facet and status matters, in place of the built-in one (TOML)
    #[arg(long, value_name = "FILE")]
    severity: Option<PathBuf>,
    #[command(flatten)]
    language: LanguageArgs,
}

const EXAMPLES: &str = "\
Examples:
  isnad diff monday.html tuesday.html
      what changed, the most severe first
  isnad diff --only quantity,source v1.txt v2.txt
      only numbers and speakers
  isnad diff --exit-code --min-severity high v1.txt v2.txt
      status 1 if a severe change was made
  isnad diff --format json --all v1.txt v2.txt
      everything, as data";

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// The least severity to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Low,
    Medium,
    High,
}

impl From<Threshold> for Severity {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Low => Self::Low,
            Threshold::Medium => Self::Medium,
            Threshold::High => Self::High,
        }
    }
}

/// Which changes to show.
#[derive(Debug)]
struct Filter {
    least: Severity,
    /// Empty for all.
    facets: Vec<Facet>,
}

impl Filter {
    /// A change without facets (a claim that is new or gone) is shown unless facets were asked for.
    fn shows(&self, change: &Change) -> bool {
        let in_facets = self.facets.is_empty() || change.facets.iter().any(|facet| self.facets.contains(facet));
        change.severity >= self.least && in_facets
    }
}

impl From<&DiffArgs> for Filter {
    fn from(args: &DiffArgs) -> Self {
        let least = if args.all { Severity::Low } else { args.min_severity.into() };
        Self { least, facets: args.only.iter().filter_map(|facet| named(facet)).collect() }
    }
}

/// Compares and prints.
pub(crate) fn run(args: &DiffArgs, context: &Context) -> Result<Outcome, CommandError> {
    let [old, new] = read_both(args)?;
    let table = args.severity.as_deref().map(severity_table).transpose()?;
    let table = table.as_ref().unwrap_or_else(|| SeverityTable::builtin());
    let mut comparison = isnad_diff::compare_with(version(&old), version(&new), &new.pack, table);
    let filter = Filter::from(args);
    let hidden = comparison.retain(|change| filter.shows(change));
    match args.format {
        Format::Text => print_text([&old, &new], &comparison, hidden, args.words, context)?,
        Format::Json => print_json([&old, &new], &comparison, hidden, context)?,
    }
    match args.exit_code && !comparison.changes.is_empty() {
        true => Ok(Outcome::Changed),
        false => Ok(Outcome::Done),
    }
}

fn read_both(args: &DiffArgs) -> Result<[Extracted; 2], CommandError> {
    Origin::all([&args.old, &args.new])?;
    let (language, packs) = args.language.resolve()?;
    let reader = Reader { language, packs, ..Reader::default() };
    let read = |path| reader.read(&Origin::from(path)).map_err(CommandError::Input);
    Ok([read(&args.old)?, read(&args.new)?])
}

const fn version(side: &Extracted) -> Version<'_> {
    Version { article: &side.article, claims: side.claims.as_slice() }
}

/// How many lines without a claim changed.
fn elsewhere(old: &Extracted, new: &Extracted) -> usize {
    isnad_diff::lines_changed_elsewhere(version(old), version(new))
}

/// Reads the user's table.
fn severity_table(path: &Path) -> Result<SeverityTable, CommandError> {
    let fault = |error: &dyn Display| {
        let advice =
            "a table like that of `docs/changes.md`: [facets] and [status], each name with high, medium or low";
        CommandError::Input(Message::new(format!("{}: {error}", path.display())).advise(advice))
    };
    let text = std::fs::read_to_string(path).map_err(|error| fault(&error))?;
    SeverityTable::from_toml(&text).map_err(|error| fault(&error.to_string().trim_end()))
}

fn print_text(
    [old, new]: [&Extracted; 2],
    comparison: &Comparison,
    hidden: usize,
    running: bool,
    context: &Context,
) -> io::Result<()> {
    let layout = &context.terminal.layout;
    let sides = Sides { old: Page::new(&old.article), new: Page::new(&new.article) };
    let mut text = Vec::new();
    write_summary(&mut text, layout, comparison, elsewhere(old, new), hidden)?;
    for (index, change) in comparison.changes.iter().enumerate() {
        text.push(b'\n');
        let number = (index + 1).to_string();
        let heading = Heading { label: &number, fate: words::status(change.status), when: None, same: ' ' };
        match running {
            true => write_running_change(&mut text, layout, &sides, &heading, change)?,
            false => write_change(&mut text, layout, &sides, &heading, change)?,
        }
    }
    let mut out = context.terminal.stdout();
    out.write_all(&text)?;
    out.flush()
}

/// A comparison as it leaves the command.
#[derive(Debug, Serialize)]
struct Document<'a> {
    old: Side<'a>,
    new: Side<'a>,
    summary: Summary,
    /// Lines of the story without a claim that only one version has, or that were replaced.
    lines_changed_elsewhere: usize,
    /// Changes that were not asked for; the summary does not count them.
    changes_not_shown: usize,
    changes: Vec<Change>,
}

/// Which version stood on one side.
#[derive(Debug, Serialize)]
struct Side<'a> {
    id: &'a str,
    /// When it was captured: unknown of a file.
    captured: Option<&'a str>,
}

fn print_json(
    [old, new]: [&Extracted; 2],
    comparison: &Comparison,
    hidden: usize,
    context: &Context,
) -> io::Result<()> {
    let converters = Converters::new(&old.article, &new.article, context.offsets);
    let document = Document {
        old: Side { id: &old.article.metadata.id, captured: None },
        new: Side { id: &new.article.metadata.id, captured: None },
        summary: comparison.summary,
        lines_changed_elsewhere: elsewhere(old, new),
        changes_not_shown: hidden,
        changes: comparison.changes.iter().map(|change| converters.change(change)).collect(),
    };
    let mut out = context.terminal.data();
    write_pretty(&mut out, &document)?;
    out.flush()
}
