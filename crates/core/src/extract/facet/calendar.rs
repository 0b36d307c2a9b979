//! The digits of dates: days, years, and dates in digits alone.

use super::super::block::BlockLayers;
use super::number;
use crate::date::{self, DateValue};

/// Days of a month: one, or the first and last of several.
pub(super) type Days = (u32, Option<u32>);

/// A date in digits alone, and the token after it: `2024-05-04`, `04.05.2024`, `4/5/2024`.
pub(super) fn in_digits(block: &BlockLayers<'_>, at: usize) -> Option<(DateValue, usize)> {
    let word = block.tokens.word(at);
    let (parts, end) = match word.split('.').collect::<Vec<_>>()[..] {
        [first, second, third] => ([first, second, third], at + 1),
        _ => {
            let mark = block.tokens.mark(at + 1).filter(|mark| matches!(mark, '-' | '/' | '.'))?;
            let joined =
                (at..at + 4).all(|at| block.tokens.touches_next(at)) && block.tokens.mark(at + 3) == Some(mark);
            if !joined {
                return None;
            }
            ([word, block.tokens.word(at + 2), block.tokens.word(at + 4)], at + 5)
        }
    };
    let numbers = parts.map(|part| part.parse::<u32>().ok());
    let [Some(first), Some(second), Some(third)] = numbers else { return None };
    let (year, month, day) = match (parts[0].len(), parts[2].len()) {
        (4, 1..=2) => (first, second, third),
        (1..=2, 4) if block.pack.dates().day_before_month || first > 12 => (third, second, first),
        (1..=2, 4) if second > 12 || first == second => (third, first, second),
        _ => return None,
    };
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    Some((in_month(Some(year), month, Some((day, None)))?, end))
}

/// What a day or days of a month are, or the month alone; `None` if it has no such day.
pub(super) fn in_month(year: Option<i32>, month: u32, days: Option<Days>) -> Option<DateValue> {
    let is_day = |day| date::is_day(year, month, day);
    match days {
        None => Some(DateValue::Month { year, month }),
        Some((day, None)) => is_day(day).then_some(DateValue::Day { year, month, day }),
        Some((first, Some(last))) => {
            (is_day(first) && is_day(last) && first < last).then_some(DateValue::Days { year, month, first, last })
        }
    }
}

/// Years that news speaks of in four bare digits.
const YEARS: std::ops::Range<i32> = 1900..2100;

/// The year in four digits at `at`, without particles that are written on to them.
pub(super) fn year_at(block: &BlockLayers<'_>, at: usize) -> Option<i32> {
    let digits = number::digits_at(block, at).filter(|digits| digits.len() == 4)?;
    digits.parse().ok().filter(|year| YEARS.contains(year))
}

/// The day in digits at `at`.
fn day_at(block: &BlockLayers<'_>, at: usize) -> Option<u32> {
    let digits = number::digits_at(block, at).filter(|digits| digits.len() <= 2)?;
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// The days that stand before the month at `month`, and where they begin: `4 May`, `4. Mai`, `the 4th of May`, `4-6 May`.
///
/// `tie` tells where a word that ties the two begins, if it ends at the token given; `ordinal` a day in words with its length.
pub(super) fn days_before(
    block: &BlockLayers<'_>,
    month: usize,
    tie: impl Fn(usize) -> Option<usize>,
    ordinal: impl Fn(usize) -> Option<(u32, usize)>,
) -> Option<(usize, Days)> {
    let end = tie(month).unwrap_or(month);
    let end = if end > 1 && block.tokens.mark(end - 1) == Some('.') { end - 1 } else { end };
    let at = end.checked_sub(1)?;
    if let Some(day) = day_at(block, at) {
        let first = at.checked_sub(2).filter(|_| matches!(block.tokens.mark(at - 1), Some('-' | '–')));
        let first = first.and_then(|first| Some((first, day_at(block, first)?)));
        return Some(first.map_or((at, (day, None)), |(start, first)| (start, (first, Some(day)))));
    }
    let worded =
        |start: usize| ordinal(start).filter(|(_, length)| start + length == end).map(|(day, _)| (start, (day, None)));
    (end.saturating_sub(2)..end).find_map(worded)
}

/// The days that stand after a month which ends before `at`, and the token after them: `May 4`, `May 4-6`.
pub(super) fn days_after(
    block: &BlockLayers<'_>,
    at: usize,
    ordinal: impl Fn(usize) -> Option<(u32, usize)>,
) -> Option<(Days, usize)> {
    if block.pack.dates().day_before_month {
        return None;
    }
    if let Some((day, length)) = ordinal(at) {
        return Some(((day, None), at + length));
    }
    let day = day_at(block, at)?;
    let last =
        Some(at + 2).filter(|_| matches!(block.tokens.mark(at + 1), Some('-' | '–')) && block.tokens.touches_next(at));
    match last.and_then(|at| day_at(block, at)) {
        Some(last) => Some(((day, Some(last)), at + 3)),
        None => Some(((day, None), at + 1)),
    }
}

/// The year after a day or month that ends before `at`, and the token after it: `4 May 2024`, `May 4, 2024`, «مايو من عام 2024».
pub(super) fn year_after(
    block: &BlockLayers<'_>,
    mut at: usize,
    has_day: bool,
    ties: impl Fn(usize) -> bool,
) -> Option<(i32, usize)> {
    if has_day && matches!(block.tokens.mark(at), Some(',' | '،')) {
        at += 1;
    }
    let tied = (at..at + MOST_TIES).take_while(|&at| calendar_gap(block, at) && ties(at)).count();
    year_at(block, at + tied).map(|year| (year, at + tied + 1))
}

/// Words between a month and its year: «من | عام».
const MOST_TIES: usize = 2;

fn calendar_gap(block: &BlockLayers<'_>, at: usize) -> bool {
    block.tokens.is_word(at) && year_at(block, at).is_none()
}

/// The token after another name of the same month that a stroke joins to it: «مايو/أيار».
pub(super) fn past_other_name(block: &BlockLayers<'_>, end: usize, is_same: impl Fn(usize) -> bool) -> usize {
    let other = block.tokens.mark(end) == Some('/') && is_same(end + 1);
    // «تشرين الثاني» is two words.
    match other {
        true => block.tokens.after(end + 1),
        false => end,
    }
}

/// The token before the hyphen that joins a word to the month at `at`: `mid-May`.
pub(super) fn before_hyphen(block: &BlockLayers<'_>, at: usize) -> usize {
    let hyphen = at > 1 && block.tokens.mark(at - 1) == Some('-') && block.tokens.touches_next(at - 1);
    if hyphen { at - 1 } else { at }
}
