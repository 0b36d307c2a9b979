//! The mark after a verb at which its content begins: a complementiser, a colon, a quotation, a preposition or a noun.

use super::object::Need;
use super::opening::Marker;
use super::subject::{is_marked_passive, is_skipped};
use super::{is_comma, is_complementiser, is_verb_cue, noun_phrase};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::language::arabic::{self, Proclitics, looks_like_verbal_noun};
use crate::language::cue::{CueEntry, CueKind, Features, Frame, Requirement};
use crate::language::{WordClass as C, WordClasses};

/// The first mark of a content between `from` and `limit`, with the token where the words before it end.
pub(super) fn find(
    block: &BlockLayers<'_>,
    from: usize,
    limit: usize,
    entry: &CueEntry,
    fronted: bool,
) -> Option<(Marker, usize)> {
    let mut at = from;
    if entry.frames.has(Frame::InText) && !entry.prepositions.iter().any(|word| word == block.tokens.word(from)) {
        return None;
    }
    while at < limit {
        if is_complementiser(block, at) {
            let before = at.saturating_sub(1);
            let tied = before >= from && entry.prepositions.iter().any(|word| word == block.tokens.word(before));
            // «أعرب عن أمله في أن …»: a noun of feeling between the verb's preposition and the clause.
            let end = match (tied, entry.frames.has(Frame::Clause)) {
                (true, _) => before,
                (false, true) => at,
                (false, false) => governed(block, from, at, entry)?,
            };
            return Some((Marker::Clause(block.tokens.after(at)), end));
        }
        if entry.frames.has(Frame::Addressee) && block.is(at, C::Interrogative) {
            return Some((Marker::Question(at), at));
        }
        if block.tokens.mark(at) == Some(':') && !entry.frames.has(Frame::Quotation) {
            break;
        }
        if block.tokens.mark(at) == Some(':') {
            let mut start = at + 1;
            while is_complementiser(block, start) {
                start = block.tokens.after(start);
            }
            return Some((if start == at + 1 { Marker::Colon(start) } else { Marker::Clause(start) }, at));
        }
        if let Some(quotation) = block.any_quotation_opened_at(at) {
            let object_first = !matches!(entry.requires, Requirement::Marker | Requirement::Quotation)
                && entry.frames.has(Frame::Preposition)
                && preposition_of(block, from, quotation.open, entry).is_some();
            if object_first {
                break;
            }
            if entry.frames.has(Frame::Quotation) && !is_name(block, quotation.open, quotation.close, from, limit) {
                return Some((Marker::Quotation(at), at));
            }
            at = quotation.close;
            continue;
        }
        // «قال الوزير، بحسب وكالة …، إن …»
        if let Some(after) = after_parenthesis(block, at, limit) {
            at = after;
            continue;
        }
        if at > from && takes_over(block, at) {
            break;
        }
        at = block.tokens.after(at);
    }
    nominal_marker(block, from, at, entry, fronted)
}

/// The token after what two commas enclose, if that is a time, place or channel: «أعلنت الشركة، الأربعاء، …».
fn after_parenthesis(block: &BlockLayers<'_>, comma: usize, limit: usize) -> Option<usize> {
    const INSIDE: WordClasses = WordClasses::of(&[
        C::Time,
        C::Weekday,
        C::Circumstance,
        C::ChannelPhrase,
        C::WrittenChannel,
        C::Turn,
        C::Adverb,
    ]);
    let relayed = block.cues(comma + 1).any(|(_, entry)| entry.kind == CueKind::Preposition);
    if !is_comma(block, comma) || !(relayed || block.tokens.classes(comma + 1).any(INSIDE)) {
        return None;
    }
    let close = (comma + 1..limit.min(comma + LONGEST_PARENTHESIS)).find(|&at| is_comma(block, at))?;
    Some(close + 1)
}

/// How long what two commas enclose may be, in tokens.
const LONGEST_PARENTHESIS: usize = 14;

/// The preposition of a verb that takes no clause of its own, before the complementiser at `mark`.
fn governed(block: &BlockLayers<'_>, from: usize, mark: usize, entry: &CueEntry) -> Option<usize> {
    (from..mark).find(|&at| entry.prepositions.iter().any(|word| word == block.tokens.word(at)))
}

