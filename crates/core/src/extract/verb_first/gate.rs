//! Whether a word that looks like a cue counts as one where it stands.

use super::group::{Group, phrase_start};
use super::noun_phrase::{is_name_between_commas, is_owned_office};
use super::opening::{Marker, Opening};
use super::subject::{Found, SPEAKERS, is_resumptive};
use super::verb::Candidate;
use super::{is_comma, is_verb_cue};
use crate::claim::{Mode, Stance};
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::{Proclitics, is_definite};
use crate::language::cue::{CueEntry, Features, Frame, Requirement};
use crate::language::{WordClass as C, WordClasses};

/// Nouns for one person.
const PEOPLE: WordClasses = WordClasses::of(&[C::Person, C::Title, C::Anonymous]);

/// Whether the word can be a verb where it stands: no noun reading is forced by the word before.
pub(super) fn may_be_verb(block: &BlockLayers<'_>, sentence: Range, at: usize) -> bool {
    let Some(token) = block.tokens.get(at) else { return false };
    if token.proclitics.any(Proclitics::PREPOSITION) {
        return false;
    }
    // «الأمل في …»: no verb has an article.
    let word = block.tokens.word(at);
    let stripped = is_definite(word) && block.pack.lexicon().find(word).is_none();
    if is_accusative_noun(block, at) {
        return false;
    }
    if stripped || is_name_between_commas(block, at) || is_owned_office(block, at) {
        return false;
    }
    if at == sentence.start {
        return !signs(block, at);
    }
    if is_preposition(block, at) {
        return false;
    }
    // «وحضر طالب …»: after a verb a noun for a person is one, whatever verb it looks like.
    let person = block.tokens.classes(at).any(PEOPLE);
    let verb_before = block.is(at - 1, C::Verb)
        || (block.tokens.classes(at - 1).is_empty() && block.tokens.word(at - 1).starts_with('و'));
    if person && verb_before && !token.proclitics.any(Proclitics::CONJUNCTION) {
        return false;
    }
    let before = block.tokens.classes(at - 1);
    let present = is_verb_cue(block, at, Features::PRESENT.with(Features::JUSSIVE));
    present || !before.has(C::Preposition) || before.has(C::Negation)
}

/// «أمرا», «طلبًا»: whether a verbal noun in the accusative stands at `at`, not what two people did or what one does.
pub(super) fn is_accusative_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    let two = at > 0 && block.tokens.word(at - 1).ends_with("ان");
    let Some(bare) = block.tokens.word(at).strip_suffix('ا').filter(|_| !two) else { return false };
    let entry = block.pack.lexicon().find(bare).and_then(|id| block.pack.lexicon().entry(id));
    entry.is_some_and(|entry| entry.cues.iter().any(|form| form.features.has(Features::NOUN)))
}

/// «كتب - فلان:», «كتب: فلان»: whether a verb of writing tells who wrote the article.
fn signs(block: &BlockLayers<'_>, at: usize) -> bool {
    let writes = block.cues(at).any(|(_, entry)| entry.mode == Mode::Writing);
    writes && matches!(block.tokens.mark(at + 1), Some('-' | '–' | ':' | '/'))
}

/// Whether a word that can be a preposition is one, after a comma: «…، عقب المباراة: …».
pub(super) fn is_preposition(block: &BlockLayers<'_>, at: usize) -> bool {
    let either = block.is(at, C::Preposition) && block.is(at, C::Circumstance);
    // «، عبر الوزير عن …» has the verb's own preposition.
    let governs =
        |word: usize| block.cues(at).any(|(_, entry)| entry.prepositions.iter().any(|p| p == block.tokens.word(word)));
    let verb = (at + 1..at + GOVERNED).take_while(|&word| block.tokens.is_word(word)).any(governs);
    either && !verb && at > 0 && is_comma(block, at - 1) && is_definite(block.tokens.word(at + 1))
}

/// How far after a verb its preposition tells that it is one, in tokens.
const GOVERNED: usize = 8;

/// Whether what the cue's entry requires is there.
pub(super) fn meets(
    entry: &CueEntry,
    marker: Option<(Marker, usize)>,
    quotation_before: bool,
    block: &BlockLayers<'_>,
    sentence: Range,
    group: &Group,
) -> bool {
    let marker = marker.map(|(marker, _)| marker);
    let quotation = quotation_before || matches!(marker, Some(Marker::Quotation(_) | Marker::Colon(_)));
    let clause = matches!(marker, Some(Marker::Clause(_) | Marker::Question(_)));
    if !entry.objects.is_empty() && matches!(marker, Some(Marker::Nominal(_))) {
        return true;
    }
    let by_preposition = entry.frames.has(Frame::Preposition) && matches!(marker, Some(Marker::Nominal(_)));
    if let Some(Marker::Colon(content)) = marker
        && !may_quote(block, sentence, group, content)
    {
        return false;
    }
    match entry.requires {
        Requirement::Nothing
        | Requirement::Statement
        | Requirement::Impersonal
        | Requirement::Document
        | Requirement::Forum => marker.is_some() || quotation_before,
        Requirement::Negation => group.negated && marker.is_some(),
        Requirement::Marker => quotation || clause,
        Requirement::Complementiser | Requirement::Clause => clause,
        Requirement::Quotation => quotation,
        Requirement::MarkerOrPreposition => quotation || clause || by_preposition,
        Requirement::Initial => {
            let initial = group.range.start == sentence.start
                || group.joined
                || is_comma(block, group.range.start.saturating_sub(1));
            (quotation || clause) && initial
        }
    }
}

