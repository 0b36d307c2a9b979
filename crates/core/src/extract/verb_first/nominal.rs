//! Content without a clause: a noun phrase after the verb's preposition, or where its subject ends.

use super::marker::{after_description, after_parenthesis};
use super::object::Need;
use super::opening::Marker;
use super::subject::is_skipped;
use super::verb::points_back;
use super::{channel, is_comma, is_verb_cue, noun_phrase, object, shape};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::language::arabic::{self, Proclitics, looks_like_verbal_noun};
use crate::language::cue::{CueEntry, Features, Frame};
use crate::language::{WordClass as C, WordClasses};

/// The beginning of a nominal content, and where the words before it end.
pub(super) fn marker(
    block: &BlockLayers<'_>,
    from: usize,
    limit: usize,
    entry: &CueEntry,
    fronted: bool,
) -> Option<(Marker, usize)> {
    if !entry.objects.is_empty() {
        return listed(block, from, limit, entry);
    }
    if let Some(urged) = urged(block, from, limit, entry) {
        return Some(urged);
    }
    let by_preposition =
        entry.frames.has(Frame::Preposition).then(|| preposition_of(block, from, limit, entry)).flatten();
    if !entry.frames.has(Frame::Nominal) {
        return by_preposition;
    }
    // «أعلنت الحركة مسؤوليتها عن …»: an object before the preposition.
    if let Some((_, upto)) = by_preposition {
        let object = noun_phrase::end_before_object(block, from, upto, need(entry));
        let begins = object < upto && object > from && is_object(block, object) && !is_skipped(block, object);
        if begins {
            return Some((Marker::Nominal(object), object));
        }
        let later = act_after_circumstance(block, object, upto).map(|act| (Marker::Nominal(act), object));
        return later.or(by_preposition);
    }
    let mut start = from;
    while start < limit && is_skipped(block, start) {
        start = block.tokens.after(start);
    }
    // The subject stands before the verb or only in it: what follows is the object.
    let verb = from.saturating_sub(1);
    let group = if verb > 0 && block.is(verb - 1, C::Negation) { verb - 1 } else { verb };
    let object_at_once = fronted
        || points_back(block, group)
        || noun_phrase::is_act(block, start)
        || is_definite_act(block, start, entry)
        || cannot_agree(block, from.wrapping_sub(1), start);
    let end = if object_at_once { start } else { noun_phrase::end_before_object(block, start, limit, need(entry)) };
    // «ولم تستبعد سورين، وهي محامية …، | الترشح»
    let described = after_description(block, end, limit, entry).unwrap_or(end);
    let object = after_circumstances(block, described, limit).or_else(|| act_after_circumstance(block, end, limit));
    object.map(|object| (Marker::Nominal(object), end))
}

/// The object that begins at `from`, or after the times, channels and parentheses there.
pub(super) fn after_circumstances(block: &BlockLayers<'_>, from: usize, limit: usize) -> Option<usize> {
    let mut object = from;
    while object < limit {
        object = match after_parenthesis(block, object, limit) {
            Some(after) => after,
            None if is_skipped(block, object) => block.tokens.after(object),
            None if channel::told(block, object, limit).is_some() => channel::told(block, object, limit)?,
            None if block.tokens.classes(object).any(CHANNEL) => channel::end(block, object, limit),
            None => break,
        };
    }
    (object < limit && is_object(block, object)).then_some(object)
}

/// «أكد الرئيس خلال اللقاء | حرصه على …», «أعلنت الهيئة في المحافظة، مساء الثلاثاء، | انقطاع المياه عن …»: the act that
/// follows a circumstance which begins at `from`.
fn act_after_circumstance(block: &BlockLayers<'_>, from: usize, limit: usize) -> Option<usize> {
    let opens = block.is(from, C::Circumstance) || after_parenthesis(block, from, limit).is_some();
    let begins = |&at: &usize| {
        let prefixed = block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::PREPOSITION));
        let closed = is_comma(block, at - 1) || arabic::is_definite(block.tokens.word(at - 1));
        // «تسجيل» is an act or a text: here an act.
        let act = block.is(at, C::Act) || noun_phrase::is_act(block, at);
        closed && !prefixed && !arabic::is_definite(block.tokens.word(at)) && act
    };
    (from + 1..limit).find(begins).filter(|_| opens)
}

