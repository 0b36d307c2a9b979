//! What was looked at on the web lately: from this a watch that was stopped knows where it was.

use chrono::{DateTime, Utc};

use crate::encode::{from_label, stamp, unstamp};
use crate::error::StoreError;
use crate::history::History;
use crate::ids::{ArticleId, VersionId};
use crate::recording::CaptureStatus;

/// A look at a page of the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The article.
    pub article: ArticleId,
    /// When it was looked at.
    pub time: DateTime<Utc>,
    /// The address that was asked.
    pub url: String,
    /// The feed or sitemap that named it.
    pub list: Option<String>,
    /// What came of it.
    pub status: CaptureStatus,
    /// The text that was seen.
    pub version: Option<VersionId>,
    /// When the article says that it came out, as it says it.
    pub published: Option<String>,
}

impl History {
    /// The looks at pages of the web since a time, in their order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn looks(&self, since: DateTime<Utc>) -> Result<Vec<Look>, StoreError> {
        self.reading("listing what was watched", |conn| {
            let mut query = conn.prepare_cached(
                "SELECT article_id, captured_at, capture.url, list, capture.status, version_id, metadata ->> 'published'
                 FROM capture JOIN request ON request.capture_id = capture.id
                 WHERE captured_at >= ?1 AND capture.url IS NOT NULL ORDER BY captured_at, capture.id",
            )?;
            let mut rows = query.query([stamp(since)?])?;
            let mut looks = Vec::new();
            while let Some(row) = rows.next()? {
                looks.push(Look {
                    article: row.get(0)?,
                    time: unstamp(&row.get::<_, String>(1)?)?,
                    url: row.get(2)?,
                    list: row.get(3)?,
                    status: from_label(row.get(4)?)?,
                    version: row.get(5)?,
                    published: row.get(6)?,
                });
            }
            Ok(looks)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Bench, at, reading, story};
    use crate::{Attempt, CaptureStatus, Origin, Recording, Request};

    #[test]
    fn looks_tell_what_was_asked_and_the_last_answer_is_of_the_newest_page_that_counts() {
        let mut bench = Bench::new();
        let url = "https://news.example/a";
        let (article, claims) = story(&["Minister: troops 100"]);
        let read = Attempt::Read(reading(&article, &claims));
        let doubted = Attempt::Uncertain { reason: "a wall", reading: Some(reading(&article, &claims)) };
        let failed = Attempt::Failed { reason: "HTTP 503" };
        let redirects = ["https://news.example/b".to_owned()];
        for (hour, attempt, etag) in
            [(1, read, Some("one")), (2, read, Some("two")), (3, doubted, Some("wall")), (4, failed, None)]
        {
            let request = Request {
                list: Some("https://news.example/feed"),
                redirects: &redirects,
                url: "https://news.example/b",
                status: Some(200),
                content_type: None,
                etag,
                last_modified: None,
            };
            let recording = Recording::new(at(hour), Origin::Live, attempt);
            bench.history.record(&Recording { url: Some(url), request: Some(request), ..recording }).unwrap();
        }
        let looks = bench.history.looks(at(2)).unwrap();
        let told: Vec<_> = looks.iter().map(|look| (look.status, look.version.is_some(), &*look.url)).collect();
        assert_eq!(
            told,
            [
                (CaptureStatus::Ok, true, url),
                (CaptureStatus::Uncertain, true, url),
                (CaptureStatus::Failed, false, url)
            ]
        );
        assert_eq!(looks[0].list.as_deref(), Some("https://news.example/feed"));
        let answer = bench.history.last_answer("https://news.example/b").unwrap().unwrap();
        assert_eq!((answer.etag.as_deref(), Some(answer.version)), (Some("two"), looks[0].version));
        assert_eq!(bench.history.last_answer(url).unwrap(), None, "that address led elsewhere");
    }
}
