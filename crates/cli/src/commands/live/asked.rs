//! What was asked on the web for a capture, and what the server said.

use isnad_ingest::http::{Answer, Fetched};
use isnad_store::{LastAnswer, Request};

/// What is kept of a request beside the page.
#[derive(Debug)]
pub(in crate::commands) struct Asked {
    /// The list that named the address.
    list: Option<String>,
    redirects: Vec<String>,
    /// The address that answered, or that did not.
    url: String,
    answer: Option<Answer>,
}

impl Asked {
    /// What was asked for `fetched`, whose address `list` named.
    pub(in crate::commands) fn of(fetched: &Fetched, list: Option<&str>) -> Self {
        let Fetched { url, redirects, answer, .. } = fetched;
        let last = || redirects.last().unwrap_or(url).clone();
        Self {
            list: list.map(str::to_owned),
            redirects: redirects.clone(),
            url: answer.as_ref().map_or_else(last, |answer| answer.url.clone()),
            answer: answer.clone(),
        }
    }

    /// The same for a page that is as it was: what the server left out holds on.
    pub(in crate::commands) fn like(mut self, known: &LastAnswer) -> Self {
        if let Some(answer) = &mut self.answer {
            let told = &mut answer.validators;
            told.etag = told.etag.take().or_else(|| known.etag.clone());
            told.last_modified = told.last_modified.take().or_else(|| known.last_modified.clone());
        }
        self
    }

    /// As it is recorded.
    pub(in crate::commands) fn request(&self) -> Request<'_> {
        let answer = self.answer.as_ref();
        Request {
            list: self.list.as_deref(),
            redirects: &self.redirects,
            url: &self.url,
            status: answer.map(|answer| answer.status),
            content_type: answer.and_then(|answer| answer.content_type.as_deref()),
            etag: answer.and_then(|answer| answer.validators.etag.as_deref()),
            last_modified: answer.and_then(|answer| answer.validators.last_modified.as_deref()),
        }
    }

    /// The address that answered, where a redirect led to another than was asked.
    pub(in crate::commands) fn final_url(&self) -> Option<&str> {
        self.redirects.last().map(String::as_str)
    }
}
