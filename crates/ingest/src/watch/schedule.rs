//! What is looked at next, of all articles and of the lists that name them.
//!
//! One request is made at a time. A site that was just asked rests, and others have their turn meanwhile.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::pace::{Next, Pace, Past, Seen};
use crate::address::canonical_url;
use crate::listing::Entry;

/// The most times in a row that a list which cannot be read makes it be asked more seldom.
const MOST_FAILURES: u32 = 6;

/// The longest time for which a list can want to be left alone.
const LONGEST_REST: TimeDelta = TimeDelta::hours(1);

/// A list of articles: a feed or a sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedSource {
    /// Its address.
    pub url: String,
    /// When it is read again; `None` if it turned out to be no list.
    pub due: Option<DateTime<Utc>>,
    /// The site that it is of.
    site: String,
    /// How often in a row it could not be read.
    failures: u32,
}

/// An article that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedArticle {
    /// The address that is asked.
    pub url: String,
    /// The address of the list that named it.
    pub source: Option<String>,
    /// When it came out, as its list says.
    pub published: Option<DateTime<Utc>>,
    /// What is known of it; `None` if it was not looked at yet.
    pub past: Option<Past>,
    /// When it is looked at next; `None` if it is given up.
    pub due: Option<DateTime<Utc>>,
    /// How long after the last look that is, where its past says so.
    pub every: Option<TimeDelta>,
    /// The site that it is of.
    site: String,
}

/// Something to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// The list of this number.
    Source(usize),
    /// The article of this number, which it has until a list is taken in.
    Article(usize),
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask for this.
    Do(Task),
    /// Nothing until then.
    Wait(DateTime<Utc>),
    /// Nothing any more.
    Done,
}

/// All that is watched.
#[derive(Debug)]
pub struct Schedule {
    pace: Pace,
    /// How long after a list was read it is read again, where it does not say.
    lists_every: TimeDelta,
    sources: Vec<WatchedSource>,
    articles: Vec<WatchedArticle>,
    /// The articles by the form that all their addresses have in common.
    by_form: HashMap<String, usize>,
    /// Until when which site rests.
    resting: HashMap<String, DateTime<Utc>>,
}

impl Schedule {
    /// One that watches nothing yet.
    #[must_use]
    pub fn new(pace: Pace, lists_every: TimeDelta) -> Self {
        let (sources, articles) = (Vec::new(), Vec::new());
        Self { pace, lists_every, sources, articles, by_form: HashMap::new(), resting: HashMap::new() }
    }

    /// The lists.
    #[must_use]
    pub fn sources(&self) -> &[WatchedSource] {
        &self.sources
    }

    /// The articles.
    #[must_use]
    pub fn articles(&self) -> &[WatchedArticle] {
        &self.articles
    }

    /// Watches a list, which is read at once.
    pub fn add_source(&mut self, url: String, now: DateTime<Utc>) {
        let site = site(&url);
        self.sources.push(WatchedSource { url, due: Some(now), site, failures: 0 });
    }

    /// Watches no list any more that turned out to be none.
    pub fn drop_source(&mut self, source: usize) {
        if let Some(source) = self.sources.get_mut(source) {
            source.due = None;
        }
    }

    /// Watches an article, unless it is watched already, at this or another of its addresses; its number. One without a past
    /// is looked at as if it had been due at `now`.
    pub fn add_article(
        &mut self,
        url: String,
        source: Option<String>,
        past: Option<Past>,
        now: DateTime<Utc>,
    ) -> usize {
        let form = form(&url);
        if let Some(number) = self.by_form.get(&form) {
            return *number;
        }
        let number = self.articles.len();
        self.by_form.insert(form, number);
        let site = site(&url);
        self.articles.push(WatchedArticle { url, source, published: None, past, due: Some(now), every: None, site });
        self.plan(number);
        number
    }

    /// Takes in what a list names at `now`: new articles are due since the list was, and so is what it says was edited since it
    /// was looked at. What came out too long ago is left out, and what was given up so long ago is forgotten, so that the
    /// numbers of articles change. How many are new.
    pub fn list(&mut self, source: usize, entries: &[Entry], now: DateTime<Utc>) -> usize {
        self.forget(now);
        let Some(WatchedSource { url: source, due, .. }) = self.sources.get(source).cloned() else { return 0 };
        let due = due.unwrap_or(now);
        let watched = self.articles.len();
        for entry in entries {
            let latest = entry.modified.max(entry.published);
            if latest.is_some_and(|latest| now - latest > self.pace.gives_up) {
                continue;
            }
            let number = self.add_article(entry.url.clone(), Some(source.clone()), None, due);
            let Some(article) = self.articles.get_mut(number) else { continue };
            article.published = article.published.or(entry.published);
            let last = article.past.map(|past| past.last);
            if entry.modified.is_some_and(|modified| last.is_some_and(|last| last < modified && modified <= now)) {
                article.due = Some(due);
            }
        }
        self.articles.len() - watched
    }

