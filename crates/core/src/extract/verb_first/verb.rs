//! Finite verbs: «وقال مسؤول إن …», «ونفت روسيا وجود …», «المدرب يؤكد جاهزية …», «“…”، يقول فلان».

use super::group::Group;
use super::opening::{Marker, Opening};
use super::subject::{self, Found};
use super::{channel, descriptive, gate, governor, is_comma, marker, preposition, question};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::{Proclitics, is_definite};
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
    pub(super) earlier: &'b [Opening<'a>],
}

/// Reads the finite verb at `at`, if it is one and opens a content.
pub(super) fn read<'a>(
    block: &BlockLayers<'a>,
    sentence: Range,
    at: usize,
    earlier: &[Opening<'a>],
) -> Option<Opening<'a>> {
    if !gate::may_be_verb(block, sentence, at) {
        return None;
    }
    if let Some(opening) = descriptive::read(block, sentence, at, earlier) {
        return Some(opening);
    }
    let says = |entry: &CueEntry| entry.kind == CueKind::Verb && !entry.frames.has(Frame::VerbalNoun);
    let mut candidates = block.cues(at).filter(|(form, entry)| says(entry) && is_finite(*form));
    candidates.find_map(|(form, entry)| opening(Candidate { block, sentence, at, form, entry, earlier }))
}

fn is_finite(form: CueForm) -> bool {
    form.features.any(Features::FINITE) || is_passive_only(form)
}

/// Whether the form can only be read as a passive: «قيل».
fn is_passive_only(form: CueForm) -> bool {
    form.features.has(Features::PASSIVE) && !form.features.any(Features::FINITE.with(Features::NOUN))
}

fn opening<'a>(verb: Candidate<'_, 'a>) -> Option<Opening<'a>> {
    let Candidate { block, sentence, at, form, entry, .. } = verb;
    let group = Group::read(block, sentence, at, form)?;
    let after = block.tokens.after(at);
    if says_nothing(verb, &group, after) {
        return None;
    }
    let fronted =
        subject::fronted(block, sentence, &group, form.features).filter(|_| !subject::is_resumptive(block, after));
    let (mut marker, upto) = mark(verb, &group, fronted)?;
    let mut found = subject::find(block, &group, after, upto, marker, entry, fronted)?;
    if names_only_object(verb, &group, marker, &found)
        && let Subject::Written(span) = found.subject
    {
        found.object = Some(block.tokens_in(span).start);
        found.subject = Subject::Elliptical(form.features);
    }
    preposition::relay_within(block, Range::new(after, upto), &mut found);
    if matches!(marker, Marker::Nominal(_)) && !gate::takes_noun(verb, &group, &found, fronted) {
        return None;
    }
    if is_scheduled(block, entry, &group, marker) {
        return None;
    }
    let passive = is_passive_only(form) || subject::is_marked_passive(block, at, form);
    if passive && !tells_in_passive(entry, &found) {
        return None;
    }
    let topic = about(&found, entry, &mut marker, upto);
    let contrast = contrast_before(block, sentence, &group, fronted);
    let opening = Opening {
        channel: found.channel.or_else(|| channel::before(block, sentence, &group)),
        negated: group.negated,
        realised: group.realised,
        breaks: breaks(verb, &group, contrast, fronted),
        boundary: contrast.unwrap_or(group.range.start),
        confidence: if matches!(marker, Marker::Nominal(_)) { 0.65 } else { 0.9 },
        resume: after,
        topic,
        ..Opening::new(rule_name(marker, &found), entry, group.range, speaker(verb, &group, &found, passive), marker)
    };
    let opening = felt(block, opening, upto);
    match marker {
        Marker::Nominal(object) if block.is(object, C::NoStatement) => declined(block, opening, object, sentence.end),
        _ => Some(opening),
    }
}

