//! How far long work is, on the standard error and only where it would be seen.

use std::time::Duration;

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

    /// A bar for work whose size is told while it goes on: see [`Progress::measure`].
    pub(crate) fn measured(terminal: &Terminal) -> Self {
        Self::drawn(terminal.shows_progress(false), "", None)
    }

    /// Says how much is `done`, out of `total` where that is known, and what it amounts to.
    pub(crate) fn measure(&self, done: u64, total: Option<u64>, what: &str) {
        if let Some(total) = total.filter(|_| self.0.length().is_none()) {
            self.0.set_length(total);
            if let Ok(style) = ProgressStyle::with_template("{bar:20} {percent}% {msg}, {eta} left") {
                self.0.set_style(style);
            }
        }
        self.0.set_position(done);
        self.0.set_message(what.to_owned());
    }

    /// How long the work has taken.
    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
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