/// The content of a verb of which only some objects report anything.
fn listed(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<(Marker, usize)> {
    if let Some(felt) = felt_about(block, from, limit, entry) {
        return Some(felt);
    }
    // «ووجه بسرعة تقديم …»: the verb alone and its particle.
    let particle = |word: &String| word.chars().count() == 1 && block.tokens.word(from).starts_with(word.as_str());
    let at_once = entry.frames.has(Frame::Preposition)
        && entry.prepositions.iter().any(particle)
        && (block.tokens.classes(from).is_empty() || noun_phrase::is_act(block, from));
    let object = if at_once { Some(from) } else { listed_object(block, from, limit, entry) };
    // «أبدى الأهالي لـ«الأفق» | تخوفهم …»: the subject ends before whoever is told.
    object.map(|at| (Marker::Nominal(at), noun_phrase::end(block, from, at, true)))
}

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
            at = after_description(block, at, limit, entry)
                .or_else(|| after_parenthesis(block, at, limit))
                .unwrap_or(at + 1);
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
            let begins = preposition.chars().count() == 1
                && word.chars().nth(2).is_some()
                && word.starts_with(preposition.as_str());
            let split = begins
                && !shape::is_particle_of_name(word)
                && !block.is_family_name(at)
                && !starts_a_plain_noun(block, at)
                && !block.is(at, C::Adverb);
            if split {
                match written_on(block, at, limit, entry, preposition) {
                    Some(found) => return Some(found),
                    None => break,
                }
            }
        }
        at = block.step(at);
    }
    None
}

/// The content that begins at or after the word at `at`, which begins like the cue's `preposition`; `None` if the word is
/// an adjective that only does so.
fn written_on(
    block: &BlockLayers<'_>,
    at: usize,
    limit: usize,
    entry: &CueEntry,
    preposition: &str,
) -> Option<(Marker, usize)> {
    // «ودعا الأمين العام للأمم المتحدة إلى …»: the longer one is the surer.
    if let Some(longer) = longer_preposition(block, at, limit, entry) {
        return Some((Marker::Nominal(longer + 1), longer));
    }
    // «هددت الولايات المتحدة بوتين بعقوبات», «تعهد يان بوليك بإلغاء …»: of two words that begin alike the first is a name.
    let next = block.tokens.after(at);
    let begins_alike = next < limit && !is_prefixed_act(block, at) && block.tokens.word(next).starts_with(preposition);
    if begins_alike && !is_prefixed_noun(block, at) {
        let target = entry.frames.has(Frame::Addressee);
        if target || is_prefixed_noun(block, next) {
            return Some((Marker::Nominal(next), if target { at } else { next }));
        }
    }
    // «رحبت منظمات | بيئية | بالتقرير»
    if next < limit && shape::is_relational(block.tokens.word(at)) && block.tokens.word(next).starts_with("بال") {
        return None;
    }
    // «توعد الزعيم بيار مارتان | بإضراب», «طالب رئيس اللجنة بالغرفة التجارية فلان | بمنح …»: a name or an affiliation first.
    let later =
        act_after_name(block, at, limit, preposition).or_else(|| act_after_affiliation(block, at, limit, preposition));
    let start = later.unwrap_or(at);
    Some((Marker::Nominal(start), start))
}

/// Whether a particle is likely to be written on to the noun at `at`, rather than to be a letter of it.
fn is_prefixed_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    let word = block.tokens.word(at);
    word.ends_with('ة')
        || word.ends_with("ات")
        || block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::PREPOSITION))
}

/// Whether an act stands at `at` with a particle written on to it: «بإبعاد», «بضمان».
fn is_prefixed_act(block: &BlockLayers<'_>, at: usize) -> bool {
    let word = block.tokens.word(at);
    let bare = word.strip_prefix(['ب', 'ل']).unwrap_or_default();
    let fourth_form = block.raw(Range::new(at, at + 1)).chars().nth(1) == Some('إ');
    // «بأولياء الأمور»: a plural of people.
    let plural = block.raw(Range::new(at, at + 1)).chars().nth(1) == Some('أ');
    block.is(at, C::Act) || (looks_like_verbal_noun(bare) && !plural) || fourth_form
}

