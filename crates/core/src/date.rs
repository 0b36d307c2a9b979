//! Dates as contents tell them, and the days they mean once it is known when the article was written.
//!
//! What a text says of time is kept as it says it: `yesterday` is one day before the day of the article, `on 4 May` a day
//! of some year. So the same text gives the same claims whenever it is read. [`Claim::dated`](crate::Claim::dated) then
//! works out what can be worked out for an article of a given day; what cannot be told stays open.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, IsoWeek, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Words of a content that tell when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateExpression {
    /// The words as written.
    pub text: String,
    /// The day, week, month or year they name, as far as they name it; `None` if they only count from the article's day.
    pub value: Option<DateValue>,
    /// How they count from the article's day; `None` if they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relative: Option<Relative>,
    /// Where they start.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

/// A distance from the day of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Relative {
    /// What is counted.
    pub unit: DateUnit,
    /// How many of them after the article's day; before it, if it is negative.
    pub offset: i32,
}

/// What a distance in time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateUnit {
    /// Days.
    Day,
    /// Weeks, from Monday to Sunday.
    Week,
    /// Months of the calendar.
    Month,
    /// Years of the calendar.
    Year,
    /// The times that the named day or month comes round: `last Monday` is the first before the article's day.
    Occurrence,
}

/// A day, week, month or year. It is written as in ISO 8601, with `X` for the digits that are not known (ISO 8601-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DateValue {
    /// A day: `2026-03-04`; of an unknown year `XXXX-03-04`.
    Day {
        /// The year, if it is known.
        year: Option<i32>,
        /// The month, from 1.
        month: u32,
        /// The day of the month, from 1.
        day: u32,
    },
    /// Days in a row of one month: `2026-03-04/2026-03-06`.
    Days {
        /// The year, if it is known.
        year: Option<i32>,
        /// The month, from 1.
        month: u32,
        /// The first day.
        first: u32,
        /// The last day.
        last: u32,
    },
    /// A weekday of an unknown week: `XXXX-WXX-1` is a Monday.
    Weekday(Weekday),
    /// A week from Monday to Sunday: `2026-W10`.
    Week {
        /// The year that the week is counted in.
        year: i32,
        /// The number of the week, from 1.
        week: u32,
    },
    /// A month: `2026-03`; of an unknown year `XXXX-03`.
    Month {
        /// The year, if it is known.
        year: Option<i32>,
        /// The month, from 1.
        month: u32,
    },
    /// A year: `2026`.
    Year(i32),
}

/// A text that is no [`DateValue`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day, week, month or year as in ISO 8601")]
pub struct InvalidDate(String);

impl DateExpression {
    /// What the words mean in an article of the day `today`.
    ///
    /// A named day or month without a year is the nearest one, unless two are about equally near; a bare weekday is known
    /// only where the article is of one. What cannot be told stays as it is.
    #[must_use]
    pub fn value_on(&self, today: NaiveDate) -> Option<DateValue> {
        match (self.value, self.relative) {
            (None, Some(Relative { unit, offset })) => counted(today, unit, offset),
            (Some(value), relative) => {
                Some(settled(value, relative, today).filter(DateValue::is_sound).unwrap_or(value))
            }
            (None, None) => None,
        }
    }
}

/// The day, week, month or year so far from `today`; `None` past the end of the calendar.
fn counted(today: NaiveDate, unit: DateUnit, offset: i32) -> Option<DateValue> {
    match unit {
        DateUnit::Day => shifted(today, i64::from(offset)).map(DateValue::from),
        DateUnit::Week => {
            let week = shifted(today, 7 * i64::from(offset)).map(|day| DateValue::from(day.iso_week()));
            week.filter(DateValue::is_sound)
        }
        DateUnit::Month => {
            let months = Months::new(offset.unsigned_abs());
            let first = today.with_day(1)?;
            let day = if offset < 0 { first.checked_sub_months(months) } else { first.checked_add_months(months) };
            let month = day.map(|day| DateValue::Month { year: Some(day.year()), month: day.month() });
            month.filter(DateValue::is_sound)
        }
        DateUnit::Year => Some(DateValue::Year(today.year().checked_add(offset)?)).filter(DateValue::is_sound),
        DateUnit::Occurrence => None,
    }
}

/// A named day or month whose year or week the article's day tells; `None` where it does not.
fn settled(value: DateValue, relative: Option<Relative>, today: NaiveDate) -> Option<DateValue> {
    match value {
        DateValue::Weekday(weekday) => weekday_on(weekday, relative, today),
        DateValue::Day { year: None, month, day } => {
            let year = year_of(relative, today, (month, day), MOST_DAYS_APART)?;
            Some(DateValue::Day { year: Some(year), month, day })
        }
        DateValue::Days { year: None, month, first, last } => {
            let year = year_of(relative, today, (month, first), MOST_DAYS_APART)?;
            Some(DateValue::Days { year: Some(year), month, first, last })
        }
        DateValue::Month { year: None, month } => {
            let first = today.with_day(1)?;
            let year = year_of(relative, first, (month, 1), MOST_DAYS_APART)?;
            Some(DateValue::Month { year: Some(year), month })
        }
        _ => None,
    }
}

/// A day further from the article's than this may as well be that of the year before or after.
const MOST_DAYS_APART: i64 = 155;

