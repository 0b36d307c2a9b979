//! The captures that the Wayback Machine, or another archive with its interfaces, has of an address.
//!
//! Its list (the CDX server) tells of each capture when it was made, with what status, and a digest of what came. A page that
//! stayed as it was is asked for once: of captures in a row with one digest the first and the last count, since they tell from
//! when to when the page was so, and the last has the bytes of the first.

use std::collections::{HashSet, VecDeque};

use chrono::{DateTime, Utc};
use url::Url;

use super::{Capture, Content, Progress, Skipped, Source, broken};
use crate::error::IngestError;
use crate::http::{Caller, Client, Failure, Wanted};
use crate::moment::moment;
use crate::sniff::Kind;

/// The archive that is asked unless another is named.
pub const WAYBACK: &str = "https://web.archive.org";

/// How many captures are listed with one request.
const LISTED: usize = 10_000;

/// What is asked of the list, in this order.
const COLUMNS: &str = "timestamp,original,mimetype,statuscode,digest";

/// The status of a server that wants to be asked less.
const TOO_MANY_REQUESTS: u16 = 429;

/// So many captures in a row that the archive does not give end the work: it does not want to be asked now.
const MOST_REFUSALS: u32 = 3;

/// Which captures are asked for.
#[derive(Debug, Clone)]
pub struct WaybackOptions {
    /// The address of the archive, such as [`WAYBACK`].
    pub base: String,
    /// The address of the article.
    pub url: String,
    /// Captures since then.
    pub from: Option<DateTime<Utc>>,
    /// Captures until then.
    pub to: Option<DateTime<Utc>>,
}

/// Whether the capture at a place and a time is recorded already.
type IsKnown = Box<dyn Fn(&str, DateTime<Utc>) -> bool + Send>;

/// The captures of an address, in the order of their times.
pub struct Wayback {
    options: WaybackOptions,
    client: Client,
    caller: Box<dyn Caller + Send>,
    is_known: IsKnown,
    /// What is listed and not yet given.
    rows: VecDeque<Row>,
    /// Captures at the end of the list as far as it is read: they may be the same as those with which it goes on.
    held: Vec<Row>,
    list: List,
    /// Where the list went on.
    passed: HashSet<String>,
    /// What came last, with its digest.
    last: Option<(String, Content)>,
    refusals: u32,
    done: u64,
}

/// How far the list is read.
#[derive(Debug, PartialEq, Eq)]
enum List {
    Begins,
    GoesOnAt(String),
    IsRead,
}

/// A capture as the list tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    timestamp: String,
    original: String,
    status: Option<u16>,
    digest: String,
}

impl Wayback {
    /// The captures that `options` ask for. `client` asks, `caller` waits between two requests, and what `is_known` says is
    /// recorded is not asked for again but given as [`Content::Recorded`].
    #[must_use]
    pub fn new(
        options: WaybackOptions,
        client: Client,
        caller: Box<dyn Caller + Send>,
        is_known: impl Fn(&str, DateTime<Utc>) -> bool + Send + 'static,
    ) -> Self {
        Self {
            options,
            client,
            caller,
            is_known: Box::new(is_known),
            rows: VecDeque::new(),
            held: Vec::new(),
            list: List::Begins,
            passed: HashSet::new(),
            last: None,
            refusals: 0,
            done: 0,
        }
    }

    /// Takes in the next part of the list. Where that fails, the list ends with what was there before.
    fn read_list(&mut self) -> Result<(), IngestError> {
        let at = match std::mem::replace(&mut self.list, List::IsRead) {
            List::Begins => None,
            List::GoesOnAt(key) => Some(key),
            List::IsRead => return Ok(()),
        };
        let part = self.ask_for_list(at.as_deref());
        let mut listed = std::mem::take(&mut self.held);
        let goes_on_at = part.and_then(|(rows, goes_on_at)| {
            listed.extend(rows);
            let is_new = goes_on_at.as_ref().is_none_or(|key| self.passed.insert(key.clone()));
            is_new.then_some(goes_on_at).ok_or_else(|| broken("the archive's list goes in a circle"))
        });
        let mut runs = collapse(&listed);
        if let Ok(Some(_)) = goes_on_at {
            self.held = runs.pop().unwrap_or_default();
        }
        self.rows.extend(runs.into_iter().flatten());
        self.list = goes_on_at?.map_or(List::IsRead, List::GoesOnAt);
        Ok(())
    }

