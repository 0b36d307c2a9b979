//! A change told by itself, away from its article: in a list of the newest, in a feed, in a comparison.

use isnad_core::Language;
use isnad_diff::Change;
use isnad_store::{ArticleSummary, Event};
use serde::Serialize;

use super::Tongue;
use super::card::{Attribution, Form};
use crate::phrase::Foreign;
use crate::shown::LONGEST_NAME;
use crate::texts::Texts;
use crate::when::stamp;

/// A change by itself.
#[derive(Debug, Serialize)]
pub(crate) struct Item {
    pub(crate) article: i64,
    pub(crate) title: Option<Foreign>,
    pub(crate) thread: Option<i64>,
    says: Attribution,
    pub(crate) form: Form,
    tongue: Tongue,
    /// When it was first seen, as RFC 3339.
    pub(crate) seen: String,
}

impl Item {
    /// An event of an article.
    pub(crate) fn of(event: &Event, article: &ArticleSummary, texts: &Texts) -> Option<Self> {
        let claim = event.change.new.as_ref().or(event.change.old.as_ref())?;
        Some(Self {
            article: article.id.0,
            title: article.title.as_deref().map(|title| Foreign::new(title, LONGEST_NAME)),
            thread: Some(event.thread.0),
            says: Attribution::new(claim, None, texts),
            form: Form::of(event, texts),
            tongue: Tongue::of(article.language),
            seen: stamp(event.not_after.time),
        })
    }

    /// A change between any two versions of an article.
    pub(crate) fn between(change: &Change, language: Option<Language>, article: i64, texts: &Texts) -> Option<Self> {
        let claim = change.new.as_ref().or(change.old.as_ref())?;
        Some(Self {
            article,
            title: None,
            thread: None,
            says: Attribution::new(claim, None, texts),
            form: Form::of_change(change, texts),
            tongue: Tongue::of(language),
            seen: String::new(),
        })
    }

    /// The change in one line, for a feed's list of entries.
    pub(crate) fn line(&self, texts: &Texts) -> String {
        let speaker = self.says.speaker.as_ref().map(|speaker| format!("{}: ", speaker.text)).unwrap_or_default();
        let facets: Vec<&str> = self.form.facets.iter().map(|facet| facet.word.as_str()).collect();
        let status = self.form.status.as_ref().map(|status| status.word.as_str()).unwrap_or_default();
        match facets.is_empty() {
            true => format!("{speaker}{status}"),
            false => format!("{speaker}{status} ({})", facets.join(texts.word("list", "item"))),
        }
    }
}
