//! Words inside quotation marks.

use std::ops::Range;

use super::Form;
use super::Reading;
use super::open::Open;
use crate::change::{Facet, Which};

/// Reads words replaced, added or dropped inside marks. Numbers among them stay open for the quantity.
pub(super) fn read(place: &mut Open<'_>, reading: &mut Reading) {
    let inside = Which::BOTH.into_iter().all(|side| {
        let (form, words) = (place.form(side), place.words(side));
        words.clone().all(|word| form.is_quoted(word)) && is_beside(form, &words)
    });
    if inside {
        place.note(Facet::Quote, reading);
        place.explain(|word| !word.is_number());
    }
}

/// Words that only came are inside the quotation if a word next to them is, on the other side.
fn is_beside(form: &Form<'_>, words: &Range<usize>) -> bool {
    form.is_quoted(words.start) || (words.start > 0 && form.is_quoted(words.start - 1))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{each_has, facets};
    use crate::change::Facet::{Directness, Quantity, Quote};

    #[test]
    fn other_words_inside_the_marks_are_another_quotation() {
        each_has(
            &[Quote],
            &[
                ("en", "the vote was \"a shame for us all\"", "the vote was \"a disgrace for us all\""),
                ("ar", "التصويت كان «وصمة في تاريخنا»", "التصويت كان «محطة في تاريخنا»"),
                ("de", "die Abstimmung war »eine Schande für uns«", "die Abstimmung war »eine Blamage für uns«"),
                ("fr", "le vote était « une honte pour nous »", "le vote était « une insulte pour nous »"),
            ],
        );
    }

    #[test]
    fn a_number_inside_the_marks_is_a_quantity_too() {
        each_has(&[Quote, Quantity], &[("en", "\"we lost 12 boats that night\"", "\"we lost 14 boats that night\"")]);
    }

    #[test]
    fn words_outside_the_marks_are_none_of_it() {
        let found = facets("en", "the old bridge was \"unsafe\"", "the narrow bridge was \"unsafe\"");
        assert!(!found.contains(&Quote) && !found.contains(&Directness), "{found:?}");
    }
}
