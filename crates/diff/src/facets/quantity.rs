//! Numbers, what bounds them and what they count.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use isnad_core::fold::fold;
use isnad_core::{Quantity, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use super::open::Open;
use super::{Pair, Reading};
use crate::change::{Facet, Which};
use crate::key::{self, KeyWord};
use crate::meaning::{Relation, Sense};

/// As many words of a place are the number and what it counts.
const MOST_WITH_IT: usize = 2;

/// Reads the quantities that the place touches.
pub(super) fn read(place: &mut Open<'_>, reading: &mut Reading) {
    for (old, new) in pairs(place) {
        if !is_same(old, new, place.pair) {
            reading.note(Facet::Quantity, Some(old.text.clone()), Some(new.text.clone()));
        }
        for (side, quantity) in [(Which::Old, old), (Which::New, new)] {
            place.explain_span(side, Span::new(quantity.start, quantity.end));
        }
    }
    // A number that is no quantity on one of the sides: «12» → «a dozen», «zwei Männer» → «ein Mann», «طفلين» → «ثلاثة أطفال».
    let numbers = Which::BOTH.map(|side| counting(place, side, |word, _| word.is_number()));
    let others = Which::BOTH.map(|side| counting(place, side, |_, sense| sense.is_one() || sense.is_dual()));
    let counts = [0, 1].map(|side| if numbers[side].is_empty() { &others[side] } else { &numbers[side] });
    let told = numbers.iter().any(|words| !words.is_empty()) || has_one(place, &others);
    if told && counts.iter().all(|words| !words.is_empty()) {
        place.note(Facet::Quantity, reading);
        // The noun changes with its number: «انفجارين» → «انفجارا واحدا».
        if Which::BOTH.into_iter().all(|side| place.words(side).len() <= MOST_WITH_IT) {
            place.explain(|_| true);
            return;
        }
        for (side, words) in Which::BOTH.into_iter().zip(counts) {
            place.explain_at(side, |word| words.contains(&word));
        }
        place.explain_forms();
    }
}

/// The unexplained words of one side that say how many.
fn counting(place: &Open<'_>, side: Which, says: impl Fn(&KeyWord, &Sense) -> bool) -> Vec<usize> {
    let form = place.form(side);
    let says = |word: &usize| form.words.get(*word).zip(form.senses.get(*word)).is_some_and(|(key, it)| says(key, it));
    place.open(side).filter(says).collect()
}

/// Whether one of the sides has a word for one: two words that may be duals tell of no number.
fn has_one(place: &Open<'_>, words: &[Vec<usize>; 2]) -> bool {
    let is_one = |side, word: &usize| place.form(side).senses.get(*word).is_some_and(|sense: &Sense| sense.is_one());
    Which::BOTH.into_iter().zip(words).filter(|(side, words)| words.iter().any(|word| is_one(*side, word))).count() == 1
}

/// Reads numbers that only the one form has where only the other has another one: the sentence was turned round.
pub(super) fn across(pair: &Pair<'_>, reading: &mut Reading) {
    let values = |form: &super::Form<'_>| form.claim.quantities.iter().map(|it| it.value).collect::<Vec<_>>();
    let (old, new) = (values(&pair.old), values(&pair.new));
    if reading.has(Facet::Quantity) || reading.has(Facet::Date) || (!old.is_empty() && old == new) {
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
/// Signs are no words, so no place of the content shows it.
pub(super) fn signs(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (&pair.old.claim.quantities, &pair.new.claim.quantities);
    if old.len() == new.len() {
        let words = |quantity: &Quantity| key::key_of(&quantity.text, pair.pack);
        // Where other words changed the numbers may have changed their order.
        if !pair.hunks.is_empty() && !old.iter().zip(new).all(|(old, new)| words(old) == words(new)) {
            return;
        }
        let differ = |(old, new): &(&Quantity, &Quantity)| {
            old.value != new.value || (sign_of(old) != sign_of(new) && !have_one_unit(old, new))
        };
        for (old, new) in old.iter().zip(new).filter(differ) {
            reading.note(Facet::Quantity, Some(old.text.clone()), Some(new.text.clone()));
        }
        return;
    }
    if !pair.hunks.is_empty() {
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
    fold(&quantity.text).chars().filter(is_sign).collect()
}

fn numbers(senses: &[Sense]) -> FxHashSet<&str> {
    senses.iter().filter_map(Sense::number).collect()
}

/// The quantities the place touches on either side, one to one in their order.
fn pairs<'p>(place: &Open<'p>) -> Vec<(&'p Quantity, &'p Quantity)> {
    let touched = |side: Which| -> Vec<usize> {
        let (form, words) = (place.form(side), place.words(side));
        let quantities = form.claim.quantities.iter().enumerate();
        let touched = quantities.filter(|(_, quantity)| form.touches(&words, Span::new(quantity.start, quantity.end)));
        touched.map(|(at, _)| at).collect()
    };
    let (old, new) = (touched(Which::Old), touched(Which::New));
    let (olds, news) = (&place.form(Which::Old).claim.quantities, &place.form(Which::New).claim.quantities);
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
        (Some(_), Some(_)) if have_one_unit(old, new) => true,
        (Some(old), Some(new)) => {
            let (old, new) = (pair.meanings.senses(&old), pair.meanings.senses(&new));
            old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| old.relation(new) >= Relation::Synonym)
        }
        _ => true,
    };
    old.value == new.value && old.comparison == new.comparison && same_unit
}

/// Whether the units are one, written as a sign and as a word, or as two words for one sign.
fn have_one_unit(old: &Quantity, new: &Quantity) -> bool {
    let sign = |quantity: &Quantity| unit_sign(quantity.unit.as_deref()?);
    sign(old).is_some_and(|old| sign(new) == Some(old))
}

/// The sign of a unit: `%` of `percent`.
fn unit_sign(unit: &str) -> Option<&'static str> {
    static SIGNS: OnceLock<FxHashMap<String, String>> = OnceLock::new();
    let signs = SIGNS.get_or_init(|| {
        // A test reads the file that ships.
        let table: BTreeMap<String, Vec<String>> = toml::from_str(UNITS).unwrap_or_default();
        let pairs = table.into_iter().flat_map(|(sign, words)| {
            let own = (fold(&sign).into_owned(), sign.clone());
            words.into_iter().map(move |word| (fold(&word).into_owned(), sign.clone())).chain([own])
        });
        pairs.collect()
    });
    signs.get(fold(unit).as_ref()).map(String::as_str)
}

