//! `isnad backup`: a copy of the history while it is in use.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::Context;
use super::listing::{OutputFormat, print_text};
use crate::command_error::{CommandError, Outcome};
use crate::output::words::grouped;
use crate::progress::Progress;
use crate::stored;
use crate::terminal::{Paragraph, Role, first_strong};

/// Copy the history, as it is at one moment, to a new file.
///
/// Other programs may read and write it meanwhile. The copy has its name only once all of it is on
/// the disk, and replaces nothing.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BackupArgs {
    /// The file to make
    file: PathBuf,
    #[command(flatten)]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad backup isnad-2026-03-04.db
      copy isnad.db
  isnad backup --db /srv/news.db copy.db && isnad check --db copy.db
      copy another history and verify the copy";

/// A copy as data.
#[derive(Debug, Serialize)]
struct Copied {
    file: String,
    bytes: u64,
}

/// Copies.
pub(crate) fn run(args: &BackupArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let progress = Progress::before_results(&context.terminal, "blocks", Some(0));
    history.backup(&args.file, |done, all| progress.set(done, all))?;
    drop(progress);
    let bytes = std::fs::metadata(&args.file).map_or(0, |metadata| metadata.len());
    let file = args.file.display().to_string();
    match args.format.is_data() {
        true => args.format.print_object(context, &Copied { file, bytes })?,
        false => {
            let bytes = grouped(usize::try_from(bytes).unwrap_or(usize::MAX));
            let line = Paragraph::indented(0)
                .foreign(first_strong(&file), Role::Plain, &file)
                .label(Role::Plain, &format!(": a copy of {bytes} bytes"));
            print_text(context, line.render(&context.terminal.layout).as_bytes())?;
        }
    }
    Ok(Outcome::Done)
}
