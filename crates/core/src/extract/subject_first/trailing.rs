//! Attributions that come after their statement or in the middle of it: `“…,” she said`, `…, officials said, …`.

use super::super::block::Range;
use super::super::draft::Subject;
use super::extent::{self, Shape};
use super::finite::{self, FINITE};
use super::group::Group;
use super::opening::Opening;
use super::subject::{self, Found};
use super::verb::push;
use super::{Reader, addition, following, inverted_subject, phrase, resumption};
use crate::claim::{Polarity, Stance};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Frame, Requirement};

/// `“…,” the minister said`, `…, officials said.`, `…, officials said, …`, `“…,” he said, “…”`, `As he put it, …`.
pub(super) fn subject_verb_before(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    found: Found,
    opening: Opening,
) -> bool {
    // Without marks French puts the subject after the verb.
    let quoted_only = reader.syntax().inverts_after_statement() && !quoted_before(reader, found.start);
    // `Ann Lee, who has volunteered for years, remains hopeful` is about her.
    let relative = reader.block.is(found.start, C::Relative);
    if !speaks(entry) || quoted_only || relative {
        return false;
    }
    let mut lead = found.start;
    let introduced = reader.before(lead).filter(|&head| reader.block.is(head, C::Subordinator));
    lead = introduced.unwrap_or(lead);
    let quoted = quoted_before(reader, lead);
    // «…» X a écrit : «…»: the colon announces other words. `The mill reopens in May, Lee began` is no statement of hers:
    // without marks only a verb of saying attributes.
    let announces = matches!(opening, Opening::Quotation(open) if open > 0 && reader.mark(open - 1) == Some(':'));
    let english = reader.syntax().follows_english();
    if (announces && !english) || (!quoted && english && !entry.frames.has(Frame::Clause)) {
        return false;
    }
    let broken = matches!(opening, Opening::Quotation(open) if !quoted && goes_on_quoted(reader, lead, open));
    if !broken && !ends(reader, opening, lead, quoted) {
        return false;
    }
    if lead == reader.sentence.start && introduced.is_some() {
        let Opening::Comma(comma) = opening else { return false };
        let content = Range::new(comma + 1, extent::clause_end(reader, comma + 1, Shape::of(reader, group)));
        return push(reader, group, entry, found.subject, &[content], "as-subject-verb", 0.7);
    }
    let bounded = quoted || reader.before(lead).is_some_and(|head| reader.is_comma(head) || reader.is_dash(head));
    let Some(before) = content_before(reader, lead, broken || matches!(opening, Opening::Comma(_)))
        .filter(|_| bounded || lead == reader.sentence.start)
    else {
        return false;
    };
    // `According to the suit, | the clinic knew`: what a preposition opens is no statement.
    let opens = reader.block.cues(before.start).any(|(_, cue)| cue.kind == CueKind::Preposition);
    if opens && !(quoted && reader.syntax().follows_english()) {
        return false;
    }
    let (rule, rest) = match opening {
        Opening::Quotation(open) => {
            let rest = Range::new(open, extent::quotation_end(reader, open, Shape::of(reader, group)));
            (if broken { "parenthetical" } else { "split-quotation" }, Some(rest))
        }
        Opening::Comma(comma) if !quoted && goes_on(reader, entry, Range::new(before.start, comma + 1)) => {
            let rest = Range::new(comma + 1, extent::clause_end(reader, comma + 1, Shape::of(reader, group)));
            ("parenthetical", Some(rest))
        }
        _ if quoted => ("quotation-subject-verb", None),
        _ => ("clause-then-attribution", None),
    };
    let contents: Vec<Range> = [before].into_iter().chain(rest).collect();
    push(reader, group, entry, found.subject, &contents, rule, if quoted { 0.95 } else { 0.85 })
}

/// Whether the quotation at `open` goes on with what stands before an attribution without marks: `The board, | she said, “has
/// no plan”`, `If Roe wins, | he said, “it is over”`.
fn goes_on_quoted(reader: &Reader<'_, '_>, lead: usize, open: usize) -> bool {
    let tokens = &reader.block.tokens;
    let apart = reader.before(lead).is_some_and(|head| reader.is_comma(head)) && reader.is_comma(open - 1);
    let condition = tokens.is(reader.sentence.start, C::Condition);
    // `it's` holds a subject, `isn't` none.
    let whole = tokens.word(open + 1).contains('\'') && !tokens.is(open + 1, C::Negation);
    let predicate = tokens.classes(open + 1).any(FINITE.without(C::Negation.into())) && !whole;
    reader.syntax().follows_english() && apart && (condition || predicate)
}