const UNITS: &str = include_str!("../../data/units.toml");

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
                ("de", "sie verloren 1,5 Millionen", "sie verloren 15 Millionen"),
                ("ar", "ارتفع 5٪ أمس", "ارتفع 5 أمس"),
            ],
        );
        assert_eq!(facets("ar", "ارتفع 5٪ أمس", "ارتفع 5% أمس"), [Spelling]);
        let found = facets("en", "they lost $5 million on Monday", "they lost €5 million on Friday");
        assert!(found.contains(&Quantity), "{found:?}");
    }

    #[test]
    fn a_sign_and_its_word_are_one_unit() {
        for (language, old, new) in [
            ("en", "profits rose 5%", "profits rose 5 percent"),
            ("en", "profits rose 5 per cent", "profits rose 5 percent"),
            ("en", "it cost €2 million", "it cost 2 million euros"),
            ("ar", "ارتفع الربح 5%", "ارتفع الربح 5 في المئة"),
            ("ar", "ارتفع الربح 5 بالمئة", "ارتفع الربح 5٪"),
        ] {
            assert!(!facets(language, old, new).contains(&Quantity), "{old} → {new}");
        }
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
    fn one_and_two_are_numbers_whatever_words_say_so() {
        each_has(
            &[Quantity],
            &[
                ("de", "zwei Explosionen waren zu hören", "eine Explosion war zu hören"),
                ("de", "sie fanden eine Waffe", "sie fanden zwei Waffen"),
                ("fr", "ils ont entendu deux explosions", "ils ont entendu une explosion"),
                ("ar", "سمع الشهود انفجارين قرب الميناء", "سمع الشهود انفجارا واحدا قرب الميناء"),
                ("ar", "إنقاذ طفلين من الماء", "إنقاذ ثلاثة أطفال من الماء"),
            ],
        );
    }

    #[test]
    fn a_number_is_told_once() {
        assert_eq!(
            facets("en", "survivors heard two explosions at dawn", "survivors heard one explosion at dawn"),
            [Quantity]
        );
        assert_eq!(facets("ar", "سقط ما لا يقل عن 12 قتيلا", "سقط نحو 12 قتيلا"), [Quantity]);
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
        assert_eq!(facets("ar", "ارتفع ٣٫٥٪ أمس", "ارتفع 3.5% أمس"), [Spelling]);
        assert_eq!(facets("en", "it costs five thousand dollars now", "it costs 5,000 dollars now"), [Spelling]);
    }
}