/// Whether words without marks after a colon can be speech: «تذكر دائما كافة التفاصيل:» opens a list.
fn may_quote(block: &BlockLayers<'_>, sentence: Range, group: &Group, content: usize) -> bool {
    if block.any_quotation_opened_at(content).is_some() || group.joined || group.range.start > sentence.start {
        return true;
    }
    let verb = group.range.end.saturating_sub(1);
    let past = is_verb_cue(block, verb, Features::PAST);
    past || (group.range.end..content).any(|at| block.tokens.classes(at).any(SPEAKERS))
}

/// Whether a verb without a subject goes on with the clause it stands in rather than with a speaker.
fn continues(
    block: &BlockLayers<'_>,
    sentence: Range,
    group: &Group,
    features: Features,
    earlier: &[Opening<'_>],
) -> bool {
    let start = group.range.start;
    let after_mark =
        start == sentence.start || block.tokens.mark(start - 1).is_some() || is_set_against(block, sentence, start);
    let after_conjunction = start > sentence.start && block.is(phrase_start(block, start - 1), C::Subordinator);
    let inside = inside_clause(earlier, start) && !after_mark && !is_coordinate(block, group, features, earlier);
    // «كما يشير إلى …»: more of the same, from whatever the narrator spoke of.
    let after_conjunction = after_conjunction && block.tokens.word(start - 1) != "كما";
    let bare_present = features.has(Features::PRESENT) && !group.joined && !after_conjunction;
    inside || bare_present
}

/// «…، لكنها حذرت من …»: whether a comma and a conjunction set the verb at `start` against what was reported before.
fn is_set_against(block: &BlockLayers<'_>, sentence: Range, start: usize) -> bool {
    const PARTICLES: WordClasses = WordClasses::of(&[C::Adversative, C::FalseComplementiser, C::NarratorReturn]);
    let Some(particle) = start.checked_sub(1).map(|before| block.tokens.head(before)) else { return false };
    particle > sentence.start && block.tokens.classes(particle).any(PARTICLES) && is_comma(block, particle - 1)
}

/// «نفت الحكومة الاتهامات وطالبت بتحقيق»: a joined verb of the same tense as the one whose content is a noun phrase.
fn is_coordinate(block: &BlockLayers<'_>, group: &Group, features: Features, earlier: &[Opening<'_>]) -> bool {
    let Some(before) = earlier.last().filter(|before| matches!(before.marker, Marker::Nominal(_))) else {
        return false;
    };
    let tense = |features: Features| (features.has(Features::PAST), features.has(Features::PRESENT));
    let mut verbs = block.cues(before.group.end.saturating_sub(1));
    group.joined
        && verbs.any(|(form, _)| form.features.any(Features::FINITE) && tense(form.features) == tense(features))
}

/// Whether nothing but conjunctions and adverbs stands between the beginning of a clause and the verb group.
fn begins_clause(block: &BlockLayers<'_>, sentence: Range, group: &Group) -> bool {
    const BEFORE: WordClasses = WordClasses::of(&[
        C::Turn,
        C::Adverb,
        C::Time,
        C::NarratorReturn,
        C::FalseComplementiser,
        C::Subordinator,
        C::Coordinator,
        C::Expectation,
        C::Weekday,
    ]);
    let Some(before) = group.range.start.checked_sub(1).filter(|&before| before >= sentence.start) else { return true };
    group.joined || block.tokens.mark(before).is_some() || block.tokens.classes(phrase_start(block, before)).any(BEFORE)
}

/// «ويشير ذلك إلى …»: a fact, not a speaker.
fn demonstrative_subject(block: &BlockLayers<'_>, from: usize) -> bool {
    block.is(from, C::Demonstrative) && !block.tokens.is_word(from + 1)
        || matches!(block.tokens.word(from), "ذلك") && block.is(from + 1, C::Circumstance)
}

/// Whether a definite noun names nobody who can speak.
fn is_thing(block: &BlockLayers<'_>, at: usize) -> bool {
    is_definite(block.tokens.word(at)) && !block.tokens.classes(at).any(SPEAKERS)
}

