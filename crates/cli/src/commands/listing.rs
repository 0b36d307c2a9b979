//! How the commands that list what is in the history print: text for people, or data.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Context;
use crate::command_error::CommandError;
use crate::output::json::{write_line, write_pretty};

/// How to print a list.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct ListFormat {
    /// How to print: text for people, json for one array, jsonl for one object a line
    #[arg(long = "format", value_name = "FORMAT", default_value = "text")]
    format: Choice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Choice {
    Text,
    Json,
    Jsonl,
}

impl ListFormat {
    /// Whether data are wanted.
    pub(crate) fn is_data(self) -> bool {
        self.format != Choice::Text
    }

    /// Prints `items` as data.
    pub(crate) fn print_data(self, context: &Context, items: &[impl Serialize]) -> Result<(), CommandError> {
        let mut out = context.terminal.data();
        match self.format {
            Choice::Jsonl => items.iter().try_for_each(|item| write_line(&mut out, item))?,
            Choice::Json | Choice::Text => write_pretty(&mut out, &items)?,
        }
        Ok(out.flush()?)
    }
}

/// Prints text laid out for the terminal.
pub(crate) fn print_text(context: &Context, text: &[u8]) -> Result<(), CommandError> {
    let mut out = context.terminal.stdout();
    out.write_all(text)?;
    Ok(out.flush()?)
}
