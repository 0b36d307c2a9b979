//! How soon an article is looked at again: minutes after it came out, days when it is old, and more often where it has
//! changed before.
//!
//! Edits come thick at first and thin out, so the time between two looks is a share of the time in which nothing happened:
//! what was quiet for an hour is looked at again after ten minutes, what was quiet for a week after a day. An article that
//! is edited starts anew, and each edit it has had makes the share smaller.

use chrono::{DateTime, TimeDelta, Utc};

/// The time between two looks is this part of the time that the article has been quiet.
const SHARE: i32 = 6;

/// More edits than these make it no faster.
const MOST_EDITS: u32 = 3;

/// More failures in a row than these make it no slower.
const MOST_FAILURES: u32 = 10;

/// By how much a time is spread, up and down.
const SPREAD: f64 = 0.1;

/// The bounds of a pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The least time between two looks at an article.
    pub fastest: TimeDelta,
    /// The most time.
    pub slowest: TimeDelta,
    /// An article that was quiet for longer is not looked at any more.
    pub gives_up: TimeDelta,
}

impl Default for Pace {
    /// From five minutes to three days, for ninety days.
    fn default() -> Self {
        Self { fastest: TimeDelta::minutes(5), slowest: TimeDelta::days(3), gives_up: TimeDelta::days(90) }
    }
}

/// What is known of an article that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// When it came out, where that is told.
    pub published: Option<DateTime<Utc>>,
    /// When it was looked at first.
    pub first: DateTime<Utc>,
    /// When it was looked at last.
    pub last: DateTime<Utc>,
    /// How often its text was another than at the look before.
    pub edits: u32,
    /// When it was found edited last.
    pub last_edit: Option<DateTime<Utc>>,
    /// How often in a row nothing was got of it, up to now.
    pub failures: u32,
}

/// What a look showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The text it had before.
    Same,
    /// Another text.
    Edited,
    /// Nothing.
    Nothing,
}

/// When an article is looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// When.
    pub at: DateTime<Utc>,
    /// How long that is after the look before.
    pub every: TimeDelta,
}

impl Past {
    /// That of an article that was looked at once.
    #[must_use]
    pub const fn new(first: DateTime<Utc>) -> Self {
        Self { published: None, first, last: first, edits: 0, last_edit: None, failures: 0 }
    }

    /// Takes in another look.
    pub fn note(&mut self, time: DateTime<Utc>, seen: Seen) {
        self.last = self.last.max(time);
        match seen {
            Seen::Same => self.failures = 0,
            Seen::Edited => {
                (self.failures, self.edits) = (0, self.edits.saturating_add(1));
                self.last_edit = self.last_edit.max(Some(time));
            }
            Seen::Nothing => self.failures = self.failures.saturating_add(1),
        }
    }

    /// Whether it was not looked at for longer than the time after which articles are given up: it is watched no more, whatever
    /// is known of it.
    #[must_use]
    pub fn is_over(&self, gives_up: TimeDelta, now: DateTime<Utc>) -> bool {
        now - self.last > gives_up
    }

    /// For how long nothing had happened to it when it was looked at last.
    #[must_use]
    pub fn quiet(&self) -> TimeDelta {
        // What says that it comes from the future is as new as when it was found.
        let born = self.published.map_or(self.first, |published| published.min(self.first));
        self.last - self.last_edit.map_or(born, |edit| edit.max(born))
    }
}

