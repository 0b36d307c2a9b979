//! Reading, extracting and writing side by side: one thread reads, all of them extract, one writes, in the order of the
//! source, all that is ready in one transaction. What waits between them is bounded in bytes.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use isnad_ingest::Options;
use isnad_ingest::source::{Capture, Progress as Position, Skipped, Source};
use isnad_store::{History, KnownCaptures, Origin, Recording, StoreError};
use rayon::prelude::*;

use super::prepare::{Article, Prepared, Unread, prepare};
use super::tally::Tally;
use crate::budget::{Budget, Closing};
use crate::command_error::{CommandError, Message};
use crate::commands::Context;
use crate::interrupt::Stop;
use crate::progress::Progress;

/// How many captures are worked on together for each thread.
const BATCH_PER_THREAD: usize = 4;

/// How many captures are written together: then the disk is waited for once, and what search finds is put in order once.
const MOST_WRITTEN: usize = 512;

/// How many bytes of captures are held at once, unless a single one has more.
const MOST_BYTES_HELD: usize = 64 * 1024 * 1024;

/// The pause after a batch, in which another writer, who asks every few milliseconds, gets its turn.
const TURN: Duration = Duration::from_millis(8);

/// How many bytes of what got no article are held to the end of a source: its article may come after it.
const MOST_BYTES_LATE: usize = 8 * 1024 * 1024;

/// What got no article, and of which it is not known yet whether there is one.
#[derive(Default)]
struct Late {
    unread: Vec<Unread>,
    bytes: usize,
}

/// What the work on one source needs to know.
pub(super) struct Pipeline<'p> {
    pub(super) context: &'p Context,
    pub(super) options: &'p Options,
    pub(super) known: &'p KnownCaptures,
    pub(super) origin: Origin,
    /// Set when the user wants to stop.
    pub(super) stop: &'p Stop,
}

/// An item on its way, with how far its source was when it came.
struct Item<T> {
    what: T,
    bytes: usize,
    position: Position,
}

