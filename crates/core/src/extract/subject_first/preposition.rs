//! Prepositions that attribute: `according to the police`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::extent::{self, Shape};
use super::finite::FINITE;
use super::phrase::{self, PRONOUNS};
use super::{Reader, channel, finite, following, french_source, subject, trailing};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features, Frame, Requirement};

/// `According to X, …`, `…, according to X`, `…, according to X, …`.
pub(super) fn attribution(reader: &mut Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
    if entry.frames.has(Frame::Postposed) {
        return relative(reader, at, entry);
    }
    if entry.frames.has(Frame::Elliptical) {
        return of_speaker(reader, at, entry);
    }
    let tokens = &reader.block.tokens;
    let end = tokens.after(at);
    let before = clause_start(reader, at);
    let opens = opens_clause(reader, before, at);
    let Some(who) = following::after(reader, end).filter(|&who| is_somebody(reader, at, who)) else { return false };
    let who = match opens || !reader.syntax().follows_english() {
        true => reader.syntax().leading_source(reader, following::with_participle(reader, who)),
        false => who,
    };
    if entry.requires == Requirement::Initial && (before > reader.sentence.start || !opens || !reader.is_comma(who.end))
    {
        return false;
    }
    let Some(found) = subject::written(reader, who) else { return false };
    if !opens && relays(reader, who) {
        return true;
    }
    let contents = statements(reader, entry, Range::new(before, at), who.end);
    let holds_opinion = |content: &Range| french_source::is_opinion_of(reader, who, *content);
    if entry.requires == Requirement::Initial && !contents.first().is_some_and(holds_opinion) {
        return false;
    }
    // `She told him he was ill, | according to the report`: what she told him ends where that begins.
    let begins = tokens.get(at).map(|token| token.span.start);
    if let Some(begins) = begins.filter(|_| !opens && reader.syntax().follows_english()) {
        let text = reader.block.text;
        reader.drafts.iter_mut().rev().take(MOST_IN_SENTENCE).for_each(|draft| cut(draft, begins, text));
    }
    let spans = reader.spans(&contents);
    if spans.is_empty() {
        return false;
    }
    let cue = vec![tokens.span(at, end)];
    let mut draft = Draft::new("attribution-preposition", entry, cue, spans, reader.block.number);
    draft.confidence = 0.9;
    if draft.mode == Mode::Speech && channel::is_document(reader, found.subject) {
        draft.mode = Mode::Writing;
    }
    let upto = contents.last().map_or(end, |range| range.end.max(end));
    reader.push(draft, found.subject, at, upto)
}

/// Whether an attribution at `at` opens the clause that begins at `before`.
fn opens_clause(reader: &Reader<'_, '_>, before: usize, at: usize) -> bool {
    (before..at).filter(|&at| reader.block.tokens.is_word(at)).take(2).count() < 2
}

/// What an attribution claims that stands behind the tokens `before` of its clause and ends before `end`: what follows
/// it if it opens the clause, else what stands before it, and what follows a parenthesis.
fn statements(reader: &Reader<'_, '_>, entry: &CueEntry, before: Range, end: usize) -> Vec<Range> {
    let at = before.end;
    let rest = end + usize::from(reader.is_comma(end));
    // A comma ends a relative clause.
    let relative = reader.before(before.start).is_some_and(|head| reader.block.is(head, C::Relative));
    let shape = Shape { subordinate: relative, ..Shape::default() };
    let clause = |start: usize| Range::new(start, extent::clause_end(reader, start, shape));
    if opens_clause(reader, before.start, at) {
        return vec![clause(reader.syntax().after_relative(reader, rest))];
    }
    let mut contents = vec![Range::new(before.start, without_adverb(reader, at))];
    let parenthetical = reader.is_comma(at.saturating_sub(1)) && reader.is_comma(end);
    if parenthetical && goes_on(reader, entry, Range::new(before.start, rest)) {
        contents.push(clause(rest));
    }
    contents
}

/// Where a statement ends before the attribution at `at`, without an adverb behind its comma: «La loi est prête, | toujours selon X».
fn without_adverb(reader: &Reader<'_, '_>, at: usize) -> usize {
    let adverb = reader.before(at).filter(|&adverb| reader.block.is(adverb, C::Adverb));
    let comma = adverb.and_then(|adverb| reader.before(adverb)).filter(|&comma| reader.is_comma(comma));
    comma.unwrap_or(at)
}

