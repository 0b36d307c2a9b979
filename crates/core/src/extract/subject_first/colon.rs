//! A speaker before a colon: `Minister: …`, `Q: …`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::Reader;
use super::phrase::FINITE;
use crate::claim::{Mode, Polarity, Stance};
use crate::language::WordClass as C;
use crate::language::WordClasses;

/// A name before a colon has fewer tokens.
const MOST_TOKENS: usize = 7;

/// Drafts what follows a name and a colon at the beginning of a block.
pub(super) fn label(reader: &mut Reader<'_, '_>) -> bool {
    let tokens = &reader.block.tokens;
    if reader.sentence.start != 0 {
        return false;
    }
    let end = reader.sentence.end.min(MOST_TOKENS);
    let Some(colon) = (1..end).find(|&at| reader.mark(at) == Some(':')) else { return false };
    let is_name = |at: usize| {
        let joins = WordClasses::of(&[C::Coordinator, C::Determiner, C::Title, C::Person]);
        reader.mark(at).is_some_and(|mark| matches!(mark, '.' | '-' | '\''))
            || (tokens.is_word(at) && (reader.is_capitalised(at) || tokens.classes(at).any(joins)))
    };
    let quoted = reader.block.quotation_opened_at(colon + 1).is_some() && reader.block.role.is_headline();
    let is_name = |at: usize| is_name(at) || (quoted && tokens.is_word(at) && !tokens.classes(at).any(FINITE));
    // «Toren : le bilan s'alourdit» names a topic.
    let someone =
        WordClasses::of(&[C::Person, C::Title, C::TitleMasculine, C::TitleFeminine, C::NameMasculine, C::NameFeminine]);
    let marked = reader.block.quotation_opened_at(colon + 1).is_some();
    if reader.is_french() && !marked && !(0..colon).any(|at| tokens.classes(at).any(someone)) {
        return false;
    }
    let plain = (0..colon).all(|at| is_name(at) && tokens.cues(at).is_empty() && !tokens.is(at, C::Label));
    let source = reader.block.trimmed(Range::new(0, colon));
    let content = reader.block.trimmed(Range::new(colon + 1, tokens.len()));
    let (true, Some(source), Some(content)) = (plain, source, content) else { return false };
    let draft = Draft {
        rule: "speaker-colon",
        content: vec![content],
        cue: vec![tokens.span(colon, colon + 1)],
        lemma: ":".to_owned(),
        stance: Stance::Report,
        mode: Mode::Speech,
        polarity: Polarity::Affirmed,
        realised: true,
        source: Subject::Nobody,
        channel: None,
        confidence: 0.5,
        block: reader.block.number,
    };
    reader.push(draft, Subject::Written(source), 0, tokens.len())
}
