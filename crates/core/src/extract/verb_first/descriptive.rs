//! A topic and what it is called: «وصف الرئيس الوضع بأنه …», «ووصفته بالخطير», «واصفا القرار بـ"الجائر"».

use super::group::Group;
use super::nominal::preposition_of;
use super::object::{self, Need};
use super::opening::{Marker, Opening};
use super::subject::is_skipped;
use super::{governor, is_comma, is_complementiser, noun_phrase, resumed, subject};
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::WordClass as C;
use crate::language::cue::{CueEntry, Features, Frame};
use crate::language::lexicon::CueForm;

/// How far after its verb the second part of a description may stand, in tokens.
const WINDOW: usize = 30;

/// Reads «وصف X Y بأنه Z» at `at`: Y and Z are the content.
pub(super) fn read<'a>(
    block: &BlockLayers<'a>,
    sentence: Range,
    at: usize,
    earlier: &[Opening<'_>],
) -> Option<Opening<'a>> {
    let (form, entry) = block.cues(at).find(|(form, entry)| {
        entry.frames.has(Frame::Describe) && form.features.any(Features::FINITE.with(Features::PARTICIPLE))
    })?;
    let mut after = block.tokens.after(at);
    while after < sentence.end && is_skipped(block, after) {
        after = block.tokens.after(after);
    }
    let limit = sentence.end.min(after + WINDOW);
    let (link, marker) = link(block, after, limit, entry)?;
    let group = Group::read(block, sentence, at, form)?;
    let (subject, topic) = parts(block, sentence, &group, form, Range::new(after, link), earlier)?;
    Some(Opening {
        negated: group.negated,
        realised: group.realised,
        confidence: 0.8,
        topic,
        ..Opening::new("describe", entry, group.range, subject, marker)
    })
}

/// What ties the topic to what it is called, and where that begins.
fn link(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<(usize, Marker)> {
    let is_link = |word: &usize| is_complementiser(block, *word) && block.tokens.word(*word).starts_with("بان");
    // A complementiser of another kind opens a clause that the verb reports.
    let end = (from..limit).find(|&at| is_complementiser(block, at) && !is_link(&at)).unwrap_or(limit);
    if let Some(link) = (from..end).find(is_link) {
        return Some((link, Marker::Clause(block.tokens.after(link))));
    }
    let (marker, link) =
        entry.frames.has(Frame::Preposition).then(|| preposition_of(block, from, end, entry)).flatten()?;
    // «واصفا التقارير بـ"الهراء"»: what it is called stands in the marks.
    match block.quotation_opened_at(link + 1) {
        Some(_) if marker == Marker::Nominal(link) => Some((link, Marker::Nominal(link + 1))),
        _ => Some((link, marker)),
    }
}

/// Who describes, and what: the noun phrases in `words`, between verb and link.
fn parts(
    block: &BlockLayers<'_>,
    sentence: Range,
    group: &Group,
    form: CueForm,
    words: Range,
    earlier: &[Opening<'_>],
) -> Option<(Subject, Option<Range>)> {
    let verb = group.range.end.saturating_sub(1);
    let has_pronoun = block.tokens.get(verb).is_some_and(|token| token.enclitic != Features::NONE);
    let whole = (!words.is_empty()).then_some(words);
    if form.features.has(Features::PARTICIPLE) {
        return Some((governor::of(block, sentence, verb, earlier, form.features), whole));
    }
    if subject::is_marked_passive(block, verb, form) {
        return Some((Subject::Nobody, whole));
    }
    // «وهو اقتراح وصفته الوزيرة بأنه "مستحيل"»
    if has_pronoun
        && !words.is_empty()
        && let Some(topic) = resumed::taken_up(block, sentence, group.range.start)
    {
        let end = noun_phrase::end(block, words.start, words.end, true);
        return Some((noun_phrase::subject(block, Range::new(words.start, end))?, Some(topic)));
    }
    if let Some(fronted) = subject::fronted(block, sentence, group, form.features) {
        return Some((noun_phrase::subject(block, fronted)?, whole));
    }
    let topic = object::start(block, words.start, words.end, Need::Required).filter(|_| !has_pronoun);
    let end = noun_phrase::end(block, words.start, topic.unwrap_or(words.end), true);
    match topic {
        Some(start) => {
            Some((noun_phrase::subject(block, Range::new(words.start, end))?, Some(Range::new(start, words.end))))
        }
        None if has_pronoun && whole.is_some() => {
            Some((noun_phrase::subject(block, Range::new(words.start, end))?, None))
        }
        // With one noun phrase and no pronoun it is the topic, and the subject is only in the verb.
        None => Some((Subject::Elliptical(form.features), whole)),
    }
}

/// Where the clause that ends at `verb` begins: after the last comma, conjunction or particle before it.
pub(super) fn clause_start(block: &BlockLayers<'_>, sentence: Range, verb: usize) -> usize {
    let mut start = sentence.start;
    let mut at = sentence.start.max(verb.saturating_sub(24));
    while at < verb {
        let classes = block.tokens.classes(at);
        let next = block.step(at);
        let boundary = is_boundary_mark(block, at)
            || classes.has(C::NarratorReturn)
            || classes.has(C::FalseComplementiser)
            || classes.has(C::Complementiser)
            || classes.has(C::Subordinator)
            || classes.has(C::Turn)
            || classes.has(C::NarratorFormula);
        if boundary {
            start = next;
        }
        at = next;
    }
    start.min(verb)
}

fn is_boundary_mark(block: &BlockLayers<'_>, at: usize) -> bool {
    is_comma(block, at) || matches!(block.tokens.mark(at), Some(':' | '-' | '–' | '.' | '|'))
}
