//! Words of doubt that came or went.

use isnad_core::{Hedge, Span};

use super::Reading;
use super::open::Open;
use crate::change::{Facet, Which};

/// As many words beside a word of doubt change with it: `will` → `may`, «يغادر» → «قد يغادر».
const MOST_WITH_IT: usize = 2;

/// Reads a doubt that only one side of the place has.
pub(super) fn read(place: &mut Open<'_>, reading: &mut Reading) {
    let span = |hedge: &Hedge| Span::new(hedge.start, hedge.end);
    let hedged = |side| {
        let (form, words) = (place.form(side), place.words(side));
        form.claim.hedges.iter().any(|hedge| form.touches(&words, span(hedge)))
    };
    if hedged(Which::Old) == hedged(Which::New) {
        return;
    }
    // A doubt inside a clause that came or went as a whole went with it.
    let others = |side| {
        let form = place.form(side);
        let doubt = |word: usize| {
            form.words
                .get(word)
                .is_some_and(|word| form.claim.hedges.iter().any(|hedge| span(hedge).overlaps(word.span)))
        };
        place
            .words(side)
            .filter(|&word| !doubt(word) && form.senses.get(word).is_some_and(|sense| sense.is_content))
            .count()
    };
    if place.is_one_sided() && others(Which::Old) + others(Which::New) > 1 {
        return;
    }
    place.note(Facet::Hedge, reading);
    if Which::BOTH.into_iter().all(|side| place.words(side).len() <= MOST_WITH_IT) {
        place.explain(|_| true);
        return;
    }
    for side in Which::BOTH {
        for hedge in &place.form(side).claim.hedges {
            place.explain_span(side, span(hedge));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{each_has, facets};
    use crate::change::Facet::{Extent, Hedge};

    #[test]
    fn a_doubt_added_or_dropped_is_told() {
        each_has(
            &[Hedge],
            &[
                ("en", "the company ignored the warnings", "the company perhaps ignored the warnings"),
                ("en", "the bridge will close", "the bridge may close"),
                ("ar", "الشركة تجاهلت التحذيرات", "الشركة ربما تجاهلت التحذيرات"),
                ("ar", "الأطباء يغادرون البلاد", "الأطباء قد يغادرون البلاد"),
                ("de", "die Firma ignorierte die Warnungen", "die Firma ignorierte vielleicht die Warnungen"),
                ("fr", "la société a ignoré les alertes", "la société a probablement ignoré les alertes"),
            ],
        );
    }

    #[test]
    fn a_doubt_in_a_clause_that_went_goes_with_it() {
        let old = "the bridge is closed and trains may run late all week";
        assert_eq!(facets("en", old, "the bridge is closed"), [Extent]);
    }
}
