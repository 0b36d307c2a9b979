//! Addresses: `/articles/7.json`, `/search?q=bridge`.

use std::borrow::Cow;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use isnad_diff::Severity;
use isnad_store::{ArticleId, ThreadId};

/// In which form something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A page.
    Html,
    /// Data.
    Json,
    /// A feed.
    Atom,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Address {
    /// The articles, those captured last first.
    Articles(Portion),
    /// An article; as data, the versions of a portion.
    Article {
        /// Which one.
        article: ArticleId,
        /// Which of its versions, by their numbers.
        portion: Portion,
    },
    /// Two versions of an article side by side.
    Compare {
        /// The article.
        article: ArticleId,
        /// The number of the older version; the first without one.
        old: Option<u32>,
        /// The number of the newer version; the newest without one.
        new: Option<u32>,
    },
    /// The history of a claim.
    Claim(ThreadId),
    /// Who is quoted, those with most claims first.
    Speakers {
        /// Words of the name; all speakers without any.
        words: String,
        /// Which of them.
        portion: Portion,
    },
    /// What a speaker says.
    Speaker(String),
    /// Claims with words in them.
    Search {
        /// The words, as `isnad search` takes them.
        words: String,
    },
    /// The newest changes.
    Changes {
        /// Seen then or later.
        since: Option<DateTime<Utc>>,
        /// At least as severe.
        severity: Severity,
    },
    /// What can be asked for, as OpenAPI.
    OpenApi,
}

/// A part of a list that may be too long for one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portion {
    /// At most so many, from 1 to [`Portion::MOST`].
    pub limit: usize,
    /// The place in the list that it follows, as the answer before told it; the beginning without one.
    pub after: Option<i64>,
}

/// Why an address leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Astray {
    /// There is no such address.
    Unknown,
    /// A part of the query makes no sense; its name.
    Query(&'static str),
}

impl Address {
    /// Reads the path of a URL, without the ending that [`Form::of_path`] took off, and its query.
    pub(crate) fn read(path: &str, query: &str) -> Result<Self, Astray> {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let query = Query(query);
        Ok(match segments.as_slice() {
            [] | ["articles"] => Self::Articles(query.portion()?),
            ["articles", id] => Self::Article { article: ArticleId(number(id)?), portion: query.portion()? },
            ["articles", id, "compare"] => {
                let (old, new) = (query.number("old")?, query.number("new")?);
                Self::Compare { article: ArticleId(number(id)?), old, new }
            }
            ["claims", id] => Self::Claim(ThreadId(number(id)?)),
            ["speakers"] => Self::Speakers { words: words(query.0).into_owned(), portion: query.portion()? },
            ["speakers", name] => Self::Speaker(decoded(name).ok_or(Astray::Unknown)?),
            ["search"] => Self::Search { words: words(query.0).into_owned() },
            ["changes"] => Self::Changes { since: query.time("since")?, severity: query.severity("severity")? },
            ["openapi"] => Self::OpenApi,
            _ => return Err(Astray::Unknown),
        })
    }

    /// Whether there is a feed of it.
    pub(crate) const fn has_feed(&self) -> bool {
        !matches!(self, Self::Articles(_) | Self::Compare { .. } | Self::Speakers { .. } | Self::OpenApi)
    }
}

impl Form {
    /// The path without its ending, and the form that the ending asks for.
    pub(crate) fn of_path(path: &str) -> (&str, Option<Self>) {
        match path.rsplit_once('.') {
            Some((path, "json")) => (path, Some(Self::Json)),
            Some((path, "atom")) => (path, Some(Self::Atom)),
            _ => (path, None),
        }
    }
}

impl Portion {
    /// The greatest `limit`.
    pub const MOST: usize = 500;

    /// The beginning of a list.
    pub(crate) const FIRST: Self = Self { limit: 50, after: None };

    /// The address of what follows `after` in the list at `path`.
    pub(crate) fn next(self, path: &str, words: &str, after: i64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !words.is_empty() {
            query.append_pair("q", words);
        }
        if self.limit != Self::FIRST.limit {
            query.append_pair("limit", &self.limit.to_string());
        }
        format!("{path}?{}", query.append_pair("after", &after.to_string()).finish())
    }
}

/// A query, decoded as it is asked.
struct Query<'q>(&'q str);

/// The words that a query asks for.
pub(super) fn words(query: &str) -> Cow<'_, str> {
    Query(query).get("q").unwrap_or_default()
}

