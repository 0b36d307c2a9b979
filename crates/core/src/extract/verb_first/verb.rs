//! Finite verbs: «وقال مسؤول إن …», «ونفت روسيا وجود …», «المدرب يؤكد جاهزية …», «“…”، يقول فلان».

use super::group::Group;
use super::opening::{Marker, Opening};
use super::subject::{self, Found};
use super::{descriptive, gate, governor, is_comma, marker, preposition, question};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::Proclitics;
use crate::language::cue::{CueEntry, CueKind, Features, Frame};
use crate::language::lexicon::CueForm;
use crate::language::{WordClass as C, WordClasses};

/// How far after a verb the mark of its content may stand, in tokens (95 % stand within 20).
const WINDOW: usize = 36;

/// A word that may be a finite verb of saying, in its sentence.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'b, 'a> {
    pub(super) block: &'b BlockLayers<'a>,
    pub(super) sentence: Range,
    /// The token of the verb.
    pub(super) at: usize,
    pub(super) form: CueForm,
    pub(super) entry: &'a CueEntry,
    /// What was read in the sentence before it.
    pub(super) earlier: &'b [Opening],
}

/// Reads the finite verb at `at`, if it is one and opens a content.
pub(super) fn read(block: &BlockLayers<'_>, sentence: Range, at: usize, earlier: &[Opening]) -> Option<Opening> {
    if !gate::may_be_verb(block, sentence, at) {
        return None;
    }
    if let Some(opening) = descriptive::read(block, sentence, at, earlier) {
        return Some(opening);
    }
    let mut candidates = block.cues(at).filter(|(form, entry)| entry.kind == CueKind::Verb && is_finite(*form));
    candidates.find_map(|(form, entry)| opening(Candidate { block, sentence, at, form, entry, earlier }))
}

fn is_finite(form: CueForm) -> bool {
    form.features.any(Features::FINITE) || is_passive_only(form)
}

/// Whether the form can only be read as a passive: «قيل».
fn is_passive_only(form: CueForm) -> bool {
    form.features.has(Features::PASSIVE) && !form.features.any(Features::FINITE.with(Features::NOUN))
}

fn opening(verb: Candidate<'_, '_>) -> Option<Opening> {
    let Candidate { block, sentence, at, form, entry, earlier } = verb;
    let group = Group::read(block, sentence, at, form)?;
    let after = block.tokens.after(at);
    let limit = sentence.end.min(after + WINDOW);
    let fronted =
        subject::fronted(block, sentence, &group, form.features).filter(|_| !subject::is_resumptive(block, after));
    let marker = marker::find(block, after, limit, entry, fronted.is_some());
    let before = marker::quotation_before(block, sentence, group.range.start, entry);
    if !gate::meets(entry, marker, before.is_some(), block, sentence, &group) {
        return None;
    }
    let (mut marker, upto) = match (before, marker) {
        // «“…”، يقول فلان» — the quotation stands before, unless the verb has a clause of its own.
        (Some(quotation), None | Some((Marker::Quotation(_) | Marker::Nominal(_), _))) => {
            (Marker::QuotationBefore(quotation), limit)
        }
        (_, found) => found?,
    };
    let mut found = subject::find(block, &group, after, upto, marker, entry, fronted)?;
    preposition::relay_within(block, Range::new(after, upto), &mut found);
    if matches!(marker, Marker::Nominal(_)) && !gate::takes_noun(verb, &group, &found, fronted) {
        return None;
    }
    if is_scheduled(block, entry, &group, marker) {
        return None;
    }
    let passive = is_passive_only(form) || subject::is_marked_passive(block, at, form);
    // «رجل يُدعى فلان …»: who is called something says nothing.
    let told = entry.frames.has(Frame::Addressee) && entry.stance == Stance::Report;
    if passive && !told && !matches!(found.subject, Subject::Elliptical(_)) {
        return None;
    }
    // Nobody is said to ask: «سُئل عما إذا كان …».
    if passive && entry.stance == Stance::Ask {
        return None;
    }
    let topic = about(&found, entry, &mut marker, upto);
    let contrast = contrast_before(block, sentence, &group, fronted);
    let breaks = group.joined
        || contrast.is_some()
        || is_comma(block, group.range.start.saturating_sub(1))
        || !gate::inside_clause(earlier, at);
    let boundary = contrast.unwrap_or(group.range.start);
    let opening = Opening {
        rule: rule_name(marker, &found),
        entry: entry.clone(),
        group: group.range,
        subject: match found.subject {
            _ if passive => Subject::Nobody,
            Subject::Elliptical(_) => implied(verb, &group).unwrap_or(found.subject),
            Subject::Pronoun(..) if found.fronted => named_by_pronoun(verb, &group).unwrap_or(found.subject),
            written => written,
        },
        channel: found.channel.or_else(|| subject::channel_before(block, sentence, &group)),
        marker,
        negated: group.negated,
        realised: group.realised,
        breaks,
        boundary,
        confidence: if matches!(marker, Marker::Nominal(_)) { 0.65 } else { 0.9 },
        resume: after,
        topic,
        until: usize::MAX,
    };
    let opening = felt(block, opening, upto);
    match marker {
        Marker::Nominal(object) if block.is(object, C::NoStatement) => declined(block, opening, object, sentence.end),
        _ => Some(opening),
    }
}

