//! Articles that are gone: what servers say so of, again and again.

use serde::Serialize;

use crate::event::Moment;
use crate::query::Capture;
use crate::recording::CaptureStatus;

/// The answers that say that there is no such page.
const REASONS: [&str; 2] = ["HTTP 404", "HTTP 410"];

/// So many such answers in a row say that an article is gone; one may be a slip.
const FEWEST: usize = 2;

/// Since when an article is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// The last capture that got something: it was not gone before. `None` if none ever did.
    pub not_before: Option<Moment>,
    /// The first answer that said so: it was gone then.
    pub not_after: Moment,
    /// How many captures in a row say so, up to now.
    pub captures: usize,
    /// What the last of them says: `HTTP 410`.
    pub reason: String,
}

impl Gone {
    /// Whether an article with these captures, in the order of their times, is gone. Attempts in between that failed for
    /// another reason (a timeout, a server that was too busy) say nothing of that.
    #[must_use]
    pub fn of(captures: &[Capture]) -> Option<Self> {
        let got = captures.iter().rposition(|capture| capture.status != CaptureStatus::Failed);
        let since = captures.get(got.map_or(0, |got| got + 1)..)?;
        let said: Vec<&Capture> = since.iter().filter(|capture| says_gone(capture)).collect();
        let (first, last) = (said.first()?, said.last()?);
        let moment = |capture: &Capture| Moment { capture: capture.id, time: capture.captured };
        (said.len() >= FEWEST).then(|| Self {
            not_before: got.and_then(|got| captures.get(got)).map(moment),
            not_after: moment(first),
            captures: said.len(),
            reason: last.reason.clone().unwrap_or_default(),
        })
    }
}

fn says_gone(capture: &Capture) -> bool {
    capture.reason.as_deref().is_some_and(|reason| REASONS.contains(&reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, at, reading, story};
    use crate::{Attempt, Origin, Recording};

    /// What is told of captures at 1, 2, 3 … of which `None` got the article.
    fn told(reasons: &[Option<&str>]) -> Option<(Option<i64>, i64, usize)> {
        let mut bench = Bench::new();
        let (article, claims) = story(&["Minister: troops 100"]);
        let read = Attempt::Read(reading(&article, &claims));
        for (time, reason) in (1..).zip(reasons) {
            let attempt = reason.map_or(read, |reason| Attempt::Failed { reason });
            let recording = Recording::new(at(time), Origin::Live, attempt);
            bench.history.record(&Recording { url: Some("https://news.example/a"), ..recording }).unwrap();
        }
        let captures = bench.history.captures(bench.history.articles().unwrap()[0].id).unwrap();
        let number =
            |moment: &Moment| captures.iter().position(|capture| capture.id == moment.capture).unwrap() as i64 + 1;
        Gone::of(&captures).map(|gone| (gone.not_before.as_ref().map(number), number(&gone.not_after), gone.captures))
    }

    #[test]
    fn an_article_is_gone_once_servers_have_said_so_twice_and_until_it_is_had_again() {
        let gone = Some("HTTP 404");
        assert_eq!(told(&[None, gone]), None, "once may be a slip");
        assert_eq!(told(&[None, None, gone, gone]), Some((Some(2), 3, 2)));
        assert_eq!(told(&[None, gone, Some("HTTP 503"), Some("HTTP 410"), Some("timed out")]), Some((Some(1), 2, 2)));
        assert_eq!(told(&[None, gone, gone, None]), None, "it is back");
        assert_eq!(told(&[None, Some("timed out"), Some("HTTP 500")]), None, "a failure is no deletion");
        assert_eq!(told(&[gone, gone]), Some((None, 1, 2)), "it was never had");
    }
}
