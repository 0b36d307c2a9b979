//! Answers of the history, made by readers that are opened as they are needed and kept while nothing is recorded.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use isnad_report::site::{Answer, Form, Request, Site};
use isnad_report::{Pages, ReportError};
use isnad_store::{History, OpenOptions, StoreError};

/// How many bytes of answers are kept.
const MOST_KEPT: usize = 64 * 1024 * 1024;

/// Answers of one history.
#[derive(Debug)]
pub(super) struct Shelf {
    path: PathBuf,
    site: Site,
    /// Readers that nobody uses now.
    idle: Mutex<Vec<History>>,
    kept: Mutex<Kept>,
}

/// What makes two requests ask for the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) query: String,
    pub(super) wanted: Form,
    pub(super) site: String,
}

/// What an answer takes beside its words, about, in bytes.
const ENTRY_BYTES: usize = 512;

/// Answers made since the history was last written.
#[derive(Debug)]
struct Kept {
    /// Tells by its generation whether the history was written.
    watch: History,
    generation: i64,
    answers: HashMap<Asked, Arc<Answer>>,
    bytes: usize,
}

impl Shelf {
    /// Answers of the history at `path`.
    pub(super) fn new(path: PathBuf, pages: Pages) -> Result<Self, StoreError> {
        let watch = History::open(&path, OpenOptions::read())?;
        let generation = watch.generation()?;
        let kept = Mutex::new(Kept { watch, generation, answers: HashMap::new(), bytes: 0 });
        Ok(Self { path, site: Site::new(pages), idle: Mutex::new(Vec::new()), kept })
    }

    /// The answer to a request, as the history is now.
    pub(super) fn answer(&self, asked: &Asked) -> Result<Arc<Answer>, ReportError> {
        let generation = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.look()?;
            if let Some(answer) = kept.answers.get(asked) {
                return Ok(Arc::clone(answer));
            }
            kept.generation
        };
        let answer = Arc::new(self.make(asked)?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.look()?;
        // What was made while the history was written may be of before or after: it is true, but not kept.
        if kept.generation == generation && answer.status == 200 {
            kept.keep(asked, &answer);
        }
        Ok(answer)
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

impl Kept {
    /// Forgets every answer if the history was written since the last look.
    fn look(&mut self) -> Result<(), StoreError> {
        let generation = self.watch.generation()?;
        if generation != self.generation {
            self.generation = generation;
            self.forget();
        }
        Ok(())
    }

    fn keep(&mut self, asked: &Asked, answer: &Arc<Answer>) {
        // What is asked is kept, too, and may be longer than the answer.
        let bytes = answer.body.len() + asked.path.len() + asked.query.len() + asked.site.len() + ENTRY_BYTES;
        if self.bytes + bytes > MOST_KEPT {
            self.forget();
        }
        if bytes <= MOST_KEPT && self.answers.insert(asked.clone(), Arc::clone(answer)).is_none() {
            self.bytes += bytes;
        }
    }

    fn forget(&mut self) {
        self.answers.clear();
        self.bytes = 0;
    }
}
