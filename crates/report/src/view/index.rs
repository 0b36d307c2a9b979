//! The list of articles: each with its figures and a small picture of when it changed.

use isnad_store::{ArticleSummary, LogEntry};
use serde::Serialize;

use super::Tongue;
use crate::phrase::Foreign;
use crate::shown::LONGEST_NAME;
use crate::texts::Texts;
use crate::when::When;

/// An article in the list.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleRow {
    id: i64,
    title: Option<Foreign>,
    key: Foreign,
    tongue: Tongue,
    captures: u32,
    versions: u32,
    changes: u32,
    last: When,
    sparks: Vec<Spark>,
}

/// The changes of one state.
#[derive(Debug, Serialize)]
struct Spark {
    /// The share of the width.
    x: f64,
    /// The height in units of the picture, from 0 to 20.
    height: f64,
}

/// The most states that are drawn, the newest.
const MOST: usize = 30;

/// The most characters of an address that are shown: it only tells articles of one title apart.
const LONGEST_KEY: usize = 90;

/// The height of the picture.
const HEIGHT: f64 = 20.0;

impl ArticleRow {
    pub(crate) fn new(article: &ArticleSummary, states: &[LogEntry], texts: &Texts) -> Self {
        Self {
            id: article.id.0,
            title: article.title.as_deref().map(|title| Foreign::new(title, LONGEST_NAME)),
            key: Foreign::new(article.url.as_deref().unwrap_or(&article.key), LONGEST_KEY),
            tongue: Tongue::of(article.language),
            captures: article.captures,
            versions: article.versions,
            changes: article.changes,
            last: When::plain(article.last_captured, texts),
            sparks: sparks(states, texts.is_mirrored()),
        }
    }
}

/// A bar a state, as high as it brought changes beside the article's most; the first state brings none.
#[allow(clippy::cast_precision_loss, reason = "places on a screen")]
fn sparks(states: &[LogEntry], is_mirrored: bool) -> Vec<Spark> {
    let shown = states.get(states.len().saturating_sub(MOST)..).unwrap_or_default();
    let most = shown.iter().map(|entry| entry.events.changes()).max().unwrap_or_default().max(1);
    let step = 100.0 / (shown.len().max(1)) as f64;
    let spark = |(at, entry): (usize, &LogEntry)| {
        let x = (at as f64 + 0.5) * step;
        let height = f64::from(entry.events.changes()) / f64::from(most) * HEIGHT;
        Spark { x: if is_mirrored { 100.0 - x } else { x }, height: height.max(1.0) }
    };
    shown.iter().enumerate().map(spark).collect()
}
