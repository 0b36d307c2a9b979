//! The work of a watch: what is due is asked, one thing after the other, until the user stops it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use isnad_ingest::http::{Caller, Failure, Fetched, Got, Validators, Wanted};
use isnad_ingest::listing::{self, Listing};
use isnad_ingest::watch::{Schedule, Step, Task, WatchedArticle};
use isnad_ingest::{IngestError, Kind};

use crate::command_error::{CommandError, Message, Outcome};
use crate::commands::Context;
use crate::commands::live::{Look, Pages, Pauses};
use crate::output::words::count;

/// How many lists that a list names are read with it: the newest.
const MOST_LISTS: usize = 10;

/// A list that another names is read if it was edited since so long ago.
const RECENT: TimeDelta = TimeDelta::days(3);

/// How long the rules of sites are trusted.
const RULES_HOLD: Duration = Duration::from_secs(6 * 60 * 60);

/// A watch under way.
pub(super) struct Rounds<'r> {
    schedule: Schedule,
    pages: Pages<'r>,
    context: &'r Context,
    /// The address that answered with a list, and by what it knows that again, by the address that was asked.
    lists: HashMap<String, (String, Validators)>,
    /// What the lists that were read had beside articles, by their addresses.
    known: HashMap<String, KnownList>,
    rules_since: Instant,
    /// Whether a list could not be read.
    fell_short: bool,
}

/// What holds of a list until it changes.
#[derive(Debug, Clone, Default)]
struct KnownList {
    /// Lists that it names.
    lists: Vec<listing::Entry>,
    /// For how long it wants not to be asked for again.
    wants_rest: Option<TimeDelta>,
}

/// What a list turned out to be.
enum Found {
    /// A list.
    Listing(Listing),
    /// The one that was read before.
    Same,
    /// No list but a page.
    Page(Fetched),
    /// Nothing that can be read.
    Unread(Message),
}

/// Waits for a site, and tells the server which list is at hand.
struct Asking<'a> {
    pauses: &'a mut Pauses,
    known: Option<&'a (String, Validators)>,
}

impl Caller for Asking<'_> {
    fn wait(&mut self, site: &str, pause: Duration) -> bool {
        self.pauses.wait(site, pause)
    }

    fn validators(&mut self, url: &str) -> Option<Validators> {
        self.known.filter(|(answered, _)| answered == url).map(|(_, validators)| validators.clone())
    }
}

impl<'r> Rounds<'r> {
    pub(super) fn new(schedule: Schedule, pages: Pages<'r>, context: &'r Context) -> Self {
        let (lists, known) = (HashMap::new(), HashMap::new());
        Self { schedule, pages, context, lists, known, rules_since: Instant::now(), fell_short: false }
    }

    /// Does what is due up to `horizon`, or until the user stops it.
    pub(super) fn run(mut self, horizon: Option<DateTime<Utc>>) -> Result<Outcome, CommandError> {
        let horizon = horizon.unwrap_or(DateTime::<Utc>::MAX_UTC);
        while !self.pages.pauses.stop().is_set() {
            if self.rules_since.elapsed() > RULES_HOLD {
                self.pages.client.forget_rules();
                self.rules_since = Instant::now();
            }
            let now = Utc::now();
            match self.schedule.step(now, horizon) {
                Step::Do(Task::Source(number)) => self.read(number)?,
                Step::Do(Task::Article(number)) => self.look(number)?,
                Step::Wait(until) => self.pages.pauses.stop().sleep((until - now).to_std().unwrap_or_default()),
                Step::Done => break,
            }
        }
        let is_stopped = self.pages.pauses.stop().is_set();
        drop(self.pages.progress);
        if is_stopped {
            self.context.terminal.note("stopped; the same command goes on from here");
        }
        let outcome = self.pages.run.report.finish()?;
        Ok(if self.fell_short { Outcome::SomeSkipped } else { outcome })
    }

    /// Looks at an article.
    fn look(&mut self, number: usize) -> Result<(), CommandError> {
        let Some(article) = self.schedule.articles().get(number).cloned() else { return Ok(()) };
        if let Some(look) = self.pages.look(&article.url, article.source.as_deref())? {
            self.saw(number, &article.url, look);
        }
        Ok(())
    }

    fn saw(&mut self, number: usize, url: &str, look: Look) {
        self.schedule.saw(number, look.time, look.seen);
        self.rest(url, look.rest);
    }

    /// Leaves the site of `url` alone for a time.
    fn rest(&mut self, url: &str, time: Duration) {
        self.schedule.rest(url, Utc::now() + TimeDelta::from_std(time).unwrap_or_default());
    }