/// «À ses yeux, …», «…, à l'en croire»: whoever spoke before holds what the clause says.
fn of_speaker(reader: &mut Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
    let end = reader.block.tokens.after(at);
    let before = clause_start(reader, at);
    let bounded = match opens_clause(reader, before, at) {
        true => reader.is_comma(end),
        false => reader.is_comma(at.saturating_sub(1)),
    };
    let contents = if bounded { statements(reader, entry, Range::new(before, at), end) } else { Vec::new() };
    let spans = reader.spans(&contents);
    if spans.is_empty() {
        return false;
    }
    let cue = vec![reader.block.tokens.span(at, end)];
    let draft = Draft::new("attribution-preposition", entry, cue, spans, reader.block.number);
    let upto = contents.last().map_or(end, |range| range.end.max(end));
    reader.push(draft, Subject::Elliptical(Features::NONE), at, upto)
}

/// «ont publié une étude | selon laquelle | …»: the clause after it is what the text before it says.
///
/// Only of a text that closes its clause is it known where the clause ends.
fn relative(reader: &mut Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
    let tokens = &reader.block.tokens;
    let last = reader.before(at).filter(|&head| reader.is_comma(head)).unwrap_or(at);
    let Some(nearest) = phrase::nearest_phrase(reader, last) else { return false };
    let start = (nearest..last).find(|&at| tokens.is(at, C::Determiner)).unwrap_or(nearest);
    let Some(found) = subject::written(reader, Range::new(start, last)) else { return false };
    let closes = (reader.sentence.start..start).any(|at| is_finite(reader, at));
    if !closes || !channel::is_document(reader, found.subject) {
        return false;
    }
    let from = tokens.after(at);
    let content = Range::new(from, extent::clause_end(reader, from, Shape { subordinate: true, ..Shape::default() }));
    let cue = vec![tokens.span(at, from)];
    let mut draft = Draft::new("relative-attribution", entry, cue, reader.spans(&[content]), reader.block.number);
    draft.mode = Mode::Writing;
    !draft.content.is_empty() && reader.push(draft, found.subject, at, content.end)
}

/// Whether the phrase can say something: it has a name, an article, or a noun for a source. `According to height` has not.
pub(super) fn is_somebody(reader: &Reader<'_, '_>, at: usize, who: Range) -> bool {
    let tokens = &reader.block.tokens;
    if reader.syntax().is_measure(reader, at, who) {
        return false;
    }
    let determined = WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative]).with(PRONOUNS);
    tokens.classes(who.start).any(determined)
        || (who.start..who.end).any(|at| {
            reader.is_capitalised(at)
                || tokens.is_number(at)
                || tokens.classes(at).any(channel::SOURCES)
                || subject::is_possessive(reader, at)
        })
}

/// The part of `who` before the clause that follows it: `According to the Gazette, | the treaty would …`.
///
/// An apposition ends with a comma and has no finite verb; what comes last is the clause.
pub(super) fn leading_source(reader: &Reader<'_, '_>, who: Range) -> Range {
    let commas = (who.start..who.end.min(reader.sentence.end)).filter(|&at| reader.is_comma(at));
    let bounds: Vec<usize> = commas.chain([who.end]).collect();
    let closed = reader.is_comma(who.end);
    for (part, &bound) in bounds.iter().enumerate().skip(1) {
        let start = bounds.get(part - 1).map_or(who.start, |comma| comma + 1);
        let last = part + 1 == bounds.len();
        let relative = reader.block.is(start, C::Relative);
        // `…, | 1,100 people a day ride the bus`: a number that is no age begins a clause.
        let counts = reader.block.tokens.is_number(start) && bound - start > LONGEST_AGE;
        let clause = !relative && (counts || (start..bound).any(|at| is_finite(reader, at)));
        if clause || (last && !closed) {
            return Range::new(who.start, start - 1);
        }
    }
    who
}

/// An age has no more tokens: `34 years old`.
const LONGEST_AGE: usize = 3;

/// Whether the word at `at` is a finite verb, of a cue or not.
fn is_finite(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.block.tokens.classes(at).any(FINITE) || finite::is_past_cue(reader, at)
}

