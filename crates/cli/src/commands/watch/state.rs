//! What a watch knows when it starts: the history tells what was looked at, when, and what came of it.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use isnad_ingest::moment;
use isnad_ingest::watch::{Past, Schedule, Seen};
use isnad_store::{ArticleId, CaptureStatus, History, Look, VersionId};

use crate::command_error::CommandError;

/// What is known of an article by the looks at it.
struct Known {
    url: String,
    list: Option<String>,
    past: Past,
    version: Option<VersionId>,
}

/// Puts on the schedule what `urls` name: those of lists, with the articles that the history says they named, and those of
/// articles. What is neither yet is asked as a list first.
pub(super) fn resume(
    schedule: &mut Schedule,
    history: &History,
    urls: &[String],
    now: DateTime<Utc>,
    gives_up: TimeDelta,
) -> Result<(), CommandError> {
    let since = now.checked_sub_signed(gives_up * 2).unwrap_or(DateTime::UNIX_EPOCH);
    let mut known: HashMap<ArticleId, Known> = HashMap::new();
    let mut order = Vec::new();
    for look in history.looks(since)? {
        let known = known.entry(look.article).or_insert_with(|| {
            order.push(look.article);
            Known::of(&look)
        });
        known.note(&look);
    }
    // Of what was given up long ago not all looks are among these, and it would seem to be younger than it is.
    order.retain(|article| known.get(article).is_some_and(|known| !known.past.is_over(gives_up, now)));
    for url in urls {
        let is_article = order
            .iter()
            .any(|article| known.get(article).is_some_and(|known| known.url == *url && known.list.is_none()));
        if !is_article {
            schedule.add_source(url.clone(), now);
        }
    }
    for article in order {
        let Some(known) = known.remove(&article) else { continue };
        if urls.iter().any(|url| known.list.as_ref().unwrap_or(&known.url) == url) {
            schedule.add_article(known.url, known.list, Some(known.past), now);
        }
    }
    Ok(())
}

impl Known {
    fn of(look: &Look) -> Self {
        let past = Past { published: None, ..Past::new(look.time) };
        Self { url: look.url.clone(), list: look.list.clone(), past, version: None }
    }

    /// Takes in a look.
    fn note(&mut self, look: &Look) {
        let seen = match (look.status, self.version) {
            (CaptureStatus::Failed, _) => Seen::Nothing,
            (CaptureStatus::Ok, Some(before)) if look.version != Some(before) => Seen::Edited,
            (CaptureStatus::Ok | CaptureStatus::Uncertain, _) => Seen::Same,
        };
        if look.status == CaptureStatus::Ok {
            self.version = look.version;
        }
        self.past.published = self.past.published.or_else(|| moment(look.published.as_deref()?));
        self.past.note(look.time, seen);
        // The article may have moved, and a list may name what the user named before.
        self.url.clone_from(&look.url);
        self.list = look.list.clone().or(self.list.take());
    }
}
