//! Another verb of saying.

use isnad_core::Cue;

use super::{Pair, Reading};
use crate::change::Facet;

/// Notes a verb that takes another stand. The same verb in another tense, or negated, takes the same.
pub(super) fn read(pair: &Pair<'_>, reading: &mut Reading) {
    let (Some(old), Some(new)) = (&pair.old.claim.cue, &pair.new.claim.cue) else { return };
    // Signs that only introduce what is quoted (a colon) take no stand of their own.
    let says = |cue: &Cue| cue.lemma.chars().any(char::is_alphabetic);
    if says(old) && says(new) && (old.lemma != new.lemma || old.stance != new.stance) {
        reading.note(Facet::Stance, Some(old.text.clone()), Some(new.text.clone()));
    }
}

#[cfg(test)]
mod tests {
    use isnad_core::{Claim, Polarity, Stance};

    use super::super::testing::{compared, cue, names};
    use crate::change::Facet::{self, Polarity as Turned, Stance as Verb};

    type Told = (&'static str, &'static str, Stance, Polarity);

    fn read(language: &str, old: Told, new: Told) -> Vec<Facet> {
        let with =
            |(text, lemma, stance, polarity): Told| move |claim: &mut Claim| cue(claim, text, lemma, stance, polarity);
        names(&compared(language, ("x", with(old)), ("x", with(new))))
    }

    const AFFIRMED: Polarity = Polarity::Affirmed;

    #[test]
    fn another_verb_is_another_stand() {
        let said = ("said", "say", Stance::Report, AFFIRMED);
        assert_eq!(read("en", said, ("claimed", "claim", Stance::Doubt, AFFIRMED)), [Verb]);
        let arabic = ("وقال", "قال", Stance::Report, AFFIRMED);
        assert_eq!(read("ar", arabic, ("وزعم", "زعم", Stance::Doubt, AFFIRMED)), [Verb]);
        let german = ("sagte", "sagen", Stance::Report, AFFIRMED);
        assert_eq!(read("de", german, ("behauptete", "behaupten", Stance::Doubt, AFFIRMED)), [Verb]);
        let french = ("a dit", "dire", Stance::Report, AFFIRMED);
        assert_eq!(read("fr", french, ("a admis", "admettre", Stance::Admit, AFFIRMED)), [Verb]);
    }

    #[test]
    fn a_verb_that_turns_a_denial_round_is_both() {
        let denied = ("denied", "deny", Stance::Deny, Polarity::Denied);
        assert_eq!(read("en", denied, ("confirmed", "confirm", Stance::Confirm, AFFIRMED)), [Turned, Verb]);
    }

    #[test]
    fn the_same_verb_in_another_tense_or_negated_takes_the_same_stand() {
        let says = ("says", "say", Stance::Report, AFFIRMED);
        assert_eq!(read("en", says, ("said", "say", Stance::Report, AFFIRMED)), [Facet::Spelling]);
        let withheld = ("has not confirmed", "confirm", Stance::Confirm, Polarity::Withheld);
        assert_eq!(read("en", withheld, ("confirmed", "confirm", Stance::Confirm, AFFIRMED)), [Turned]);
    }
}