    /// Forgets articles that were given up and not looked at for that time since, and pauses that are over.
    fn forget(&mut self, now: DateTime<Utc>) {
        let gives_up = self.pace.gives_up;
        let is_late = |article: &WatchedArticle| article.past.is_some_and(|past| past.is_over(gives_up, now));
        self.articles.retain(|article| article.due.is_some() || !is_late(article));
        self.by_form = self.articles.iter().enumerate().map(|(at, article)| (form(&article.url), at)).collect();
        self.resting.retain(|_, until| *until > now);
    }

    /// Says that a list was read, and for how long it wants to be left alone; or that it could not be read.
    pub fn read(&mut self, source: usize, now: DateTime<Utc>, became: Result<Option<TimeDelta>, ()>) {
        let (slowest, usual) = (self.pace.slowest, self.lists_every);
        let Some(source) = self.sources.get_mut(source) else { return };
        let rest = match became {
            Ok(wanted) => {
                source.failures = 0;
                // A list that wants to be left alone for days would hide what comes out meanwhile.
                usual.max(wanted.unwrap_or_default().min(LONGEST_REST))
            }
            Err(()) => {
                source.failures = (source.failures + 1).min(MOST_FAILURES);
                (usual * 2_i32.pow(source.failures)).min(slowest)
            }
        };
        source.due = Some(now + rest);
    }

    /// Says what a look at an article showed.
    pub fn saw(&mut self, article: usize, now: DateTime<Utc>, seen: Seen) {
        let Some(watched) = self.articles.get_mut(article) else { return };
        match &mut watched.past {
            Some(past) => past.note(now, seen),
            None => {
                let mut past = Past { published: watched.published, ..Past::new(now) };
                past.failures = u32::from(seen == Seen::Nothing);
                watched.past = Some(past);
            }
        }
        self.plan(article);
    }

    /// Says that the site of `url` is not to be asked before `until`.
    pub fn rest(&mut self, url: &str, until: DateTime<Utc>) {
        let resting = self.resting.entry(site(url)).or_insert(until);
        *resting = until.max(*resting);
    }

    /// What is to be done at `now`, of what is due up to `horizon`.
    #[must_use]
    pub fn step(&self, now: DateTime<Utc>, horizon: DateTime<Utc>) -> Step {
        let sources = self.sources.iter().enumerate();
        let sources = sources.filter_map(|(number, source)| Some((Task::Source(number), source.due?, &source.site)));
        let articles = self.articles.iter().enumerate();
        let articles =
            articles.filter_map(|(number, article)| Some((Task::Article(number), article.due?, &article.site)));
        let ready = |due: DateTime<Utc>, site: &String| due.max(self.resting.get(site).copied().unwrap_or(due));
        let due = sources.chain(articles).filter(|(_, due, _)| *due <= horizon);
        // Of what is ready, what has waited longest; of what is not, what is ready first.
        let first =
            due.map(|(task, due, site)| (ready(due, site).max(now), due, task)).min_by_key(|(at, due, _)| (*at, *due));
        match first {
            Some((at, _, task)) if at <= now => Step::Do(task),
            Some((at, ..)) => Step::Wait(at),
            None => Step::Done,
        }
    }

    /// When an article is looked at next, by its past.
    fn plan(&mut self, number: usize) {
        let pace = self.pace;
        let Some(article) = self.articles.get_mut(number) else { return };
        if let Some(past) = &article.past {
            let next = pace.next(past, chance(&article.url));
            (article.due, article.every) = next.map(|Next { at, every }| (at, every)).unzip();
        }
    }
}

/// What all addresses of an article have in common.
fn form(url: &str) -> String {
    canonical_url(url).unwrap_or_else(|| url.to_owned())
}

/// A number from 0 to 1 that is the same for an address on every machine.
fn chance(url: &str) -> f64 {
    // FNV-1a: enough to spread addresses that differ in a digit.
    let hash = url
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    f64::from((hash >> 32) as u32) / f64::from(u32::MAX)
}

