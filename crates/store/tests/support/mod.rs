//! What the tests of the file share.

use chrono::{DateTime, Utc};
use isnad_core::{Article, Language};
use isnad_store::{Attempt, History, Origin, Reading, Recorded, Recording, StoreError};

/// Records that `url` read `text` so many seconds after midnight of 3 March 2026.
#[allow(dead_code, reason = "not every test file records")]
pub fn record(history: &mut History, url: &str, second: i64, text: &str) -> Result<Recorded, StoreError> {
    let article = Article::from_text(text, Some(Language::ENGLISH));
    let attempt = Attempt::Read(Reading::new(&article, &[], None));
    history.record(&Recording { url: Some(url), ..Recording::new(at(second), Origin::Live, attempt) })
}

#[allow(dead_code, reason = "not every test file records")]
pub fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_496_000 + second, 0).unwrap()
}
