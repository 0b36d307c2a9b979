//! A denial or confirmation of what was just told: «…، وهو ما نفاه الجيش», «…، الأمر الذي أكدته الوزارة», «…، وهو اتهام ترفضه
//! الشركة». The content is the word that takes it up.

use super::group::Group;
use super::opening::{Marker, Opening};
use super::{channel, noun_phrase};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::is_definite;
use crate::language::cue::{CueKind, Features, Frame};
use crate::language::{WordClass as C, WordClasses};

/// How far after its verb the speaker may reach, in tokens.
const WINDOW: usize = 20;

/// Reads the verb at `at`, if its object takes up what stands before.
pub(super) fn read<'a>(block: &BlockLayers<'a>, sentence: Range, at: usize) -> Option<Opening<'a>> {
    let object = block.tokens.get(at).is_some_and(|token| token.enclitic.any(THING));
    if !object {
        return None;
    }
    let answers = [Stance::Deny, Stance::Refuse, Stance::Confirm];
    let (form, entry) = block.cues(at).find(|(form, entry)| {
        entry.kind == CueKind::Verb
            && form.features.any(Features::FINITE)
            && answers.contains(&entry.stance)
            && entry.frames.has(Frame::Nominal)
    })?;
    let group = Group::read(block, sentence, at, form)?;
    let content = taken_up(block, sentence, group.range.start)?;
    let after = block.tokens.after(at);
    let limit = sentence.end.min(after + WINDOW);
    let end = noun_phrase::end(block, after, limit, false);
    let subject = match end > after {
        true => noun_phrase::subject(block, Range::new(after, end))?,
        false => Subject::Elliptical(form.features),
    };
    Some(Opening {
        negated: group.negated,
        realised: group.realised,
        channel: channel::find(block, end, limit),
        boundary: content.start,
        confidence: 0.8,
        resume: end.max(after),
        until: content.end,
        ..Opening::new("resumed", entry, group.range, subject, Marker::Nominal(content.start))
    })
}

/// An object that is one thing.
const THING: Features = Features::MASCULINE.with(Features::FEMININE);

/// The words right before the verb at `verb` that stand for what was told: «ما», «الأمر», «اتهام».
pub(super) fn taken_up(block: &BlockLayers<'_>, sentence: Range, verb: usize) -> Option<Range> {
    const SOMEBODY: WordClasses =
        WordClasses::of(&[C::Person, C::Title, C::Anonymous, C::Group, C::Organisation, C::Place]);
    const PRONOUN: WordClasses = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine]);
    let before = verb.checked_sub(2).filter(|&before| before >= sentence.start)?;
    let pronoun = |at: usize| {
        let word = block.tokens.word(at);
        word.strip_prefix('و').is_some_and(|bare| block.pack.classes(bare).any(PRONOUN))
    };
    if block.tokens.word(before) == "الامر" && block.tokens.word(before + 1) == "الذي" {
        return Some(Range::new(before, before + 1));
    }
    // «وهو القرار الذي وصفته الإدارة …»
    if before > sentence.start && block.is(before + 1, C::Relative) && pronoun(before - 1) {
        let thing = is_definite(block.tokens.word(before)) && !block.tokens.classes(before).any(SOMEBODY);
        return thing.then(|| Range::new(before, before + 1));
    }
    // «في خطوة وصفها الخبراء بأنها …»
    let bare = !is_definite(block.tokens.word(before + 1)) && block.tokens.is_word(before + 1);
    if block.tokens.word(before) == "في" && bare && block.tokens.classes(before + 1).is_empty() {
        return Some(Range::new(before + 1, verb));
    }
    if pronoun(before) && block.tokens.word(before + 1) == "ما" {
        return Some(Range::new(before + 1, verb));
    }
    let opens = (sentence.start.max(verb.saturating_sub(LONGEST_NOUN + 1))..verb).rev().find(|&at| pronoun(at))?;
    let noun = Range::new(opens + 1, verb);
    let plain = |at: usize| block.tokens.is_word(at) && !block.is(at, C::Preposition);
    let bare = !noun.is_empty() && !is_definite(block.tokens.word(noun.start)) && (noun.start..noun.end).all(plain);
    bare.then_some(noun)
}

/// The longest noun phrase that takes up what was told, in tokens.
const LONGEST_NOUN: usize = 3;

#[cfg(test)]
mod tests {
    use super::super::testing::openings;

    #[test]
    fn an_answer_to_what_was_told_is_a_claim() {
        assert_eq!(openings("وهو ما نفته الوزارة"), [("resumed", "نفته".to_owned())]);
        assert_eq!(openings("الأمر الذي ينفيه الجيش"), [("resumed", "ينفيه".to_owned())]);
        assert_eq!(openings("وهي تهمة ترفضها الشركة"), [("resumed", "ترفضها".to_owned())]);
    }

    #[test]
    fn a_pronoun_for_somebody_named_is_none() {
        assert!(openings("وهو ما يعني أن الباب مغلق").is_empty());
        assert!(openings("وهو الوزير الذي رفضته الكتلة").is_empty());
    }
}
