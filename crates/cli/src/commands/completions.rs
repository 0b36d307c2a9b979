//! `isnad completions`: scripts that let a shell complete the command's arguments.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Context;
use crate::cli::Cli;
use crate::command_error::{CommandError, Outcome};

/// Print a script that lets a shell complete isnad's arguments.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell to print the script for
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  isnad completions bash > ~/.local/share/bash-completion/completions/isnad
  isnad completions fish > ~/.config/fish/completions/isnad.fish";

/// Prints the script.
pub(crate) fn run(args: &CompletionsArgs, context: &Context) -> Result<Outcome, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "isnad", &mut script);
    let mut out = context.terminal.data();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Done)
}
