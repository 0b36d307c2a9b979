//! The isnad command: composes the crates and owns no logic of its own.

mod accepted;
mod budget;
mod cli;
mod command_error;
mod commands;
mod interrupt;
mod output;
mod packs;
mod progress;
mod reading;
mod stored;
mod terminal;
mod wrong_use;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;
use crate::commands::Context;
use crate::terminal::Terminal;

/// A claim is many small strings: extraction is a tenth faster with it than with the system's. Without huge pages, with
/// which the smallest article would take twice the memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let Cli { global, command } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return wrong_use::tell(&error),
    };
    let terminal = Terminal::detect(global.color, global.bidi, global.quiet);
    let context = Context { terminal, db: global.db, offsets: global.offsets.into() };
    match command.run(&context) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            if let Some(message) = error.message() {
                context.terminal.complain(&message.cause, message.advice.as_deref());
            }
            error.exit_code()
        }
    }
}