/// Whether an attribution behind a statement, which begins at `lead`, is over with its verb, but for what it was said about.
fn ends(reader: &Reader<'_, '_>, opening: Opening, lead: usize, quoted: bool) -> bool {
    match opening {
        Opening::End(_) | Opening::Comma(_) => true,
        // `“…,” she said when asked about it`
        Opening::Preposition(_) | Opening::Question(_) => quoted,
        Opening::Quotation(_) | Opening::Colon(_) => quoted,
        // `“…,” she said aboard the ferry`: a comma before the closing mark announces the attribution.
        Opening::Phrase(_) => quoted && ends_with_comma(reader, lead),
        _ => false,
    }
}

/// `“…,” said the minister`, `…, said the minister`.
pub(super) fn verb_subject(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    let quoted = quoted_before(reader, group.start);
    let only_quotes = !quoted && !entry.frames.has(Frame::Clause);
    if !speaks(entry) || only_quotes || group.cue != group.verb || (entry.frames.has(Frame::Addressee) && !quoted) {
        return false;
    }
    let comma = reader.before(group.start).is_some_and(|head| reader.is_comma(head));
    if !quoted && (!comma || has_inserted_subject(reader, group.start)) {
        return false;
    }
    let Some(who) = following::stands_alone(reader, group.end) else { return false };
    // `…, denied | any wrongdoing`, `“The Queen is Dead” reported | a rise`: what could be the object has to be somebody.
    let may_be_object = if quoted { !is_announced(reader, group.start) } else { entry.frames.has(Frame::Nominal) };
    if may_be_object && !inverted_subject::speaks(reader, who) {
        return false;
    }
    // `He does, said his linemate.`
    let closes = who.end + 1 >= reader.sentence.end;
    let Some(before) = content_before(reader, group.start, closes) else { return false };
    // `When the horn sounded, said Ann Roe, they ran.`
    let inserted = reader.is_capitalised(who.start)
        && reader.is_comma(who.end)
        && goes_on(reader, entry, Range::new(before.start, who.end + 1));
    if !quoted && !has_verb(reader, before) && !inserted && (before.len() < LONG_STATEMENT || !closes) {
        return false;
    }
    let pronoun = subject::before(reader, who.end).map(|found| found.subject);
    let subject = match pronoun {
        Some(subject @ Subject::Pronoun(..)) if who.len() == 1 => subject,
        _ => match reader.block.trimmed(subject::without_relative(reader, whole(reader, who))) {
            Some(span) => Subject::Written(span),
            None => return false,
        },
    };
    let mut contents = vec![before];
    let next = who.end + usize::from(reader.is_comma(who.end));
    // `said Lee, who waited in a “very long line”`: a word in marks is no part of what was said.
    let governs = WordClasses::of(&[C::Determiner, C::Possessive, C::Preposition, C::Adjective]);
    let governed = |at: usize| reader.before(at).is_some_and(|head| reader.block.tokens.classes(head).any(governs));
    if quoted && !governed(next) && reader.block.quotation_opened_at(next).is_some() {
        contents.push(Range::new(next, extent::quotation_end(reader, next, Shape::of(reader, group))));
    } else if !quoted && reader.is_comma(who.end) && goes_on(reader, entry, Range::new(before.start, next)) {
        contents.push(Range::new(next, extent::clause_end(reader, next, Shape::of(reader, group))));
    }
    let rule = if quoted { "quotation-verb-subject" } else { "clause-verb-subject" };
    push(reader, group, entry, subject, &contents, rule, if quoted { 0.95 } else { 0.75 })
}

/// The noun phrase with a relative clause that a quotation at its end belongs to: `Lee, who waited in a | “very long line”`.
fn whole(reader: &Reader<'_, '_>, who: Range) -> Range {
    match reader.block.quotation_opened_at(who.end) {
        Some(quotation) if quotation.close <= reader.sentence.end => Range::new(who.start, quotation.close),
        _ => who,
    }
}

/// Whether the sentence begins with a subject and an insertion: `Ann Lee, who runs the mill, | said many workers …`.
fn has_inserted_subject(reader: &Reader<'_, '_>, verb: usize) -> bool {
    let Some(found) = subject::before(reader, verb) else { return false };
    found.start == reader.sentence.start && (found.start..verb.saturating_sub(1)).any(|at| reader.is_comma(at))
}

/// A statement of as many tokens holds a verb, known or not.
const LONG_STATEMENT: usize = 9;

/// Whether the verb can stand beside a quotation or statement that is no object of its own.
fn speaks(entry: &CueEntry) -> bool {
    (entry.frames.has(Frame::Quotation) || (entry.frames.has(Frame::Clause) && entry.frames.has(Frame::BareClause)))
        && !matches!(entry.requires, Requirement::Complementiser | Requirement::Forum)
}

