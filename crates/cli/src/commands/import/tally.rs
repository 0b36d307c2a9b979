//! What became of the captures of a source: counted, told in short while it runs and in full at the end.

use std::collections::HashSet;
use std::io::Write;
use std::time::Duration;

use chrono::{DateTime, Utc};
use isnad_store::{ArticleId, Imported, Outcome as RecordingOutcome, Recorded};
use serde::Serialize;

use crate::command_error::{CommandError, Message};
use crate::commands::Context;
use crate::output::time::is_in_the_future;
use crate::output::words::{count, grouped};

/// How many broken items are told one by one; of the rest, how many there are.
const MOST_TOLD: usize = 50;

/// The counts of a source.
#[derive(Debug, Serialize)]
pub(super) struct Tally {
    source: String,
    #[serde(skip)]
    begun: DateTime<Utc>,
    /// How many articles captures were recorded of.
    articles: usize,
    /// Those of them that the history numbered one by one.
    #[serde(skip)]
    numbered: HashSet<ArticleId>,
    /// Captures that were recorded now.
    captures: usize,
    versions: usize,
    seen_again: usize,
    uncertain: usize,
    failed: usize,
    corrected: usize,
    /// Captures that are dated in the future.
    in_the_future: usize,
    /// Captures of the very time of another that saw another text.
    simultaneous: usize,
    /// Captures that had been recorded before.
    pub(super) known: usize,
    /// What was got, but is no article, and of no article that is known.
    pub(super) no_article: usize,
    /// What could not be read.
    skipped: usize,
}

impl Tally {
    /// Of a source that is begun at `begun`.
    pub(super) fn new(source: String, begun: DateTime<Utc>) -> Self {
        Self {
            source,
            begun,
            articles: 0,
            numbered: HashSet::new(),
            captures: 0,
            versions: 0,
            seen_again: 0,
            uncertain: 0,
            failed: 0,
            corrected: 0,
            in_the_future: 0,
            simultaneous: 0,
            known: 0,
            no_article: 0,
            skipped: 0,
        }
    }

    /// Counts a recording of a capture that was made at `captured`.
    pub(super) fn recorded(&mut self, recorded: &Recorded, captured: DateTime<Utc>) {
        if recorded.outcome == RecordingOutcome::AlreadyRecorded {
            self.known += 1;
            return;
        }
        self.captures += 1;
        self.in_the_future += usize::from(is_in_the_future(captured, self.begun));
        self.simultaneous += usize::from(recorded.simultaneous);
        self.articles += usize::from(self.numbered.insert(recorded.article));
        *match recorded.outcome {
            RecordingOutcome::NewVersion => &mut self.versions,
            RecordingOutcome::Uncertain => &mut self.uncertain,
            RecordingOutcome::Failed => &mut self.failed,
            RecordingOutcome::Corrected => &mut self.corrected,
            _ => &mut self.seen_again,
        } += 1;
    }

    /// Counts what was taken of an exported history.
    pub(super) fn took(&mut self, imported: &Imported) {
        let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        self.articles += whole(imported.articles);
        self.captures += whole(imported.captures);
        self.versions += whole(imported.versions);
        self.known += whole(imported.known);
    }

    /// What the source is called.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Counts what is broken, and tells it unless there was too much of it.
    pub(super) fn broke(&mut self, context: &Context, message: Message) {
        self.skipped += 1;
        match self.skipped {
            told if told <= MOST_TOLD => context.terminal.complain(&message.cause, message.advice.as_deref()),
            told if told == MOST_TOLD + 1 => context.terminal.note("more of them are counted, but not told one by one"),
            _ => {}
        }
    }

    /// Whether everything could be read.
    pub(super) fn is_clean(&self) -> bool {
        self.skipped == 0
    }

    /// How far it is, beside a bar.
    pub(super) fn in_short(&self, elapsed: Duration) -> String {
        let done = self.captures + self.known + self.no_article + self.skipped;
        let rate = done as f64 / elapsed.as_secs_f64().max(0.001);
        format!(
            "{} captures ({rate:.0}/s), {} articles, {} versions, {} skipped",
            grouped(done),
            grouped(self.articles),
            grouped(self.versions),
            grouped(self.skipped),
        )
    }

    /// Prints a line.
    pub(super) fn print(&self, context: &Context) -> Result<(), CommandError> {
        let mut out = context.terminal.stdout();
        writeln!(out, "{}", self.in_full())?;
        Ok(out.flush()?)
    }

    fn in_full(&self) -> String {
        let list = |counts: &[(usize, &str)]| {
            let there = counts.iter().filter(|(number, _)| *number > 0);
            there.map(|(number, what)| format!("{} {what}", grouped(*number))).collect::<Vec<_>>().join(", ")
        };
        let new = list(&[
            (self.versions, if self.versions == 1 { "new version" } else { "new versions" }),
            (self.seen_again, "seen again"),
            (self.uncertain, "uncertain"),
            (self.failed, "failed"),
            (self.corrected, "read anew"),
        ]);
        let odd = list(&[
            (self.in_the_future, "dated in the future"),
            (self.simultaneous, "of the very time of another text"),
        ]);
        let rest = list(&[
            (self.known, "recorded before"),
            (self.no_article, "without an article"),
            (self.skipped, "skipped"),
        ]);
        let captures = count(self.captures, "capture", "captures");
        let articles = count(self.articles, "article", "articles");
        let mut told = format!("{}: {captures} of {articles}", self.source);
        for (mark, part) in [(": ", new), ("; ", odd), ("; ", rest)] {
            if !part.is_empty() {
                told += &format!("{mark}{part}");
            }
        }
        told
    }
}