/// Whether nobody says anything by the verb, before whatever follows it at `after`.
fn says_nothing(verb: Candidate<'_, '_>, group: &Group, after: usize) -> bool {
    let Candidate { block, entry, .. } = verb;
    // «…، طالبا عدم ذكر اسمه، …»: under what condition somebody speaks is nothing that they say.
    let on_condition = entry.stance == Stance::Demand && block.is(after, C::NoStatement);
    // «ولم تعلن أي جهة مسؤوليتها عن …»: that nobody says it is the narrator's.
    // «ولم يؤكد أحد المسؤولين …»: one of them has not.
    let nobody = group.negated && block.is(after, C::Indefinite) && !is_definite(block.tokens.word(after + 1));
    on_condition || nobody
}

/// Whether the noun phrase after the verb is who is urged or accused, and the subject is only in the verb.
fn names_only_object(verb: Candidate<'_, '_>, group: &Group, marker: Marker, found: &Found) -> bool {
    let Candidate { block, at, entry, earlier, .. } = verb;
    if found.object.is_some() {
        return false;
    }
    match entry.stance {
        // «أعربت المفوضية عن قلقها، وحثت السلطات على …»: whoever spoke before goes on.
        Stance::Urge => group.joined && !earlier.is_empty() && !entry.frames.has(Frame::Clause),
        // «واتهم "المجموعات" بقصفه»: who is accused must be named, who accuses need not.
        Stance::Accuse => {
            let bare = block.tokens.get(at).is_some_and(|token| token.enclitic == Features::NONE);
            bare && matches!(marker, Marker::Nominal(_)) && entry.objects.is_empty() && !found.fronted
        }
        _ => false,
    }
}

/// What opens the content of the verb, and where the words between them end; `None` if its entry requires something else.
fn mark(verb: Candidate<'_, '_>, group: &Group, fronted: Option<Range>) -> Option<(Marker, usize)> {
    let Candidate { block, sentence, at, entry, .. } = verb;
    let after = block.tokens.after(at);
    let limit = sentence.end.min(after + WINDOW);
    let marker = marker::find(block, after, limit, entry, fronted.is_some());
    let before = marker::quotation_before(block, sentence, group.range.start, entry);
    if !gate::meets(entry, marker, before.is_some(), block, sentence, group) {
        return None;
    }
    match (before, marker) {
        // «“…”، يقول فلان» — the quotation stands before, unless the verb has a clause of its own.
        (Some(quotation), None | Some((Marker::Quotation(_) | Marker::Nominal(_), _))) => {
            Some((Marker::QuotationBefore(quotation), limit))
        }
        (_, found) => found,
    }
}

/// Whether a passive reports: not «رجل يُدعى فلان …», where somebody is called something, nor «سُئل عما إذا كان …», as
/// nobody is said to ask.
fn tells_in_passive(entry: &CueEntry, found: &Found) -> bool {
    let told = entry.frames.has(Frame::Addressee) && entry.stance == Stance::Report;
    (told || matches!(found.subject, Subject::Elliptical(_))) && entry.stance != Stance::Ask
}

/// Whether the verb stands so that an earlier content ends before it.
pub(super) fn breaks(verb: Candidate<'_, '_>, group: &Group, contrast: Option<usize>, fronted: Option<Range>) -> bool {
    // «أضاف أن الوزير، الذي …، قال»: the comma closes what is said of the subject.
    let clause = fronted.map_or(group.range.start, |subject| subject.start.min(group.range.start));
    group.joined
        || contrast.is_some()
        || is_comma(verb.block, clause.saturating_sub(1))
        || !gate::inside_clause(verb.earlier, verb.at)
}

/// Who speaks: as written, or as the sentence tells elsewhere.
fn speaker(verb: Candidate<'_, '_>, group: &Group, found: &Found, passive: bool) -> Subject {
    match found.subject {
        _ if passive => Subject::Nobody,
        Subject::Elliptical(_) => implied(verb, group).unwrap_or(found.subject),
        Subject::Pronoun(..) if found.fronted => named_by_pronoun(verb, group).unwrap_or(found.subject),
        written => written,
    }
}

