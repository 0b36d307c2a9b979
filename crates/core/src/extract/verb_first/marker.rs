//! The mark after a verb at which its content begins: a complementiser, a colon, a quotation, a preposition or a noun.

use super::content::is_joined_pronoun;
use super::opening::Marker;
use super::subject::is_marked_passive;
use super::{gate, is_comma, is_complementiser, is_verb_cue, nominal, noun_phrase, participle};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::language::arabic::{self, Proclitics};
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
    if entry.frames.has(Frame::InText) && !entry.prepositions.iter().any(|word| word == block.tokens.word(from)) {
        return None;
    }
    let mut at = from;
    while at < limit {
        if is_complementiser(block, at) {
            return clause(block, from, at, entry);
        }
        if let Some(marker) = word(block, at, entry) {
            return Some((marker, at));
        }
        if block.tokens.mark(at) == Some(':') {
            // «تنفي ما تردد عن …: "…"»: what is denied stands before the colon.
            let quotes = entry.frames.has(Frame::Quotation);
            let before = || nominal::marker(block, from, at, entry, fronted);
            let denied = if entry.stance == Stance::Deny || !quotes { before() } else { None };
            return denied.or_else(|| quotes.then(|| (after_colon(block, at + 1), at)));
        }
        if let Some(quotation) = block.any_quotation_opened_at(at) {
            if object_before(block, from, quotation.open, entry) {
                break;
            }
            // «حذرت الوزيرة شريكها من "اللعب بالنار"»: the quotation is the preposition's noun.
            let governed = at > from && entry.prepositions.iter().any(|word| word == block.tokens.word(at - 1));
            if governed && entry.frames.has(Frame::Preposition) {
                return Some((Marker::Nominal(at), at - 1));
            }
            if entry.frames.has(Frame::Quotation) && !is_name(block, quotation.open, quotation.close, from, limit) {
                return Some((Marker::Quotation(at), at));
            }
            at = quotation.close;
            continue;
        }
        // «قالت فلانة، وهي أم لأربعة أطفال، إن …»
        if let Some(after) = after_description(block, at, limit, entry) {
            at = after;
            continue;
        }
        // «قال الوزير، بحسب وكالة …، إن …»
        if let Some(after) = after_parenthesis(block, at, limit) {
            at = after;
            continue;
        }
        // «أعلن حسين زكي، رئيس الشعبة، رفض القرار»: the noun after an apposition.
        let announced = entry.frames.has(Frame::Nominal) && is_bare_noun(block, at);
        if at > from && !announced && takes_over(block, at) {
            break;
        }
        at = block.tokens.after(at);
    }
    nominal::marker(block, from, at, entry, fronted)
}

/// The mark that a single word is: of a question, or of what is not commented on.
fn word(block: &BlockLayers<'_>, at: usize, entry: &CueEntry) -> Option<Marker> {
    // «رفض المدير التعليق على …، مكتفيا بالقول إن …»
    if entry.stance == Stance::Refuse && block.is(at, C::NoStatement) {
        return Some(Marker::Nominal(at));
    }
    let asks = entry.frames.has(Frame::Addressee) || entry.frames.has(Frame::Question) || entry.stance == Stance::Ask;
    (asks && block.is(at, C::Interrogative)).then_some(Marker::Question(at))
}

/// The clause after the complementiser at `at`, and where the words before it end: at the verb's preposition, if it has one.
fn clause(block: &BlockLayers<'_>, from: usize, at: usize, entry: &CueEntry) -> Option<(Marker, usize)> {
    let before = at.saturating_sub(1);
    let tied = before >= from && entry.prepositions.iter().any(|word| word == block.tokens.word(before));
    // «أعرب عن أمله في أن …»: a noun of feeling between the verb's preposition and the clause.
    // «أكد سموه في كلمته حرص القيادة على أن …»: the preposition is the act's.
    if tied && entry.frames.has(Frame::Nominal) {
        let act = |&act: &usize| {
            let opens = block.tokens.get(act).is_some_and(|token| token.proclitics == Proclitics::default());
            opens
                && block.is(act, C::Act)
                && !block.is(act, C::Circumstance)
                && !arabic::is_definite(block.tokens.word(act))
        };
        if let Some(act) = (from + 1..before).find(act) {
            return Some((Marker::Nominal(act), noun_phrase::end(block, from, act, false)));
        }
    }
    let end = match (tied, entry.frames.has(Frame::Clause)) {
        (true, _) => before,
        (false, true) => at,
        (false, false) => governed(block, from, at, entry)?,
    };
    Some((Marker::Clause(block.tokens.after(at)), end))
}

/// What a colon opens: speech, or a clause if a complementiser follows it: «قال: إن …».
pub(super) fn after_colon(block: &BlockLayers<'_>, from: usize) -> Marker {
    let mut start = from;
    // «: انا لم …» is somebody who speaks, «: إنا …» a complementiser.
    let i = |at: usize| block.tokens.word(at) == "انا" && !block.raw(Range::new(at, at + 1)).contains('إ');
    while is_complementiser(block, start) && !i(start) {
        start = block.tokens.after(start);
    }
    if start == from { Marker::Colon(start) } else { Marker::Clause(start) }
}

