//! Moments and intervals in words, as a page or a terminal tells them. All times are in UTC.

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::Serialize;

use crate::texts::Texts;

/// A moment, for people and for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct When {
    /// In words.
    pub(crate) words: String,
    /// As RFC 3339.
    pub(crate) iso: String,
}

impl When {
    /// A moment in words with its day.
    pub(crate) fn new(moment: DateTime<Utc>, texts: &Texts) -> Self {
        Self { words: self::moment(moment, texts), iso: stamp(moment) }
    }

    /// A moment with its day where the zone is told beside it, as in a table.
    pub(crate) fn plain(moment: DateTime<Utc>, texts: &Texts) -> Self {
        let parts = [("day", &*day(moment, texts)), ("clock", &*clock(moment, has_seconds(moment)))];
        Self { words: texts.fill("time", "plain", &parts), iso: stamp(moment) }
    }

    /// A moment in few words, for an axis.
    pub(crate) fn short(moment: DateTime<Utc>, texts: &Texts) -> Self {
        let parts = [("day", &*short_day(moment, texts)), ("clock", &*clock(moment, false))];
        Self { words: texts.fill("time", "short", &parts), iso: stamp(moment) }
    }
}

/// The moment as it stands in data: RFC 3339, in UTC, with as many decimals as it has.
#[must_use]
pub fn stamp(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

/// The moment in words: `4 March 2026 09:00 UTC`, to the second where it has seconds.
#[must_use]
pub fn moment(moment: DateTime<Utc>, texts: &Texts) -> String {
    let parts = [("day", &*day(moment, texts)), ("clock", &*clock(moment, has_seconds(moment)))];
    texts.fill("time", "moment", &parts)
}

/// The interval in words: `between 3 March 10:00 and 4 March 2026 09:00 UTC`. Both ends are always told, as finely as
/// they need to be told apart.
#[must_use]
pub fn between(start: DateTime<Utc>, end: DateTime<Utc>, texts: &Texts) -> String {
    if start == end {
        // Which of the two was first is known only from the order in which they were recorded.
        return texts.fill("time", "between_captures", &[("moment", &moment(end, texts))]);
    }
    let seconds = has_seconds(start) || has_seconds(end);
    let is_under_a_second = start.timestamp() == end.timestamp();
    let clock = |moment: DateTime<Utc>| match is_under_a_second {
        true => moment.format("%H:%M:%S%.3f").to_string(),
        false => clock(moment, seconds),
    };
    let (from, to) = (clock(start), clock(end));
    let last = day(end, texts);
    if start.date_naive() == end.date_naive() {
        return texts.fill("time", "between_hours", &[("from", &from), ("to", &to), ("day", &last)]);
    }
    let first = match start.year() == end.year() {
        true => short_day(start, texts),
        false => day(start, texts),
    };
    texts.fill("time", "between_days", &[("first", &first), ("from", &from), ("last", &last), ("to", &to)])
}

fn day(moment: DateTime<Utc>, texts: &Texts) -> String {
    let (day, year) = (moment.day().to_string(), moment.year().to_string());
    texts.fill("time", "day", &[("day", &day), ("month", month(moment, texts)), ("year", &year)])
}

fn short_day(moment: DateTime<Utc>, texts: &Texts) -> String {
    texts.fill("time", "day_of_year", &[("day", &moment.day().to_string()), ("month", month(moment, texts))])
}

fn month(moment: DateTime<Utc>, texts: &Texts) -> &str {
    const KEYS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    texts.word("month", KEYS.get(moment.month0() as usize).copied().unwrap_or_default())
}

fn has_seconds(moment: DateTime<Utc>) -> bool {
    moment.second() != 0 || moment.nanosecond() != 0
}

fn clock(moment: DateTime<Utc>, seconds: bool) -> String {
    moment.format(if seconds { "%H:%M:%S" } else { "%H:%M" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: &str, start: &str, end: &str) -> String {
        between(start.parse().unwrap(), end.parse().unwrap(), Texts::in_language(code).unwrap())
    }

    #[test]
    fn an_interval_says_no_more_than_it_must() {
        assert_eq!(
            told("en", "2026-03-03T10:00:00Z", "2026-03-04T09:00:00Z"),
            "between 3 March 10:00 and 4 March 2026 09:00 UTC"
        );
        assert_eq!(
            told("en", "2026-03-03T10:00:00Z", "2026-03-03T12:30:00Z"),
            "between 10:00 and 12:30 UTC on 3 March 2026"
        );
        assert_eq!(
            told("ar", "2026-03-03T10:00:00Z", "2026-03-04T09:00:00Z"),
            "بين 3 مارس 10:00 و4 مارس 2026 09:00 بتوقيت غرينتش"
        );
    }

    #[test]
    fn an_interval_across_years_or_with_seconds_tells_them() {
        assert_eq!(
            told("en", "2025-12-31T23:00:00Z", "2026-01-01T01:00:05Z"),
            "between 31 December 2025 23:00:00 and 1 January 2026 01:00:05 UTC"
        );
    }

    #[test]
    fn two_captures_of_one_time_are_no_interval() {
        let noon = "2026-03-04T12:00:00Z";
        assert_eq!(told("en", noon, noon), "between two captures of 4 March 2026 12:00 UTC");
        assert_eq!(told("ar", noon, noon), "بين التقاطين في 4 مارس 2026 12:00 بتوقيت غرينتش");
    }

    #[test]
    fn a_moment_is_told_to_the_minute_or_the_second() {
        let told = |text: &str| moment(text.parse().unwrap(), Texts::in_language("en").unwrap());
        assert_eq!(told("2026-03-04T00:00:00Z"), "4 March 2026 00:00 UTC");
        assert_eq!(told("2026-03-04T09:05:07Z"), "4 March 2026 09:05:07 UTC");
    }

    #[test]
    fn an_interval_under_a_second_has_two_ends() {
        assert_eq!(
            told("en", "2026-03-03T10:00:05.001Z", "2026-03-03T10:00:05.002Z"),
            "between 10:00:05.001 and 10:00:05.002 UTC on 3 March 2026"
        );
    }
}
