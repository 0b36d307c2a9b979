//! Another person, place or thing in the content.

use super::open::{MOST_IN_PLACE, Open};
use super::{Form, Reading};
use crate::change::{Facet, Which};
use crate::meaning::{Alignment, MOST_COMPARED, Names, Relation};

/// Names of more words than this are no names.
const MOST_WORDS_OF_A_NAME: usize = 4;

/// Reads a name, or a thing of a listed kind, in the place of another.
pub(super) fn read(places: &mut [Open<'_>], answers: &Alignment, reading: &mut Reading) {
    kinds_in_place(places, reading);
    kinds(places, answers, reading);
    for place in places {
        name(place, answers, reading);
    }
}

/// A thing in the very place of another of its kind: two that changed places are both others.
fn kinds_in_place(places: &mut [Open<'_>], reading: &mut Reading) {
    for place in places {
        let words = |side| place.open_content(side).take(MOST_IN_PLACE + 1).collect::<Vec<_>>();
        let (old, new) = (words(Which::Old), words(Which::New));
        if old.len().max(new.len()) > MOST_IN_PLACE {
            continue;
        }
        let relation =
            |o: usize, n: usize| place.form(Which::Old).senses[o].relation(&place.form(Which::New).senses[n]);
        // In a long rewritten place the same thing may stand beside another one.
        let alone = |o: usize| new.iter().all(|&n| relation(o, n) < Relation::Synonym);
        let apart = old
            .iter()
            .copied()
            .filter(|&o| alone(o))
            .find_map(|o| new.iter().copied().find(|&n| relation(o, n) == Relation::Apart).map(|n| (o, n)));
        if let Some((o, n)) = apart {
            let (old, new) = (place.form(Which::Old).word(o), place.form(Which::New).word(n));
            reading.note(Facet::Referent, Some(old.to_owned()), Some(new.to_owned()));
            place.explain_at(Which::Old, |word| word == o);
            place.explain_at(Which::New, |word| word == n);
        }
    }
}

/// Things of one kind that exclude one another: a place and another place, a currency and another currency.
fn kinds(places: &mut [Open<'_>], answers: &Alignment, reading: &mut Reading) {
    let unanswered = |side| -> Vec<(usize, usize)> {
        let open = |(at, place): (usize, &Open<'_>)| {
            place.open(side).filter(|word| answers.lacks(side, *word)).map(|word| (at, word)).collect::<Vec<_>>()
        };
        places.iter().enumerate().flat_map(open).take(MOST_COMPARED).collect()
    };
    let (old, new) = (unanswered(Which::Old), unanswered(Which::New));
    for (at, o) in old {
        let before = &places[at].form(Which::Old).senses[o];
        let apart = new.iter().copied().find(|&(other, n)| {
            let open = places[other].open(Which::New).any(|word| word == n);
            open && before.relation(&places[other].form(Which::New).senses[n]) == Relation::Apart
        });
        if let Some((other, n)) = apart {
            let (old, new) = (places[at].form(Which::Old).word(o), places[other].form(Which::New).word(n));
            reading.note(Facet::Referent, Some(old.to_owned()), Some(new.to_owned()));
            places[at].explain_at(Which::Old, |word| word == o);
            places[other].explain_at(Which::New, |word| word == n);
        }
    }
}

/// A name in the place of a name: every unexplained word on both sides is one, and none is answered elsewhere.
fn name(place: &mut Open<'_>, answers: &Alignment, reading: &mut Reading) {
    let is_name = |side| {
        let mut words = place.open(side).peekable();
        let some = words.peek().is_some() && place.open(side).count() <= MOST_WORDS_OF_A_NAME;
        some && words
            .all(|word| answers.lacks(side, word) && is_name(place.form(side), place.pair.meanings.names(), word))
    };
    if Which::BOTH.into_iter().all(is_name) {
        place.note(Facet::Referent, reading);
        place.explain(|_| true);
    }
}

/// Whether a word is likely a name, as far as the language shows it.
fn is_name(form: &Form<'_>, names: Names, at: usize) -> bool {
    let Some(sense) = form.senses.get(at) else { return false };
    match names {
        // The first word of a sentence has a capital whatever it is.
        Names::Capital => form.word(at).starts_with(char::is_uppercase) && (at > 0 || sense.is_unknown),
        Names::Unlisted => sense.is_unknown,
        Names::Unmarked => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{each_has, facets};
    use crate::change::Facet::{Referent, Wording};

    #[test]
    fn another_place_or_thing_of_one_kind_is_another_referent() {
        each_has(
            &[Referent],
            &[
                ("en", "the talks with Spain failed", "the talks with Greece failed"),
                ("en", "the dollar is at its highest since spring", "the euro is at its highest since spring"),
                ("ar", "المحادثات مع فرنسا تعثرت", "المحادثات مع إيطاليا تعثرت"),
                ("ar", "سعر الذهب في السوق", "سعر النفط في السوق"),
                ("de", "die Gespräche mit Spanien sind schwierig", "die Gespräche mit Polen sind schwierig"),
                ("fr", "les discussions avec la Chine vont commencer", "les discussions avec la Russie vont commencer"),
            ],
        );
    }

    #[test]
    fn another_name_is_another_referent() {
        each_has(&[Referent], &[("en", "the letter came from Helena Voss", "the letter came from Tomas Reyle")]);
    }

    #[test]
    fn two_names_of_one_place_are_wording() {
        assert_eq!(facets("ar", "المحادثات مع فرنسا تعثرت", "المحادثات مع باريس تعثرت"), [Wording]);
    }
}