/// Whether the verb's preposition stands before the quotation, which is then part of a noun phrase: «نددت بقرار "…"».
fn object_before(block: &BlockLayers<'_>, from: usize, open: usize, entry: &CueEntry) -> bool {
    !matches!(entry.requires, Requirement::Marker | Requirement::Quotation)
        && entry.frames.has(Frame::Preposition)
        && nominal::preposition_of(block, from, open, entry).is_some()
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
    // «"…"، كما قالت فلانة», «"…"، هكذا قال فلان»
    let as_said = verb >= 2 && block.is(verb - 1, C::Adverb) && is_comma(block, verb - 2);
    let verb = if named { verb - 2 } else { verb - usize::from(as_said) };
    let mut end = verb;
    if end == 0 {
        return None;
    }
    while end > 0 && end + 2 > verb && matches!(block.tokens.mark(end - 1), Some('،' | ',' | '-' | '–')) {
        end -= 1;
    }
    if named && block.is_unopened_mark(end - 1) {
        return Some(end);
    }
    let quotation = block.quotation_closed_before(end)?;
    let joined = block.tokens.get(verb).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION));
    let long = quotation.end - quotation.start >= if end < verb { 2 } else { 3 };
    (long && !joined && quotation.open >= sentence.start.saturating_sub(1)).then_some(end)
}

/// The token after what two commas enclose, if that is a time, place or channel: «أعلنت الشركة، الأربعاء، …».
pub(super) fn after_parenthesis(block: &BlockLayers<'_>, comma: usize, limit: usize) -> Option<usize> {
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
    // «…، طالبا عدم ذكر اسمه، أن …»
    let on_condition = block.is(block.tokens.after(comma + 1), C::NoStatement);
    if !is_comma(block, comma) || !(relayed || on_condition || block.tokens.classes(comma + 1).any(INSIDE)) {
        return None;
    }
    // «…، عقب المباراة: “…”»: nothing but the mark of the content closes it.
    closing_comma(block, comma, limit).map(|close| close + 1).or_else(|| describes_up_to_mark(block, comma, limit))
}

/// The comma that closes what the comma at `open` opened, before any mark of a content.
fn closing_comma(block: &BlockLayers<'_>, open: usize, limit: usize) -> Option<usize> {
    // «، في تصريح لموقع «الساحل»،»: a name in marks opens no content.
    let speech = |at: usize| block.quotation_opened_at(at).is_some_and(|q| q.end - q.start >= super::SHORTEST_SPEECH);
    let goes_on = |&at: &usize| !is_complementiser(block, at) && block.tokens.mark(at) != Some(':') && !speech(at);
    (open + 1..limit.min(open + LONGEST_PARENTHESIS)).take_while(goes_on).find(|&at| is_comma(block, at))
}

/// The token after what two commas enclose, if that describes the subject and the verb's content, or its channel,
/// follows: «قالت فلانة، وهي أم لأربعة أطفال، إن …».
pub(super) fn after_description(
    block: &BlockLayers<'_>,
    comma: usize,
    limit: usize,
    entry: &CueEntry,
) -> Option<usize> {
    const PRONOUN: WordClasses = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural]);
    const CHANNEL: WordClasses = WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel, C::Time]);
    if !is_comma(block, comma) {
        return None;
    }
    let first = block.tokens.get(comma + 1)?;
    let says_who = first.proclitics.any(Proclitics::AND) && first.classes.any(PRONOUN);
    if !says_who && !first.classes.has(C::Relative) {
        return None;
    }
    let Some(close) = closing_comma(block, comma, limit) else {
        return after_reporting_clause(block, comma, limit).or_else(|| describes_up_to_mark(block, comma, limit));
    };
    let after = close + 1;
    let token = block.tokens.get(after)?;
    let follows = token.classes.any(CHANNEL)
        || token.classes.has(C::Interrogative)
        || is_complementiser(block, after)
        || block.tokens.mark(after) == Some(':')
        || block.quotation_opened_at(after).is_some()
        || (token.classes.has(C::Medium) && token.proclitics.any(Proclitics::TO))
        || noun_phrase::is_particle_to_name(block, after)
        || entry.prepositions.iter().any(|word| word == block.tokens.word(after))
        || (nominal::needs_object(entry)
            && nominal::is_object(block, after)
            && !is_verb_cue(block, after, Features::FINITE));
    follows.then_some(after)
}

