//! The arguments that every command knows, and the list of the commands.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};
use isnad_core::OffsetUnit;

use crate::commands;
use crate::terminal::{BidiChoice, ColorWhen};

/// isnad shows how the claims a news article reports changed between its versions.
///
/// It finds every quoted and reported claim of an article with who said it, keeps each version of
/// the article in one file, and shows which words of a claim changed, who is said to have said it,
/// how strongly, and between which two captures.
#[derive(Debug, Parser)]
#[command(name = "isnad", version, max_term_width = 100, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: commands::Command,
}

const EXAMPLES: &str = "\
Examples:
  isnad extract article.txt
      the claims of an article
  isnad diff old.html new.html
      what changed in them between two versions
  isnad add --url https://example.org/a1 monday.html tuesday.html
      record two versions of an article
  isnad history \"more than 40\"
      every form of the claims with these words, over time

Exit status: 0 done, 1 something changed or fell short (where that was asked),
2 wrong use or unreadable input.";

/// The arguments that every command knows.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct GlobalArgs {
    /// The file that holds the history
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "ISNAD_DB",
        default_value = "isnad.db",
        hide_env_values = true
    )]
    pub(crate) db: PathBuf,
    /// When to colour: auto (NO_COLOR and CLICOLOR_FORCE are respected), always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub(crate) color: ColorWhen,
    /// Who orders right-to-left text: terminal, none (the terminal cannot: print in visual order) or
    /// auto (by the terminal in use)
    #[arg(long, global = true, value_name = "WHO", default_value = "auto", hide_possible_values = true)]
    pub(crate) bidi: BidiChoice,
    /// What offsets in data count: code-points, bytes or utf16 (code units)
    #[arg(long, global = true, value_name = "UNIT", default_value = "code-points", hide_possible_values = true)]
    pub(crate) offsets: Offsets,
    /// Print no notes and no progress, only results and errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

/// What offsets in data count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Offsets {
    /// Unicode code points, as Python counts
    CodePoints,
    /// Bytes of UTF-8, as Rust and Go count
    Bytes,
    /// UTF-16 code units, as JavaScript and Java count
    Utf16,
}

impl From<Offsets> for OffsetUnit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::CodePoints => Self::CodePoints,
            Offsets::Bytes => Self::Bytes,
            Offsets::Utf16 => Self::Utf16,
        }
    }
}