/// Whether another cue or a conjunction takes the sentence over at `at`.
fn takes_over(block: &BlockLayers<'_>, at: usize) -> bool {
    let Some(token) = block.tokens.get(at) else { return true };
    let after_comma = is_comma(block, at - 1);
    let participle = is_verb_cue(block, at, Features::PARTICIPLE) && !block.is(at, C::Person);
    let passive = block.cues(at).any(|(form, _)| is_marked_passive(block, at, form));
    let verb = is_verb_cue(block, at, Features::FINITE)
        && !passive
        && (token.proclitics.any(Proclitics::CONJUNCTION) || after_comma || is_verb_cue(block, at, Features::PRESENT));
    participle || verb || (after_comma && block.is(at, C::NarratorReturn)) || block.is(at, C::FalseComplementiser)
}

/// Whether the quotation is part of a name between a verb and the mark of its content.
fn is_name(block: &BlockLayers<'_>, open: usize, close: usize, from: usize, limit: usize) -> bool {
    let words = close.saturating_sub(open + 2);
    if words > 4 {
        return false;
    }
    // «شركة "أمواج"», but «قالت الشركة "سنعود"».
    let bare = open > from && !arabic::is_definite(block.tokens.word(open - 1));
    let after_name_trigger = bare && block.tokens.classes(open - 1).any(NAMING);
    let marker_ahead = (close..limit.min(close + 14)).any(|at| {
        is_complementiser(block, at) || block.tokens.mark(at) == Some(':') || block.quotation_opened_at(at).is_some()
    });
    marker_ahead || after_name_trigger
}

const NAMING: WordClasses = WordClasses::of(&[C::NameTrigger, C::Medium, C::Organisation, C::Label]);

/// The beginning of a nominal content: after the cue's preposition, or where the subject ends.
fn nominal_marker(
    block: &BlockLayers<'_>,
    from: usize,
    limit: usize,
    entry: &CueEntry,
    fronted: bool,
) -> Option<(Marker, usize)> {
    if let Some(felt) = felt_about(block, from, limit, entry) {
        return Some(felt);
    }
    // «ووجه بسرعة تقديم …»: the verb alone and its particle.
    let particle = |word: &String| word.chars().count() == 1 && block.tokens.word(from).starts_with(word.as_str());
    let at_once = entry.frames.has(Frame::Preposition)
        && entry.prepositions.iter().any(particle)
        && !starts_a_plain_noun(block, from)
        && block.tokens.classes(from).is_empty();
    if !entry.objects.is_empty() && at_once {
        return Some((Marker::Nominal(from), from));
    }
    if !entry.objects.is_empty() {
        return listed_object(block, from, limit, entry).map(|at| (Marker::Nominal(at), at));
    }
    let by_preposition =
        entry.frames.has(Frame::Preposition).then(|| preposition_of(block, from, limit, entry)).flatten();
    if !entry.frames.has(Frame::Nominal) {
        return by_preposition;
    }
    // «أعلنت الحركة مسؤوليتها عن …»: an object before the preposition.
    if let Some((_, upto)) = by_preposition {
        let object = noun_phrase::end_before_object(block, from, upto, need(entry));
        return if object < upto && object > from && is_object(block, object) {
            Some((Marker::Nominal(object), object))
        } else {
            by_preposition
        };
    }
    let mut start = from;
    while start < limit && is_skipped(block, start) {
        start = block.tokens.after(start);
    }
    // The subject stands before the verb or only in it: what follows is the object.
    let object_at_once = fronted || noun_phrase::is_act(block, start) || is_definite_act(block, start, entry);
    let end = if object_at_once { start } else { noun_phrase::end_before_object(block, start, limit, need(entry)) };
    let mut object = end;
    while object < limit {
        object = match after_parenthesis(block, object, limit) {
            Some(after) => after,
            None if is_skipped(block, object) => block.tokens.after(object),
            None => break,
        };
    }
    (object < limit && is_object(block, object)).then_some((Marker::Nominal(object), end))
}

