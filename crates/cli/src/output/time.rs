//! Moments and intervals: read from the user, and told in the words of the reports. All times are in UTC.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use isnad_report::Texts;
use isnad_report::when;
pub(crate) use isnad_report::when::stamp;

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

/// Reads a day.
pub(crate) fn parse_day(text: &str) -> Result<NaiveDate, String> {
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d");
    day.map_err(|_| "give a day such as 2026-03-04".to_owned())
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

/// The moment in words: `4 March 2026 09:00 UTC`.
pub(crate) fn moment(moment: DateTime<Utc>) -> String {
    in_english(|texts| when::moment(moment, texts)).unwrap_or_else(|| stamp(moment))
}

/// The interval in words: `between 3 March 10:00 and 4 March 2026 09:00 UTC`.
pub(crate) fn between(start: DateTime<Utc>, end: DateTime<Utc>) -> String {
    in_english(|texts| when::between(start, end, texts)).unwrap_or_else(|| format!("{}/{}", stamp(start), stamp(end)))
}

/// Whether a capture cannot have been made then: clocks of different machines agree within minutes.
pub(crate) fn is_in_the_future(captured: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    captured > now + TimeDelta::minutes(5)
}

/// What is told in the language of the terminal; `None` only if the words that ship cannot be read.
fn in_english(tell: impl FnOnce(&Texts) -> String) -> Option<String> {
    Texts::in_language("en").ok().map(tell)
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
    fn moments_and_intervals_are_told_in_english() {
        let (start, end) = (at("2026-03-03T10:00"), at("2026-03-04T09:00"));
        assert_eq!(between(start, end), "between 3 March 10:00 and 4 March 2026 09:00 UTC");
        assert_eq!(moment(end), "4 March 2026 09:00 UTC");
    }
}