    /// Reads a list, with those that it names.
    fn read(&mut self, number: usize) -> Result<(), CommandError> {
        let Some(source) = self.schedule.sources().get(number).cloned() else { return Ok(()) };
        let now = Utc::now();
        let (mut entries, list) = match self.find(&source.url) {
            Found::Listing(listing) => {
                let list = KnownList { lists: listing.lists, wants_rest: listing.wants_rest };
                self.known.insert(source.url.clone(), list.clone());
                (listing.entries, list)
            }
            // The lists that it names may have changed all the same.
            Found::Same => (Vec::new(), self.known.get(&source.url).cloned().unwrap_or_default()),
            Found::Page(fetched) if !self.is_list(&source.url) => {
                return self.take_page(number, fetched, source.due.unwrap_or(now));
            }
            Found::Page(_) => {
                let message = Message::new(format_args!("{}: a page, where a list was before", source.url));
                self.could_not_read(number, now, &message.advise("nothing: it is asked again later"));
                return Ok(());
            }
            Found::Unread(message) => {
                self.could_not_read(number, now, &message);
                return Ok(());
            }
        };
        let is_recent = |list: &&listing::Entry| list.modified.is_none_or(|modified| now - modified <= RECENT);
        for list in list.lists.iter().filter(is_recent).take(MOST_LISTS) {
            if self.pages.pauses.stop().is_set() {
                break;
            }
            match self.find(&list.url) {
                Found::Listing(listing) => entries.extend(listing.entries),
                Found::Same => {}
                Found::Page(_) => self.fall_short(&Message::new(format_args!("{}: a page and no list", list.url))),
                Found::Unread(message) => self.fall_short(&message),
            }
        }
        // A sitemap may name new lists every day.
        let is_named = |url: &String| self.known.values().any(|known| known.lists.iter().any(|list| list.url == *url));
        self.lists.retain(|url, _| self.known.contains_key(url) || is_named(url));
        let new = self.schedule.list(number, &entries, now);
        self.schedule.read(number, now, Ok(list.wants_rest));
        let articles = count(entries.len(), "article", "articles");
        self.pages.progress.around(|| self.context.terminal.note(&format!("{}: {articles}, {new} new", source.url)));
        Ok(())
    }

    /// Whether a list was read at the address before, by this watch or by one that the history remembers.
    fn is_list(&self, url: &str) -> bool {
        let named = |article: &WatchedArticle| article.source.as_deref() == Some(url);
        self.known.contains_key(url) || self.schedule.articles().iter().any(named)
    }

    fn could_not_read(&mut self, number: usize, now: DateTime<Utc>, message: &Message) {
        self.fall_short(message);
        self.schedule.read(number, now, Err(()));
    }

    /// Tells why a list could not be read.
    fn fall_short(&mut self, message: &Message) {
        self.fell_short = true;
        self.context.terminal.complain(&message.cause, message.advice.as_deref());
    }

    /// Takes a list for the article that it is.
    fn take_page(&mut self, number: usize, fetched: Fetched, due: DateTime<Utc>) -> Result<(), CommandError> {
        let url = fetched.url.clone();
        self.schedule.drop_source(number);
        let article = self.schedule.add_article(url.clone(), None, None, due);
        let look = self.pages.record(fetched, None, None)?;
        self.saw(article, &url, look);
        Ok(())
    }

    fn find(&mut self, url: &str) -> Found {
        let mut asking = Asking { pauses: &mut self.pages.pauses, known: self.lists.get(url) };
        let fetched = self.pages.client.fetch(url, &Wanted::LISTING, &mut asking);
        self.rest(url, self.pages.pauses.rest(&fetched));
        let bytes = match &fetched.got {
            Got::Unchanged | Got::Nothing(Failure::Stopped) => return Found::Same,
            Got::Nothing(failure) => {
                let message = Message::new(format_args!("{url}: {failure}"));
                return Found::Unread(
                    message.advise("the same again later; a watch that goes on asks again by itself"),
                );
            }
            Got::Body(bytes) => bytes,
        };
        match listing::read(bytes, url) {
            Ok(listing) => {
                let answer = fetched.answer.map(|answer| (answer.url, answer.validators));
                self.lists.extend(answer.map(|answer| (url.to_owned(), answer)));
                Found::Listing(listing)
            }
            Err(_) if Kind::of("", bytes) == Kind::Html => Found::Page(fetched),
            Err(error) => Found::Unread(unread(&error)),
        }
    }
}

fn unread(error: &IngestError) -> Message {
    Message::from(error).advise("the address of a feed (RSS, Atom, JSON Feed), a sitemap or an article")
}