/// The first of the nouns that alone can be the verb's object: «جدد الرئيس | التزامه».
fn listed_object(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<usize> {
    let ends = |at: &usize| block.tokens.classes(*at).any(ENDS_SEARCH) || block.is(*at, C::Preposition);
    let is_listed = |at: &usize| entry.objects.iter().any(|noun| arabic::is_form_of(block.tokens.word(*at), noun));
    (from..limit).take_while(|at| !ends(at)).find(is_listed)
}

/// «أبدت مخاوف حيال القانون»: a feeling that nobody's pronoun owns, and what it is about.
fn felt_about(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<(Marker, usize)> {
    let noun = listed_object(block, from, limit, entry)?;
    let bare = block.tokens.get(noun).is_some_and(|token| token.enclitic == Features::NONE)
        && entry.objects.iter().any(|object| object == block.tokens.word(noun));
    let about = noun + 1 < limit && block.is(noun + 1, C::Circumstance);
    (bare && about && noun + 2 < limit).then_some((Marker::Nominal(noun + 2), noun))
}

/// Whether the verb says nothing without an object: one is refused, denied or condemned.
fn need(entry: &CueEntry) -> Need {
    let transitive = matches!(entry.stance, Stance::Refuse | Stance::Deny | Stance::Deplore | Stance::Criticise);
    if transitive { Need::Required } else { Need::Optional }
}

/// «كما انتقدت التعريف …»: an act with its article after a verb that needs an object.
fn is_definite_act(block: &BlockLayers<'_>, at: usize, entry: &CueEntry) -> bool {
    let bare = block.tokens.word(at).strip_prefix("ال");
    need(entry) == Need::Required && block.tokens.classes(at).is_empty() && bare.is_some_and(looks_like_verbal_noun)
}

/// Whether a noun phrase can begin at `at`.
fn is_object(block: &BlockLayers<'_>, at: usize) -> bool {
    let possible = block.tokens.is_word(at) || block.quotation_opened_at(at).is_some();
    possible && !block.tokens.classes(at).any(NO_OBJECT) && !is_verb_cue(block, at, Features::PARTICIPLE)
}

const NO_OBJECT: WordClasses = WordClasses::of(&[
    C::Circumstance,
    C::Negation,
    C::Relative,
    C::Verb,
    C::Auxiliary,
    C::Subordinator,
    C::NarratorReturn,
    C::PronounMasculine,
    C::PronounFeminine,
    C::PronounPlural,
    C::Future,
]);

/// The first of the cue's prepositions after its subject.
pub(super) fn preposition_of(
    block: &BlockLayers<'_>,
    from: usize,
    limit: usize,
    entry: &CueEntry,
) -> Option<(Marker, usize)> {
    let mut at = from;
    while at < limit {
        if is_comma(block, at) {
            at += 1;
            continue;
        }
        if block.tokens.classes(at).any(ENDS_SEARCH) {
            return None;
        }
        let word = block.tokens.word(at);
        for preposition in &entry.prepositions {
            if word == preposition && !block.tokens.get(at).is_some_and(|token| token.inside_phrase) {
                // A particle typed on to a mark belongs to the content: بـ"…".
                let start = if preposition.chars().count() == 1 { at } else { at + 1 };
                return (start < limit).then_some((Marker::Nominal(start), at));
            }
            let written_on = preposition.chars().count() == 1
                && word.chars().nth(2).is_some()
                && word.starts_with(preposition.as_str());
            let split = written_on && !starts_a_plain_noun(block, at) && !block.is(at, C::Adverb);
            if split {
                // «هددت الولايات المتحدة بوتين بعقوبات»: of two words that begin alike the target comes first.
                let next = block.tokens.after(at);
                let noun = word.ends_with('ة')
                    || word.ends_with("ات")
                    || block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::PREPOSITION));
                let target = !noun
                    && entry.frames.has(Frame::Addressee)
                    && next < limit
                    && block.tokens.word(next).starts_with(preposition.as_str());
                let start = if target { next } else { at };
                return Some((Marker::Nominal(start), at));
            }
        }
        at = block.step(at);
    }
    None
}

/// Words past which a preposition belongs to another clause.
const ENDS_SEARCH: WordClasses =
    WordClasses::of(&[C::Relative, C::Subordinator, C::FalseComplementiser, C::NarratorReturn]);

/// Whether a word that begins like a particle is known as a word of its own: «باريس», «بيان».
fn starts_a_plain_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    !block.tokens.classes(at).is_empty()
        && block.tokens.get(at).is_some_and(|token| !token.proclitics.any(Proclitics::PREPOSITION))
}

/// The quotation that ends right before the verb, with or without a comma between: its closing token's successor.
pub(super) fn quotation_before(
    block: &BlockLayers<'_>,
    sentence: Range,
    verb: usize,
    entry: &CueEntry,
) -> Option<usize> {
    if !entry.frames.has(Frame::Quotation) {
        return None;
    }
    // «"…" هذا ما قاله فلان»
    let named = verb >= 2 && block.tokens.word(verb - 1) == "ما" && block.is(verb - 2, C::Demonstrative);
    let verb = if named { verb - 2 } else { verb };
    let mut end = verb;
    while end > 0 && end + 2 > verb && matches!(block.tokens.mark(end - 1), Some('،' | ',' | '-' | '–')) {
        end -= 1;
    }
    let quotation = block.quotation_closed_before(end)?;
    let joined = block.tokens.get(verb).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION));
    let long = quotation.end - quotation.start >= if end < verb { 2 } else { 3 };
    (long && !joined && quotation.open >= sentence.start.saturating_sub(1)).then_some(end)
}