    /// A part of the list, and where it goes on if it does.
    fn ask_for_list(&mut self, at: Option<&str>) -> Result<(Vec<Row>, Option<String>), IngestError> {
        let address = self.options.list_address(at)?;
        let got = self.client.fetch(&address, &Wanted::ARCHIVE_LIST, &mut *self.caller).got;
        let list = got.into_body().map_err(|failure| broken(format_args!("the archive gives no list: {failure}")))?;
        parse(&list)
    }

    /// The capture of a row.
    fn capture(&mut self, row: Row) -> Result<Capture, Skipped> {
        let place = format!("{}/web/{}/{}", self.options.base, row.timestamp, row.original);
        let Some(time) = moment(&row.timestamp) else {
            return Err(Skipped::new(place, broken(format_args!("`{}` is no time of a capture", row.timestamp))));
        };
        let content = match row.status {
            Some(status @ 400..) => Content::Failed { reason: Failure::Status { status }.to_string() },
            _ if (self.is_known)(&place, time) => Content::Recorded,
            _ => self.content(&row).map_err(|error| Skipped::new(&*place, error))?,
        };
        Ok(Capture { place, time: Some(time), url: Some(row.original), content, ..Capture::default() })
    }

    /// What was captured: what came last, if that is the same.
    fn content(&mut self, row: &Row) -> Result<Content, IngestError> {
        if let Some((digest, content)) = &self.last
            && *digest == row.digest
        {
            return Ok(content.clone());
        }
        // As it came, without what the archive adds to show it.
        let raw = format!("/web/{}id_/", row.timestamp);
        let address = format!("{}{raw}{}", self.options.base, row.original);
        let fetched = self.client.fetch(&address, &Wanted::ARCHIVED_PAGE, &mut *self.caller);
        let is_another = fetched.final_url().is_some_and(|url| !url.contains(&raw));
        let charset = fetched.answer.and_then(|answer| answer.content_type);
        let bytes = match fetched.got.into_body() {
            Ok(_) if is_another => return Err(broken("the archive gives another capture in its place")),
            Ok(bytes) => bytes,
            Err(failure) => {
                // What it gives and is no page, or too large a one, or does not have, is no refusal.
                let is_refusal = match failure {
                    Failure::NoPage { .. } | Failure::TooLarge { .. } => false,
                    Failure::Status { status } => status == TOO_MANY_REQUESTS || status >= 500,
                    _ => true,
                };
                self.refusals = if is_refusal { self.refusals + 1 } else { 0 };
                return Err(broken(format_args!("the archive does not give it: {failure}")));
            }
        };
        self.refusals = 0;
        let content = Content::Bytes { bytes, charset, kind: Some(Kind::Html) };
        self.last = Some((row.digest.clone(), content.clone()));
        Ok(content)
    }
}

impl WaybackOptions {
    /// Where the list is, or what of it comes after `at`.
    fn list_address(&self, at: Option<&str>) -> Result<String, IngestError> {
        let address = format!("{}/cdx/search/cdx", self.base);
        let mut address = Url::parse(&address).map_err(|_| broken(format_args!("{address} is no address")))?;
        let stamp = |time: DateTime<Utc>| time.format("%Y%m%d%H%M%S").to_string();
        let limit = LISTED.to_string();
        let mut query = address.query_pairs_mut();
        query.append_pair("url", &self.url).append_pair("output", "json").append_pair("fl", COLUMNS);
        query.append_pair("limit", &limit).append_pair("showResumeKey", "true");
        for (name, time) in [("from", self.from), ("to", self.to)] {
            if let Some(time) = time {
                query.append_pair(name, &stamp(time));
            }
        }
        if let Some(at) = at {
            query.append_pair("resumeKey", at);
        }
        drop(query);
        Ok(address.into())
    }
}

/// The captures of pages in a list, and where it goes on if it does.
fn parse(list: &[u8]) -> Result<(Vec<Row>, Option<String>), IngestError> {
    if list.trim_ascii().is_empty() {
        return Ok((Vec::new(), None));
    }
    let lines: Vec<Vec<String>> =
        serde_json::from_slice(list).map_err(|error| broken(format_args!("no list of captures: {error}")))?;
    // The first line names the columns; after the captures comes an empty one, and then where the list goes on.
    let mut lines = lines.into_iter().skip(1);
    let rows = lines.by_ref().take_while(|line| !line.is_empty()).filter_map(row).collect();
    let goes_on_at = lines.next().and_then(|line| line.into_iter().next());
    Ok((rows, goes_on_at))
}

