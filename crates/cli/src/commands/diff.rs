//! `isnad diff`: what changed in the claims between two versions of an article.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use isnad_diff::{Change, Comparison, Severity, SeverityTable, Summary, Version};
use serde::Serialize;

use super::Context;
use super::change_filter::{Filter, FilterArgs};
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::change::{Heading, Sides, write_change, write_running_change, write_summary};
use crate::output::claim::Page;
use crate::output::json::{Converters, write_pretty};
use crate::output::words;
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
    #[command(flatten)]
    filter: FilterArgs,
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

/// Compares and prints.
pub(crate) fn run(args: &DiffArgs, context: &Context) -> Result<Outcome, CommandError> {
    let [old, new] = read_both(args)?;
    warn([&old, &new], context);
    let table = args.severity.as_deref().map(severity_table).transpose()?;
    let table = table.as_ref().unwrap_or_else(|| SeverityTable::builtin());
    let mut comparison = isnad_diff::compare_with(version(&old), version(&new), &new.pack, table);
    let filter = match args.all {
        true => Filter { least: Severity::Low, ..args.filter.filter() },
        false => args.filter.filter(),
    };
    let hidden = comparison.retain(|change| filter.shows(change.severity, &change.facets));
    match args.format {
        Format::Text => {
            let hidden = filter.tell_hidden(hidden);
            print_text([&old, &new], &comparison, hidden.as_deref(), args.words, context)?;
        }
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

/// Says what may have made a version read otherwise than it is, and that two languages do not compare.
fn warn([old, new]: [&Extracted; 2], context: &Context) {
    old.warnings.iter().chain(&new.warnings).for_each(|warning| context.terminal.note(warning));
    let (before, after) = (old.pack.language(), new.pack.language());
    if before != after {
        let told =
            format!("the earlier version is in `{before}`, the later in `{after}`: their claims are not one another's");
        context.terminal.note(&told);
    }
}

const fn version(side: &Extracted) -> Version<'_> {
    Version { article: &side.article, claims: side.claims.as_slice() }
}

/// In how many lines the text beside claims changed.
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
    hidden: Option<&str>,
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
    /// Lines of the story in which the text beside the claims differs.
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