/// The act that follows an affiliation at `at` which only begins like it: «… بالغرفة التجارية فلان | بمنح …».
fn act_after_affiliation(block: &BlockLayers<'_>, at: usize, limit: usize, preposition: &str) -> Option<usize> {
    let definite = arabic::is_definite(block.tokens.word(at));
    if !definite || !block.tokens.classes(at).any(WordClasses::of(&[C::Organisation, C::Place])) {
        return None;
    }
    let is_act = |&later: &usize| {
        let bare = block.tokens.word(later).strip_prefix(preposition).unwrap_or_default();
        block.is(later, C::Act) || looks_like_verbal_noun(bare)
    };
    let begins_alike = |later: &usize| block.tokens.word(*later).starts_with(preposition);
    (at + 1..limit.min(at + LONGEST_AFFILIATION))
        .take_while(|&later| block.tokens.is_word(later))
        .find(|later| begins_alike(later) && is_act(later))
}

/// The act that follows a full name at `at` whose first word only begins like it.
fn act_after_name(block: &BlockLayers<'_>, at: usize, limit: usize, preposition: &str) -> Option<usize> {
    let unknown = |at: usize| {
        block.tokens.is_word(at) && block.tokens.classes(at).is_empty() && !arabic::is_definite(block.tokens.word(at))
    };
    let act = at + 2;
    let begins_alike = act < limit && block.tokens.word(act).starts_with(preposition);
    (begins_alike && unknown(at) && unknown(at + 1) && is_prefixed_act(block, act) && !is_prefixed_act(block, at))
        .then_some(act)
}

/// The longest affiliation with the name after it, in tokens.
const LONGEST_AFFILIATION: usize = 10;

