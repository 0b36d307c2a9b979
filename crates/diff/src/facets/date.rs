//! Dates: what they mean, or else months, weekdays and years, and the numbers beside them.

use isnad_core::{DateExpression, Span, WordClass};

use super::open::Open;
use super::{Form, Reading};
use crate::change::{Facet, Which};
use crate::key::KeyWord;

/// Reads one date in the place of another. The same day in other words is none: yesterday's `on Monday` is today's
/// `yesterday`.
pub(super) fn read(place: &mut Open<'_>, reading: &mut Reading) {
    match by_value(place) {
        Some(true) => return,
        Some(false) => {
            place.note(Facet::Date, reading);
            for side in Which::BOTH {
                touched(place, side)
                    .into_iter()
                    .for_each(|date| place.explain_span(side, Span::new(date.start, date.end)));
            }
            return;
        }
        None => {}
    }
    let dated = |side| place.words(side).any(|word| is_date(place.form(side), word));
    if !Which::BOTH.into_iter().all(dated) {
        return;
    }
    place.note(Facet::Date, reading);
    for side in Which::BOTH {
        let form = place.form(side);
        place.explain_at(side, |word| is_date(form, word));
    }
}

/// Whether the dates that the place touches mean the same on both sides; `None` where that cannot be told.
fn by_value(place: &Open<'_>) -> Option<bool> {
    let [old, new] = Which::BOTH.map(|side| touched(place, side));
    if old.is_empty() || old.len() != new.len() {
        return None;
    }
    let mut all_same = true;
    for (old, new) in old.into_iter().zip(new) {
        all_same &= are_same((old, place.form(Which::Old)), (new, place.form(Which::New)))?;
    }
    Some(all_same)
}

/// The dates of one side that the place touches.
fn touched<'p>(place: &Open<'p>, side: Which) -> Vec<&'p DateExpression> {
    let (form, words) = (place.form(side), place.words(side));
    form.claim.dates.iter().filter(|date| form.touches(&words, Span::new(date.start, date.end))).collect()
}

/// Whether two dates mean the same, each in its article; `None` where that cannot be told.
fn are_same((old, of_old): (&DateExpression, &Form<'_>), (new, of_new): (&DateExpression, &Form<'_>)) -> Option<bool> {
    if let (Some(old_day), Some(new_day)) = (of_old.day, of_new.day) {
        return Some(old.value_on(old_day)?.may_be(new.value_on(new_day)?));
    }
    match (old.relative, new.relative) {
        (None, None) => Some(old.value?.may_be(new.value?)),
        // Both count from a day that is not known, but likely the same.
        (Some(before), Some(after)) if before.unit == after.unit && old.value == new.value => Some(before == after),
        _ => None,
    }
}

/// Whether the word belongs to a date: a month or weekday, a year, or a number beside a month.
pub(super) fn is_date(form: &Form<'_>, at: usize) -> bool {
    let Some(word) = form.words.get(at) else { return false };
    let names = |word: &KeyWord| word.is(WordClass::Month) || word.is(WordClass::Weekday);
    let near_name = |at: usize| form.words.get(at).is_some_and(names);
    let in_quantity =
        form.claim.quantities.iter().any(|quantity| Span::new(quantity.start, quantity.end).overlaps(word.span));
    let year = word.key.len() == 4 && (word.key.starts_with("19") || word.key.starts_with("20"));
    names(word) || (word.is_number() && !in_quantity && (year || near_name(at + 1) || at > 0 && near_name(at - 1)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{each_has, facets, facets_on};
    use crate::change::Facet::{Date, Extent, Wording};

    #[test]
    fn another_day_month_or_year_is_another_date() {
        each_has(
            &[Date],
            &[
                ("en", "the bridge reopens on Monday", "the bridge reopens on Thursday"),
                ("en", "the bridge reopens on 4 May", "the bridge reopens on 14 May"),
                ("en", "the bridge closed in 2019", "the bridge closed in 2018"),
                ("ar", "الجسر يفتح يوم الاثنين", "الجسر يفتح يوم الخميس"),
                ("ar", "الجسر يفتح في 4 مايو", "الجسر يفتح في 14 مايو"),
                ("de", "die Brücke öffnet am Montag", "die Brücke öffnet am Freitag"),
                ("fr", "le pont rouvre en mai", "le pont rouvre en juin"),
            ],
        );
    }

    #[test]
    fn another_day_told_without_a_name_is_another_date() {
        each_has(
            &[Date],
            &[
                ("en", "the bridge opened last Monday", "the bridge opened next Monday"),
                ("en", "the bridge closed yesterday", "the bridge closed today"),
                ("ar", "الجسر أغلق أمس", "الجسر أغلق اليوم"),
                ("de", "die Brücke schloss gestern", "die Brücke schloss heute"),
            ],
        );
    }

    #[test]
    fn the_same_day_in_other_words_is_wording() {
        let on = |old, new| facets_on("en", ("2026-03-04", old), ("2026-03-05", new));
        assert_eq!(on("the bridge closed yesterday", "the bridge closed on Tuesday"), [Wording]);
        assert_eq!(on("the bridge closed today", "the bridge closed yesterday"), [Wording]);
        assert_eq!(on("the bridge closed yesterday", "the bridge closed today"), [Date]);
    }

    #[test]
    fn a_date_that_only_came_is_an_extension() {
        assert_eq!(facets("en", "the bridge reopens", "the bridge reopens on Monday"), [Extent]);
        assert_eq!(facets("ar", "الجسر يفتح", "الجسر يفتح يوم الخميس"), [Extent]);
    }
}
