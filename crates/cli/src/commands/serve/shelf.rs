//! Answers of the history, made by readers that are opened as they are needed and kept until the history is written.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use isnad_report::site::{Answer, Form, Request, Site};
use isnad_report::{Pages, ReportError};
use isnad_store::{History, OpenOptions, StoreError};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// How many bytes of answers are kept.
const MOST_KEPT: u64 = 64 * 1024 * 1024;

/// About how many answers that is.
const LIKELY_KEPT: usize = 1_000;

/// What an answer takes beside its words, about, in bytes.
const ENTRY_BYTES: usize = 512;

/// Answers of one history.
#[derive(Debug)]
pub(super) struct Shelf {
    path: PathBuf,
    site: Site,
    /// Tells by its generation whether the history was written.
    watch: Mutex<History>,
    /// Readers that nobody uses now.
    idle: Mutex<Vec<History>>,
    /// Answers by what was asked and the generation they are of. Those least asked for go when there is no room, those of
    /// a generation that is past because nobody asks for them any more.
    kept: Cache<(i64, Asked), Arc<Answer>, InBytes>,
}

/// What makes two requests ask for the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) query: String,
    pub(super) wanted: Form,
    pub(super) site: String,
}

/// Why there is no answer.
enum Unkept {
    /// It was made, but is not to be kept.
    Answer(Arc<Answer>),
    Failed(ReportError),
}

/// Weighs an answer by the room it takes.
#[derive(Debug, Clone)]
struct InBytes;

impl Weighter<(i64, Asked), Arc<Answer>> for InBytes {
    fn weight(&self, (_, asked): &(i64, Asked), answer: &Arc<Answer>) -> u64 {
        // What is asked is kept, too, and may be longer than the answer.
        let bytes = answer.body.len() + asked.path.len() + asked.query.len() + asked.site.len() + ENTRY_BYTES;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

impl Shelf {
    /// Answers of the history at `path`.
    pub(super) fn new(path: PathBuf, pages: Pages) -> Result<Self, StoreError> {
        Self::with_room(path, pages, MOST_KEPT)
    }

    fn with_room(path: PathBuf, pages: Pages, room: u64) -> Result<Self, StoreError> {
        let watch = Mutex::new(History::open(&path, OpenOptions::read())?);
        let kept = Cache::with_weighter(LIKELY_KEPT, room, InBytes);
        Ok(Self { path, site: Site::new(pages), watch, idle: Mutex::new(Vec::new()), kept })
    }

    /// The answer to a request, as the history is now. Requests for the same that come together wait for one answer.
    pub(super) fn answer(&self, asked: &Asked) -> Result<Arc<Answer>, ReportError> {
        let generation = self.watch.lock().unwrap_or_else(PoisonError::into_inner).generation()?;
        let made = self.kept.get_or_insert_with(&(generation, asked.clone()), || {
            let answer = Arc::new(self.make(asked).map_err(Unkept::Failed)?);
            // Anybody can think of addresses that lead nowhere: they take no room from those that do.
            if answer.status == 200 { Ok(answer) } else { Err(Unkept::Answer(answer)) }
        });
        match made {
            Ok(answer) | Err(Unkept::Answer(answer)) => Ok(answer),
            Err(Unkept::Failed(error)) => Err(error),
        }
    }

    fn make(&self, asked: &Asked) -> Result<Answer, ReportError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let history = match idle {
            Some(history) => history,
            None => History::open(&self.path, OpenOptions::read())?,
        };
        let Asked { path, query, wanted, site } = asked;
        let answer = self.site.answer(&history, &Request { path, query, wanted: *wanted, site })?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(history);
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use isnad_core::{Article, LanguagePack};
    use isnad_store::{Attempt, Origin, Reading, Recording};

    /// A history with articles that say nothing.
    struct Bench {
        folder: tempfile::TempDir,
        history: History,
    }

    impl Bench {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let history = History::open(folder.path().join("isnad.db"), OpenOptions::write()).unwrap();
            Self { folder, history }
        }

        fn record(&mut self, url: &str, text: &str) {
            let article = Article::from_text(text.to_owned(), Some(isnad_core::Language::ENGLISH));
            let pack = LanguagePack::builtin(isnad_core::Language::ENGLISH);
            let attempt = Attempt::Read(Reading::new(&article, &[], pack));
            let recording =
                Recording { url: Some(url), ..Recording::new(DateTime::<Utc>::UNIX_EPOCH, Origin::File, attempt) };
            self.history.record(&recording).unwrap();
        }

        fn shelf(&self, room: u64) -> Shelf {
            Shelf::with_room(self.folder.path().join("isnad.db"), Pages::in_language("en").unwrap(), room).unwrap()
        }
    }

    fn ask(shelf: &Shelf, address: &str) -> Arc<Answer> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let [path, query, site] = [path, query, "http://localhost"].map(str::to_owned);
        shelf.answer(&Asked { path, query, wanted: Form::Json, site }).unwrap()
    }

    #[test]
    fn an_answer_is_made_once_and_anew_when_something_was_recorded() {
        let mut bench = Bench::new();
        bench.record("https://news.example/a", "Harbour");
        let shelf = bench.shelf(MOST_KEPT);
        let first = ask(&shelf, "/articles");
        assert!(Arc::ptr_eq(&first, &ask(&shelf, "/articles")));
        bench.record("https://news.example/b", "Bridge");
        let second = ask(&shelf, "/articles");
        assert!(!first.body.contains("news.example/b") && second.body.contains("news.example/b"));
        assert_ne!(first.tag, second.tag);
    }

    #[test]
    fn what_is_kept_has_a_bound_and_what_is_asked_for_often_stays() {
        let mut bench = Bench::new();
        bench.record("https://news.example/a", "Harbour");
        let room = 64 * 1024;
        let shelf = bench.shelf(room);
        let often = ask(&shelf, "/articles/1");
        for number in 1..500 {
            ask(&shelf, &format!("/articles?limit={number}"));
            ask(&shelf, &format!("/search?q=word{number}"));
            assert!(shelf.kept.weight() <= room, "{} after {number}", shelf.kept.weight());
            assert!(Arc::ptr_eq(&often, &ask(&shelf, "/articles/1")), "gone after {number}");
        }
        assert!(shelf.kept.len() > 10, "{}", shelf.kept.len());
    }

    #[test]
    fn addresses_that_lead_nowhere_take_no_room() {
        let bench = Bench::new();
        let shelf = bench.shelf(MOST_KEPT);
        assert_eq!(ask(&shelf, "/no/such/page").status, 404);
        assert_eq!(shelf.kept.len(), 0);
    }
}
