//! A denial or confirmation of what was just told: «…، وهو ما نفاه الجيش», «…، الأمر الذي أكدته الوزارة», «…، وهو اتهام ترفضه
//! الشركة». The content is the word that takes it up.

use super::group::Group;
use super::opening::{Marker, Opening};
use super::{channel, is_comma, is_verb_cue, noun_phrase};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::{Proclitics, is_definite};
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
    let before = verb.checked_sub(1).filter(|&before| before >= sentence.start)?;
    // «وهو | ما نفاه …»: the pack has the two words as one.
    let head = block.tokens.head(before);
    if block.is(head, C::NarratorReturn) && head + 1 == before {
        // «الأمر | الذي نفاه …»
        let relative = block.pack.classes(block.tokens.word(before)).has(C::Relative);
        return Some(if relative { Range::new(head, before) } else { Range::new(before, verb) });
    }
    // «…، الأمر الذي نفاه …», «وهو القرار الذي وصفته …»
    if block.is(before, C::Relative) {
        let noun = before.checked_sub(1)?;
        let opens = noun > sentence.start && (is_comma(block, noun - 1) || is_pronoun(block, noun - 1));
        let told = is_definite(block.tokens.word(noun)) && is_told(block, noun);
        return (told && (noun == sentence.start || opens)).then(|| Range::new(noun, before));
    }
    // «وهو اتهام خطير ترفضه …», «في خطوة وصفها الخبراء بأنها …»
    let from = sentence.start.max(verb.saturating_sub(LONGEST_NOUN));
    let noun = (from..verb).find(|&noun| {
        let opens = noun > sentence.start && (is_pronoun(block, noun - 1) || block.is(noun - 1, C::Preposition));
        opens && is_told(block, noun) && !is_definite(block.tokens.word(noun))
    })?;
    let plain = |at: usize| block.tokens.is_word(at) && !block.is(at, C::Preposition);
    let finite = |at: usize| is_verb_cue(block, at, Features::FINITE) && !is_verb_cue(block, at, Features::NOUN);
    ((noun + 1)..verb).all(|at| plain(at) && !finite(at)).then(|| Range::new(noun, verb))
}

/// Whether the noun at `at` stands for what somebody said or what happened, and not for somebody.
fn is_told(block: &BlockLayers<'_>, at: usize) -> bool {
    let word = block.tokens.word(at);
    const TOLD: WordClasses = WordClasses::of(&[C::Statement, C::Act, C::Document]);
    block.pack.classes(word.strip_prefix("ال").unwrap_or(word)).any(TOLD)
}

/// «وهو»: a pronoun with the conjunction.
fn is_pronoun(block: &BlockLayers<'_>, at: usize) -> bool {
    const PRONOUN: WordClasses = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine]);
    let joined = block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::AND));
    joined && block.pack.classes(block.tokens.word(at)).with(block.tokens.classes(at)).any(PRONOUN)
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
        assert!(openings("وهو لاجئ رفضته الدولة").is_empty());
        assert!(openings("وهي المدينة التي رفضتها اللجنة").is_empty());
    }
}
