//! `isnad compact`: a smaller file with the same history.

use clap::Args;
use isnad_store::{History, OpenOptions};

use super::Context;
use super::listing::{OutputFormat, print_text};
use crate::command_error::{CommandError, Outcome};
use crate::output::words::grouped;
use crate::terminal::{Paragraph, Role};

/// Write the file of the history anew, without the room that nothing takes any more.
///
/// It also notes what the tables are like, which makes searching faster. It needs as much free room
/// as the file takes; cut off, it leaves the file as it was. Others may read meanwhile.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompactArgs {
    #[command(flatten)]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad compact
      make isnad.db small
  isnad compact --format json
      with its size before and after, in bytes, as data";

/// Makes it small.
pub(crate) fn run(args: &CompactArgs, context: &Context) -> Result<Outcome, CommandError> {
    let mut history = History::open(&context.db, OpenOptions { create: false, ..OpenOptions::write() })?;
    let compacted = history.compact()?;
    match args.format.is_data() {
        true => args.format.print_object(context, &compacted)?,
        false => {
            let bytes = |bytes: u64| grouped(usize::try_from(bytes).unwrap_or(usize::MAX));
            let told = format!("{} bytes before, {} now", bytes(compacted.before), bytes(compacted.after));
            let line = Paragraph::indented(0).label(Role::Plain, &told);
            print_text(context, line.render(&context.terminal.layout).as_bytes())?;
        }
    }
    Ok(Outcome::Done)
}