impl Pipeline<'_> {
    /// Records all captures of a source, or those before the user stopped it.
    pub(super) fn run(
        &self,
        source: Box<dyn Source>,
        history: &mut History,
        tally: &mut Tally,
    ) -> Result<(), CommandError> {
        let progress = Progress::measured(&self.context.terminal);
        let most = rayon::current_num_threads() * BATCH_PER_THREAD;
        let (send, arrived) = sync_channel(most);
        let (pass_on, prepared) = sync_channel(MOST_WRITTEN);
        let budget = &Budget::new(MOST_BYTES_HELD);
        let mut late = Late::default();
        thread::scope(move |scope| {
            let _closing = Closing(budget);
            scope.spawn(move || self.read(source, budget, &send));
            scope.spawn(move || self.prepare(&arrived, most, &pass_on));
            while let Ok(first) = prepared.recv() {
                if self.stop.is_set() {
                    break;
                }
                // What is ready is written together, and nothing waits for more.
                let batch: Vec<_> = std::iter::once(first).chain(prepared.try_iter().take(MOST_WRITTEN - 1)).collect();
                let (bytes, position) = (batch.iter().map(|item| item.bytes).sum(), batch.last().map(|it| it.position));
                progress.around(|| self.record(batch, history, tally, &mut late))?;
                budget.give_back(bytes);
                if let Some(position) = position {
                    progress.measure(position.done, position.total, &tally.in_short(progress.elapsed()));
                }
            }
            for unread in late.unread {
                if !self.record_failure(&unread, history, tally)? {
                    tally.no_article += usize::from(unread.is_sound());
                }
            }
            Ok(())
        })
    }

    /// Reads until the source ends, the user stops, or nobody takes what is read.
    fn read(&self, mut source: Box<dyn Source>, budget: &Budget, send: &SyncSender<Item<Result<Capture, Skipped>>>) {
        while let Some(what) = source.next() {
            let bytes = what.as_ref().map_or(0, |capture| capture.raw().len());
            let item = Item { what, bytes, position: source.progress() };
            if self.stop.is_set() || !budget.take(bytes) || send.send(item).is_err() {
                break;
            }
        }
    }

    /// Reads articles and finds their claims: what has arrived is worked on together, and nothing waits for more.
    fn prepare(
        &self,
        arrived: &Receiver<Item<Result<Capture, Skipped>>>,
        most: usize,
        pass_on: &SyncSender<Item<Prepared>>,
    ) {
        while let Ok(first) = arrived.recv() {
            let batch: Vec<_> = std::iter::once(first).chain(arrived.try_iter().take(most - 1)).collect();
            let prepared: Vec<Item<Prepared>> = batch
                .into_par_iter()
                .map(|Item { what, bytes, position }| Item {
                    what: prepare(what, self.options, self.known),
                    bytes,
                    position,
                })
                .collect();
            if prepared.into_iter().any(|item| pass_on.send(item).is_err()) {
                break;
            }
        }
    }

    /// Records items in their order, those that are articles in one transaction as far as they follow one another.
    fn record(
        &self,
        batch: Vec<Item<Prepared>>,
        history: &mut History,
        tally: &mut Tally,
        late: &mut Late,
    ) -> Result<(), CommandError> {
        let mut articles = Vec::new();
        for item in batch {
            match item.what {
                Prepared::Read(article) => articles.push(article),
                Prepared::Known => tally.known += 1,
                Prepared::Skipped(message) => tally.broke(self.context, message),
                Prepared::Unread(unread) => {
                    // Whether the article is known may hang on what comes before.
                    self.record_articles(&std::mem::take(&mut articles), history, tally)?;
                    if !unread.is_sound() {
                        tally.broke(self.context, Message::from(&unread.error));
                    }
                    if !self.record_failure(&unread, history, tally)? && !late.keep(*unread) {
                        tally.no_article += 1;
                    }
                }
            }
        }
        self.record_articles(&articles, history, tally)?;
        // Whoever else writes takes turns: without a pause the next batch would have the history again at once.
        thread::sleep(TURN);
        Ok(())
    }

    fn record_articles(
        &self,
        articles: &[Box<Article>],
        history: &mut History,
        tally: &mut Tally,
    ) -> Result<(), CommandError> {
        if articles.is_empty() {
            return Ok(());
        }
        let recordings: Vec<Recording<'_>> = articles.iter().map(|article| article.recording(self.origin)).collect();
        for (recording, recorded) in recordings.iter().zip(history.record_all(&recordings)?) {
            match recorded {
                Ok(recorded) => tally.recorded(&recorded, recording.captured),
                Err(error) => self.cannot_record(recording, &error, tally),
            }
        }
        Ok(())
    }

    fn cannot_record(&self, recording: &Recording<'_>, error: &StoreError, tally: &mut Tally) {
        let place = recording.path.unwrap_or_default();
        tally.broke(self.context, Message::new(format_args!("{place}: {error}")));
    }

    /// What got no article is a failed capture of one that is known, and else nothing that a history could tell of. Whether it
    /// was dealt with: recorded, or told.
    fn record_failure(&self, unread: &Unread, history: &mut History, tally: &mut Tally) -> Result<bool, CommandError> {
        let reason = unread.reason();
        let recording = unread.recording(self.origin, &reason);
        let article = history.article_of(&recording);
        match article.and_then(|article| article.map(|_| history.record(&recording)).transpose()) {
            Ok(Some(recorded)) => tally.recorded(&recorded, recording.captured),
            Ok(None) | Err(StoreError::NoArticle) => return Ok(false),
            Err(error) if error.concerns_one_recording() => self.cannot_record(&recording, &error, tally),
            Err(error) => return Err(error.into()),
        }
        Ok(true)
    }
}

impl Late {
    /// Keeps what got no article, as long as there is room; whether it did, or need not.
    fn keep(&mut self, unread: Unread) -> bool {
        let bytes = size_of::<Unread>() + unread.bytes();
        if self.bytes + bytes > MOST_BYTES_LATE {
            return !unread.is_sound();
        }
        self.bytes += bytes;
        self.unread.push(unread);
        true
    }
}
