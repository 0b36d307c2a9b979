//! Verbs with two objects: «وصف الرئيس الوضع بأنه …», «اتهمت المعارضة الحكومة بـ…».

use super::object::{self, Need};
use super::opening::{Marker, Opening};
use super::{is_complementiser, noun_phrase};
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::WordClass as C;
use crate::language::cue::{Features, Frame};

/// How far after its verb the second part of a description may stand, in tokens.
const WINDOW: usize = 30;

/// Reads «وصف X Y بأنه Z» at `at`: Y and Z are the content.
pub(super) fn read(block: &BlockLayers<'_>, sentence: Range, at: usize) -> Option<Opening> {
    let (form, entry) = block
        .cues(at)
        .find(|(form, entry)| entry.frames.has(Frame::Describe) && form.features.any(Features::FINITE))?;
    let after = block.tokens.after(at);
    let limit = sentence.end.min(after + WINDOW);
    let is_link = |word: &usize| is_complementiser(block, *word) && block.tokens.word(*word).starts_with("بان");
    let link = (after..limit).find(is_link)?;
    let topic = object::start(block, after, link, Need::Required);
    let subject_end = topic.unwrap_or(link);
    let has_pronoun = block.tokens.get(at).is_some_and(|token| token.enclitic != Features::NONE);
    let subject_range = Range::new(after, noun_phrase::end(block, after, subject_end, true));
    // With one noun phrase and no pronoun it is the topic, and the subject is only in the verb.
    let (subject, topic) = match topic {
        Some(start) => (noun_phrase::subject(block, subject_range)?, Some(Range::new(start, link))),
        None if has_pronoun => (noun_phrase::subject(block, subject_range)?, None),
        None => (Subject::Elliptical(form.features), Some(Range::new(after, link))),
    };
    Some(Opening {
        rule: "describe",
        entry: entry.clone(),
        group: Range::new(at, after),
        subject,
        channel: None,
        marker: Marker::Clause(block.tokens.after(link)),
        negated: false,
        realised: true,
        breaks: true,
        confidence: 0.8,
        resume: after,
        topic,
    })
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
    matches!(block.tokens.mark(at), Some('،' | ',' | '؛' | ';' | ':' | '-' | '–' | '.' | '|'))
}
