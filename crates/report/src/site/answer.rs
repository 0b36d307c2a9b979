//! What stands at an address.

use isnad_store::{ChangesFilter, History, StoreError};

use super::address::{Address, Astray, Form, encoded, words};
use super::json::data;
use super::look;
use crate::dossier::Dossier;
use crate::error::ReportError;
use crate::feed::FeedHead;
use crate::page::{Pages, Rendered};
use crate::policy;
use crate::shown::made_visible;

/// How many of the newest changes stand beside the list of articles.
const BESIDE: usize = 20;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// The path of the URL, as it was sent.
    pub path: &'r str,
    /// Its query, without the question mark.
    pub query: &'r str,
    /// The form that is wanted if the path does not say it.
    pub wanted: Form,
    /// The site's own address without a slash at the end, such as `http://127.0.0.1:7373`.
    pub site: &'r str,
}

/// What stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code of HTTP.
    pub status: u16,
    /// The type of the body.
    pub kind: &'static str,
    /// The body.
    pub body: String,
    /// The Content-Security-Policy of the body.
    pub policy: String,
    /// What tells this body from any other, as HTTP writes it in `ETag`.
    pub tag: String,
}

/// The pages of a history.
#[derive(Debug)]
pub struct Site {
    pages: Pages,
}

/// What was got, before it takes a form.
enum Got {
    Page(Rendered),
    Json(String),
    Atom(String),
    /// A line of text.
    Line(String),
}

impl Site {
    /// A site with these pages.
    #[must_use]
    pub const fn new(pages: Pages) -> Self {
        Self { pages }
    }

