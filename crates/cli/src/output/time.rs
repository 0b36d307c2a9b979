//! Moments and intervals: read from the user, told in words. All times are in UTC.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta, Timelike, Utc};

/// How a moment without an offset may be written, after RFC 3339.
const FORMS: [&str; 4] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];

/// Reads RFC 3339, or a date and a time in UTC.
///
/// A date alone is refused: read as its first instant, it would claim to know what was there at midnight.
pub(crate) fn parse(text: &str) -> Result<DateTime<Utc>, String> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(moment.to_utc());
    }
    let naive = text.strip_suffix('Z').unwrap_or(text);
    if let Some(moment) = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(naive, form).ok()) {
        return Ok(moment.and_utc());
    }
    Err(match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(day) => format!("a day is no moment: give the time of day too, such as {day}T09:00"),
        Err(_) => "give a date and time such as 2026-03-04T09:00 or 2026-03-04T09:00:00+03:00".to_owned(),
    })
}

/// Reads the start of an interval: a moment, or a day, of which it is the first instant.
pub(crate) fn parse_start(text: &str) -> Result<DateTime<Utc>, String> {
    match NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d") {
        Ok(day) => Ok(day.and_time(NaiveTime::MIN).and_utc()),
        Err(_) => parse(text),
    }
}

/// Reads the end of an interval: a moment, or a day, of which it is the last millisecond.
pub(crate) fn parse_end(text: &str) -> Result<DateTime<Utc>, String> {
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok();
    match day.and_then(|day| day.and_hms_milli_opt(23, 59, 59, 999)) {
        Some(moment) => Ok(moment.and_utc()),
        None => parse(text),
    }
}

/// The moment as it stands in data: RFC 3339, in UTC.
pub(crate) fn stamp(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The moment in words: `4 March 2026 09:00 UTC`.
pub(crate) fn moment(moment: DateTime<Utc>) -> String {
    format!("{} {} UTC", moment.format("%-d %B %Y"), clock(moment, has_seconds(moment)))
}

/// The interval in words: `between 3 March 10:00 and 4 March 2026 09:00 UTC`. Both ends are always told, as finely as
/// they need to be told apart.
pub(crate) fn between(start: DateTime<Utc>, end: DateTime<Utc>) -> String {
    if start == end {
        // Which of the two was first is known only from the order in which they were recorded.
        return format!("between two captures of {}", moment(end));
    }
    let seconds = has_seconds(start) || has_seconds(end);
    let is_under_a_second = start.timestamp() == end.timestamp();
    let clock = |moment: DateTime<Utc>| match is_under_a_second {
        true => moment.format("%H:%M:%S%.3f").to_string(),
        false => clock(moment, seconds),
    };
    let (from, to) = (clock(start), clock(end));
    let day = end.format("%-d %B %Y");
    if start.date_naive() == end.date_naive() {
        return format!("between {from} and {to} UTC on {day}");
    }
    let same_year = start.format("%Y").to_string() == end.format("%Y").to_string();
    let first_day = start.format(if same_year { "%-d %B" } else { "%-d %B %Y" });
    format!("between {first_day} {from} and {day} {to} UTC")
}

/// Whether a capture cannot have been made then: clocks of different machines agree within minutes.
pub(crate) fn is_in_the_future(captured: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    captured > now + TimeDelta::minutes(5)
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

    fn at(text: &str) -> DateTime<Utc> {
        parse(text).unwrap()
    }

    #[test]
    fn moments_are_read_in_every_usual_form() {
        for form in ["2026-03-04T09:00:00Z", "2026-03-04T12:00:00+03:00", "2026-03-04T09:00", "2026-03-04 09:00:00"] {
            assert_eq!(at(form).to_rfc3339(), "2026-03-04T09:00:00+00:00", "{form}");
        }
        assert_eq!(at("2026-03-04T09:00:00.25Z").timestamp_subsec_millis(), 250);
    }

    #[test]
    fn two_captures_of_one_time_are_no_interval() {
        let noon = at("2026-03-04T12:00");
        assert_eq!(between(noon, noon), "between two captures of 4 March 2026 12:00 UTC");
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in ["", "yesterday", "2026-13-01", "04/03/2026", "2026-03-04T25:00", "2026-03-04T09:00ZZZ"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_is_not_taken_for_its_first_instant() {
        let told = parse("2026-03-04").unwrap_err();
        assert!(told.contains("a day is no moment") && told.contains("2026-03-04T09:00"), "{told}");
    }

    #[test]
    fn clocks_may_differ_by_minutes_before_a_capture_is_in_the_future() {
        let now = at("2026-03-04T09:00");
        let is_future = |time| is_in_the_future(at(time), now);
        assert!(is_future("2026-03-04T09:06") && !is_future("2026-03-04T09:05") && !is_future("2025-01-01T00:00"));
    }

    #[test]
    fn a_day_is_a_whole_interval() {
        assert_eq!(parse_start("2026-03-04").unwrap(), at("2026-03-04T00:00"));
        assert_eq!(parse_end("2026-03-04").unwrap(), at("2026-03-04T23:59:59.999"));
        assert_eq!(parse_end("2026-03-04T09:00:00+03:00").unwrap(), at("2026-03-04T06:00"));
        assert!(parse_start("March").is_err() && parse_end("").is_err());
    }

    #[test]
    fn an_interval_says_no_more_than_it_must() {
        let between = |a, b| between(at(a), at(b));
        assert_eq!(between("2026-03-03T10:00", "2026-03-04T09:00"), "between 3 March 10:00 and 4 March 2026 09:00 UTC");
        assert_eq!(between("2026-03-03T10:00", "2026-03-03T12:30"), "between 10:00 and 12:30 UTC on 3 March 2026");
        assert_eq!(
            between("2025-12-31T23:00", "2026-01-01T01:00:05"),
            "between 31 December 2025 23:00:00 and 1 January 2026 01:00:05 UTC"
        );
    }

    #[test]
    fn an_interval_under_a_second_has_two_ends() {
        let start = at("2026-03-03T10:00:05.001Z");
        assert_eq!(
            between(start, at("2026-03-03T10:00:05.002Z")),
            "between 10:00:05.001 and 10:00:05.002 UTC on 3 March 2026"
        );
    }

    #[test]
    fn a_moment_is_told_to_the_minute_or_the_second() {
        assert_eq!(moment(at("2026-03-04T00:00")), "4 March 2026 00:00 UTC");
        assert_eq!(moment(at("2026-03-04T09:05:07")), "4 March 2026 09:05:07 UTC");
    }
}