/// A line of a list; `None` for what is no page: pictures, redirects.
fn row(line: Vec<String>) -> Option<Row> {
    let [timestamp, original, kind, status, digest] = line.try_into().ok()?;
    // Of a capture that is as the one before the list tells no status and a kind of its own.
    let status = status.parse::<u16>().ok();
    let is_page = match status {
        None | Some(200..300) => matches!(&*kind, "text/html" | "application/xhtml+xml" | "warc/revisit" | "unk"),
        Some(status) => status >= 400,
    };
    is_page.then_some(Row { timestamp, original, status, digest })
}

/// Of each run of captures that are the same, the first and the last.
fn collapse(rows: &[Row]) -> Vec<Vec<Row>> {
    let same = |a: &Row, b: &Row| a.digest == b.digest && a.original == b.original && a.is_failure() == b.is_failure();
    let ends = |run: &[Row]| run.first().into_iter().chain(run.last().filter(|_| run.len() > 1)).cloned().collect();
    rows.chunk_by(same).map(ends).collect()
}

impl Row {
    fn is_failure(&self) -> bool {
        self.status.is_some_and(|status| status >= 400)
    }
}

impl Iterator for Wayback {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.refusals >= MOST_REFUSALS {
            self.rows.clear();
            self.list = List::IsRead;
            self.refusals = 0;
            let reason = "the archive gave nothing several times in a row; the same command goes on from here later";
            return Some(Err(Skipped::new(format!("wayback:{}", self.options.url), broken(reason))));
        }
        while self.rows.is_empty() && self.list != List::IsRead {
            if let Err(error) = self.read_list() {
                return Some(Err(Skipped::new(format!("wayback:{}", self.options.url), error)));
            }
        }
        let row = self.rows.pop_front()?;
        self.done += 1;
        Some(self.capture(row))
    }
}

impl Source for Wayback {
    fn progress(&self) -> Progress {
        let is_read = self.list == List::IsRead;
        Progress { done: self.done, total: is_read.then_some(self.done + self.rows.len() as u64) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"[["timestamp","original","mimetype","statuscode","digest"],
        ["20260301090000","https://news.example/a","text/html","200","A"],
        ["20260302090000","https://news.example/a","text/html","200","A"],
        ["20260303090000","https://news.example/a","warc/revisit","-","A"],
        ["20260303100000","https://news.example/a","text/html","301","R"],
        ["20260304090000","https://news.example/a","text/html","404","N"],
        ["20260305090000","https://news.example/a","text/html","200","A"],
        ["20260306090000","https://news.example/a","image/png","200","P"],
        [],
        ["example,news)/a 20260306090001"]]"#;

    #[test]
    fn of_captures_in_a_row_that_are_the_same_the_first_and_the_last_count() {
        let (rows, goes_on_at) = parse(LIST.as_bytes()).unwrap();
        let days: Vec<_> =
            collapse(&rows).iter().flatten().map(|row| (row.timestamp[6..8].to_owned(), row.status)).collect();
        let expected = [("01", Some(200)), ("03", None), ("04", Some(404)), ("05", Some(200))];
        assert_eq!(days, expected.map(|(day, status)| (day.to_owned(), status)));
        assert_eq!(goes_on_at.as_deref(), Some("example,news)/a 20260306090001"));
    }

    #[test]
    fn a_list_may_be_empty_and_what_is_none_is_told() {
        for empty in ["", "\n", "[]", r#"[["timestamp","original","mimetype","statuscode","digest"]]"#] {
            assert_eq!(parse(empty.as_bytes()).unwrap(), (Vec::new(), None), "{empty}");
        }
        assert!(parse(b"<html>Service unavailable</html>").is_err());
    }

    #[test]
    fn a_list_is_asked_for_within_times_and_on_from_where_it_ended() {
        let options = WaybackOptions {
            base: "https://web.archive.org".to_owned(),
            url: "https://news.example/a?b=1&c".to_owned(),
            from: moment("2026-03-01T00:00:00Z"),
            to: moment("2026-03-31T23:59:59Z"),
        };
        assert_eq!(
            options.list_address(Some("x y")).unwrap(),
            "https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fnews.example%2Fa%3Fb%3D1%26c&output=json\
             &fl=timestamp%2Coriginal%2Cmimetype%2Cstatuscode%2Cdigest&limit=10000&showResumeKey=true\
             &from=20260301000000&to=20260331235959&resumeKey=x+y"
        );
    }
}