/// «من المتوقع أن تعلن اللجنة نتائجها يوم الأحد»: that a text or nothing will be announced is scheduled, not said.
fn is_scheduled(block: &BlockLayers<'_>, entry: &CueEntry, group: &Group, marker: Marker) -> bool {
    const NOTHING: WordClasses = WordClasses::of(&[C::Document, C::Weekday, C::Time]);
    let Marker::Nominal(object) = marker else { return false };
    !group.realised && entry.stance == Stance::Announce && block.tokens.classes(object).any(NOTHING)
}

/// «…، لكن النقابة أكدت …»: where the clause of a verb begins that the narrator sets against what was reported before.
fn contrast_before(block: &BlockLayers<'_>, sentence: Range, group: &Group, fronted: Option<Range>) -> Option<usize> {
    let clause = fronted.map_or(group.range.start, |subject| subject.start);
    let contrast = clause.checked_sub(1).filter(|&at| at > sentence.start && block.is(at, C::Adversative))?;
    is_comma(block, contrast - 1).then_some(contrast)
}

/// Who speaks when the subject is only in the verb and the sentence tells it elsewhere: who was asked, or who acted before.
fn implied(verb: Candidate<'_, '_>, group: &Group) -> Option<Subject> {
    let Candidate { block, sentence, at, entry, earlier, .. } = verb;
    if let Some(asked) = question::asked(block, sentence, at, entry) {
        return Some(asked);
    }
    // «وزار الوزير المصنع وأكد أن …»
    if !group.joined || group.range.start == sentence.start || !earlier.is_empty() {
        return None;
    }
    match governor::first_subject(block, sentence, group.range.start)? {
        Subject::Written(span) => Some(Subject::Implied(span)),
        _ => None,
    }
}

/// «ويواجه الوزير السابق تهما بالفساد، وهو ينفي ذلك»: the subject of the sentence that the pronoun goes on with.
fn named_by_pronoun(verb: Candidate<'_, '_>, group: &Group) -> Option<Subject> {
    let Candidate { block, sentence, earlier, .. } = verb;
    let pronoun = group.range.start.checked_sub(1)?;
    let joined = block.tokens.get(pronoun).is_some_and(|token| token.proclitics.any(Proclitics::AND));
    if !joined || !earlier.is_empty() {
        return None;
    }
    match governor::first_subject(block, sentence, pronoun)? {
        Subject::Written(span) => Some(Subject::Implied(span)),
        _ => None,
    }
}

/// «اتهم الحزب الحكومة بـ…», «اعتبر المدرب الفوز "…"»: whoever is accused or described opens the content.
fn about(found: &Found, entry: &CueEntry, marker: &mut Marker, upto: usize) -> Option<Range> {
    let object = found.object?;
    let belongs = match marker {
        Marker::Quotation(_) => entry.frames.has(Frame::Describe),
        _ => entry.stance == Stance::Accuse,
    };
    match marker {
        Marker::Nominal(start) if belongs => {
            *start = object.min(*start);
            None
        }
        _ => belongs.then(|| Range::new(object, upto)),
    }
}

/// «أعرب عن أمله …», «وجهت انتقادات …»: the noun says how the source stands to the content, where the verb does not.
fn felt(block: &BlockLayers<'_>, mut opening: Opening, upto: usize) -> Opening {
    let frames = opening.entry.frames;
    let plain = !opening.entry.objects.is_empty()
        || (opening.entry.stance == Stance::Report && !frames.has(Frame::Clause) && !frames.has(Frame::Quotation));
    if plain {
        let from = if block.tokens.is_word(upto) && !block.is(upto, C::Preposition) { upto } else { upto + 1 };
        let stance =
            block.cues(from).find(|(form, _)| form.features.has(Features::NOUN)).map(|(_, entry)| entry.stance);
        opening.entry.stance = stance.unwrap_or(opening.entry.stance);
    }
    opening
}

/// «رفض المتحدث التعليق على …»: what was not commented on; nothing if that is not told.
fn declined(block: &BlockLayers<'_>, mut opening: Opening, object: usize, limit: usize) -> Option<Opening> {
    let topic = block.tokens.after(object);
    let told = topic + 1 < limit && matches!(block.tokens.word(topic), "علي" | "بشان" | "حول" | "عن");
    opening.marker = told.then_some(Marker::Nominal(topic + 1))?;
    opening.entry.stance = Stance::Decline;
    opening.negated = true;
    Some(opening)
}

const fn rule_name(marker: Marker, found: &Found) -> &'static str {
    match (marker, found.fronted) {
        (Marker::Clause(_), true) => "subject-verb-clause",
        (Marker::Clause(_), false) => "verb-subject-clause",
        (Marker::Colon(_), _) => "verb-colon",
        (Marker::Quotation(_), _) => "verb-quotation",
        (Marker::Question(_), _) => "verb-question",
        (Marker::Nominal(_), true) => "subject-verb-nominal",
        (Marker::Nominal(_), false) => "verb-nominal",
        (Marker::QuotationBefore(_), _) => "quotation-verb",
    }
}