/// Whether a quotation ends right before `at`, or before a comma there.
pub(super) fn quoted_before(reader: &Reader<'_, '_>, at: usize) -> bool {
    quotation_before(reader, at).is_some()
}

/// Whether the quotation that ends right before `at` begins the sentence and closes with a comma.
fn ends_with_comma(reader: &Reader<'_, '_>, at: usize) -> bool {
    let quotation =
        reader.block.quotation_closed_before(at).filter(|quotation| quotation.open <= reader.sentence.start);
    quotation.is_some_and(|quotation| quotation.end > 0 && reader.is_comma(quotation.end - 1))
}

/// Whether a comma before `at`, or a mark at the end of the quotation that ends there, says that an attribution follows.
fn is_announced(reader: &Reader<'_, '_>, at: usize) -> bool {
    let comma = at.checked_sub(1).is_some_and(|before| reader.is_comma(before));
    let quotation = reader.block.quotation_closed_before(at);
    comma || quotation.is_some_and(|quotation| phrase::is_sealed(reader, quotation.end))
}

/// The quotation that ends right before `at`, or before a comma there, in this sentence or right before it.
fn quotation_before(reader: &Reader<'_, '_>, at: usize) -> Option<Range> {
    let comma = at.checked_sub(1).filter(|&before| reader.is_comma(before));
    let end = comma.unwrap_or(at);
    let quotation = reader.block.quotation_closed_before(end)?;
    // `“It is safe for all” | said Finch`: a sentence in marks that opens its own needs no comma.
    let sentence = || {
        let opens = reader.block.sentence(quotation.open).start == quotation.open;
        opens && has_verb(reader, Range::new(quotation.start, quotation.end))
    };
    (is_announced(reader, at) || sentence()).then_some(Range::new(quotation.open, quotation.close))
}

/// The statement or quotation before an attribution that begins at `lead`.
pub(super) fn content_before(reader: &Reader<'_, '_>, lead: usize, goes_on: bool) -> Option<Range> {
    if lead == reader.sentence.start {
        // `She called it “sad.” | Roe said …`: what ends another sentence is no statement of this one's.
        let whole = |quotation: &Range| reader.block.sentence(quotation.start).start >= quotation.start;
        return quotation_before(reader, lead).filter(whole);
    }
    let mut start = reader.sentence.start;
    if let Some(end) = last_spoken(reader, lead) {
        let colon = reader.mark(end) == Some(':') && !reader.syntax().follows_english();
        let resumes = colon
            || reader.mark(end) == Some(';')
            || (reader.is_comma(end)
                && reader.block.tokens.classes(end + 1).any(WordClasses::of(&[C::Coordinator, C::NarratorReturn])));
        if resumes {
            start = end + 1;
        }
    }
    let quotation = quotation_before(reader, lead);
    if let Some(quotation) = quotation {
        let opens_statement = quotation.start.checked_sub(1).and_then(|before| reader.mark(before));
        // «Elle a dit qu'elle viendrait, | « et sans témoin », a-t-elle précisé»
        let added = opens_statement == Some(',')
            && !reader.syntax().follows_english()
            && reader.spoken.iter().any(|spoken| spoken.cue < quotation.start && spoken.cue >= reader.sentence.start);
        if added || matches!(opens_statement, Some(':' | ';')) {
            start = start.max(quotation.start);
        }
    }
    if lead - start > extent::MOST_TOKENS {
        // Of a sentence without end only what is near is one statement: else each attribution would hold all before it.
        let near = quotation.map(|quotation| quotation.start).or_else(|| last_spoken(reader, lead));
        start = start.max(near.unwrap_or_default()).max(lead - extent::MOST_TOKENS);
    }
    start = without_link(reader, Range::new(start, lead));
    let words = (start..lead).filter(|&at| reader.block.tokens.is_word(at)).take(FEWEST_WORDS).count();
    let enough = words >= FEWEST_WORDS || (goes_on && words > 0) || quoted_before(reader, lead);
    (start < lead && enough).then(|| Range::new(start, lead))
}

/// The token after what the attribution before `lead` takes in the sentence.
fn last_spoken(reader: &Reader<'_, '_>, lead: usize) -> Option<usize> {
    reader.spoken.iter().rev().find(|spoken| spoken.cue < lead && spoken.end < lead).map(|spoken| spoken.end)
}

