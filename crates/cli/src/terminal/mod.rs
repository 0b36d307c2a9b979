//! The terminal layer: where output goes, how wide it is, whether it is coloured, and who orders right-to-left text.

mod bidi;
mod clean;
mod layout;
mod style;

#[cfg(test)]
pub(crate) use bidi::Bidi;
pub(crate) use bidi::{BidiChoice, first_strong};
pub(crate) use clean::{clean, is_treacherous};
pub(crate) use layout::{Layout, Paragraph};
pub(crate) use style::Role;

use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;
use clap::ValueEnum;

/// The widest line that is still easy to read.
const MEASURE: usize = 100;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ColorWhen {
    /// Where the output is a terminal that can, unless NO_COLOR is set
    #[default]
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// The two streams of the process, and what is known of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    /// How text for people is laid out on the standard output.
    pub(crate) layout: Layout,
    is_quiet: bool,
}

impl Terminal {
    /// Looks at the streams and the environment, once.
    pub(crate) fn detect(color: ColorWhen, bidi: BidiChoice, is_quiet: bool) -> Self {
        match color {
            ColorWhen::Auto => anstream::ColorChoice::Auto,
            ColorWhen::Always => anstream::ColorChoice::Always,
            ColorWhen::Never => anstream::ColorChoice::Never,
        }
        .write_global();
        let stdout = io::stdout();
        let is_terminal = stdout.is_terminal();
        let columns = terminal_size::terminal_size_of(&stdout).map_or(80, |(width, _)| usize::from(width.0));
        let layout = Layout {
            width: is_terminal.then(|| columns.min(MEASURE)),
            bidi: bidi.resolve(is_terminal, |name| std::env::var(name).ok()),
            colour: AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
        };
        Self { layout, is_quiet }
    }

    /// The standard output for text laid out with [`Terminal::layout`].
    pub(crate) fn stdout(&self) -> impl Write + use<> {
        AutoStream::auto(io::stdout().lock())
    }

    /// The standard output for data, which nothing may alter.
    pub(crate) fn data(&self) -> impl Write + Send + use<> {
        io::BufWriter::new(io::stdout())
    }

    /// Whether a bar that shows progress would be seen and would disturb nothing; `prints` tells whether results are
    /// printed meanwhile.
    pub(crate) fn shows_progress(&self, prints: bool) -> bool {
        !self.is_quiet && io::stderr().is_terminal() && !(prints && io::stdout().is_terminal())
    }

    /// Says what went wrong on the standard error, with what to do about it.
    pub(crate) fn complain(&self, cause: &str, advice: Option<&str>) {
        let mut err = AutoStream::auto(io::stderr().lock());
        let style = Role::High.style();
        // Nobody is left to be told when the standard error is gone.
        let _ = writeln!(err, "{style}isnad:{style:#} {}", clean(cause));
        if let Some(advice) = advice {
            let _ = writeln!(err, "  try: {}", clean(advice));
        }
    }

    /// Says something worth knowing on the standard error, unless told to be quiet.
    pub(crate) fn note(&self, words: &str) {
        if !self.is_quiet {
            let _ = writeln!(AutoStream::auto(io::stderr().lock()), "{}", clean(words));
        }
    }
}
