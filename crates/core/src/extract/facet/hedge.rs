//! Words by which a statement is made less certain.

use super::super::block::{BlockLayers, Range};
use crate::claim::Hedge;
use crate::language::arabic::Proclitics;
use crate::language::{Morphology, WordClass};

/// Appends the hedges of some sentences of the block.
pub(super) fn find(block: &BlockLayers<'_>, sentences: Range, hedges: &mut Vec<Hedge>) {
    for at in (sentences.start..sentences.end).filter(|&at| block.is(at, WordClass::Hedge)) {
        if is_other_use(block, at) {
            continue;
        }
        let mut span = block.tokens.span(at, block.tokens.after(at));
        // A conjunction written on to the hedge («وربما») stays outside.
        if has_conjunction(block, at) {
            span.start += block.text.get(span.start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
        hedges.push(Hedge { text: span.of(block.text).to_owned(), start: span.start, end: span.end });
    }
}

/// Whether the word is another one that is written alike.
fn is_other_use(block: &BlockLayers<'_>, at: usize) -> bool {
    if block.is(at, WordClass::Month) {
        // The month of May, and a `May` that begins its sentence is more often the month too.
        return block.tokens.get(at).is_some_and(|token| token.span.of(block.text).starts_with(char::is_uppercase));
    }
    // «قد» before a past verb says that something did happen; before a present one that it may.
    let is_particle = block.pack.morphology() == Morphology::Arabic && block.is(at, WordClass::Auxiliary);
    if !is_particle {
        return false;
    }
    let next = block.tokens.word(block.tokens.after(at));
    let past_before = has_conjunction(block, at) || (at > 0 && block.is(at - 1, WordClass::Auxiliary));
    // «تلقى» is a past verb as often as a present one: only the words before tell.
    let may_be = next.starts_with('ي') || next == "لا" || (next.starts_with('ت') && !past_before);
    !may_be
}

fn has_conjunction(block: &BlockLayers<'_>, at: usize) -> bool {
    block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION))
}

#[cfg(test)]
mod tests {
    use crate::Language;
    use crate::extract::facet::tests::facets;

    fn hedges(language: Language, text: &str) -> Vec<String> {
        facets(language, text).1.into_iter().map(|hedge| hedge.text).collect()
    }

    #[test]
    fn finds_words_and_phrases() {
        assert_eq!(hedges(Language::ENGLISH, "The bridge may reopen, perhaps on Monday."), ["may", "perhaps"]);
        assert_eq!(hedges(Language::ARABIC, "وربما يعود الجسر على الأرجح"), ["ربما", "على الأرجح"]);
    }

    #[test]
    fn finds_french_ones() {
        let french = "fr".parse().unwrap();
        assert_eq!(
            hedges(french, "Le pont rouvrira peut-être lundi, sans doute vers midi."),
            ["peut-être", "sans doute"]
        );
        assert_eq!(hedges(french, "Il pourrait rouvrir."), ["pourrait"]);
        assert!(hedges(french, "Le pont peut être fermé.").is_empty());
    }

    #[test]
    fn words_written_alike_are_none() {
        assert!(hedges(Language::ENGLISH, "The bridge reopened in May 2020.").is_empty());
        assert!(hedges(Language::ARABIC, "الجسر قد فتح").is_empty());
        assert_eq!(hedges(Language::ARABIC, "الجسر قد يفتح"), ["قد"]);
    }
}
