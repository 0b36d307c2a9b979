//! What French calls something: «qualifier X de Y», «juger X « utile »», «juger X disproportionné».

use super::super::block::Range;
use super::Reader;
use super::finite::FINITE;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::CueEntry;

/// Where in `range` a topic ends, and where what it is called begins, behind the word that ties them: «qualifié l'accord du siècle | de « piège »».
///
/// «De» also ties nouns to one another: the one before a quotation counts, else the last that no article follows.
pub(super) fn predicate(reader: &Reader<'_, '_>, entry: &CueEntry, range: Range) -> Option<(usize, usize)> {
    let tokens = &reader.block.tokens;
    let mut last = None;
    let mut at = range.start;
    while at < range.end {
        // «juge le débat | « utile »»
        if entry.prepositions.is_empty() && at > range.start && reader.block.quotation_opened_at(at).is_some() {
            return Some((at, at));
        }
        if entry.prepositions.iter().any(|word| word == tokens.word(at)) {
            let next = tokens.after(at);
            let article = tokens.classes(next).any(WordClasses::of(&[C::Determiner, C::Possessive]));
            if reader.block.quotation_opened_at(next).is_some() || !tokens.is(at, C::Link) {
                return Some((at, next));
            }
            if !article && !reader.is_capitalised(next) && at > range.start {
                last = Some((at, next));
            }
        }
        if reader.is_comma(at) || tokens.is(at, C::Complementiser) {
            break;
        }
        at = reader.block.step(at).max(at + 1);
    }
    last.or_else(|| predicative(reader, range).filter(|_| entry.prepositions.is_empty()).map(|at| (at, at)))
}

/// The adjective that ends `range` and is said of the noun before it: «juge la dépense | disproportionnée».
fn predicative(reader: &Reader<'_, '_>, range: Range) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let end = (range.start..range.end).rev().find(|&at| reader.mark(at).is_none())?;
    let last = Some(tokens.head(end)).filter(|&last| last > tokens.after(range.start))?;
    let describes = tokens.is(last, C::Adjective) || (tokens.is_word(last) && tokens.classes(last).is_empty());
    let noun = reader.before(last)?;
    let ties = WordClasses::of(&[C::Preposition, C::Determiner, C::Possessive, C::Coordinator, C::Agent, C::Link]);
    // «la dépense»: behind an article no word is a verb.
    let determiner = WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative]);
    let determined = reader.before(noun).is_some_and(|head| tokens.classes(head).any(determiner));
    let verb = tokens.classes(noun).any(FINITE) && !determined;
    let bare = tokens.is_word(noun) && !tokens.classes(noun).any(ties) && !verb;
    (bare && describes && !reader.is_capitalised(last)).then_some(last)
}
