//! Letters that make no difference: hamza, tatweel, vowel signs, variant spellings, digits, marks.

use isnad_core::Claim;

use super::{Pair, Reading};
use crate::change::Facet;

/// Notes a claim whose content, cue or source is written otherwise though nothing else changed.
pub(super) fn read(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (written(pair.old.claim), written(pair.new.claim));
    if let Some((old, new)) = old.into_iter().zip(new).find(|(old, new)| old != new) {
        reading.note(Facet::Spelling, old.map(str::to_owned), new.map(str::to_owned));
    }
}

/// The content, the cue and the source as written.
fn written(claim: &Claim) -> [Option<&str>; 3] {
    let cue = claim.cue.as_ref().map(|cue| cue.text.as_str());
    let source = claim.source.as_ref().map(|source| source.text.as_str());
    [Some(claim.content.text.as_str()), cue, source]
}

#[cfg(test)]
mod tests {
    use super::super::testing::each_has;
    use crate::change::Facet::Spelling;

    #[test]
    fn letters_and_signs_that_make_no_difference_are_spelling() {
        each_has(
            &[Spelling],
            &[
                ("ar", "أكد الأمين أن الاجتماع انتهى", "اكد الامين ان الاجتمـاع انتهى"),
                ("ar", "قوات الاحتلال انسحبت", "قوّات الاحتلال انسحبت"),
                ("ar", "حضر 25 نائبا", "حضر ٢٥ نائبا"),
                ("en", "the mayor's plan won", "the mayor’s plan won"),
                ("en", "The colourful plan was organised", "The colorful plan was organized"),
                ("en", "The plan - in short - won", "the plan – in short – won"),
                ("de", "der Plan „Hafen“ gewann", "der Plan \"Hafen\" gewann"),
                ("fr", "l'accord tient", "l’accord tient"),
            ],
        );
    }
}
