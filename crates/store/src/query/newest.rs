//! Articles a page at a time, those captured last first.

use rusqlite::{OptionalExtension, named_params};

use super::articles::{ArticleSummary, summaries};
use crate::error::StoreError;
use crate::history::History;
use crate::ids::{ArticleId, CaptureId};

/// The newest capture of each article, newest first, from before a moment on. It walks captures by their time and stops at
/// the limit.
pub(crate) const NEWEST: &str = "SELECT newest.article_id, newest.id FROM capture AS newest
     WHERE (newest.captured_at, newest.id) < (:time, :id)
       AND NOT EXISTS (
         SELECT 1 FROM capture AS later
         WHERE later.article_id = newest.article_id
           AND (later.captured_at, later.id) > (newest.captured_at, newest.id)
       )
     ORDER BY newest.captured_at DESC, newest.id DESC
     LIMIT :limit";

/// After every time that is stored.
const END_OF_TIME: &str = "~";

impl History {
    /// At most `limit` articles, those captured last first, and the place from which the next ones follow; `None` if there
    /// are no more. `after` is such a place, or `None` for the beginning.
    ///
    /// An article that is captured between two pages moves to the beginning, and is not on the second.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn newest_articles(
        &self,
        after: Option<CaptureId>,
        limit: usize,
    ) -> Result<(Vec<ArticleSummary>, Option<CaptureId>), StoreError> {
        self.reading("listing the newest articles", |conn| {
            let (time, id) = match after {
                None => (END_OF_TIME.to_owned(), CaptureId(i64::MAX)),
                Some(capture) => {
                    let mut query = conn.prepare_cached("SELECT captured_at FROM capture WHERE id = ?1")?;
                    let time: Option<String> = query.query_row([capture], |row| row.get(0)).optional()?;
                    // No capture is ever taken out: there was none of that number, so nothing follows it.
                    let Some(time) = time else { return Ok((Vec::new(), None)) };
                    (time, capture)
                }
            };
            let mut query = conn.prepare_cached(NEWEST)?;
            let wanted = i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX);
            let parameters = named_params! { ":time": time, ":id": id, ":limit": wanted };
            let found: Vec<(ArticleId, CaptureId)> =
                query.query_map(parameters, |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
            let page = found.get(..limit.min(found.len())).unwrap_or_default();
            let next = (found.len() > limit).then(|| page.last().map(|(_, capture)| *capture)).flatten();
            let mut articles = Vec::with_capacity(page.len());
            for (article, _) in page {
                articles.extend(summaries(conn, Some(*article))?);
            }
            Ok((articles, next))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Bench, at, reading, story};
    use crate::{Attempt, Origin, Recording};

    fn saw(bench: &mut Bench, hour: i64, url: &str) {
        let (article, claims) = story(&["Mayor: boats left"]);
        let attempt = Attempt::Read(reading(&article, &claims));
        let recording = Recording { url: Some(url), ..Recording::new(at(hour), Origin::Live, attempt) };
        bench.history.record(&recording).unwrap();
    }

    #[test]
    fn every_article_is_on_one_page_the_last_captured_first() {
        let mut bench = Bench::new();
        for (hour, name) in [(1, "a"), (2, "b"), (3, "c"), (4, "a")] {
            saw(&mut bench, hour, &format!("https://news.example/{name}"));
        }
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let (page, next) = bench.history.newest_articles(after, 2).unwrap();
            assert!(page.len() <= 2);
            seen.extend(page.into_iter().map(|article| article.key));
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["a", "c", "b"].map(|name| format!("https://news.example/{name}")));
    }

    #[test]
    fn nothing_follows_a_place_that_never_was() {
        let mut bench = Bench::new();
        bench.saw(1, &["Mayor: boats left"]);
        assert_eq!(bench.history.newest_articles(Some(crate::CaptureId(77)), 5).unwrap(), (Vec::new(), None));
        assert_eq!(bench.history.newest_articles(None, 1).unwrap().1, None);
    }
}
