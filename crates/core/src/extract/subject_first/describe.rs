//! Describing: `described the treaty as …`, `called the decision “cowardly”`, `labelled him a liar`.

use super::super::block::Range;
use super::super::draft::Subject;
use super::Reader;
use super::content;
use super::extent::{self, Shape};
use super::finite::FINITE;
use super::group::Group;
use super::opening::Opening;
use super::phrase::PRONOUNS;
use super::verb::push;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features, Frame};

/// Drafts a claim whose content is a topic, from `start` on, and what the subject calls it; none without the latter.
pub(super) fn described(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    subject: Subject,
    start: usize,
) -> bool {
    // `called 911 to report a fire`
    if reader.block.tokens.is_number(start) && reader.syntax().follows_english() {
        return false;
    }
    let end = extent::clause_end(reader, start, Shape::of(reader, group).nominal());
    let Some((topic_end, predicate)) = predicate(reader, entry, Range::new(start, end)) else { return false };
    // A quotation that is what something is called ends it: `called it “volatile” | and flew home`.
    let quoted = [predicate, reader.block.tokens.after(predicate)]
        .into_iter()
        .find(|&at| reader.block.quotation_opened_at(at).is_some() && (at == predicate || end <= at));
    let end = quoted.map_or(end, |open| extent::quotation_end(reader, open, Shape::of(reader, group)));
    // «a qualifié sur Twitter de «choquants» ces propos»: what stands between is no topic.
    let aside =
        reader.syntax().describes_by_link(entry, Opening::Phrase(start)) && reader.block.is(start, C::Preposition);
    let topic = if aside { Range::new(start, start) } else { Range::new(start, topic_end) };
    let contents = [topic, Range::new(predicate, end)];
    push(reader, group, entry, subject, &contents, "topic-predicate", 0.8)
}

/// Drafts what `what` or `which` before the subject is called: `in what police described as | a “targeted attack”`.
pub(super) fn of_relative(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry, subject: Subject) -> bool {
    let tokens = &reader.block.tokens;
    let Some(first) = subject.written().map(|span| reader.block.tokens_in(span).start) else { return false };
    let stands_for = |at: usize| tokens.classes(at).any(WordClasses::of(&[C::Relative, C::FreeRelative]));
    let linked = entry.prepositions.iter().any(|word| word == tokens.word(group.end));
    let start = if linked { tokens.after(group.end) } else { group.end };
    let opens = tokens.classes(start).any(WordClasses::of(&[C::Determiner, C::Possessive, C::Adjective]))
        || reader.block.quotation_opened_at(start).is_some();
    let fits = linked || (entry.prepositions.is_empty() && opens);
    // `a decision | parents called “devastating”`: the pronoun may be left out.
    let quoted = reader.block.quotation_opened_at(start).is_some();
    let left_out = |at: usize| quoted && tokens.is_word(at) && !tokens.classes(at).any(NO_NOUN);
    let about = |at: usize| stands_for(at) || left_out(at);
    if !fits || !reader.syntax().follows_english() || !reader.before(first).is_some_and(about) {
        return false;
    }
    let shape = Shape { subordinate: true, ..Shape::of(reader, group) }.nominal();
    let end = match reader.block.quotation_opened_at(start) {
        Some(_) => extent::quotation_end(reader, start, shape),
        None => extent::clause_end(reader, start, shape),
    };
    let contents: Vec<Range> =
        content::fronted(reader, subject, start).into_iter().chain([Range::new(start, end)]).collect();
    push(reader, group, entry, subject, &contents, "relative-predicate", 0.75)
}

/// Words after which a subject begins that is not in a relative clause of theirs.
const NO_NOUN: WordClasses = FINITE.with(WordClasses::of(&[
    C::Preposition,
    C::Coordinator,
    C::Complementiser,
    C::Subordinator,
    C::NarratorReturn,
    C::Adverb,
    C::Time,
    C::Determiner,
]));

/// Where in `range` the topic ends and where what it is called begins.
fn predicate(reader: &Reader<'_, '_>, entry: &CueEntry, range: Range) -> Option<(usize, usize)> {
    match reader.syntax().predicate(reader, entry, range) {
        Some(predicate) => predicate,
        None => plain_predicate(reader, entry, range).or_else(|| quoted_predicate(reader, entry, range)),
    }
}