/// Where a statement begins behind what links its sentence to the one before: `But | the bridge will stay, he said`.
fn without_link(reader: &Reader<'_, '_>, statement: Range) -> usize {
    let tokens = &reader.block.tokens;
    let links = WordClasses::of(&[C::Coordinator, C::NarratorReturn]);
    let linked = statement.start == reader.sentence.start
        && reader.syntax().follows_english()
        && tokens.classes(statement.start).any(links)
        && !(tokens.is(statement.start, C::Subordinator));
    let mut at = if linked { tokens.after(statement.start) } else { statement.start };
    if linked && reader.is_comma(at) {
        at += 1;
    }
    if at < statement.end { at } else { statement.start }
}

/// A statement without quotation marks before its attribution has at least so many words.
const FEWEST_WORDS: usize = 3;

/// Whether the statement that begins with `broken` goes on where that ends, behind an attribution by `entry`.
fn goes_on(reader: &Reader<'_, '_>, entry: &CueEntry, broken: Range) -> bool {
    let at = broken.end;
    let classes = reader.block.tokens.classes(at);
    if reader.syntax().follows_english() && joins_statement(reader, entry, broken) {
        return true;
    }
    // `…, the two nations, Roe said, | now have a chance`
    let next = reader.block.tokens.classes(reader.block.tokens.after(at));
    if classes.has(C::Time) && next.any(FINITE) && reader.syntax().follows_english() {
        return true;
    }
    let narrator = WordClasses::of(&[C::NarratorReturn, C::Relative, C::Subordinator, C::Time, C::Coordinator]);
    let participle =
        |features: crate::language::cue::Features| features.any(crate::language::cue::Features::PARTICIPLE);
    at < reader.sentence.end
        && !classes.any(narrator)
        && !reader.block.cues(at).any(|(form, _)| participle(form.features))
}

/// Whether a condition, reason or second clause joins the statement that begins with `broken`, where that ends: `…, she said, |
/// unless it rains`, `it will close, she said, | and we will go`. What is denied or doubted has no second part: the
/// narrator may add what did happen.
pub(super) fn joins_statement(reader: &Reader<'_, '_>, entry: &CueEntry, broken: Range) -> bool {
    let tokens = &reader.block.tokens;
    let at = broken.end;
    if entry.polarity != Polarity::Affirmed || matches!(entry.stance, Stance::Deny | Stance::Doubt | Stance::Refuse) {
        return false;
    }
    // `because`, `in case`, `until`: of other times, of place and contrast it is the narrator who speaks.
    let others = WordClasses::of(&[C::Circumstance, C::NarratorReturn, C::Relative, C::Time, C::Adverb]);
    let conditions = tokens.is(at, C::Condition) || (tokens.is(at, C::Subordinator) && !tokens.classes(at).any(others));
    let next = tokens.after(at);
    let clause = tokens.is(at, C::Coordinator) && is_second_part(reader, Range::new(broken.start, at), next);
    let says = |at: usize| reader.opens(at, Frame::Quotation) || reader.opens(at, Frame::Describe);
    (conditions || clause) && !says(next) && !says(tokens.after(next)) && !resumption::new_attribution(reader, next)
}

/// Whether the clause at `next`, behind a coordinator, is one with `statement`: it has no subject of its own, or a pronoun,
/// or a verb with an auxiliary of the same kind.
fn is_second_part(reader: &Reader<'_, '_>, statement: Range, next: usize) -> bool {
    let tokens = &reader.block.tokens;
    let kinds = [C::Future, C::Auxiliary, C::PassiveAuxiliary];
    let helped = |range: Range, kind: C| (range.start..range.end).any(|at| tokens.is(at, kind));
    let near = addition::part_end(reader, next).min(next + resumption::MOST_SUBJECT_WORDS);
    let predicate = tokens.classes(next).any(FINITE) || finite::is_unknown_past(reader, next);
    let same = || kinds.into_iter().any(|kind| helped(statement, kind) && helped(Range::new(next, near), kind));
    let pronoun = tokens.classes(next).any(phrase::PRONOUNS) && extent::begins_clause(reader, next);
    predicate || pronoun || same()
}

/// Whether a finite verb stands in `range`.
fn has_verb(reader: &Reader<'_, '_>, range: Range) -> bool {
    let finite = WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Future]);
    (range.start..range.end).any(|at| reader.block.tokens.classes(at).any(finite))
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;

    #[test]
    fn a_line_without_sentence_ends_makes_no_statement_of_all_its_words() {
        for piece in ["said “a,” he ", "“a,” he said, ", "the bridge will stay, he said, "] {
            let longest = |times: usize| read(&piece.repeat(times)).iter().map(|(.., content)| content.len()).max();
            assert!(longest(400).is_some());
            assert_eq!(longest(400), longest(1_200), "{piece}");
        }
    }
}
