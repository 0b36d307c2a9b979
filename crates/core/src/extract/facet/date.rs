//! Dates: days, weeks, months and years that a text names, or counts from the day it was written.
//!
//! What could be another word is none: a month alone needs a word before it that dates (`in May`, but not `May said`), and so
//! does a year. Numbers of days (`three days ago`) are those of the quantities.

use super::super::block::{BlockLayers, Range};
use super::{calendar, number};
use crate::claim::{Comparison, Quantity};
use crate::date::{DateExpression, DateUnit, DateValue, Relative};
use crate::fold::fold;
use crate::language::arabic::{self, Proclitics};
use crate::language::dates::Sense;
use crate::language::{Morphology, WordClass};
use crate::span::Span;

/// Appends the dates of some sentences of the block, whose quantities are `quantities`.
pub(super) fn find(
    block: &BlockLayers<'_>,
    sentences: Range,
    quantities: &[Quantity],
    dates: &mut Vec<DateExpression>,
) {
    if !block.pack.dates().tells {
        return;
    }
    let mut found: Vec<Date> = Vec::new();
    let mut at = sentences.start;
    while at < sentences.end {
        let date = Some(at).filter(|&at| block.tokens.may_date(at)).and_then(|at| read(block, at, quantities));
        at = date.as_ref().map_or(at + 1, |date| date.range.end.max(at + 1));
        if let Some(date) = date {
            // `Monday, 4 May`: the weekday was read before its day.
            while found.last().is_some_and(|before| before.range.start >= date.range.start) {
                found.pop();
            }
            found.push(date);
        }
    }
    found.extend(quantities.iter().filter_map(|quantity| counted(block, quantity)));
    found.sort_by_key(|date| (date.range.start, std::cmp::Reverse(date.range.end)));
    found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    dates.extend(found.into_iter().map(|date| date.expression(block)));
}

/// A date in a block.
#[derive(Debug, Clone, Copy)]
struct Date {
    range: Range,
    value: Option<DateValue>,
    relative: Option<Relative>,
}

impl Date {
    fn expression(&self, block: &BlockLayers<'_>) -> DateExpression {
        let mut span = block.tokens.span(self.range.start, self.range.end);
        let joined =
            block.tokens.get(self.range.start).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION));
        if joined {
            span.start += span.of(block.text).chars().next().map_or(0, char::len_utf8);
        } else if number::digits_at(block, self.range.start).is_some() {
            span.start += span.of(block.text).find(char::is_numeric).unwrap_or_default();
        }
        DateExpression {
            text: span.of(block.text).to_owned(),
            value: self.value,
            relative: self.relative,
            start: span.start,
            end: span.end,
        }
    }
}

/// The date that the token `at` begins, or is the name in.
fn read(block: &BlockLayers<'_>, at: usize, quantities: &[Quantity]) -> Option<Date> {
    if number::digits_at(block, at).is_some() {
        let digits = calendar::in_digits(block, at);
        let date = digits.map(|(value, end)| Date { range: Range::new(at, end), value: Some(value), relative: None });
        return date.or_else(|| year(block, at, quantities));
    }
    senses(block, at).find_map(|(length, sense)| match sense {
        Sense::Month(month) => in_month(block, Range::new(at, at + length), month),
        Sense::Weekday(number) => weekday(block, Range::new(at, at + length), number),
        Sense::Relative(relative) => from_today(block, Range::new(at, at + length), relative),
        _ => None,
    })
}

/// What the word at `at` can tell of a date, with the words after it: senses with their length in tokens.
fn senses<'b>(block: &'b BlockLayers<'_>, at: usize) -> impl Iterator<Item = (usize, Sense)> + 'b {
    let word = block.tokens.word(at);
    let joined = block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION));
    let bare = if joined { word.strip_prefix(['و', 'ف']).unwrap_or(word) } else { word };
    block.pack.dates().senses(bare, move |ahead| block.tokens.word(at + ahead))
}

/// Where the form that ends right before `end` and has a sense that passes `test` begins, and what `test` makes of it.
fn ends_before<T>(block: &BlockLayers<'_>, end: usize, test: impl Fn(Sense) -> Option<T>) -> Option<(usize, T)> {
    (1..=LONGEST_FORM.min(end)).find_map(|length| {
        let fits = |(long, sense): (usize, Sense)| if long == length { test(sense) } else { None };
        senses(block, end - length).find_map(fits).map(|found| (end - length, found))
    })
}

/// The longest form that may stand before a date, in tokens: «il y a».
const LONGEST_FORM: usize = 3;

