//! Affirmed, denied or withheld; a negation inside the content.

use isnad_core::Span;

use super::open::Open;
use super::{Form, Pair, Reading, name};
use crate::change::{Facet, Which};
use crate::key::KeyWord;

/// Notes a source that affirms what it denied or did not say, or the other way round.
pub(super) fn read(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (pair.old.claim.polarity, pair.new.claim.polarity);
    if old != new {
        reading.note(Facet::Polarity, name(&old), name(&new));
    }
}

/// Reads a negation that only one side of the place has: it turns the content round.
pub(super) fn negation(place: &mut Open<'_>, reading: &mut Reading) {
    let negated = |side| place.words(side).any(|word| is_negation(place.form(side), word));
    if negated(Which::Old) == negated(Which::New) {
        return;
    }
    let others = |side| place.words(side).filter(|&word| tells(place.form(side), word)).count();
    // A negated clause that came or went as a whole turns nothing round.
    if place.is_one_sided() && others(Which::Old) + others(Which::New) > 0 {
        return;
    }
    place.note(Facet::Polarity, reading);
    // The negated verb changes with it: سيوقع → لن يوقع, will → will not.
    if Which::BOTH.into_iter().all(|side| place.words(side).len() <= 3) {
        place.explain(|_| true);
        return;
    }
    for side in Which::BOTH {
        let form = place.form(side);
        place.explain_at(side, |word| is_negation(form, word));
    }
}

/// Whether the word negates what stands around it; in a number it only bounds it («ما لا يقل عن 12»).
fn is_negation(form: &Form<'_>, at: usize) -> bool {
    let in_number = |word: &KeyWord| {
        form.claim.quantities.iter().any(|quantity| Span::new(quantity.start, quantity.end).overlaps(word.span))
    };
    form.senses.get(at).is_some_and(|sense| sense.negates()) && !form.words.get(at).is_some_and(in_number)
}

/// Whether a word that is no negation tells something by itself.
fn tells(form: &Form<'_>, at: usize) -> bool {
    !is_negation(form, at) && form.senses.get(at).is_some_and(|sense| sense.is_content)
}

#[cfg(test)]
mod tests {
    use super::super::testing::each_has;
    use crate::change::Facet::{Extent, Polarity};

    #[test]
    fn a_negation_inside_the_content_turns_it_round() {
        each_has(
            &[Polarity],
            &[
                ("en", "the thieves had help from inside", "the thieves had no help from inside"),
                ("en", "the crew will sign the letter", "the crew will not sign the letter"),
                ("ar", "الموازنة تسمح بزيادة هذا العام", "الموازنة لا تسمح بزيادة هذا العام"),
                ("ar", "الوفد سيوقع على الاتفاق", "الوفد لن يوقع على الاتفاق"),
                ("de", "die Brücke ist sicher genug", "die Brücke ist nicht sicher genug"),
                ("fr", "le pont est assez solide", "le pont n'est pas assez solide"),
            ],
        );
    }

    #[test]
    fn a_negated_clause_that_came_or_went_is_only_an_extent() {
        each_has(
            &[Extent],
            &[
                ("ar", "الوفد سيحمل ثلاثة مقترحات", "الوفد سيحمل ثلاثة مقترحات، ولن يوقع على أي منها قبل عرضها"),
                ("en", "the talks go on", "the talks go on, and the army will not leave the valley"),
            ],
        );
    }
}
