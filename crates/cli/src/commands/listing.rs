//! How the commands that show what is in the history print: text for people, or data.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Context;
use crate::command_error::CommandError;
use crate::output::json::{write_line, write_pretty};

/// How to print.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct OutputFormat {
    /// How to print: text for people, json for programs, jsonl for one object a line
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Choice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Choice {
    Text,
    Json,
    Jsonl,
}

impl OutputFormat {
    /// Whether data are wanted.
    pub(crate) fn is_data(self) -> bool {
        self.format != Choice::Text
    }

    /// Whether each object is to be printed by itself, on a line.
    pub(crate) fn is_lines(self) -> bool {
        self.format == Choice::Jsonl
    }

    /// Prints one object as data.
    pub(crate) fn print_object(self, context: &Context, object: &impl Serialize) -> Result<(), CommandError> {
        let mut out = context.terminal.data();
        match self.format {
            Choice::Jsonl => write_line(&mut out, object)?,
            Choice::Json | Choice::Text => write_pretty(&mut out, object)?,
        }
        Ok(out.flush()?)
    }

    /// Prints a list as data: an array, or one object a line.
    pub(crate) fn print_list(self, context: &Context, items: &[impl Serialize]) -> Result<(), CommandError> {
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
