//! Other words, of which nothing else is known.

use super::Reading;
use super::open::Open;
use crate::change::{Facet, Which};

/// Notes the place if any of its words is still unexplained. Prepositions and the like go along with a word beside them
/// that was explained («وافق على» → «رفض»).
pub(super) fn read(place: &mut Open<'_>, reading: &mut Reading) {
    let open = |side| place.open(side).count();
    let all_open = Which::BOTH.into_iter().all(|side| open(side) == place.words(side).len());
    let tells =
        |side| place.open(side).any(|word| place.form(side).senses.get(word).is_none_or(|sense| sense.is_content));
    let noted =
        if all_open { Which::BOTH.into_iter().any(|side| open(side) > 0) } else { Which::BOTH.into_iter().any(tells) };
    if noted {
        place.note(Facet::Wording, reading);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{each_has, facets};
    use crate::change::Facet::Wording;

    #[test]
    fn words_that_say_the_same_are_wording() {
        each_has(
            &[Wording],
            &[
                ("en", "the talks will begin soon", "the negotiations will begin soon"),
                ("en", "the treaty is signed in the old chapel", "the treaty is signed in the town hall"),
                ("ar", "المحادثات ستبدأ قريبا", "المفاوضات ستبدأ قريبا"),
                ("de", "die Gespräche beginnen bald", "die Verhandlungen beginnen bald"),
                ("fr", "les négociations vont continuer", "les discussions vont continuer"),
            ],
        );
    }

    #[test]
    fn the_same_words_are_nothing() {
        for (language, text) in
            [("en", "the talks begin"), ("ar", "ستبدأ المحادثات"), ("de", "es beginnt"), ("fr", "on commence")]
        {
            assert_eq!(facets(language, text, text), []);
        }
    }
}