/// The quotation that ends what a verb of describing takes, behind a topic with a clause or addition of its own:
/// `called the idea that he had lied | a “joke”`.
fn quoted_predicate(reader: &Reader<'_, '_>, entry: &CueEntry, range: Range) -> Option<(usize, usize)> {
    let horizon = range.end.max(reader.horizon(range.start).min(range.start + LONGEST_TOPIC));
    let open = (range.start + 1..horizon.min(reader.sentence.end))
        .find(|&at| reader.block.quotation_opened_at(at).is_some())
        .filter(|_| entry.prepositions.is_empty())?;
    let says = |at: usize| {
        let cue = reader.block.cue_with(at, Features::FINITE);
        cue.is_some_and(|(_, cue)| cue.frames.has(Frame::Quotation) || cue.frames.has(Frame::Describe))
    };
    if (range.start..open).any(says) || (range.start..open).any(|at| matches!(reader.mark(at), Some(':' | ';'))) {
        return None;
    }
    let article = reader.before(open).filter(|&head| head > range.start && reader.block.is(head, C::Indefinite));
    let start = article.unwrap_or(open);
    Some((start, start))
}

/// A topic with a clause of its own has fewer tokens.
const LONGEST_TOPIC: usize = 40;

/// Where a topic without a clause of its own ends and where what it is called begins.
fn plain_predicate(reader: &Reader<'_, '_>, entry: &CueEntry, range: Range) -> Option<(usize, usize)> {
    let tokens = &reader.block.tokens;
    let links = |at: usize| entry.prepositions.iter().any(|word| word == tokens.word(at));
    // `called that unacceptable`, but `called that report “a lie”`
    let next = tokens.after(range.start);
    let noun = tokens.is(range.start, C::Demonstrative) && tokens.is_word(next) && !tokens.is(next, C::Adjective);
    let noun = noun && (next..range.end).any(|at| reader.block.quotation_opened_at(at).is_some());
    let pronoun = tokens.classes(range.start).any(PRONOUNS.with(C::Demonstrative.into())) && !noun
        || tokens.is(range.start, C::PronounObject) && !tokens.is(range.start, C::Possessive);
    // `called 911 on a man with what she described as | “an axe”`
    let describes =
        |at: usize| reader.block.cue_with(at, Features::FINITE).is_some_and(|(_, cue)| cue.frames.has(Frame::Describe));
    let mut at = reader.block.step(range.start);
    while at < range.end {
        if links(at) {
            return Some((at, tokens.after(at)));
        }
        let classes = tokens.classes(at);
        if reader.mark(at).is_some() && reader.block.quotation_opened_at(at).is_none() {
            if matches!(reader.mark(at), Some('-' | '\'' | '’' | '.')) {
                at += 1;
                continue;
            }
            return None;
        }
        if entry.prepositions.is_empty() && begins_predicate(reader, at, pronoun) {
            return Some((at, at));
        }
        if classes.any(WordClasses::of(&[C::Complementiser, C::Subordinator, C::NarratorReturn])) || describes(at) {
            return None;
        }
        at = reader.block.step(at).max(at + 1);
    }
    None
}

/// Whether what something is called begins at `at`: a quotation, a noun phrase after another, an adjective after a pronoun.
fn begins_predicate(reader: &Reader<'_, '_>, at: usize, pronoun: bool) -> bool {
    let tokens = &reader.block.tokens;
    if reader.block.quotation_opened_at(at).is_some() {
        return true;
    }
    let classes = tokens.classes(at);
    if pronoun {
        let elsewhere = WordClasses::of(&[
            C::Preposition,
            C::Time,
            C::Coordinator,
            C::ChannelPhrase,
            C::WrittenChannel,
            C::InfinitiveMarker,
            C::Subordinator,
        ]);
        return tokens.is_word(at) && !classes.any(elsewhere);
    }
    let joins = WordClasses::of(&[C::Preposition, C::Coordinator, C::Determiner, C::Possessive, C::Agent]);
    let opens = classes.any(WordClasses::of(&[C::Determiner, C::Possessive]));
    opens && reader.before(at).is_some_and(|head| !tokens.classes(head).any(joins))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{claim, read};

    #[test]
    fn a_topic_and_what_it_is_called_are_two_spans() {
        let wanted = [claim("The captain", "called", "the decision … cowardly")];
        assert_eq!(read("The captain called the decision \"cowardly\" and left."), wanted);
    }

    #[test]
    fn nothing_is_said_of_what_is_only_called_in() {
        assert!(read("She would call the premier as a witness.").is_empty());
    }
}
