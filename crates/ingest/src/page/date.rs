//! Dates as pages write them, in one form.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

/// Forms with a time and a distance from UTC, as `chrono` names them.
const WITH_OFFSET: [&str; 6] = [
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%dT%H:%M%#z",
    "%Y-%m-%d %H:%M:%S%.f %#z",
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M %#z",
    "%Y%m%dT%H%M%S%#z",
];

/// Forms with a time only.
const WITHOUT_OFFSET: [&str; 6] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y%m%dT%H%M%S",
];

/// Forms with a day only.
const DAY: [&str; 6] = ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%B %d, %Y", "%d %B %Y", "%d %b %Y"];

/// The date in RFC 3339; without distance from UTC, or without time, where the page gives none, since
/// neither may be invented. `None` if it is no date, or one before news were on the web.
pub(crate) fn normalise(raw: &str) -> Option<String> {
    // Some publishers leave the time zone's name behind the offset: `…+03:00[Asia/Riyadh]`.
    let raw = raw.trim().split('[').next()?.trim();
    if raw.len() > 64 {
        return None;
    }
    let plausible = |date: NaiveDate| date > NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default();
    if let Some(time) = with_offset(raw) {
        return plausible(time.date_naive()).then(|| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
    }
    let time = WITHOUT_OFFSET.iter().find_map(|form| NaiveDateTime::parse_from_str(raw, form).ok());
    if let Some(time) = time {
        return plausible(time.date()).then(|| time.format("%Y-%m-%dT%H:%M:%S").to_string());
    }
    let day = DAY.iter().find_map(|form| NaiveDate::parse_from_str(raw, form).ok())?;
    plausible(day).then(|| day.format("%Y-%m-%d").to_string())
}

fn with_offset(raw: &str) -> Option<DateTime<FixedOffset>> {
    let as_is = DateTime::parse_from_rfc3339(raw).or_else(|_| DateTime::parse_from_rfc2822(raw));
    as_is.ok().or_else(|| WITH_OFFSET.iter().find_map(|form| DateTime::parse_from_str(raw, form).ok())).or_else(|| {
        let utc =
            raw.strip_suffix("UTC").or_else(|| raw.strip_suffix("GMT")).or_else(|| raw.strip_suffix('Z'))?.trim_end();
        DateTime::parse_from_rfc3339(&format!("{}Z", utc.replacen(' ', "T", 1))).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_come_out_in_one_form() {
        for (raw, expected) in [
            ("2024-03-01T10:00:00+03:00", "2024-03-01T10:00:00+03:00"),
            ("2024-03-01T10:00:00.123Z", "2024-03-01T10:00:00Z"),
            ("2024-03-01T10:00:00+0300", "2024-03-01T10:00:00+03:00"),
            ("2024-03-01T10:00+03:00", "2024-03-01T10:00:00+03:00"),
            ("2024-03-01 10:00:00 UTC", "2024-03-01T10:00:00Z"),
            ("2024-03-01T10:00:00+03:00[Asia/Riyadh]", "2024-03-01T10:00:00+03:00"),
            ("Fri, 01 Mar 2024 10:00:00 GMT", "2024-03-01T10:00:00Z"),
            ("2024-03-01 10:00", "2024-03-01T10:00:00"),
            ("20240301", "2024-03-01"),
            ("March 1, 2024", "2024-03-01"),
        ] {
            assert_eq!(normalise(raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for raw in ["", "yesterday", "1970-01-01T00:00:00Z", "0000-00-00", "3 hours ago", "2024-13-45"] {
            assert_eq!(normalise(raw), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_tried(raw in "\\PC{0,80}", digits in "[0-9:TZ+./ -]{0,40}") {
            normalise(&raw);
            normalise(&digits);
        }
    }
}
