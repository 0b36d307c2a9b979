//! The commands, one file each: arguments, what they are checked into, and what is done.

mod completions;

use std::path::PathBuf;

use clap::Subcommand;
use isnad_core::OffsetUnit;

use crate::command_error::{CommandError, Outcome};
use crate::terminal::Terminal;

/// What every command is given beside its own arguments.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) terminal: Terminal,
    /// The file that holds the history.
    pub(crate) db: PathBuf,
    /// What offsets in data count.
    pub(crate) offsets: OffsetUnit,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Completions(completions::CompletionsArgs),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self, context: &Context) -> Result<Outcome, CommandError> {
        match self {
            Self::Completions(args) => completions::run(&args, context),
        }
    }
}
