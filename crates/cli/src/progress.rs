//! How far long work is, on the standard error and only where it would be seen.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::terminal::Terminal;

/// A line that counts what is done; it draws nothing in pipes, when told to be quiet, or beside results.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A count of `what`, out of `total` where that is known.
    pub(crate) fn new(terminal: &Terminal, what: &'static str, total: Option<usize>) -> Self {
        Self::drawn(terminal.shows_progress(true), what, total)
    }

    /// The same for work that prints its results only when it is done: the terminal may be theirs, too.
    pub(crate) fn before_results(terminal: &Terminal, what: &'static str, total: Option<usize>) -> Self {
        Self::drawn(terminal.shows_progress(false), what, total)
    }

    fn drawn(is_seen: bool, what: &'static str, total: Option<usize>) -> Self {
        let target = match is_seen {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let (length, template) = match total {
            Some(total) => (Some(total as u64), "{bar:30} {human_pos}/{human_len} {msg} {eta} left"),
            None => (None, "{spinner} {human_pos} {msg}"),
        };
        let bar = ProgressBar::with_draw_target(length, target).with_message(what);
        Self(match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        })
    }

    /// Counts `more` as done.
    pub(crate) fn advance(&self, more: usize) {
        self.0.inc(more as u64);
    }

    /// Says that so many of so many are done.
    pub(crate) fn set(&self, done: u64, all: u64) {
        self.0.set_length(all);
        self.0.set_position(done);
    }

    /// Prints with the line out of the way.
    pub(crate) fn around<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
