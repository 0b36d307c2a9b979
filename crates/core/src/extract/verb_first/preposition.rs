//! Attribution by preposition: «بحسب الشرطة», «ووفقا لدراسة …، فإن …».

use super::noun_phrase;
use super::opening::Opening;
use super::subject::Found;
use super::{is_comma, is_complementiser};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::{Draft, Subject};
use crate::language::arabic::{Proclitics, is_definite};
use crate::language::cue::{CueEntry, CueKind, Features, Frame, Requirement};
use crate::language::{WordClass as C, WordClasses};
use crate::span::Span;

/// Nouns that can speak.
const SPEAKERS: WordClasses =
    WordClasses::SPEAKERS.with(WordClasses::of(&[C::Place, C::Medium, C::Anaphor, C::NameMasculine, C::NameFeminine]));

/// Drafts the attributions by preposition in a sentence.
pub(super) fn find(block: &BlockLayers<'_>, sentence: Range, openings: &[Opening<'_>], drafts: &mut Vec<Draft>) {
    let mut at = sentence.start;
    while at < sentence.end {
        let next = block.step(at);
        let attributes = |entry: &CueEntry| entry.kind == CueKind::Preposition && entry.frames.has(Frame::Clause);
        if let Some((_, entry)) = block.cues(at).find(|(_, entry)| attributes(entry)) {
            let inside = |opening: &Opening<'_>| opening.group.start <= at && at < opening.marker.content_start();
            if openings.iter().any(inside) {
                at = next;
                continue;
            }
            let relayed = openings.iter().any(|opening| opening.marker.content_start() <= at);
            let sentence = Range::new(sentence.start, taken_over(block, openings, next).min(sentence.end));
            if let Some(draft) = read(block, sentence, at, entry, relayed) {
                drafts.push(draft);
            }
        }
        at = next;
    }
}

/// «وبحسب المنظمة، يعاني الملايين من الخرف، | وتتوقع المنظمة أن …»: where somebody speaks in a clause of their own after
/// the token `from`, past the clause that the preposition attributes.
fn taken_over(block: &BlockLayers<'_>, openings: &[Opening<'_>], from: usize) -> usize {
    let speaks = |opening: &&Opening<'_>| {
        let joined = block.tokens.get(opening.boundary).is_some_and(|token| token.proclitics.any(Proclitics::AND));
        opening.breaks && joined && opening.boundary > from && is_comma(block, opening.boundary - 1)
    };
    openings.iter().find(speaks).map_or(usize::MAX, |opening| opening.boundary)
}

/// «قالت الوكالة نقلا عن شهود إن …», «قال الوزير، بحسب الوكالة، إن …»: through whom the words came, told between a verb and
/// what marks its content.
pub(super) fn relay_within(block: &BlockLayers<'_>, words: Range, found: &mut Found) {
    let cue = |at: usize| block.cues(at).find(|(_, entry)| entry.kind == CueKind::Preposition).map(|(_, entry)| entry);
    let Some((at, entry)) = (words.start..words.end).find_map(|at| Some((at, cue(at)?))) else { return };
    let after = block.tokens.after(at);
    let end = noun_phrase::end(block, after, words.end, true);
    let any = (end > after).then(|| Source { range: Range::new(after, end), cue_end: after });
    let Some(origin) = source(block, after, words.end).or(any.filter(|_| entry.frames.has(Frame::Relay))) else {
        return;
    };
    let Some(Subject::Written(span)) =
        noun_phrase::subject(block, origin.range).map(|s| without_particle(block, s, entry))
    else {
        return;
    };
    match found.subject {
        Subject::Written(carrier) if entry.stance == Stance::Report && entry.frames.has(Frame::Relay) => {
            found.channel = Some(block.tokens_in(carrier));
            found.subject = Subject::Written(span);
        }
        _ if found.channel.is_none() => found.channel = Some(block.tokens_in(span)),
        _ => {}
    }
}

fn read(block: &BlockLayers<'_>, sentence: Range, at: usize, entry: &CueEntry, relayed: bool) -> Option<Draft> {
    let after = block.tokens.after(at);
    let (span, source) = match entry.frames.has(Frame::Elliptical) {
        // «على حد قوله»: whoever the pronoun stands for spoke before.
        true => {
            let features = block.cues(at).map(|(form, _)| form.features).next().unwrap_or_default();
            (Subject::Elliptical(features), Source { range: Range::new(after, after), cue_end: after })
        }
        false => {
            let source = source(block, after, sentence.end)?;
            (noun_phrase::subject(block, source.range)?, source)
        }
    };
    let initial = at <= sentence.start + 1;
    // «…، كما أعلنت الوزارة.»: only at the end, and only with a verb of saying.
    if entry.requires == Requirement::Marker {
        let verb = super::is_verb_cue(block, after, Features::FINITE);
        let closes = (source.range.end..sentence.end).all(|at| block.tokens.mark(at).is_some());
        if initial || !verb || !closes || !is_comma(block, at - 1) {
            return None;
        }
    }
    let narrated = if relayed && !initial { Some(narrated(block, sentence, at)?) } else { None };
    let ranges = if initial {
        after_source(block, source.range.end, sentence.end)
    } else if let Some(clause) = narrated {
        vec![clause]
    } else {
        around(block, sentence, at, source.range.end)
    };
    let content: Vec<_> = ranges.into_iter().filter_map(|range| block.trimmed(range)).collect();
    if content.is_empty() {
        return None;
    }
    let mut cue = block.tokens.span(at, source.cue_end);
    let source_named = without_particle(block, span, entry);
    if let (Subject::Written(written), Subject::Written(named)) = (span, source_named)
        && written.start < named.start
    {
        cue.end = named.start;
    }
    let mut draft = Draft::new("preposition", entry, vec![cue], content, block.number);
    draft.source = source_named;
    draft.confidence = 0.8;
    if block.is(source.range.start, C::Document) {
        draft.mode = crate::claim::Mode::Writing;
    }
    Some(draft)
}