/// «ناشدت الشرطة | الشهود | التقدم بمعلومات», «أهاب المدير | بالجميع | الإبلاغ عن …»: what somebody is urged to do.
pub(super) fn urged(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<(Marker, usize)> {
    let end = (from..limit).find(|&at| !block.tokens.is_word(at)).unwrap_or(limit);
    // «طلب من الجمهور | التزام الهدوء»
    if entry.stance == Stance::Demand && entry.frames.has(Frame::Nominal) && entry.frames.has(Frame::Preposition) {
        let (marker, before) = preposition_of(block, from, end, entry)?;
        let act = object::start(block, marker.content_start(), end, Need::Required)?;
        let whom_first =
            noun_phrase::end_before_object(block, from, before, Need::Optional) == before || before == from;
        return whom_first.then_some((Marker::Nominal(act), before));
    }
    if entry.stance != Stance::Urge || !entry.frames.has(Frame::Addressee) {
        return None;
    }
    let whom = match entry.frames.has(Frame::Preposition) {
        // «نصح الأطباء بتجنب …»: what has a clause, too, is urged with the preposition itself.
        true if entry.frames.has(Frame::Clause) => return None,
        true if entry.prepositions.iter().all(|word| word.chars().count() == 1) => {
            preposition_of(block, from, end, entry)?.1
        }
        true => return None,
        false => object::start(block, from, end, Need::Required)?,
    };
    // «نصحت الطبيبة الأهالي | بإبعاد الهواتف عن …»: the act itself has the preposition.
    if entry.frames.has(Frame::Preposition) && is_prefixed_act(block, whom) {
        return None;
    }
    let act = object::start(block, whom, end, Need::Required)?;
    Some((Marker::Nominal(act), whom))
}

/// The preposition of the cue that is a word of its own, between `from` and the end of the clause.
fn longer_preposition(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<usize> {
    let is_longer =
        |at: &usize| entry.prepositions.iter().any(|word| word.chars().count() > 1 && word == block.tokens.word(*at));
    let clause = |at: &usize| block.tokens.is_word(*at) && !block.tokens.classes(*at).any(ENDS_SEARCH);
    (from..limit).take_while(clause).find(is_longer)
}

/// «أبدت مخاوف حيال القانون»: a feeling that nobody's pronoun owns, and what it is about.
fn felt_about(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<(Marker, usize)> {
    let noun = listed_object(block, from, limit, entry)?;
    let word = block.tokens.word(noun);
    let bare = block.tokens.get(noun).is_some_and(|token| token.enclitic == Features::NONE)
        && entry.objects.iter().any(|object| object == word.strip_suffix('ا').unwrap_or(word));
    let about = noun + 1 < limit && block.is(noun + 1, C::Circumstance);
    (bare && about && noun + 2 < limit).then_some((Marker::Nominal(noun + 2), noun))
}

/// The first of the nouns that alone can be the verb's object: «جدد الرئيس | التزامه».
fn listed_object(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<usize> {
    let ends = |at: &usize| block.tokens.classes(*at).any(ENDS_SEARCH) || block.is(*at, C::Preposition);
    let is_listed = |at: &usize| entry.objects.iter().any(|noun| arabic::is_form_of(block.tokens.word(*at), noun));
    (from..limit).take_while(|at| !ends(at)).find(is_listed)
}

/// Whether the verb says nothing without an object.
pub(super) fn needs_object(entry: &CueEntry) -> bool {
    entry.frames.has(Frame::Nominal) && entry.objects.is_empty() && need(entry) == Need::Required
}

/// How much the verb needs an object: one is refused, denied or condemned.
fn need(entry: &CueEntry) -> Need {
    const TRANSITIVE: [Stance; 5] = [Stance::Refuse, Stance::Deny, Stance::Deplore, Stance::Criticise, Stance::Predict];
    let transitive =
        TRANSITIVE.contains(&entry.stance) || (entry.stance == Stance::Demand && entry.frames.has(Frame::Nominal));
    if transitive { Need::Required } else { Need::Optional }
}

/// «كما انتقدت التعريف …»: an act with its article after a verb that needs an object.
fn is_definite_act(block: &BlockLayers<'_>, at: usize, entry: &CueEntry) -> bool {
    let bare = block.tokens.word(at).strip_prefix("ال");
    need(entry) == Need::Required && block.tokens.classes(at).is_empty() && bare.is_some_and(looks_like_verbal_noun)
}

/// Whether the definite noun at `at` has an ending of the feminine plural, which the verb at `verb` does not: «رفض | الدعوات».
fn cannot_agree(block: &BlockLayers<'_>, verb: usize, at: usize) -> bool {
    let word = block.tokens.word(at);
    let masculine = |features: Features| {
        features.has(Features::MASCULINE)
            && !features.any(Features::FEMININE.with(Features::PLURAL).with(Features::DUAL))
    };
    let finite = |features: Features| features.any(Features::FINITE) && masculine(features);
    word.ends_with("ات")
        && arabic::is_definite(word)
        && block.tokens.classes(at).is_empty()
        && block.cues(verb).any(|(form, _)| finite(form.features))
}

/// Whether a noun phrase can begin at `at`.
pub(super) fn is_object(block: &BlockLayers<'_>, at: usize) -> bool {
    let possible = block.tokens.is_word(at) || block.quotation_opened_at(at).is_some();
    let to_medium = noun_phrase::is_particle_to_name(block, at)
        || (block.is(at, C::Medium) && block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::TO)));
    if to_medium {
        return false;
    }
    // «نفى المتحدث ما تداولته المواقع»: that which, not a negation.
    if block.tokens.word(at) == "ما" {
        return true;
    }
    // «أي» opens an act («أي مسؤولية») besides a circumstance.
    let classes = block.tokens.classes(at);
    possible && (classes.has(C::Act) || !classes.any(NO_OBJECT)) && !is_verb_cue(block, at, Features::PARTICIPLE)
}

const CHANNEL: WordClasses = WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel]);

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
    C::ChannelPhrase,
    C::WrittenChannel,
]);

/// Words past which a preposition belongs to another clause.
const ENDS_SEARCH: WordClasses =
    WordClasses::of(&[C::Relative, C::Subordinator, C::FalseComplementiser, C::NarratorReturn]);

/// Whether a word that begins like a particle is known as a word of its own: «باريس», «بيان».
fn starts_a_plain_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    const COMPARES: WordClasses = WordClasses::of(&[C::MoreThan, C::LessThan, C::AtLeast, C::AtMost, C::About]);
    let classes = block.tokens.classes(at);
    // «بما لا يقل عن», «بأقل من»
    !classes.is_empty()
        && !classes.any(COMPARES)
        && block.tokens.get(at).is_some_and(|token| !token.proclitics.any(Proclitics::PREPOSITION))
}
