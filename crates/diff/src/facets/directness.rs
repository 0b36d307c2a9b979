//! Marks gained or lost around the words.

use super::{Pair, Reading, name};
use crate::change::Facet;

/// Notes a quotation that became reported speech, or the other way round.
pub(super) fn read(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (pair.old.claim.kind, pair.new.claim.kind);
    if old != new {
        reading.note(Facet::Directness, name(&old), name(&new));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::each_has;
    use crate::change::Facet::Directness;

    #[test]
    fn marks_that_come_or_go_around_the_same_words_are_told() {
        each_has(
            &[Directness],
            &[
                ("en", "the vote was a shame", "the vote was \"a shame\""),
                ("en", "the vote was a shame", "\"The vote was a shame\""),
                ("ar", "التصويت وصمة في تاريخنا", "«التصويت وصمة في تاريخنا»"),
                ("de", "die Wahl war eine Schande", "„Die Wahl war eine Schande“"),
                ("fr", "le vote était une honte", "« Le vote était une honte »"),
            ],
        );
    }
}