/// Whether `who` is a carrier that another attribution's words came through: `The minister said …, according to the agency`.
///
/// Then it becomes that one's channel and ends its content.
fn relays(reader: &mut Reader<'_, '_>, who: Range) -> bool {
    let tokens = &reader.block.tokens;
    let medium = (who.start..who.end).any(|at| tokens.is(at, C::Medium) && !tokens.is(at, C::Group));
    let (Some(channel), true) = (reader.block.trimmed(who), medium) else { return false };
    let preposition = reader.before(who.start).and_then(|at| tokens.get(at)).map_or(channel.start, |at| at.span.start);
    let Some(spoken) = reader.spoken.iter().rev().find(|spoken| spoken.end >= who.start) else { return false };
    let cue = tokens.span(spoken.cue, spoken.cue + 1).start;
    let text = reader.block.text;
    let near = reader.drafts.iter_mut().rev().take(MOST_IN_SENTENCE);
    let Some(draft) = near.into_iter().find(|draft| draft.cue.iter().any(|span| span.start == cue)) else {
        return false;
    };
    cut(draft, preposition, text);
    draft.channel = Some(channel);
    true
}

/// Ends what a draft holds before the byte `end` of `text`, where an attribution begins that is no part of it.
fn cut(draft: &mut Draft, end: usize, text: &str) {
    for span in draft.content.iter_mut().filter(|span| span.start < end) {
        let kept = text.get(span.start..span.end.min(end)).unwrap_or_default();
        span.end = span.start + kept.trim_end_matches(|mark: char| mark == ',' || mark.is_whitespace()).len();
    }
}

/// No sentence holds more attributions.
const MOST_IN_SENTENCE: usize = 24;

/// Where the clause begins that the preposition at `at` attributes.
fn clause_start(reader: &Reader<'_, '_>, at: usize) -> usize {
    let mut floor = reader.sentence.start.max(at.saturating_sub(super::REACH));
    // «X a confirmé une fracture, | survenue selon Y lors d'un choc»
    if let Some(spoken) = reader.spoken.last().filter(|spoken| spoken.end < at && reader.is_comma(spoken.end))
        && !reader.syntax().follows_english()
        && !reader.is_comma(at - 1)
    {
        floor = floor.max(spoken.end + 1);
    }
    let mut start = at;
    while start > floor {
        let before = start - 1;
        // «Il juge le débat utile : | selon lui, …»
        let colon = reader.mark(before) == Some(':') && start == at && !reader.syntax().follows_english();
        if reader.mark(before) == Some(';') || colon {
            return start;
        }
        let joined = reader.block.is(before, C::Coordinator) && before > floor && reader.is_comma(before - 1);
        if (joined && start == at) || reader.syntax().opens_relative(reader, before, at) {
            return start;
        }
        start = before;
    }
    start
}

/// Whether the statement that begins with `broken` goes on where that ends, after the attribution by `entry`.
fn goes_on(reader: &Reader<'_, '_>, entry: &CueEntry, broken: Range) -> bool {
    let at = broken.end;
    let classes = reader.block.tokens.classes(at);
    if reader.syntax().follows_english() && trailing::joins_statement(reader, entry, broken) {
        return true;
    }
    at < reader.sentence.end
        && !classes.has(C::Relative)
        && !classes.has(C::NarratorReturn)
        && !classes.has(C::Coordinator)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{claim, read};

    #[test]
    fn the_clause_after_the_source_is_the_statement() {
        let wanted = [claim("the Gazette", "According to", "the bridge would close")];
        assert_eq!(read("According to the Gazette, the bridge would close."), wanted);
        let wanted = [claim("Ann Lee, an economist", "According to", "the bridge would close")];
        assert_eq!(read("According to Ann Lee, an economist, the bridge would close."), wanted);
    }

    #[test]
    fn a_plan_or_a_measure_says_nothing() {
        assert!(read("The prizes were awarded according to height.").is_empty());
    }

    #[test]
    fn a_carrier_is_not_the_one_who_spoke() {
        let wanted = [claim("The minister", "said", "the dam would hold")];
        assert_eq!(read("The minister said the dam would hold, according to CBC News."), wanted);
    }
}
