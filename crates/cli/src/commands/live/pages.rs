//! A page: got, recorded and told.

use std::time::Duration;

use chrono::{DateTime, Utc};
use isnad_ingest::http::{Caller, Client, Failure, Fetched, Got, Validators, Wanted};
use isnad_ingest::watch::Seen;
use isnad_store::{EventCounts, History, LastAnswer, Outcome, Recorded};

use super::asked::Asked;
use super::web::Pauses;
use crate::command_error::CommandError;
use crate::commands::add::item::Item;
use crate::commands::add::run::Run;
use crate::progress::Progress;
use crate::reading::Reader;

/// What gets pages and records them.
pub(in crate::commands) struct Pages<'r> {
    pub(in crate::commands) client: Client,
    pub(in crate::commands) pauses: Pauses,
    pub(in crate::commands) reader: &'r Reader,
    pub(in crate::commands) run: Run<'r>,
    pub(in crate::commands) progress: Progress,
}

/// What a look at a page came to.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Look {
    /// When.
    pub(in crate::commands) time: DateTime<Utc>,
    pub(in crate::commands) seen: Seen,
    /// For how long the site wants not to be asked now.
    pub(in crate::commands) rest: Duration,
}

/// What a client is told by the history, and what it waits for.
struct Asking<'a> {
    pauses: &'a mut Pauses,
    history: &'a History,
    /// The page that the last address asked for had, if it can be known again.
    known: Option<LastAnswer>,
}

impl Caller for Asking<'_> {
    fn wait(&mut self, site: &str, pause: Duration) -> bool {
        self.pauses.wait(site, pause)
    }

    fn validators(&mut self, url: &str) -> Option<Validators> {
        // A history that cannot be read is told when the page is recorded.
        let known = self.history.last_answer(url).ok().flatten();
        self.known = known.filter(|known| known.etag.is_some() || known.last_modified.is_some());
        let known = self.known.as_ref()?;
        Some(Validators { etag: known.etag.clone(), last_modified: known.last_modified.clone() })
    }
}

impl Pages<'_> {
    /// Gets the page at `url`, which `list` named, records it and tells of it; `None` if the user stopped before it was asked
    /// for.
    pub(in crate::commands) fn look(&mut self, url: &str, list: Option<&str>) -> Result<Option<Look>, CommandError> {
        let history = self.run.open()?;
        let mut asking = Asking { pauses: &mut self.pauses, history, known: None };
        let fetched = self.client.fetch(url, &Wanted::PAGE, &mut asking);
        let known = asking.known;
        match fetched.failure() {
            Some(Failure::Stopped) => Ok(None),
            _ => self.record(fetched, list, known.as_ref()).map(Some),
        }
    }

    /// Records what was got of a page and tells of it; `known` is the page that it was held against.
    pub(in crate::commands) fn record(
        &mut self,
        fetched: Fetched,
        list: Option<&str>,
        known: Option<&LastAnswer>,
    ) -> Result<Look, CommandError> {
        let time = Utc::now();
        let rest = self.pauses.rest(&fetched);
        let asked = Asked::of(&fetched, list);
        let recorded = match (&fetched.got, known) {
            (Got::Unchanged, Some(known)) => {
                let (run, asked) = (&mut self.run, asked.like(known));
                Some(self.progress.around(|| run.seen_again(&fetched.url, asked, time, known))?)
            }
            _ => {
                let item = Item::of_fetched(fetched, asked, time, self.reader);
                self.progress.around(|| self.run.add(&[Ok(item)]))?
            }
        };
        self.progress.advance(1);
        Ok(Look { time, seen: seen(recorded), rest })
    }
}

/// What the recording of a look says of the article.
fn seen(recorded: Option<Recorded>) -> Seen {
    let Some(recorded) = recorded else { return Seen::Nothing };
    match recorded.outcome {
        Outcome::NewVersion => Seen::Edited,
        // A text that the article had before may have come back.
        Outcome::Seen if recorded.events != EventCounts::default() => Seen::Edited,
        Outcome::Failed => Seen::Nothing,
        // A page that is doubted says nothing of the article.
        _ => Seen::Same,
    }
}