/// Whether the token stands inside the clause that an earlier opening reports.
pub(super) fn inside_clause(earlier: &[Opening<'_>], at: usize) -> bool {
    earlier.last().is_some_and(|opening| opening.marker.content_start() <= at)
}

/// Whether a noun phrase can be what the verb reports: a verb of saying often has an object that is no content.
pub(super) fn takes_noun(verb: Candidate<'_, '_>, group: &Group, found: &Found, fronted: Option<Range>) -> bool {
    let Candidate { block, sentence, at, form, entry, earlier } = verb;
    let after = block.tokens.after(at);
    // «وعدنا»: we promised, as likely as somebody promised us.
    let enclitic = block.tokens.get(at).map_or(Features::NONE, |token| token.enclitic);
    let has_pronoun =
        enclitic != Features::NONE && (!entry.frames.has(Frame::Addressee) || enclitic.has(Features::SPEECH));
    let elliptical = matches!(found.subject, Subject::Elliptical(_));
    let begins = begins_clause(block, sentence, group)
        && !(elliptical && continues(block, sentence, group, form.features, earlier));
    let resumed = after < sentence.end && is_resumptive(block, after);
    // «غير أنه نفى ذلك»: only a denial has nothing but a demonstrative for its object.
    // «قالت وهي تشير إلى …»: what somebody does while they speak.
    let pronoun = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural]);
    let meanwhile = fronted.is_some_and(|range| {
        let at = range.start;
        let joined = block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::AND));
        joined && at > sentence.start && block.tokens.is_word(at - 1) && block.tokens.classes(at).any(pronoun)
    });
    if meanwhile {
        return false;
    }
    let demonstrative =
        demonstrative_subject(block, after) && !((elliptical || found.fronted) && entry.stance == Stance::Deny);
    if has_pronoun || !(found.fronted || begins || resumed) || demonstrative {
        return false;
    }
    // «أن تحث على … وتدعو إلى …»: a present joined to the clause it stands in goes on with it.
    let mark_before = group.range.start == sentence.start || block.tokens.mark(group.range.start - 1).is_some();
    let goes_on = group.joined && form.features.has(Features::PRESENT) && !mark_before;
    if goes_on && !is_coordinate(block, group, form.features, earlier) {
        return false;
    }
    // «ليس واضحا ما إذا كان البرلمان سيوافق على …»
    let asked = (sentence.start..group.range.start).rev().take(8).any(|at| block.is(at, C::Interrogative));
    if asked && earlier.is_empty() {
        return false;
    }
    // «تقدر الوكالة كلفة الإنتاج بثلاثة دولارات»: a body or person estimates at a number; others value something.
    if entry.stance == Stance::Predict && entry.frames.has(Frame::Addressee) {
        return estimates(block, found);
    }
    // «وافق المجلس على …»: a body that agrees has decided; a person may have said so.
    if entry.stance == Stance::Agree && block.is(after, C::Organisation) {
        return false;
    }
    // «الوديات تكشف …»: a thing shows; it does not say. Nor does it deny or demand.
    const ONLY_PEOPLE: [Stance; 8] = [
        Stance::Deny,
        Stance::Refuse,
        Stance::Demand,
        Stance::Urge,
        Stance::Accuse,
        Stance::Criticise,
        Stance::Promise,
        Stance::Deplore,
    ];
    ONLY_PEOPLE.contains(&entry.stance) || !fronted.is_some_and(|range| is_thing(block, range.start))
}

/// Whether somebody who can speak is the subject, and a number follows the object.
fn estimates(block: &BlockLayers<'_>, found: &Found) -> bool {
    let Subject::Written(span) = found.subject else { return false };
    let speaks = block.tokens.classes(block.tokens.within(span).0).any(SPEAKERS);
    let counts = |at: usize| block.tokens.is_number(at) || block.tokens.number(at).is_some();
    found.object.is_some_and(|object| speaks && (object..object + ESTIMATE).any(counts))
}

/// How far after its beginning an estimated thing has its number, in tokens.
const ESTIMATE: usize = 16;

#[cfg(test)]
mod tests {
    use super::super::testing::openings;

    fn reports(text: &str) -> bool {
        !openings(text).is_empty()
    }

    #[test]
    fn a_noun_that_looks_like_a_verb_is_a_noun_after_one() {
        assert!(!reports("وحضر طالب من الجامعة بفكرة جديدة"));
        assert!(reports("طالب العمال بفتح المصنع"));
    }

    #[test]
    fn a_body_that_agrees_has_decided() {
        assert!(!reports("وافقت هيئة الدواء على عقار جديد"));
        assert!(reports("وافق المدير على العودة إلى منصبه"));
    }

    #[test]
    fn a_present_joined_to_its_clause_goes_on_with_it() {
        assert!(!reports("على الجمعية أن تعمل وتدعو إلى الحوار"));
        assert!(reports("وتدعو الجمعية إلى الحوار"));
    }

    #[test]
    fn a_thing_shows_but_does_not_say() {
        assert!(!reports("المباراة تكشف ضعف الفريق"));
        assert!(reports("المدير يكشف موعد الافتتاح"));
    }
}