/// «من المتوقع أن تعلن اللجنة نتائجها يوم الأحد»: that a text or nothing will be announced is scheduled, not said.
fn is_scheduled(block: &BlockLayers<'_>, entry: &CueEntry, group: &Group, marker: Marker) -> bool {
    const NOTHING: WordClasses = WordClasses::of(&[C::Document, C::Weekday, C::Time]);
    let Marker::Nominal(object) = marker else { return false };
    !group.realised && entry.stance == Stance::Announce && block.tokens.classes(object).any(NOTHING)
}

/// «…، لكن النقابة أكدت …»: where the clause of a verb begins that the narrator sets against what was reported before.
pub(super) fn contrast_before(
    block: &BlockLayers<'_>,
    sentence: Range,
    group: &Group,
    fronted: Option<Range>,
) -> Option<usize> {
    let clause = fronted.map_or(group.range.start, |subject| subject.start);
    let particle = clause.checked_sub(1).map(|before| block.tokens.head(before))?;
    // «…، فيما أقر الوزير بـ…», «…، رغم أنها تصر على …»
    let narrates = || block.is(particle, C::NarratorReturn) && block.is(particle, C::Subordinator);
    let sets = || block.is(particle, C::Adversative) || narrates();
    let contrast = Some(particle).filter(|&at| at > sentence.start && sets())?;
    is_comma(block, contrast - 1).then_some(contrast)
}

/// Who speaks when the subject is only in the verb and the sentence tells it elsewhere: who was asked, or who acted before.
fn implied(verb: Candidate<'_, '_>, group: &Group) -> Option<Subject> {
    let Candidate { block, sentence, at, entry, earlier, .. } = verb;
    if let Some(asked) = question::asked(block, sentence, at, entry) {
        return Some(asked);
    }
    // «وزار الوزير المصنع وأكد أن …», «وبعث الأهالي برسالة طالبوا فيها …»
    let goes_on =
        group.joined || subject::is_resumptive(block, block.tokens.after(at)) || points_back(block, group.range.start);
    if !goes_on || group.range.start == sentence.start || !earlier.is_empty() {
        return None;
    }
    match governor::first_subject(block, sentence, group.range.start)? {
        Subject::Written(span) => Some(Subject::Implied(span)),
        _ => None,
    }
}

/// «ولم ترد الشركة على …، لكنها قالت …»: whether a particle with a pronoun stands before the verb at `verb`.
pub(super) fn points_back(block: &BlockLayers<'_>, verb: usize) -> bool {
    const PARTICLES: WordClasses = WordClasses::of(&[C::Adversative, C::FalseComplementiser, C::NarratorReturn]);
    verb.checked_sub(1).is_some_and(|before| {
        let pronoun = ["ه", "ها", "هم"].iter().any(|ending| block.tokens.word(before).ends_with(ending));
        pronoun && block.tokens.classes(block.tokens.head(before)).any(PARTICLES)
    })
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
        _ => matches!(entry.stance, Stance::Accuse | Stance::Predict),
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
fn felt<'a>(block: &BlockLayers<'_>, opening: Opening<'a>, upto: usize) -> Opening<'a> {
    let frames = opening.entry.frames;
    let plain = !opening.entry.objects.is_empty()
        || (opening.stance == Stance::Report && !frames.has(Frame::Clause) && !frames.has(Frame::Quotation));
    if !plain {
        return opening;
    }
    let from = if block.tokens.is_word(upto) && !block.is(upto, C::Preposition) { upto } else { upto + 1 };
    let noun = block.cues(from).find(|(form, _)| form.features.has(Features::NOUN));
    Opening { stance: noun.map_or(opening.stance, |(_, entry)| entry.stance), ..opening }
}

/// «رفض المتحدث التعليق على …»: what was not commented on; nothing if that is not told.
fn declined<'a>(block: &BlockLayers<'_>, opening: Opening<'a>, object: usize, limit: usize) -> Option<Opening<'a>> {
    let topic = block.tokens.after(object);
    let told = topic + 1 < limit && matches!(block.tokens.word(topic), "علي" | "بشان" | "حول" | "عن");
    let marker = told.then_some(Marker::Nominal(topic + 1))?;
    Some(Opening { marker, stance: Stance::Decline, negated: true, ..opening })
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
