//! The time that stands in the name of a file or folder.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveTime, Utc};
use regex_lite::Regex;

use crate::moment::moment_or_day;

/// A day, perhaps with the time of day behind it, not in the middle of a longer number. What stands between the two is one
/// character or a folder.
const STAMP: &str = r"(?x)
    (?:^|[^0-9])
    (?<stamp>
        (?<day>(?:19|20)[0-9]{2}[-_]?[01][0-9][-_]?[0-3][0-9])
        (?:[T_./\ -]?(?<hour>[0-2][0-9])[:h._-]?(?<minute>[0-5][0-9])(?:[:m._-]?(?<second>[0-5][0-9]))?s?(?:Z|UTC)?)?
    )
    (?:$|[^0-9])";

static FINDER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(STAMP).ok());

/// A time in a path, and the path without it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stamped {
    /// The moment; `None` if only the day stands there and the time of day is not known.
    pub(super) time: Option<DateTime<Utc>>,
    /// The path without it, and without the marks that tied it to the rest.
    pub(super) rest: String,
}

/// The last time in a path, if there is one.
pub(super) fn find(path: &str, clock: Option<NaiveTime>) -> Option<Stamped> {
    let finder = FINDER.as_ref()?;
    let mut from = 0;
    let mut last = None;
    // Two stamps may share the character between them, so the search goes on right behind the last one.
    while let Some(captures) = path.get(from..).and_then(|rest| finder.captures(rest)) {
        let stamp = captures.name("stamp")?;
        let part = |name: &str| captures.name(name).map(|part| part.as_str());
        let time = match (part("hour"), part("minute")) {
            (Some(hour), Some(minute)) => {
                let day: String = part("day")?.chars().filter(char::is_ascii_digit).collect();
                moment_or_day(&format!("{day}{hour}{minute}{}", part("second").unwrap_or("00")), None)
            }
            _ => moment_or_day(&part("day")?.replace('_', "-"), clock),
        };
        last = Some((from + stamp.start(), from + stamp.end(), time));
        from += stamp.end();
    }
    let (start, end, time) = last?;
    Some(Stamped { time, rest: without(path.get(..start)?, path.get(end..)?) })
}

/// What stands around a time, joined.
fn without(before: &str, after: &str) -> String {
    let is_tie = |c: char| matches!(c, '-' | '_' | '.' | ' ' | '@');
    let before = before.trim_end_matches(is_tie);
    let after = if before.is_empty() || before.ends_with('/') { after.trim_start_matches(is_tie) } else { after };
    format!("{before}{after}").trim_matches('/').replace("//", "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(path: &str) -> (Option<String>, String) {
        let stamped = find(path, None).unwrap();
        (stamped.time.map(|time| time.format("%Y-%m-%dT%H:%M:%S").to_string()), stamped.rest)
    }

    #[test]
    fn the_time_is_found_wherever_it_stands() {
        for (path, time, rest) in [
            ("bridge/20260304090000", "2026-03-04T09:00:00", "bridge"),
            ("bridge-2026-03-04T09-00-30Z", "2026-03-04T09:00:30", "bridge"),
            ("2026-03-04_0900-bridge", "2026-03-04T09:00:00", "bridge"),
            ("2026-03-04/09-00/bridge", "2026-03-04T09:00:00", "bridge"),
            ("20260101000000/bridge.20260304T0900", "2026-03-04T09:00:00", "20260101000000/bridge"),
            ("2026-03-04T0900.bridge", "2026-03-04T09:00:00", "bridge"),
        ] {
            assert_eq!(found(path), (Some(time.to_owned()), rest.to_owned()), "{path}");
        }
    }

    #[test]
    fn a_day_alone_tells_no_time_unless_the_time_of_day_is_known() {
        assert_eq!(found("2026-03-04/bridge"), (None, "bridge".to_owned()));
        let noon = NaiveTime::from_hms_opt(12, 0, 0);
        assert!(find("2026-03-04/bridge", noon).unwrap().time.is_some());
    }

    #[test]
    fn other_numbers_are_no_time() {
        for path in ["story-123456789012345678.html", "a1.html", "2026.html", "12026030409000012.html"] {
            assert_eq!(find(path, None), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_path_can_be_searched(path in "[0-9a-z:/_.TZ-]{0,60}", other in "\\PC{0,40}") {
            find(&path, Some(NaiveTime::MIN));
            find(&other, Some(NaiveTime::MIN));
        }
    }
}