    /// What stands at an address; an address that leads nowhere is answered with a page that says so.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn answer(&self, history: &History, request: &Request<'_>) -> Result<Answer, ReportError> {
        let (path, ending) = Form::of_path(request.path);
        let form = ending.unwrap_or(request.wanted);
        let address = match Address::read(path, request.query) {
            Ok(address) => address,
            Err(Astray::Unknown) => return self.astray(404, "no_address", None, form, request),
            Err(Astray::Query(name)) => {
                let texts = self.pages.texts();
                let takes = texts.fill("query", "takes", &[("name", name), ("wanted", texts.word("query", name))]);
                return self.astray(400, "bad_query", Some(takes), form, request);
            }
        };
        let got = match form {
            Form::Atom if !address.has_feed() => return self.astray(404, "no_address", None, form, request),
            Form::Atom => self.feed(history, &address, request).map(Got::Atom),
            Form::Json => data(history, &address).map(Got::Json),
            Form::Html if address == Address::OpenApi => data(history, &address).map(Got::Json),
            Form::Html => self.page(history, &address).map(Got::Page),
        };
        match got {
            Ok(got) => Ok(Answer::of(got)),
            Err(error) if is_missing(&error) => self.astray(404, "not_there", Some(error.to_string()), form, request),
            Err(ReportError::Store(error @ StoreError::InvalidQuery { .. })) => {
                self.astray(400, "bad_query", Some(error.to_string()), form, request)
            }
            Err(error) => Err(error),
        }
    }

    /// Says in the form that was asked for why there is nothing, and what exactly is wrong where that is known.
    fn astray(
        &self,
        status: u16,
        key: &str,
        exactly: Option<String>,
        form: Form,
        request: &Request<'_>,
    ) -> Result<Answer, ReportError> {
        let word = self.pages.texts().word("site", key);
        let line = exactly
            .as_ref()
            .map_or_else(|| word.to_owned(), |exactly| format!("{}: {exactly}", word.trim_end_matches('.')));
        let got = match form {
            Form::Json => Got::Json(serde_json::json!({ "error": line }).to_string()),
            Form::Html => Got::Page(self.pages.astray(word, exactly.as_deref(), &words(request.query))?),
            // There is no feed that would say it.
            Form::Atom => Got::Line(format!("{}\n", made_visible(&line))),
        };
        Ok(Answer { status, ..Answer::of(got) })
    }

    fn page(&self, history: &History, address: &Address) -> Result<Rendered, ReportError> {
        let pages = &self.pages;
        match address {
            Address::Article { article, .. } => pages.article(&Dossier::read(history, *article)?),
            Address::Claim(id) => pages.claim(&look::life(history, *id)?, *id),
            Address::Compare { article, old, new } => {
                let (dossier, old, new) = look::pair(history, *article, *old, *new)?;
                let (old, new) = look::versions(&dossier, old, new)?;
                pages.compare(&dossier, old, new, look::compared(old, new).as_ref())
            }
            Address::Speakers { words, portion } => {
                let (speakers, next) = look::speakers(history, words, *portion)?;
                let next = next.map(|next| portion.next("/speakers", words, next));
                pages.speakers(words, &speakers, next)
            }
            Address::Speaker(name) => {
                let (hits, more) = look::of_speaker(history, name)?;
                pages.speaker(name, &encoded(name), &hits, more, &look::changes_of_speaker(history, name)?)
            }
            Address::Search { words } if words.is_empty() => pages.search(words, None),
            Address::Search { words } => {
                let (hits, more) = look::found(history, words)?;
                pages.search(words, Some((hits.as_slice(), more)))
            }
            Address::Changes { since, severity } => {
                pages.changes(*since, *severity, &look::changes_since(history, *since, *severity)?)
            }
            Address::Articles(portion) => {
                let (articles, next) = look::articles(history, *portion)?;
                let newest = ChangesFilter { limit: BESIDE, ..Default::default() };
                // The newest changes stand on the first page only.
                let changes = portion.after.is_none().then(|| look::changes(history, &newest)).transpose()?;
                let next = next.map(|next| portion.next("/articles", "", next));
                pages.index(&look::with_states(history, articles)?, changes.as_deref(), next)
            }
            Address::OpenApi => pages.astray(pages.texts().word("site", "no_address"), None, ""),
        }
    }

    fn feed(&self, history: &History, address: &Address, request: &Request<'_>) -> Result<String, ReportError> {
        let (title, changes) = match address {
            Address::Article { article, .. } => {
                let article = history.article(*article)?;
                let filter = ChangesFilter { article: Some(article.id), limit: look::MOST, ..Default::default() };
                (article.title.unwrap_or(article.key), look::changes(history, &filter)?)
            }
            Address::Claim(id) => {
                let thread = history.thread(*id)?;
                let article = history.article(thread.article)?;
                let title = article.title.clone().unwrap_or_else(|| article.key.clone());
                let events = thread.events.into_iter().rev().filter(|event| event.status.counts());
                (title, events.map(|event| (event, article.clone())).collect())
            }
            Address::Speaker(name) => {
                // A speaker whose claims never changed has an empty feed; nobody has none.
                look::of_speaker(history, name)?;
                (name.clone(), look::changes_of_speaker(history, name)?)
            }
            Address::Search { words } => (words.clone(), look::changes_with(history, words)?),
            Address::Changes { since, severity } => {
                (self.pages.texts().word("site", "newest").to_owned(), look::changes_since(history, *since, *severity)?)
            }
            Address::Articles(_) | Address::Compare { .. } | Address::Speakers { .. } | Address::OpenApi => {
                (String::new(), Vec::new())
            }
        };
        let query = if request.query.is_empty() { String::new() } else { format!("?{}", request.query) };
        let address = format!("{}{}{query}", request.site, request.path);
        let head = FeedHead { id: &address, title: &title, address: Some(&address), site: Some(request.site) };
        self.pages.feed(history, head, &changes)
    }
}

impl Answer {
    fn of(got: Got) -> Self {
        let nothing = || policy::NOTHING.to_owned();
        let (kind, body, policy) = match got {
            Got::Page(page) => ("text/html; charset=utf-8", page.html, page.policy),
            Got::Json(body) => ("application/json", body, nothing()),
            Got::Atom(body) => ("application/atom+xml; charset=utf-8", body, nothing()),
            Got::Line(body) => ("text/plain; charset=utf-8", body, nothing()),
        };
        let tag = format!("\"{}\"", policy::digest(&body));
        Self { status: 200, kind, body, policy, tag }
    }
}

/// Whether what was asked for is not in the history.
const fn is_missing(error: &ReportError) -> bool {
    matches!(
        error,
        ReportError::NoSuchSpeaker { .. }
            | ReportError::Store(
                StoreError::NoSuchArticle { .. }
                    | StoreError::NoSuchThread { .. }
                    | StoreError::NoSuchVersion { .. }
                    | StoreError::NoVersion { .. }
            )
    )
}
