//! Numbers, what bounds them and what they count.

use isnad_core::{Quantity, Span};
use rustc_hash::FxHashSet;

use super::open::{Open, Side};
use super::{Pair, Reading};
use crate::change::Facet;
use crate::key;
use crate::meaning::{Relation, Sense};

/// Reads the quantities that the place touches.
pub(super) fn read(place: &mut Open<'_>, reading: &mut Reading) {
    for (old, new) in pairs(place) {
        if is_same(old, new, place.pair) {
            continue;
        }
        reading.note(Facet::Quantity, Some(old.text.clone()), Some(new.text.clone()));
        for (side, quantity) in [(Side::Old, old), (Side::New, new)] {
            place.explain_span(side, Span::new(quantity.start, quantity.end));
        }
    }
    // A number that is no quantity on one of the sides: «12» → «a dozen».
    let has_number =
        |side| place.open(side).any(|word| place.form(side).words.get(word).is_some_and(|word| word.is_number()));
    if Side::BOTH.into_iter().all(has_number) {
        place.note(Facet::Quantity, reading);
        place.explain(|word| word.is_number());
    }
}

/// Reads numbers that only the one form has where only the other has another one: the sentence was turned round.
pub(super) fn across(pair: &Pair<'_>, reading: &mut Reading) {
    if reading.has(Facet::Quantity) || reading.has(Facet::Date) {
        return;
    }
    let (old, new) = (numbers(&pair.old.senses), numbers(&pair.new.senses));
    let only = |these: &FxHashSet<&str>, those: &FxHashSet<&str>, senses: &[Sense]| {
        senses.iter().position(|sense| sense.number().is_some_and(|n| these.contains(n) && !those.contains(n)))
    };
    if let (Some(o), Some(n)) = (only(&old, &new, &pair.old.senses), only(&new, &old, &pair.new.senses)) {
        let word = |form: &super::Form<'_>, at| Some(form.word(at).to_owned());
        reading.note(Facet::Quantity, word(&pair.old, o), word(&pair.new, n));
    }
}

/// Reads quantities whose words are all the same and whose signs are not: `$5 million` → `€5 million`, `5%` → `5`.
///
/// Signs are no words, so no place of the content shows it; only where nothing else changed is it asked.
pub(super) fn signs(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (&pair.old.claim.quantities, &pair.new.claim.quantities);
    if old.len() == new.len() {
        let differ = |(old, new): &(&Quantity, &Quantity)| old.value != new.value || sign_of(old) != sign_of(new);
        for (old, new) in old.iter().zip(new).filter(differ) {
            reading.note(Facet::Quantity, Some(old.text.clone()), Some(new.text.clone()));
        }
        return;
    }
    // Without its sign a number may count nothing that is known.
    let signed = |quantities: &[Quantity]| quantities.iter().find(|quantity| !sign_of(quantity).is_empty()).cloned();
    let (old, new) = (signed(old), signed(new));
    if old.is_some() != new.is_some() {
        reading.note(Facet::Quantity, old.map(|quantity| quantity.text), new.map(|quantity| quantity.text));
    }
}

/// The signs of money, share and degree in a quantity, folded; marks that part digits are none.
fn sign_of(quantity: &Quantity) -> Vec<char> {
    let parts_digits = |c: char| matches!(c, '.' | ',' | '\'' | '’' | '٫' | '٬' | '،' | '-' | '–' | '‑');
    let is_sign = |c: &char| !c.is_alphanumeric() && !c.is_whitespace() && !parts_digits(*c);
    isnad_core::fold::fold(&quantity.text).chars().filter(is_sign).collect()
}

fn numbers(senses: &[Sense]) -> FxHashSet<&str> {
    senses.iter().filter_map(Sense::number).collect()
}

