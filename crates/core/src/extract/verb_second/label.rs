//! A speaker before a colon: `Minister: …`.

use super::super::block::{BlockLayers, Range};
use super::super::draft::{Draft, Subject};
use crate::claim::{Mode, Polarity, Stance};
use crate::language::WordClass as C;
use crate::language::WordClasses;

/// A name with what somebody is has fewer tokens.
const MOST_TOKENS: usize = 16;
/// A name alone before a colon has no more.
const MOST_OF_NAME: usize = 6;

/// Drafts what follows a name and a colon at the beginning of a headline, or of a block with nothing but a quotation.
pub(super) fn speaker(block: &BlockLayers<'_>, drafts: &mut Vec<Draft>) -> bool {
    let tokens = &block.tokens;
    let Some(colon) = (1..tokens.len().min(MOST_TOKENS)).find(|&at| tokens.mark(at) == Some(':')) else { return false };
    let whole_quotation =
        block.quotation_opened_at(colon + 1).is_some_and(|quotation| quotation.close + 1 >= tokens.len());
    if colon > MOST_OF_NAME && !whole_quotation {
        return false;
    }
    if !block.role.is_headline() && !whole_quotation {
        return false;
    }
    let people = WordClasses::of(&[
        C::Person,
        C::Title,
        C::TitleMasculine,
        C::TitleFeminine,
        C::NameMasculine,
        C::NameFeminine,
        C::Organisation,
        C::Group,
        C::Medium,
        C::Place,
        C::Document,
    ]);
    let capital =
        |at: usize| tokens.get(at).is_some_and(|token| token.span.of(block.text).starts_with(char::is_uppercase));
    let plain = |at: usize| {
        let small = WordClasses::of(&[C::Determiner, C::Genitive, C::Coordinator, C::Link]);
        (tokens.is_word(at) && (capital(at) || tokens.classes(at).any(small)))
            || matches!(tokens.mark(at), Some('-' | '.'))
            || (whole_quotation && at > 0 && adds(block, at))
    };
    let known = (0..colon).any(|at| tokens.classes(at).any(people)) || (whole_quotation && colon <= 2);
    let label = (0..colon).any(|at| {
        let of_office = whole_quotation && at > 0;
        tokens.classes(at).any(WordClasses::of(&[C::Label, C::Weekday, C::Month]))
            || (tokens.is(at, C::Preposition) && !of_office)
    });
    let source = block.trimmed(Range::new(0, colon));
    let content = block.trimmed(Range::new(colon + 1, tokens.len()));
    let (true, Some(source), Some(content)) = (known && !label && (0..colon).all(plain), source, content) else {
        return false;
    };
    drafts.push(Draft {
        rule: "speaker-colon",
        content: vec![content],
        cue: vec![tokens.span(colon, colon + 1)],
        lemma: ":".to_owned(),
        stance: Stance::Report,
        mode: Mode::Speech,
        polarity: Polarity::Affirmed,
        realised: true,
        source: Subject::Written(source),
        channel: None,
        confidence: 0.6,
        block: block.number,
    });
    true
}

/// Whether the token at `at` can add to a name what somebody is: `Ida Roth, | Bürgermeisterin von Neuhafen`.
fn adds(block: &BlockLayers<'_>, at: usize) -> bool {
    let tokens = &block.tokens;
    let clause = WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Relative, C::Complementiser]);
    tokens.mark(at) == Some(',') || tokens.is_number(at) || (tokens.is_word(at) && !tokens.classes(at).any(clause))
}
