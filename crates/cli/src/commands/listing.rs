//! How the commands that show what is in the history print: text for people, or data.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Context;
use crate::command_error::CommandError;
use crate::output::csv::{Tabular, write_csv};
use crate::output::json::{write_line, write_pretty};

/// How to print what was done.
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

/// How to print a listing.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct ListFormat {
    /// How to print: text for people, json for programs, jsonl for one object a line, csv for tables
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ListChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListChoice {
    Text,
    Json,
    Jsonl,
    Csv,
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

impl ListFormat {
    /// Whether data are wanted.
    pub(crate) fn is_data(self) -> bool {
        self.format != ListChoice::Text
    }

    /// Whether data are wanted that are more than a list of rows.
    pub(crate) fn is_object(self) -> bool {
        matches!(self.format, ListChoice::Json | ListChoice::Jsonl)
    }

    /// Prints one object as data.
    pub(crate) fn print_object(self, context: &Context, object: &impl Serialize) -> Result<(), CommandError> {
        let mut out = context.terminal.data();
        match self.format {
            ListChoice::Jsonl => write_line(&mut out, object)?,
            _ => write_pretty(&mut out, object)?,
        }
        Ok(out.flush()?)
    }

    /// Prints a list as data: an array, one object a line, or a table.
    pub(crate) fn print_list(self, context: &Context, items: &[impl Serialize + Tabular]) -> Result<(), CommandError> {
        self.print_as(context, items, items)
    }

    /// The same, where objects and rows are made of different things.
    pub(crate) fn print_as(
        self,
        context: &Context,
        items: &[impl Serialize],
        rows: &[impl Tabular],
    ) -> Result<(), CommandError> {
        let mut out = context.terminal.data();
        match self.format {
            ListChoice::Csv => write_csv(&mut out, rows)?,
            ListChoice::Jsonl => items.iter().try_for_each(|item| write_line(&mut out, item))?,
            ListChoice::Json | ListChoice::Text => write_pretty(&mut out, &items)?,
        }
        Ok(out.flush()?)
    }

    /// Prints rows as a table.
    pub(crate) fn print_table(context: &Context, rows: &[impl Tabular]) -> Result<(), CommandError> {
        let mut out = context.terminal.data();
        write_csv(&mut out, rows)?;
        Ok(out.flush()?)
    }
}

/// Prints text laid out for the terminal.
pub(crate) fn print_text(context: &Context, text: &[u8]) -> Result<(), CommandError> {
    let mut out = context.terminal.stdout();
    out.write_all(text)?;
    Ok(out.flush()?)
}
