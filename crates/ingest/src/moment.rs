//! Moments as collections write them: when a capture was made.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// How a moment without a distance from UTC may be written.
const FORMS: [&str; 8] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H-%M-%S",
    "%Y-%m-%d_%H-%M-%S",
    "%Y%m%dT%H%M%S",
    "%Y%m%d%H%M%S",
];

/// Reads a moment in RFC 3339 or RFC 2822 (which is UTC where it says nothing else), as a date and a time in one of the
/// usual forms, as the fourteen digits of web archives (`20260304090000`), or as seconds since 1970.
///
/// A day alone is no moment: read as its first instant, it would claim to know what was there at midnight.
#[must_use]
pub fn moment(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)) {
        return Some(moment.to_utc());
    }
    let naive = text.strip_suffix("UTC").or_else(|| text.strip_suffix('Z')).unwrap_or(text).trim_end();
    let of_form = |form: &&str| NaiveDateTime::parse_from_str(naive, form).ok();
    if let Some(moment) = FORMS.iter().find_map(of_form) {
        return Some(moment.and_utc());
    }
    // Ten digits are seconds from September 2001 to November 2286; no other form has as many.
    let is_seconds = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    DateTime::from_timestamp(text.parse().ok().filter(|_| is_seconds)?, 0)
}

/// Reads a moment, or a day that is taken for `clock` on it, where the caller knows the time of day.
#[must_use]
pub fn moment_or_day(text: &str, clock: Option<NaiveTime>) -> Option<DateTime<Utc>> {
    moment(text).or_else(|| Some(day(text)?.and_time(clock?).and_utc()))
}

/// Reads a day.
#[must_use]
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y_%m_%d"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_usual_form_is_the_same_moment() {
        for form in [
            "2026-03-04T09:00:00Z",
            "2026-03-04T12:00:00+03:00",
            "2026-03-04 09:00",
            "2026-03-04T09-00-00Z",
            "20260304090000",
            "20260304T090000Z",
            "Wed, 04 Mar 2026 09:00:00 GMT",
            "1772614800",
        ] {
            assert_eq!(moment(form).map(|at| at.to_rfc3339()).as_deref(), Some("2026-03-04T09:00:00+00:00"), "{form}");
        }
    }

    #[test]
    fn a_day_is_a_moment_only_with_the_time_of_day() {
        assert_eq!((moment("2026-03-04"), moment_or_day("2026-03-04", None)), (None, None));
        let noon = NaiveTime::from_hms_opt(12, 0, 0);
        assert_eq!(moment_or_day("20260304", noon), moment("2026-03-04T12:00"));
    }

    proptest! {
        #[test]
        fn any_text_can_be_tried(text in "\\PC{0,40}", digits in "[0-9:TZ+./ -]{0,40}") {
            let _ = moment_or_day(&text, Some(NaiveTime::MIN));
            let _ = moment_or_day(&digits, Some(NaiveTime::MIN));
        }
    }
}