/// «لهيئة الطيران» after «وفقا»: the particle belongs to the cue.
fn without_particle(block: &BlockLayers<'_>, subject: Subject, entry: &CueEntry) -> Subject {
    match subject {
        Subject::Written(span) if entry.lemma.ends_with(" ل") => {
            let text = span.of(block.text);
            // «للجمعية»: the particle has taken the place of a letter of the noun.
            if text.starts_with("لل") {
                return subject;
            }
            let particle =
                ["لـ", "ل"].iter().find(|particle| text.starts_with(**particle)).map_or(0, |particle| particle.len());
            Subject::Written(Span::new(span.start + particle, span.end))
        }
        other => other,
    }
}

/// The source after the preposition, and where the cue ends.
struct Source {
    range: Range,
    cue_end: usize,
}

fn source(block: &BlockLayers<'_>, after: usize, limit: usize) -> Option<Source> {
    // «وفق ما أعلنت المنظمة», «حسبما ذكر فلان»
    let mut verb = after;
    if matches!(block.tokens.word(verb), "ما" | "لما") {
        verb += 1;
    }
    if super::is_verb_cue(block, verb, Features::FINITE) && verb < limit {
        let from = block.tokens.after(verb);
        let end = noun_phrase::end(block, from, limit, false);
        return (end > from).then(|| Source { range: Range::new(from, end), cue_end: from });
    }
    let end = noun_phrase::end(block, after, limit, false);
    let speaks = block.tokens.classes(after).any(SPEAKERS)
        || block.quotation_opened_at(after).is_some()
        || block.is_family_name(after);
    // «وبحسب الزوار، فإن …»: what opens a clause of its own is attributed, whoever it is to.
    let opens = || is_definite(block.tokens.word(after)) && is_comma(block, end) && is_complementiser(block, end + 1);
    (end > after && (speaks || opens())).then(|| Source { range: Range::new(after, end), cue_end: after })
}

/// «دعت المنظمة إلى …، حيث يحاصر القتال آلافا، بحسب …»: the narrator's clause right before a preposition at `at`, in a
/// sentence that reports something else first.
fn narrated(block: &BlockLayers<'_>, sentence: Range, at: usize) -> Option<Range> {
    const APART: WordClasses = WordClasses::of(&[C::Adversative, C::FalseComplementiser]);
    let opens = |&comma: &usize| {
        let classes = block.tokens.classes(comma + 1);
        let sets_beside = classes.has(C::Subordinator) && classes.has(C::Circumstance) && !classes.any(APART);
        is_comma(block, comma) && sets_beside
    };
    let comma = (sentence.start..at.checked_sub(1)?).rev().find(opens)?;
    let says = |word: usize| super::is_verb_cue(block, word, Features::FINITE);
    let start = block.tokens.after(comma + 1);
    let plain = is_comma(block, at - 1) && !(start..at).any(says);
    plain.then(|| Range::new(start, at))
}

/// Where what stands before a preposition at `at` begins: after a link to the sentence before («وفي السياق ذاته، …»), and
/// after the narrator's words («يذكر أن …»).
fn attributed_from(block: &BlockLayers<'_>, sentence: Range, at: usize) -> usize {
    const LINKS: WordClasses = WordClasses::of(&[C::Adverb, C::Turn, C::Time]);
    let start = sentence.start;
    let after = block.tokens.after(start);
    let link = after < at && is_comma(block, after) && block.tokens.classes(start).any(LINKS);
    match () {
        () if link => after + 1,
        () if after < at && block.is(start, C::NarratorFormula) => after,
        () => start,
    }
}

/// «وفقا لـ X، فإن …»: what follows the source.
fn after_source(block: &BlockLayers<'_>, from: usize, limit: usize) -> Vec<Range> {
    // «وحسب تقرير صدر عن الهيئة، …»: the relative clause is the source's.
    let describes = block.tokens.is_word(from) && !is_complementiser(block, from);
    let comma = (from..limit.min(from + LONGEST_RELATIVE)).take_while(|_| describes).find(|&at| is_comma(block, at));
    let mut start = comma.unwrap_or(from);
    while start < limit && (is_comma(block, start) || is_complementiser(block, start)) {
        start += 1;
    }
    vec![Range::new(start, limit)]
}

/// The longest clause that describes a source before its comma, in tokens.
const LONGEST_RELATIVE: usize = 12;

/// «…، بحسب X» or «… بحسب X …»: what stands before, and what goes on after.
fn around(block: &BlockLayers<'_>, sentence: Range, at: usize, end: usize) -> Vec<Range> {
    let before = Range::new(attributed_from(block, sentence, at), at);
    let goes_on = !is_comma(block, at.saturating_sub(1)) && block.tokens.is_word(end) && end < sentence.end;
    if goes_on { vec![before, Range::new(end, sentence.end)] } else { vec![before] }
}