/// «قال الوزير، الذي أكد سابقا أن الخطة جاهزة، إن …»: the verb's own complementiser, after the comma that closes a relative
/// clause with one.
fn after_reporting_clause(block: &BlockLayers<'_>, comma: usize, limit: usize) -> Option<usize> {
    let ends = |&at: &usize| is_comma(block, at) && is_complementiser(block, at + 1);
    let joined = |at: usize| block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION));
    let close = (comma + 2..limit.min(comma + LONGEST_PARENTHESIS)).find(ends)?;
    (block.is(comma + 1, C::Relative) && !joined(close + 1)).then_some(close + 1)
}

/// How long what two commas enclose may be, in tokens.
const LONGEST_PARENTHESIS: usize = 18;

/// The preposition of a verb that takes no clause of its own, before the complementiser at `mark`.
fn governed(block: &BlockLayers<'_>, from: usize, mark: usize, entry: &CueEntry) -> Option<usize> {
    (from..mark).find(|&at| entry.prepositions.iter().any(|word| word == block.tokens.word(at)))
}

/// The mark of the content right after what describes the subject: «تقول فلانة، وهي بائعة زهور: …».
fn describes_up_to_mark(block: &BlockLayers<'_>, comma: usize, limit: usize) -> Option<usize> {
    let is_mark = |&at: &usize| {
        is_complementiser(block, at) || block.tokens.mark(at) == Some(':') || block.quotation_opened_at(at).is_some()
    };
    let mark = (comma + 1..limit.min(comma + LONGEST_PARENTHESIS)).find(is_mark)?;
    let finite = |at: usize| is_verb_cue(block, at, Features::FINITE) && !gate::is_preposition(block, at);
    let says = |at: usize| finite(at) || block.is(at, C::FalseComplementiser);
    (!(comma + 1..mark).any(says)).then_some(mark)
}

/// Whether a word that can be a noun or a verb of the past stands at `at`, without a conjunction and after a comma: a
/// second verb would have one.
fn is_bare_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    let bare = block.tokens.get(at).is_some_and(|token| token.proclitics == Proclitics::default());
    let noun = block.cues(at).any(|(form, _)| form.features.has(Features::NOUN));
    bare && noun && is_comma(block, at - 1) && !is_verb_cue(block, at, Features::PRESENT)
}

/// Whether another cue or a conjunction takes the sentence over at `at`.
fn takes_over(block: &BlockLayers<'_>, at: usize) -> bool {
    let Some(token) = block.tokens.get(at) else { return true };
    let after_comma = is_comma(block, at - 1);
    let participle = is_verb_cue(block, at, Features::PARTICIPLE)
        && !block.is(at, C::Person)
        && !participle::is_adjective(block, at);
    let passive = block.cues(at).any(|(form, _)| is_marked_passive(block, at, form));
    // «نفت البلدية تلقيها أي شكوى»: an act that is owned, not a verb.
    let owned = block.is(at, C::Act) && token.enclitic != Features::NONE;
    // «بتلقي»: what a preposition is written on to is no verb.
    let noun = token.proclitics.any(Proclitics::PREPOSITION) || noun_phrase::is_name_between_commas(block, at);
    let verb = is_verb_cue(block, at, Features::FINITE)
        && !(passive || owned || noun)
        && (token.proclitics.any(Proclitics::CONJUNCTION) || after_comma || is_verb_cue(block, at, Features::PRESENT));
    // «…، لكنها قالت …», «…، لكن الشركة رفضت …»
    let verb = verb || (is_verb_cue(block, at, Features::FINITE) && !passive && block.is(at - 1, C::Adversative));
    let narrator = after_comma
        && (block.is(at, C::Adversative) || block.is(at, C::NarratorReturn) || is_joined_pronoun(block, at));
    participle || verb || narrator || block.is(at, C::FalseComplementiser)
}

/// Whether the quotation is part of a name between a verb and the mark of its content.
fn is_name(block: &BlockLayers<'_>, open: usize, close: usize, from: usize, limit: usize) -> bool {
    let words = close.saturating_sub(open + 2);
    if words > 4 {
        return false;
    }
    // «لـ«الأفق»»
    if open > from && noun_phrase::is_particle_to_name(block, open - 1) {
        return true;
    }
    // «عبر حسابه في "تويتر"»: the name of a place or medium.
    if open > from && words <= 3 && block.is(open - 1, C::Preposition) {
        return true;
    }
    // «شركة "أمواج"», but «قالت الشركة "سنعود"».
    let bare = open > from && !arabic::is_definite(block.tokens.word(open - 1));
    let after_name_trigger = bare && block.tokens.classes(open - 1).any(NAMING);
    let narrator =
        |&at: &usize| !block.tokens.classes(at).any(WordClasses::of(&[C::FalseComplementiser, C::NarratorReturn]));
    let marker_ahead = (close..limit.min(close + 14)).take_while(narrator).any(|at| {
        is_complementiser(block, at) || block.tokens.mark(at) == Some(':') || block.quotation_opened_at(at).is_some()
    });
    marker_ahead || after_name_trigger
}

const NAMING: WordClasses = WordClasses::of(&[C::NameTrigger, C::Medium, C::Organisation, C::Label]);