impl Pace {
    /// When an article with this past is looked at again; `None` if it is given up. `chance`, from 0 to 1, spreads articles
    /// that came at the same time by a tenth up and down.
    #[must_use]
    pub fn next(&self, past: &Past, chance: f64) -> Option<Next> {
        let quiet = past.quiet();
        if quiet > self.gives_up {
            return None;
        }
        let parts = SHARE.saturating_mul(1 + past.edits.min(MOST_EDITS) as i32);
        let every = (quiet / parts).max(self.fastest);
        let every = every * 2_i32.pow(past.failures.min(MOST_FAILURES));
        let every = every.min(self.slowest).max(self.fastest);
        let spread = every.num_milliseconds() as f64 * SPREAD * (2.0 * chance.clamp(0.0, 1.0) - 1.0);
        let every = every + TimeDelta::milliseconds(spread as i64);
        Some(Next { at: past.last + every, every })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_532_000 + 60 * minutes, 0).unwrap()
    }

    /// Minutes until the next look at an article that came out at 0 and was looked at last after `minutes`.
    fn minutes(minutes: i64, change: impl Fn(&mut Past)) -> Option<i64> {
        let mut past = Past { last: at(minutes), ..Past::new(at(0)) };
        change(&mut past);
        Pace::default().next(&past, 0.5).map(|next| next.every.num_minutes())
    }

    #[test]
    fn minutes_while_it_is_fresh_and_days_when_it_is_old() {
        let (hour, day) = (60, 24 * 60);
        for (quiet, every) in
            [(0, 5), (20, 5), (hour, 10), (6 * hour, hour), (day, 4 * hour), (6 * day, day), (60 * day, 3 * day)]
        {
            assert_eq!(minutes(quiet, |_| {}), Some(every), "after {quiet} minutes");
        }
        assert_eq!(minutes(91 * day, |_| {}), None, "and then no more");
    }

    #[test]
    fn what_was_edited_is_looked_at_more_often() {
        let day = 24 * 60;
        let plain = minutes(4 * day, |_| {});
        let once = minutes(4 * day, |past| (past.edits, past.last_edit) = (1, Some(at(60))));
        let often = minutes(4 * day, |past| (past.edits, past.last_edit) = (9, Some(at(60))));
        assert!(often < once && once < plain, "{often:?} {once:?} {plain:?}");
        let just_now = minutes(4 * day, |past| (past.edits, past.last_edit) = (1, Some(at(4 * day))));
        assert_eq!(just_now, Some(5), "an edit makes it fresh again");
        assert!(minutes(95 * day, |past| past.last_edit = Some(at(30 * day))).is_some(), "and it is not given up");
    }

    #[test]
    fn what_fails_is_left_alone_for_longer_each_time() {
        let all: Vec<_> = (0..5).map(|failures| minutes(10, |past| past.failures = failures)).collect();
        assert_eq!(all, [5, 10, 20, 40, 80].map(Some));
        assert_eq!(minutes(10, |past| past.failures = 99), Some(3 * 24 * 60));
    }

    #[test]
    fn what_came_out_long_before_it_was_found_is_old_and_no_date_makes_it_younger_than_it_is() {
        let past = |published| Past { published: Some(published), ..Past::new(at(0)) };
        let every = |past| Pace::default().next(&past, 0.5).map(|next| next.every.num_minutes());
        assert_eq!(every(past(at(-600))), Some(100));
        assert_eq!(every(past(at(600))), Some(5));
    }

    #[test]
    fn a_past_is_the_sum_of_its_looks() {
        let mut past = Past::new(at(0));
        for (minute, seen) in [(5, Seen::Same), (10, Seen::Edited), (15, Seen::Nothing), (20, Seen::Nothing)] {
            past.note(at(minute), seen);
        }
        let expected = Past { last: at(20), edits: 1, last_edit: Some(at(10)), failures: 2, ..Past::new(at(0)) };
        assert_eq!(past, expected);
        past.note(at(25), Seen::Same);
        assert_eq!((past.failures, past.quiet()), (0, TimeDelta::minutes(15)));
    }

    proptest! {
        #[test]
        fn the_bounds_hold(quiet in 0_i64..200_000, published in -200_000_i64..200_000, edits: u32, failures: u32, chance in 0.0..1.0) {
            let past = Past {
                published: Some(at(published)), last: at(quiet), edits, failures, ..Past::new(at(0))
            };
            let pace = Pace::default();
            if let Some(next) = pace.next(&past, chance) {
                prop_assert!(next.every >= pace.fastest * 9 / 10 && next.every <= pace.slowest * 11 / 10, "{next:?}");
                prop_assert_eq!(next.at, past.last + next.every);
            } else {
                prop_assert!(past.quiet() > pace.gives_up);
            }
        }
    }
}
