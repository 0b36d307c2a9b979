//! Headlines of the form «وزير الصحة: اللقاح متاح للجميع».

use super::noun_phrase;
use crate::article::BlockRole;
use crate::claim::{Mode, Polarity, Stance};
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::{Draft, Subject};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::Features;

/// The longest source before the colon, in tokens.
const LONGEST_SOURCE: usize = 8;

/// Whoever stands before the colon of a headline must be able to speak, or what follows must be in marks.
const SPEAKERS: WordClasses = WordClasses::SPEAKERS.with(WordClasses::of(&[C::Place]));

/// Drafts the claim of a headline `X: …`, or of a line of speech `X: «…»`.
pub(super) fn find(block: &BlockLayers<'_>, drafts: &mut Vec<Draft>) {
    let Some(colon) = (1..block.tokens.len().min(LONGEST_SOURCE + 1)).find(|&at| block.tokens.mark(at) == Some(':'))
    else {
        return;
    };
    let quoted = block.quotation_opened_at(colon + 1).is_some();
    let headline = matches!(block.role, BlockRole::Headline | BlockRole::Kicker);
    let speaks = block.tokens.classes(0).any(SPEAKERS);
    let plain = (0..colon).all(|at| {
        !super::is_verb_cue(block, at, Features::FINITE.with(Features::PARTICIPLE)) && !block.is(at, C::Preposition)
    });
    if !plain || !(quoted || (headline && speaks)) || noun_phrase::end(block, 0, colon, true) != colon {
        return;
    }
    let content = match block.quotation_opened_at(colon + 1) {
        Some(quotation) => Range::new(quotation.start, quotation.end),
        None => Range::new(colon + 1, block.tokens.len()),
    };
    let (Some(source), Some(content)) = (block.trimmed(Range::new(0, colon)), block.trimmed(content)) else { return };
    drafts.push(Draft {
        rule: "headline-colon",
        content: vec![content],
        cue: vec![block.tokens.span(colon, colon + 1)],
        lemma: ":".to_owned(),
        stance: Stance::Report,
        mode: Mode::Speech,
        polarity: Polarity::Affirmed,
        realised: true,
        source: Subject::Written(source),
        channel: None,
        confidence: if quoted { 0.85 } else { 0.7 },
        block: block.number,
    });
}