/// The site of an address: its host, whatever the scheme and port.
fn site(url: &str) -> String {
    let url = Url::parse(url).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_532_000 + 60 * minutes, 0).unwrap()
    }

    fn entry(path: &str, published: i64) -> Entry {
        Entry { url: format!("https://news.example/{path}"), published: Some(at(published)), modified: None }
    }

    fn watching(entries: &[Entry]) -> Schedule {
        let mut schedule = Schedule::new(Pace::default(), TimeDelta::minutes(10));
        schedule.add_source("https://news.example/feed".to_owned(), at(0));
        assert_eq!(schedule.step(at(0), at(0)), Step::Do(Task::Source(0)));
        schedule.list(0, entries, at(0));
        schedule.read(0, at(0), Ok(None));
        schedule
    }

    #[test]
    fn a_list_is_read_then_its_articles_then_nothing_until_one_of_them_is_due() {
        let mut schedule = watching(&[entry("a", -60), entry("b", -600)]);
        for number in [0, 1] {
            assert_eq!(schedule.step(at(0), at(99)), Step::Do(Task::Article(number)));
            schedule.saw(number, at(0), Seen::Edited);
        }
        let Step::Wait(until) = schedule.step(at(0), at(99)) else { panic!("nothing is due") };
        assert!(at(9) <= until && until <= at(10), "the fresher article or the list after ten minutes: {until}");
        assert_eq!(schedule.step(at(0), at(0)), Step::Done, "within this round");
        assert_eq!(schedule.articles()[0].past.unwrap().edits, 0, "the first look is no edit");
    }

    #[test]
    fn an_article_is_watched_once_whatever_its_address() {
        let mut schedule = watching(&[entry("a", -1), entry("a?utm_source=feed", -1)]);
        assert_eq!(schedule.articles().len(), 1);
        assert_eq!(schedule.list(0, &[entry("a/", -1), entry("b", -1)], at(5)), 1);
    }

    #[test]
    fn what_is_too_old_is_left_out_and_what_the_list_says_was_edited_is_looked_at() {
        let day = 24 * 60;
        let mut schedule = watching(&[entry("old", -100 * day), entry("a", -50 * day)]);
        assert_eq!(schedule.articles().len(), 1);
        schedule.saw(0, at(0), Seen::Edited);
        let edited = [Entry { modified: Some(at(4)), ..entry("a", -50 * day) }];
        for (minute, expected) in [(10, Step::Do(Task::Article(0))), (20, Step::Done)] {
            assert_eq!(schedule.step(at(minute), at(minute)), Step::Do(Task::Source(0)));
            schedule.list(0, &edited, at(minute));
            schedule.read(0, at(minute), Ok(None));
            assert_eq!(schedule.step(at(minute), at(minute)), expected, "once for each edit");
            schedule.saw(0, at(minute), Seen::Same);
        }
    }

    #[test]
    fn what_was_given_up_is_known_for_as_long_again_and_then_forgotten() {
        let day = 24 * 60;
        let undated = |path: &str| Entry { published: None, ..entry(path, 0) };
        let mut schedule = watching(&[undated("a"), undated("b")]);
        for number in [0, 1] {
            schedule.saw(number, at(0), Seen::Same);
            schedule.saw(number, at(91 * day), Seen::Same);
        }
        assert_eq!(schedule.articles()[0].due, None, "it was quiet for more than ninety days");
        assert_eq!(
            schedule.list(0, &[undated("a")], at(180 * day)),
            0,
            "a list that still names it makes it no new one"
        );
        assert_eq!(schedule.articles().len(), 2);
        assert_eq!(schedule.list(0, &[undated("c")], at(182 * day)), 1);
        assert_eq!(
            schedule.articles().iter().map(|article| &*article.url).collect::<Vec<_>>(),
            ["https://news.example/c"]
        );
        assert_eq!(schedule.add_article("https://news.example/c".to_owned(), None, None, at(182 * day)), 0);
    }

    #[test]
    fn while_a_site_rests_others_have_their_turn() {
        let elsewhere = Entry { url: "https://other.example/c".to_owned(), published: Some(at(0)), modified: None };
        let mut schedule = watching(&[entry("a", -60), entry("b", -60), elsewhere]);
        schedule.saw(0, at(0), Seen::Same);
        schedule.rest("https://news.example/a", at(2));
        assert_eq!(schedule.step(at(0), at(0)), Step::Do(Task::Article(2)));
        schedule.saw(2, at(0), Seen::Same);
        assert_eq!(schedule.step(at(0), at(0)), Step::Wait(at(2)));
        assert_eq!(schedule.step(at(2), at(0)), Step::Do(Task::Article(1)));
    }

    #[test]
    fn a_list_that_cannot_be_read_is_asked_more_seldom_until_it_can() {
        let mut schedule = watching(&[]);
        let mut now = at(0);
        for minutes in [20, 40, 80] {
            schedule.read(0, now, Err(()));
            assert_eq!(schedule.sources()[0].due.map(|due| due - now), Some(TimeDelta::minutes(minutes)));
            now = schedule.sources()[0].due.unwrap();
        }
        schedule.read(0, now, Ok(Some(TimeDelta::minutes(30))));
        assert_eq!(
            schedule.sources()[0].due.map(|due| due - now),
            Some(TimeDelta::minutes(30)),
            "a list may want more time"
        );
    }
}