/// The day that a weekday is.
fn weekday_on(weekday: Weekday, relative: Option<Relative>, today: NaiveDate) -> Option<DateValue> {
    let ahead = i64::from(weekday.days_since(today.weekday()));
    let days = match relative {
        None => (ahead == 0).then_some(0)?,
        // `yesterday, Monday`: the article may have been dated a day late; the weekday holds.
        Some(Relative { unit: DateUnit::Day, offset }) => {
            let meant = shifted(today, i64::from(offset))?;
            let off = i64::from(weekday.days_since(meant.weekday()));
            i64::from(offset) + if off > 3 { off - 7 } else { off }
        }
        Some(Relative { unit: DateUnit::Week, offset }) => {
            let monday = -i64::from(today.weekday().num_days_from_monday());
            monday + i64::from(weekday.num_days_from_monday()) + 7 * i64::from(offset)
        }
        Some(Relative { unit: DateUnit::Occurrence, offset }) => match offset {
            0 => (ahead == 0).then_some(0)?,
            1.. => ahead + 7 * (i64::from(offset) - i64::from(ahead > 0)),
            // The last one is before today: a week ago, if it is that day.
            _ => ahead + 7 * i64::from(offset),
        },
        Some(_) => return None,
    };
    shifted(today, days).map(DateValue::from)
}

/// The year of a day that names none.
fn year_of(relative: Option<Relative>, today: NaiveDate, (month, day): (u32, u32), most: i64) -> Option<i32> {
    let this = today.year();
    let apart = |year: i32| Some((NaiveDate::from_ymd_opt(year, month, day)? - today).num_days());
    match relative {
        None => {
            let near = |year: &i32| apart(*year).is_some_and(|days| days.abs() <= most);
            [this, this - 1, this + 1].into_iter().find(near)
        }
        Some(Relative { unit: DateUnit::Year, offset }) => this.checked_add(offset),
        Some(Relative { unit: DateUnit::Occurrence, offset }) => match offset {
            0 => Some(this),
            1.. => [this, this + 1].into_iter().find(|year| apart(*year).is_some_and(|days| days > 0)),
            _ => [this, this - 1].into_iter().find(|year| apart(*year).is_some_and(|days| days < 0)),
        },
        Some(_) => None,
    }
}

fn shifted(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let by = Days::new(days.unsigned_abs());
    let there = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    there.filter(|day| DateValue::from(*day).is_sound())
}

impl DateValue {
    /// Whether its year has four digits, and its month the day.
    fn is_sound(&self) -> bool {
        let (year, there) = match *self {
            Self::Day { year, month, day } => (year, is_day(year, month, day)),
            Self::Days { year, month, last, .. } => (year, is_day(year, month, last)),
            Self::Month { year, .. } => (year, true),
            Self::Week { year, .. } | Self::Year(year) => (Some(year), true),
            Self::Weekday(_) => (None, true),
        };
        there && year.is_none_or(|year| (0..=9999).contains(&year))
    }
}

impl From<NaiveDate> for DateValue {
    fn from(date: NaiveDate) -> Self {
        Self::Day { year: Some(date.year()), month: date.month(), day: date.day() }
    }
}

impl From<IsoWeek> for DateValue {
    fn from(week: IsoWeek) -> Self {
        Self::Week { year: week.year(), week: week.week() }
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = |year: Option<i32>| year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
        match *self {
            Self::Day { year, month, day } => write!(f, "{}-{month:02}-{day:02}", digits(year)),
            Self::Days { year, month, first, last } => {
                let year = digits(year);
                write!(f, "{year}-{month:02}-{first:02}/{year}-{month:02}-{last:02}")
            }
            Self::Weekday(weekday) => write!(f, "XXXX-WXX-{}", weekday.number_from_monday()),
            Self::Week { year, week } => write!(f, "{year:04}-W{week:02}"),
            Self::Month { year, month } => write!(f, "{}-{month:02}", digits(year)),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for DateValue {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

/// Reads what [`DateValue`] writes.
fn read(text: &str) -> Option<DateValue> {
    if let Some(weekday) = text.strip_prefix("XXXX-WXX-") {
        let from_monday = weekday.parse::<u8>().ok()?.checked_sub(1)?;
        return Weekday::try_from(from_monday).ok().map(DateValue::Weekday);
    }
    if let Some((first, last)) = text.split_once('/') {
        return match (read(first)?, read(last)?) {
            (DateValue::Day { year, month, day: first }, DateValue::Day { year: until, month: to, day: last })
                if (year, month) == (until, to) && first < last =>
            {
                Some(DateValue::Days { year, month, first, last })
            }
            _ => None,
        };
    }
    let mut parts = text.split('-');
    let year = match parts.next()? {
        "XXXX" => None,
        digits if digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(digits.parse().ok()?),
        _ => return None,
    };
    let value = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => DateValue::Year(year?),
        (Some(week), None, _) if week.starts_with('W') => {
            let week = week.strip_prefix('W')?.parse().ok().filter(|week| (1..=53).contains(week))?;
            DateValue::Week { year: year?, week }
        }
        (Some(month), None, _) => DateValue::Month { year, month: month_number(month)? },
        (Some(month), Some(day), None) => {
            let (month, day) = (month_number(month)?, day.parse().ok()?);
            is_day(year, month, day).then_some(DateValue::Day { year, month, day })?
        }
        _ => return None,
    };
    Some(value)
}

fn month_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|month| (1..=12).contains(month))
}

/// Whether the month has the day; of an unknown year, whether it can have.
pub(crate) fn is_day(year: Option<i32>, month: u32, day: u32) -> bool {
    const LEAP: i32 = 2000;
    NaiveDate::from_ymd_opt(year.unwrap_or(LEAP), month, day).is_some()
}

impl TryFrom<String> for DateValue {
    type Error = InvalidDate;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DateValue> for String {
    fn from(value: DateValue) -> Self {
        value.to_string()
    }
}

#[cfg(test)]
mod tests;
