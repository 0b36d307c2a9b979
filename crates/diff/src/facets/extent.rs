//! A part of the content that came or went.

use super::Reading;
use super::open::Open;
use crate::change::{Facet, Which};
use crate::meaning::Alignment;

/// Words that come or go without replacement from this many on are a part of the content, not a turn of phrase.
const LEAST_WORDS: usize = 3;

/// Reads words that only came, or only went, and that nothing elsewhere answers.
pub(super) fn read(place: &mut Open<'_>, answers: &Alignment, reading: &mut Reading) {
    let open = |side| place.open(side).count();
    let (old, new) = (open(Which::Old), open(Which::New));
    let at_edge = place.hunk.old.start == 0
        || place.hunk.new.start == 0
        || place.hunk.old.end == place.pair.old.words.len()
        || place.hunk.new.end == place.pair.new.words.len();
    let one_sided = (old == 0) != (new == 0);
    // Without an article or a preposition a content is no shorter.
    let tells = Which::BOTH.into_iter().any(|side| place.open_content(side).next().is_some());
    if one_sided && tells && (at_edge || old.max(new) >= LEAST_WORDS) && !has_only_moved(place, answers) {
        place.note(Facet::Extent, reading);
        place.explain(|_| true);
    }
}

/// Whether most of the words stand elsewhere on the other side.
fn has_only_moved(place: &Open<'_>, answers: &Alignment) -> bool {
    let (mut moved, mut gone) = (0, 0);
    for side in Which::BOTH {
        for word in place.open(side) {
            let lacks = answers.lacks(side, word);
            let tells = place.form(side).senses.get(word).is_some_and(|sense| sense.is_content);
            gone += usize::from(lacks);
            moved += usize::from(tells && !lacks);
        }
    }
    moved > gone
}

#[cfg(test)]
mod tests {
    use super::super::testing::{each_has, facets};
    use crate::change::Facet::{Extent, Wording};

    #[test]
    fn a_clause_cut_or_added_is_another_extent() {
        each_has(
            &[Extent],
            &[
                ("en", "the winter timetable will be cut", "the winter timetable will be cut and fares will rise"),
                (
                    "en",
                    "the delegation brings three proposals",
                    "the delegation brings three proposals and will not sign any of them",
                ),
                ("ar", "تنتهي الأزمة", "تنتهي الأزمة قبل بدء العام الدراسي"),
                ("ar", "الوفد سيحمل ثلاثة مقترحات", "الوفد سيحمل ثلاثة مقترحات ولن يوقع على أي منها"),
                ("de", "der Winterfahrplan wird gekürzt", "der Winterfahrplan wird gekürzt und die Preise steigen"),
                ("fr", "les horaires seront réduits", "les horaires seront réduits et les prix vont monter"),
            ],
        );
    }

    #[test]
    fn words_that_only_changed_their_place_are_wording() {
        assert_eq!(
            facets("en", "on the old quay the crew met the mayor", "the crew met the mayor on the old quay"),
            [Wording]
        );
    }
}
