//! Through what the words came: «لصحيفة «الأفق»», «في تصريح لـ«الأفق»», «وفي بيان، قال …».

use super::group::Group;
use super::{is_comma, noun_phrase, shape};
use crate::extract::block::{BlockLayers, Range};
use crate::language::arabic::Proclitics;
use crate::language::{WordClass as C, WordClasses};

/// The channel among the words between a subject and the mark of its content.
pub(super) fn find(block: &BlockLayers<'_>, from: usize, upto: usize) -> Option<Range> {
    let mut at = from;
    while at < upto {
        let classes = block.tokens.classes(at);
        if classes.has(C::ChannelPhrase) || classes.has(C::WrittenChannel) {
            return Some(Range::new(at, end(block, at, upto)));
        }
        if let Some(end) = told(block, at, upto) {
            return Some(Range::new(at, end));
        }
        at = block.step(at);
    }
    None
}

/// The end of the medium that is spoken to at `at`: «لصحيفة «الأفق»», «لـ«الأفق»», «ل رويترز».
pub(super) fn told(block: &BlockLayers<'_>, at: usize, upto: usize) -> Option<usize> {
    // Nothing belongs to a name in marks.
    if noun_phrase::is_particle_to_name(block, at) {
        return Some(block.step(at + 1));
    }
    if noun_phrase::is_told_in_latin(block, at) {
        return Some(at + 1);
    }
    let to = block.tokens.get(at)?.proclitics.any(Proclitics::TO);
    let spaced = block.tokens.word(at) == "ل" && block.is(at + 1, C::Medium);
    let after = block.tokens.after(at);
    let medium = (to && block.is(at, C::Medium)) || spaced;
    medium.then(|| noun_phrase::end(block, after, upto, false).max(after))
}

/// The end of the channel whose phrase begins at `at`: «في تصريح لصحيفة …», «في لقاء مع …», «عبر حسابه في «تويتر»».
pub(super) fn end(block: &BlockLayers<'_>, at: usize, upto: usize) -> usize {
    let after = block.tokens.after(at);
    if after + 1 < upto
        && block.is(after, C::Preposition)
        && let Some(name) = block.quotation_opened_at(after + 1)
    {
        return name.close.min(upto);
    }
    let goes_on = block.tokens.get(after).is_some_and(|token| token.proclitics.any(Proclitics::TO))
        || block.tokens.word(after) == "مع"
        || block.tokens.word(after) == "ل";
    // «في حديث إلى | إذاعة «الساحل»»: the phrase is one with its preposition.
    let tied = after > at + 1 && block.pack.classes(block.tokens.word(after - 1)).has(C::Preposition);
    let end = match (goes_on, tied) {
        (true, _) => noun_phrase::end(block, after + 1, upto, false),
        (_, true) => noun_phrase::end(block, after, upto, false),
        _ => after_adjective(block, after, upto),
    };
    end.max(after)
}

/// «عبر حسابه | الرسمي | على منصة إكس»: past an adjective of the channel, and the channel that it is part of.
fn after_adjective(block: &BlockLayers<'_>, at: usize, upto: usize) -> usize {
    let known = at < upto && block.is(at, C::Adjective);
    let at = if known || (at < upto && shape::is_relational(block.tokens.word(at))) { at + 1 } else { at };
    match at < upto && block.is(at, C::WrittenChannel) {
        true => end(block, at, upto),
        false => at,
    }
}

/// «وفي بيان، قال رئيس النادي …»: the channel with which the sentence begins.
pub(super) fn before(block: &BlockLayers<'_>, sentence: Range, group: &Group) -> Option<Range> {
    const CHANNEL: WordClasses = WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel]);
    let comma = group.range.start.checked_sub(1).filter(|&at| at > sentence.start && is_comma(block, at))?;
    let short = comma - sentence.start <= LONGEST_CHANNEL && block.tokens.classes(sentence.start).any(CHANNEL);
    let plain = |at: usize| block.tokens.is_word(at) || block.quotation_around(at).is_some() || is_name_mark(block, at);
    (short && (sentence.start..comma).all(plain)).then(|| Range::new(sentence.start, comma))
}

/// Whether the token is a mark of a name: «في مقابلة مع صحيفة «الأفق»».
fn is_name_mark(block: &BlockLayers<'_>, at: usize) -> bool {
    block.quotation_opened_at(at).is_some() || block.quotation_closed_before(at + 1).is_some()
}

/// The longest channel before its verb, in tokens.
const LONGEST_CHANNEL: usize = 10;

#[cfg(test)]
mod tests {
    use super::super::testing::with_block;
    use super::*;

    fn channel(text: &str) -> Option<String> {
        with_block(text, |block| {
            let range = find(block, 0, block.tokens.len())?;
            Some(block.tokens.span(range.start, range.end).of(text).to_owned())
        })
    }

    #[test]
    fn an_adjective_and_what_a_channel_is_part_of_belong_to_it() {
        assert_eq!(channel("عبر حسابه الرسمي على منصة إكس").as_deref(), Some("عبر حسابه الرسمي على منصة إكس"));
    }

    #[test]
    fn nothing_follows_a_name_in_marks() {
        assert_eq!(channel("لـ«الأفق» ضرورة الحل").as_deref(), Some("لـ«الأفق»"));
        assert_eq!(channel("لوكالة رويترز").as_deref(), Some("لوكالة رويترز"));
    }
}
