//! `isnad check`: whether everything that was recorded is still there, unchanged, and right.

use clap::Args;
use isnad_store::Check;

use super::Context;
use super::listing::{OutputFormat, print_text};
use crate::command_error::{CommandError, Outcome};
use crate::output::words::count;
use crate::progress::Progress;
use crate::stored;
use crate::terminal::{Paragraph, Role};

/// Verify the history: that the file is sound, and that what was recorded is still there, unchanged and right.
///
/// It looks at the file itself, at the references between its rows, at the hash of every text and
/// page, and at the words of every claim in its text; it finds the claims anew in what this version
/// of isnad has read, and compares, and looks whether search and the counts of speakers are those of the
/// claims. Nothing is changed. The exit status is 1 if anything is wrong.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad check
      verify isnad.db
  isnad check --db copy.db && echo sound
      verify a copy; the exit status is 1 if anything is wrong
  isnad check --format json
      what was looked at and what is wrong, as data";

/// Verifies.
pub(crate) fn run(args: &CheckArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let progress = Progress::before_results(&context.terminal, "texts, pages and versions", Some(0));
    let check = history.check(|done, all| progress.set(done, all))?;
    drop(progress);
    match args.format.is_data() {
        true => args.format.print_object(context, &check)?,
        false => print_text(context, &text(&check, context))?,
    }
    Ok(if check.problems.is_empty() { Outcome::Done } else { Outcome::FellShort })
}

fn text(check: &Check, context: &Context) -> Vec<u8> {
    let line = |text: &str| Paragraph::indented(0).label(Role::Plain, text).render(&context.terminal.layout);
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let mut lines = String::new();
    for problem in &check.problems {
        lines.push_str(&line(&format!("{}: {}", problem.place, problem.problem)));
    }
    let looked_at = [
        count(number(check.texts), "text", "texts"),
        count(number(check.raws), "page", "pages"),
        count(number(check.claims), "claim", "claims"),
    ];
    let anew = format!("{} found the same anew", count(number(check.recomputed), "version", "versions"));
    let problems = match check.problems.len() {
        0 => "nothing is wrong".to_owned(),
        problems => count(problems, "problem", "problems"),
    };
    lines.push_str(&line(&format!("{}, {anew}: {problems}", looked_at.join(", "))));
    lines.into_bytes()
}