fn is(wanted: Sense) -> impl Fn(Sense) -> Option<()> {
    move |sense| (sense == wanted).then_some(())
}

/// A year of four digits after a word that dates, or the second of two years.
fn year(block: &BlockLayers<'_>, at: usize, quantities: &[Quantity]) -> Option<Date> {
    let year = calendar::year_at(block, at)?;
    let span = block.tokens.span(at, at + 1);
    if quantities.iter().any(|quantity| Span::new(quantity.start, quantity.end).overlaps(span)) {
        return None;
    }
    let dash =
        at > 1 && matches!(block.tokens.mark(at - 1), Some('-' | '–' | '/')) && block.tokens.touches_next(at - 1);
    // «بين عامي 2019 و2022»
    let joined = !block.tokens.is_number(at) && at > 0 && calendar::year_at(block, at - 1).is_some();
    let second = joined || (dash && calendar::year_at(block, at - 2).is_some());
    let dated = second
        || block.tokens.mark(at.checked_sub(1)?) == Some('(')
        || ends_before(block, at, is(Sense::BeforeYear)).is_some();
    dated.then_some(Date { range: Range::new(at, at + 1), value: Some(DateValue::Year(year)), relative: None })
}

/// A month, with what stands beside it: its day, its year, the weekday.
fn in_month(block: &BlockLayers<'_>, name: Range, month: u32) -> Option<Date> {
    if !is_name(block, name.start) {
        return None;
    }
    let end = calendar::past_other_name(block, name.end, |at| {
        senses(block, at).any(|(_, sense)| sense == Sense::Month(month))
    });
    let ordinal = |at: usize| senses(block, at).find_map(|(long, sense)| as_day(long, sense));
    let (mut range, days) = match calendar::days_before(
        block,
        name.start,
        |at| ends_before(block, at, is(Sense::Of)).map(|(start, ())| start),
        ordinal,
    ) {
        Some((start, days)) => (Range::new(start, end), Some(days)),
        None => match calendar::days_after(block, end, ordinal) {
            Some((days, after)) => (Range::new(name.start, after), Some(days)),
            None => (Range::new(name.start, end), None),
        },
    };
    let named = calendar::year_after(block, range.end, days.is_some(), |at| {
        senses(block, at).any(|(_, sense)| matches!(sense, Sense::BeforeYear | Sense::Of))
    });
    let (year, relative) = match named {
        Some((year, end)) => {
            range.end = end;
            (Some(year), None)
        }
        None => (None, which(block, &mut range, DateUnit::Year)),
    };
    let alone = days.is_none() && year.is_none() && relative.is_none();
    if alone && ends_before(block, calendar::before_hyphen(block, range.start), is(Sense::BeforeMonth)).is_none() {
        return None;
    }
    let value = calendar::in_month(year, month, days)?;
    if days.is_some() {
        range.start = before_weekday(block, range.start);
    }
    Some(Date { range, value: Some(value), relative })
}

fn as_day(length: usize, sense: Sense) -> Option<(u32, usize)> {
    match sense {
        Sense::Day(day) => Some((day, length)),
        _ => None,
    }
}

/// Where the weekday begins that stands before the day at `start`, or `start`.
fn before_weekday(block: &BlockLayers<'_>, start: usize) -> usize {
    let comma = start.checked_sub(1).filter(|&at| matches!(block.tokens.mark(at), Some(',' | '،')));
    let weekday = |sense| matches!(sense, Sense::Weekday(_)).then_some(());
    ends_before(block, comma.unwrap_or(start), weekday).map_or(start, |(at, ())| at)
}

/// A weekday, with what tells which one.
fn weekday(block: &BlockLayers<'_>, mut range: Range, number: u8) -> Option<Date> {
    if !is_name(block, range.start) {
        return None;
    }
    let relative = which(block, &mut range, DateUnit::Week);
    let weekday = chrono::Weekday::try_from(number).ok()?;
    Some(Date { range, value: Some(DateValue::Weekday(weekday)), relative })
}

