//! The words of a pack that tell when.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::file::Morphology;
use crate::date::{DateUnit, Relative};
use crate::token::words_of_phrase;

/// The table `[dates]` of a pack as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct DatesFile {
    /// The names of the months, from January; several of one month side by side.
    pub(super) month: Vec<Vec<String>>,
    /// The names of the weekdays, from Monday.
    pub(super) weekday: Vec<Vec<String>>,
    before_month: Vec<String>,
    before_year: Vec<String>,
    last: Vec<String>,
    this: Vec<String>,
    next: Vec<String>,
    of: Vec<String>,
    before_ago: Vec<String>,
    after_ago: Vec<String>,
    before_ahead: Vec<String>,
    counted_from: Vec<String>,
    day_before_month: bool,
    day: Vec<DayFile>,
    relative: Vec<RelativeFile>,
    unit: UnitsFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DayFile {
    value: u32,
    forms: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RelativeFile {
    unit: DateUnit,
    offset: i32,
    forms: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct UnitsFile {
    day: Vec<String>,
    week: Vec<String>,
    month: Vec<String>,
    year: Vec<String>,
}

impl DatesFile {
    /// What is wrong with the table, if something is.
    pub(super) fn mistake(&self) -> Option<&'static str> {
        match () {
            () if ![0, 12].contains(&self.month.len()) => Some("`month` needs twelve lists, from January"),
            () if ![0, 7].contains(&self.weekday.len()) => Some("`weekday` needs seven lists, from Monday"),
            () if self.day.iter().any(|day| !(1..=31).contains(&day.value)) => Some("a `day` is from 1 to 31"),
            () => None,
        }
    }

    /// Adds what another file of the pack has.
    pub(super) fn extend(&mut self, more: Self) {
        for (lists, added) in [(&mut self.month, more.month), (&mut self.weekday, more.weekday)] {
            lists.resize_with(lists.len().max(added.len()), Vec::new);
            lists.iter_mut().zip(added).for_each(|(list, added)| list.extend(added));
        }
        let lists = [
            (&mut self.before_month, more.before_month),
            (&mut self.before_year, more.before_year),
            (&mut self.last, more.last),
            (&mut self.this, more.this),
            (&mut self.next, more.next),
            (&mut self.of, more.of),
            (&mut self.before_ago, more.before_ago),
            (&mut self.after_ago, more.after_ago),
            (&mut self.before_ahead, more.before_ahead),
            (&mut self.counted_from, more.counted_from),
            (&mut self.unit.day, more.unit.day),
            (&mut self.unit.week, more.unit.week),
            (&mut self.unit.month, more.unit.month),
            (&mut self.unit.year, more.unit.year),
        ];
        lists.into_iter().for_each(|(list, added)| list.extend(added));
        self.day_before_month |= more.day_before_month;
        self.day.extend(more.day);
        self.relative.extend(more.relative);
    }
}

/// What a word or phrase tells of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// The name of a month, from 1.
    Month(u32),
    /// The name of a weekday, from 0 for Monday.
    Weekday(u8),
    /// A day, week, month or year counted from that of the article.
    Relative(Relative),
    /// A day of the month.
    Day(u32),
    /// What days, weeks, months or years are called after a number.
    Unit(DateUnit),
    /// Beside a name: which one, as an offset.
    Beside(i32),
    /// Before a month without day and year.
    BeforeMonth,
    /// Before a year.
    BeforeYear,
    /// Between a name and what it is of.
    Of,
    /// Before a number of days, months or years that are over.
    BeforeAgo,
    /// After such a number.
    AfterAgo,
    /// Before a number of days, months or years that are to come.
    BeforeAhead,
    /// After a number of days, months or years: it counts from what follows.
    CountedFrom,
}

impl Sense {
    /// Whether the reading of a date begins with such a word.
    const fn begins(self) -> bool {
        matches!(self, Self::Month(_) | Self::Weekday(_) | Self::Relative(_))
    }
}

/// A form after its first word.
#[derive(Debug)]
struct Form {
    rest: Box<[Box<str>]>,
    sense: Sense,
}

/// The words of a pack that tell when, for look-up by folded form.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    /// By the first word, the longest forms first.
    forms: FxHashMap<Box<str>, Vec<Form>>,
    /// Whether `4/5` is the fourth of May; where it may be the fifth of April too, it is neither.
    pub(crate) day_before_month: bool,
}

impl Dates {
    pub(super) fn compile(file: &DatesFile, morphology: Morphology) -> Self {
        let mut dates = Self { day_before_month: file.day_before_month, ..Self::default() };
        let mut add = |forms: &[String], sense: Sense| {
            for form in forms {
                let mut words = words_of_phrase(form, morphology).into_iter().map(String::into_boxed_str);
                let Some(first) = words.next() else { continue };
                dates.forms.entry(first).or_default().push(Form { rest: words.collect(), sense });
            }
        };
        for (number, names) in (1..).zip(&file.month) {
            add(names, Sense::Month(number));
        }
        for (number, names) in (0..).zip(&file.weekday) {
            add(names, Sense::Weekday(number));
        }
        for RelativeFile { unit, offset, forms } in &file.relative {
            add(forms, Sense::Relative(Relative { unit: *unit, offset: *offset }));
        }
        for day in &file.day {
            add(&day.forms, Sense::Day(day.value));
        }
        let units = [
            (&file.unit.day, DateUnit::Day),
            (&file.unit.week, DateUnit::Week),
            (&file.unit.month, DateUnit::Month),
            (&file.unit.year, DateUnit::Year),
        ];
        for (forms, unit) in units {
            add(forms, Sense::Unit(unit));
        }
        let lists = [
            (&file.last, Sense::Beside(-1)),
            (&file.this, Sense::Beside(0)),
            (&file.next, Sense::Beside(1)),
            (&file.before_month, Sense::BeforeMonth),
            (&file.before_year, Sense::BeforeYear),
            (&file.of, Sense::Of),
            (&file.before_ago, Sense::BeforeAgo),
            (&file.after_ago, Sense::AfterAgo),
            (&file.before_ahead, Sense::BeforeAhead),
            (&file.counted_from, Sense::CountedFrom),
        ];
        for (forms, sense) in lists {
            add(forms, sense);
        }
        for forms in dates.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        dates
    }

    /// The first words of the forms with which the reading of a date begins.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = &str> {
        let begins = |forms: &[Form]| forms.iter().any(|form| form.sense.begins());
        self.forms.iter().filter(move |(_, forms)| begins(forms)).map(|(first, _)| first.as_ref())
    }

    /// What the word `first`, with the words that `next` gives after it, can tell: each sense with its length in words,
    /// the longest first.
    pub(crate) fn senses<'d, 'w, N: Fn(usize) -> &'w str>(
        &'d self,
        first: &str,
        next: N,
    ) -> impl Iterator<Item = (usize, Sense)> + use<'d, 'w, N> {
        let forms = self.forms.get(first).map_or(&[][..], Vec::as_slice);
        let fits = move |form: &&Form| (1..).zip(&form.rest).all(|(ahead, word)| next(ahead) == word.as_ref());
        forms.iter().filter(fits).map(|form| (form.rest.len() + 1, form.sense))
    }
}
