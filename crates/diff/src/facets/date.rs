//! Months, weekdays and years, and the numbers beside them.

use isnad_core::{Span, WordClass};

use super::open::{Open, Side};
use super::{Form, Reading};
use crate::change::Facet;
use crate::key::KeyWord;

/// Reads one date in the place of another.
pub(super) fn read(place: &mut Open<'_>, reading: &mut Reading) {
    let dated = |side| place.words(side).any(|word| is_date(place.form(side), word));
    if !Side::BOTH.into_iter().all(dated) {
        return;
    }
    place.note(Facet::Date, reading);
    for side in Side::BOTH {
        let form = place.form(side);
        place.explain_at(side, |word| is_date(form, word));
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
    use super::super::testing::{each_has, facets};
    use crate::change::Facet::{Date, Extent};

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
    fn a_date_that_only_came_is_an_extension() {
        assert_eq!(facets("en", "the bridge reopens", "the bridge reopens on Monday"), [Extent]);
        assert_eq!(facets("ar", "الجسر يفتح", "الجسر يفتح يوم الخميس"), [Extent]);
    }
}