impl<'q> Query<'q> {
    /// The value of `name`; an empty one is none.
    fn get(&self, name: &str) -> Option<Cow<'q, str>> {
        let found = form_urlencoded::parse(self.0.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, value)| value).filter(|value| !value.trim().is_empty())
    }

    fn number<N: FromStr>(&self, name: &'static str) -> Result<Option<N>, Astray> {
        self.get(name).map(|value| value.parse().map_err(|_| Astray::Query(name))).transpose()
    }

    fn portion(&self) -> Result<Portion, Astray> {
        let limit = self.number("limit")?.unwrap_or(Portion::FIRST.limit);
        let after = self.number("after")?;
        match (limit, after) {
            (0, _) => Err(Astray::Query("limit")),
            (_, Some(..0)) => Err(Astray::Query("after")),
            _ => Ok(Portion { limit: limit.min(Portion::MOST), after }),
        }
    }

    /// A time with its offset, or a day in UTC, which begins at midnight.
    fn time(&self, name: &'static str) -> Result<Option<DateTime<Utc>>, Astray> {
        let read = |value: Cow<'_, str>| {
            let day = || value.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0);
            let time = DateTime::parse_from_rfc3339(&value).map(|time| time.to_utc()).ok();
            time.or_else(|| Some(day()?.and_utc())).ok_or(Astray::Query(name))
        };
        self.get(name).map(read).transpose()
    }

    fn severity(&self, name: &'static str) -> Result<Severity, Astray> {
        let read = |value: Cow<'_, str>| {
            serde_json::from_value(serde_json::Value::String(value.into_owned())).map_err(|_| Astray::Query(name))
        };
        Ok(self.get(name).map(read).transpose()?.unwrap_or(Severity::Low))
    }
}

fn number(segment: &str) -> Result<i64, Astray> {
    let is_digits = segment.bytes().all(|byte| byte.is_ascii_digit());
    segment.parse().ok().filter(|_| is_digits).ok_or(Astray::Unknown)
}

fn decoded(segment: &str) -> Option<String> {
    let text = percent_encoding::percent_decode_str(segment).decode_utf8().ok()?;
    (!text.trim().is_empty()).then(|| text.into_owned())
}

/// The name as a segment of a path.
pub(crate) fn encoded(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, query: &str) -> Result<(Address, Option<Form>), Astray> {
        let (path, form) = Form::of_path(path);
        Ok((Address::read(path, query)?, form))
    }

    #[test]
    fn addresses_are_read_with_their_form() {
        assert_eq!(read("/", ""), Ok((Address::Articles(Portion::FIRST), None)));
        assert_eq!(
            read("/articles/7.json", ""),
            Ok((Address::Article { article: ArticleId(7), portion: Portion::FIRST }, Some(Form::Json)))
        );
        assert_eq!(
            read("/articles/7/compare", "new=3&old=1"),
            Ok((Address::Compare { article: ArticleId(7), old: Some(1), new: Some(3) }, None))
        );
        assert_eq!(
            read("/search.atom", "q=%D8%B3%D8%AF+x"),
            Ok((Address::Search { words: "سد x".into() }, Some(Form::Atom)))
        );
        let day = "2026-03-04T00:00:00Z".parse().ok();
        assert_eq!(
            read("/changes", "since=2026-03-04&severity=high"),
            Ok((Address::Changes { since: day, severity: Severity::High }, None))
        );
    }

    #[test]
    fn a_list_is_read_in_portions_none_of_which_is_endless() {
        let portion = |query: &str| match read("/articles", query) {
            Ok((Address::Articles(portion), _)) => Ok((portion.limit, portion.after)),
            Ok(other) => panic!("{other:?}"),
            Err(astray) => Err(astray),
        };
        assert_eq!(portion("limit=2&after=17"), Ok((2, Some(17))));
        assert_eq!(portion("limit=1000000"), Ok((Portion::MOST, None)));
        assert_eq!(portion("limit=0"), Err(Astray::Query("limit")));
        assert_eq!(portion("limit=-1"), Err(Astray::Query("limit")));
        assert_eq!(portion("after=-1"), Err(Astray::Query("after")));
        assert_eq!(portion("after=x"), Err(Astray::Query("after")));
    }

    #[test]
    fn the_next_portion_is_asked_for_as_this_one_was() {
        assert_eq!(Portion::FIRST.next("/articles", "", 17), "/articles?after=17");
        let portion = Portion { limit: 2, after: Some(17) };
        assert_eq!(portion.next("/speakers.json", "د. x", 19), "/speakers.json?q=%D8%AF.+x&limit=2&after=19");
    }

    #[test]
    fn a_name_survives_its_address() {
        for name in ["وزير المياه", "a/b.json", "50% of them?", "..", "د. x"] {
            let path = format!("/speakers/{}", encoded(name));
            assert_eq!(read(&path, ""), Ok((Address::Speaker(name.into()), None)), "{path}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_told() {
        for path in ["/x", "/articles/x", "/articles/-1", "/articles/7/8/9", "/speakers/%FF", "/../etc"] {
            assert_eq!(read(path, ""), Err(Astray::Unknown), "{path}");
        }
        assert_eq!(read("/changes", "since=yesterday"), Err(Astray::Query("since")));
        assert_eq!(read("/changes", "severity=awful"), Err(Astray::Query("severity")));
    }
}