/// The quantities the place touches on either side, one to one in their order.
fn pairs<'p>(place: &Open<'p>) -> Vec<(&'p Quantity, &'p Quantity)> {
    let touched = |side: Side| -> Vec<usize> {
        let (form, words) = (place.form(side), place.words(side));
        let quantities = form.claim.quantities.iter().enumerate();
        let touched = quantities.filter(|(_, quantity)| form.touches(&words, Span::new(quantity.start, quantity.end)));
        touched.map(|(at, _)| at).collect()
    };
    let (old, new) = (touched(Side::Old), touched(Side::New));
    let (olds, news) = (&place.form(Side::Old).claim.quantities, &place.form(Side::New).claim.quantities);
    let both = |o: usize, n: usize| Some((olds.get(o)?, news.get(n)?));
    if !old.is_empty() && !new.is_empty() {
        return old.iter().zip(&new).filter_map(|(&o, &n)| both(o, n)).collect();
    }
    // Only a comparison came or went: the number itself stayed, and is the same quantity in both lists.
    if olds.len() != news.len() {
        return Vec::new();
    }
    old.iter().chain(&new).filter_map(|&at| both(at, at)).filter(|(old, new)| old.value == new.value).collect()
}

/// Whether two quantities say the same, whatever they are written with. A unit that is only told on one side is no other unit.
fn is_same(old: &Quantity, new: &Quantity, pair: &Pair<'_>) -> bool {
    let unit = |quantity: &Quantity| quantity.unit.as_deref().map(|unit| key::words(unit, 0, pair.pack));
    let same_unit = match (unit(old), unit(new)) {
        (Some(old), Some(new)) => {
            let (old, new) = (pair.meanings.senses(&old), pair.meanings.senses(&new));
            old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| old.relation(new) >= Relation::Synonym)
        }
        _ => true,
    };
    old.value == new.value && old.comparison == new.comparison && same_unit
}

#[cfg(test)]
mod tests {
    use super::super::testing::{details, each_has, facets};
    use crate::change::Facet::{Quantity, Spelling};

    #[test]
    fn another_sign_or_decimal_mark_is_another_quantity() {
        each_has(
            &[Quantity],
            &[
                ("en", "they lost $5 million", "they lost €5 million"),
                ("en", "prices rose 5% again", "prices rose 5 again"),
                ("ar", "خسروا 1٫5 مليون", "خسروا 15 مليون"),
                ("ar", "ارتفع 5٪ أمس", "ارتفع 5 أمس"),
            ],
        );
        assert_eq!(facets("ar", "ارتفع 5٪ أمس", "ارتفع 5% أمس"), [Spelling]);
    }

    #[test]
    fn another_value_comparison_or_unit_is_another_quantity() {
        each_has(
            &[Quantity],
            &[
                ("en", "more than 100,000 soldiers crossed", "about 120,000 soldiers crossed"),
                ("en", "12 boats sank", "at least 12 boats sank"),
                ("en", "the cost is 5 million dollars", "the cost is 5 million euros"),
                ("en", "two inspections failed", "three inspections failed"),
                ("ar", "أكثر من 100 ألف جندي عبروا", "نحو 120 ألف جندي عبروا"),
                ("ar", "انخفض المنسوب 15 في المئة", "انخفض المنسوب 17 في المئة"),
                ("de", "mehr als 40 Boote sanken", "rund 40 Boote sanken"),
                ("fr", "plus de 40 bateaux ont coulé", "environ 45 bateaux ont coulé"),
            ],
        );
    }

    #[test]
    fn the_detail_has_the_whole_expression() {
        let told = details("en", "more than 100,000 soldiers crossed", "about 120,000 soldiers crossed");
        assert_eq!(told[0].old.as_deref(), Some("more than 100,000 soldiers"));
        assert_eq!(told[0].new.as_deref(), Some("about 120,000 soldiers"));
    }

    #[test]
    fn a_number_that_stands_elsewhere_now_is_still_another_number() {
        each_has(
            &[Quantity, crate::Facet::Wording],
            &[("en", "60 boats sank in the storm", "in the storm sank 80 boats")],
        );
    }

    #[test]
    fn the_same_number_in_other_signs_is_spelling() {
        assert_eq!(facets("ar", "سقط 1500 جندي", "سقط ١٬٥٠٠ جندي"), [Spelling]);
        assert_eq!(facets("en", "10000 men", "10,000 men"), [Spelling]);
    }
}
