//! How long to leave a server alone that has too much to do.

use std::time::Duration;

use chrono::DateTime;
use ureq::http::HeaderMap;
use ureq::http::header::{DATE, RETRY_AFTER};

use super::answer::header;

/// How long is waited after the first refusal, where the server does not say; each further one doubles it.
const FIRST: Duration = Duration::from_secs(5);

/// The longest pause before the same is asked again. Who wants a longer one is left alone for this time.
const LONGEST: Duration = Duration::from_secs(300);

/// What a `Retry-After` may not exceed, be it an error or not: a day.
const MAX_RETRY_AFTER: u64 = 24 * 60 * 60;

/// Whether a server says with this status that it has too much to do.
pub(super) fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 503)
}

/// How long the server wants to be left alone: as it says itself, in seconds or as a date beside its own `Date`.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let told = header(headers, &RETRY_AFTER)?;
    let told = told.trim();
    let seconds = match told.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let now = DateTime::parse_from_rfc2822(header(headers, &DATE)?.trim()).ok()?;
            let then = DateTime::parse_from_rfc2822(told).ok()?;
            u64::try_from((then - now).num_seconds()).unwrap_or(0)
        }
    };
    Some(Duration::from_secs(seconds.min(MAX_RETRY_AFTER)))
}

/// The pause before something is asked again that was refused `refusals` times before, from 0; `None` if that would take
/// too long. `chance`, from 0 to 1, spreads those who were refused at the same time: what the server says is a least, its
/// silence a most.
pub(super) fn pause(refusals: u32, told: Option<Duration>, chance: f64) -> Option<Duration> {
    match told {
        Some(told) => (told <= LONGEST).then(|| told + (told + FIRST).mul_f64(chance / 10.0)),
        None => {
            let most = FIRST.saturating_mul(2_u32.saturating_pow(refusals)).min(LONGEST);
            Some(most.mul_f64(f64::midpoint(1.0, chance)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[(&'static str, &str)]) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.insert(*name, value.parse().unwrap());
        }
        retry_after(&headers)
    }

    #[test]
    fn a_server_says_in_seconds_or_by_a_date_when_to_come_back() {
        assert_eq!(told(&[("retry-after", "120")]), Some(Duration::from_secs(120)));
        let (now, then) = ("Wed, 04 Mar 2026 09:00:00 GMT", "Wed, 04 Mar 2026 09:02:00 GMT");
        assert_eq!(told(&[("date", now), ("retry-after", then)]), Some(Duration::from_secs(120)));
        assert_eq!(told(&[("date", then), ("retry-after", now)]), Some(Duration::ZERO), "a date that is past");
        assert_eq!(told(&[("retry-after", then)]), None, "a date beside none tells nothing");
        assert_eq!(told(&[("retry-after", "99999999999")]), Some(Duration::from_secs(86_400)));
        assert_eq!((told(&[("retry-after", "-5")]), told(&[("retry-after", "soon")]), told(&[])), (None, None, None));
    }

    #[test]
    fn pauses_double_and_are_spread_and_never_shorter_than_the_server_wants() {
        let seconds = Duration::from_secs;
        for (refusals, most) in [(0, 5), (1, 10), (2, 20), (10, 300), (u32::MAX, 300)] {
            assert_eq!(pause(refusals, None, 1.0), Some(seconds(most)));
            assert_eq!(pause(refusals, None, 0.0), Some(seconds(most) / 2));
        }
        for chance in [0.0, 0.5, 1.0] {
            assert!(
                pause(3, Some(seconds(60)), chance).is_some_and(|pause| (60.0..67.0).contains(&pause.as_secs_f64()))
            );
        }
        assert_eq!(pause(0, Some(seconds(3600)), 0.0), None, "an hour is not waited for");
    }
}