/// Which one of a name it is, by a word beside it (`last`, «المقبل») or the week or year it is of (`Monday next week`). The
/// range takes up what tells.
fn which(block: &BlockLayers<'_>, range: &mut Range, unit: DateUnit) -> Option<Relative> {
    let beside = |sense| if let Sense::Beside(offset) = sense { Some(offset) } else { None };
    let mut from = range.end;
    for _ in 0..MOST_TIES {
        let counted = |sense| match sense {
            Sense::Relative(relative) if relative.unit == unit => Some(relative),
            _ => None,
        };
        if let Some((length, relative)) =
            senses(block, from).find_map(|(length, sense)| Some((length, counted(sense)?)))
        {
            range.end = from + length;
            return Some(relative);
        }
        let Some((length, _)) = senses(block, from).find(|(_, sense)| *sense == Sense::Of) else { break };
        from += length;
    }
    let after = senses(block, range.end).find_map(|(length, sense)| Some((length, beside(sense)?)));
    if let Some((length, offset)) = after {
        range.end += length;
        return Some(Relative { unit: DateUnit::Occurrence, offset });
    }
    let (start, offset) = ends_before(block, range.start, beside)?;
    range.start = start;
    Some(Relative { unit: DateUnit::Occurrence, offset })
}

/// Words between a name and the week or year it is of: «de | la | semaine prochaine».
const MOST_TIES: usize = 3;

/// What counts from the day of the article in set words, with the weekday after it: «أمس الأربعاء».
fn from_today(block: &BlockLayers<'_>, mut range: Range, relative: Relative) -> Option<Date> {
    // «قبل يومين من الموعد» counts from something else.
    let counts = senses(block, range.start).any(|(_, sense)| matches!(sense, Sense::BeforeAgo | Sense::BeforeAhead));
    if counts && senses(block, range.end).any(|(_, sense)| sense == Sense::CountedFrom) {
        return None;
    }
    let weekday = |sense| if let Sense::Weekday(number) = sense { Some(number) } else { None };
    let named = (relative.unit == DateUnit::Day)
        .then(|| senses(block, range.end).find_map(|(length, sense)| Some((length, weekday(sense)?))))
        .flatten();
    if named.is_none() && is_some_day(block, range) {
        return None;
    }
    // `a week ago`
    if range.start > 0 && block.is(range.start - 1, WordClass::Indefinite) {
        range.start -= 1;
    }
    let value = match named {
        Some((length, number)) => {
            range.end += length;
            Some(DateValue::Weekday(chrono::Weekday::try_from(number).ok()?))
        }
        None => None,
    };
    Some(Date { range, value, relative: Some(relative) })
}

/// «في اليوم التالي», «اليوم العالمي للبيئة»: a day that is told of, not that of the article.
fn is_some_day(block: &BlockLayers<'_>, range: Range) -> bool {
    block.pack.morphology() == Morphology::Arabic
        && range.len() == 1
        && arabic::is_definite(block.tokens.word(range.start))
        && (arabic::is_definite(block.tokens.word(range.end))
            || range.start > 0
                && (block.tokens.word(range.start - 1) == "في" || block.is(range.start - 1, WordClass::Demonstrative)))
}

/// `three days ago`, «بعد 3 أشهر»: a number of days, weeks, months or years that counts from the day of the article.
fn counted(block: &BlockLayers<'_>, quantity: &Quantity) -> Option<Date> {
    let number = Some(quantity.value).filter(|value| value.fract() == 0.0 && (1.0..=MOST_COUNTED).contains(value))?;
    let mut range = block.tokens_in(Span::new(quantity.start, quantity.end));
    let of_unit = |sense| if let Sense::Unit(unit) = sense { Some(unit) } else { None };
    let unit = match &quantity.unit {
        Some(unit) => block.pack.dates().senses(&fold(unit), |_| "").find_map(|(_, sense)| of_unit(sense))?,
        None => {
            let (length, unit) =
                senses(block, range.end).find_map(|(length, sense)| Some((length, of_unit(sense)?)))?;
            range.end += length;
            unit
        }
    };
    if quantity.comparison != Comparison::Exactly {
        return None;
    }
    if senses(block, range.end).any(|(_, sense)| sense == Sense::CountedFrom) {
        return None;
    }
    let sign = if let Some((length, _)) = senses(block, range.end).find(|(_, sense)| *sense == Sense::AfterAgo) {
        range.end += length;
        -1
    } else {
        let direction = |sense| match sense {
            Sense::BeforeAgo => Some(-1),
            Sense::BeforeAhead => Some(1),
            _ => None,
        };
        let (start, sign) = ends_before(block, range.start, direction)?;
        range.start = start;
        sign
    };
    let relative = Relative { unit, offset: sign * number as i32 };
    Some(Date { range, value: None, relative: Some(relative) })
}

/// No article counts further from its day.
const MOST_COUNTED: f64 = 10_000.0;

/// Whether the word at `at` is written as a name of a month or weekday is.
fn is_name(block: &BlockLayers<'_>, at: usize) -> bool {
    block.pack.morphology() != Morphology::Plain || block.tokens.is_capital(at)
}

#[cfg(test)]
mod tests;
