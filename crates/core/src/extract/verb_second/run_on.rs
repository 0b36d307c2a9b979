//! Sentences that report by the mood of their verb alone: `Die Lage sei ernst.`, `Er soll geflohen sein.`

use super::super::draft::{Draft, Subject};
use super::Reader;
use super::segment::Opener;
use crate::claim::{Mode, Polarity, Stance};
use crate::fold::fold;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::german;
use crate::span::Span;

/// The rule's name.
const RUNS_ON: &str = "indirect-speech-goes-on";

/// How a sentence without a cue reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Report {
    /// Its main verb is in the subjunctive.
    Mood,
    /// Its main verb is in the conditional: it reports only right after other reported speech.
    Conditional,
    /// `soll … sein`: hearsay.
    Hearsay,
}

/// Drafts the sentence just read if nothing in it attributes and its verb reports.
pub(super) fn sentence(reader: &mut Reader<'_, '_>) {
    let Some(report) = report(reader) else { return };
    let whole = reader.block.tokens.span(reader.sentence.start, reader.sentence.end);
    let outer = |draft: &Draft| draft.anchor().start >= whole.start && draft.extent().start <= whole.start + 1;
    let own = reader.drafts.get(reader.first..).unwrap_or_default();
    let attributed = own.iter().any(|draft| {
        let extent: usize = draft.content.iter().map(|span| span.len()).sum();
        outer(draft) || extent * 2 > whole.len()
    });
    if attributed || reader.block.role.is_headline() {
        return;
    }
    let Some(content) = reader.block.trimmed(reader.sentence) else { return };
    if report != Report::Hearsay && goes_on(reader, content) {
        return;
    }
    let near = if report == Report::Conditional { 0 } else { NEAR };
    let carried = in_force(reader, content.start, near);
    if report == Report::Conditional && carried.is_none() {
        return;
    }
    let source = match (report, carried) {
        (_, Some(source)) => source,
        (Report::Hearsay, None) => Subject::Nobody,
        (_, None) => Subject::Elliptical(crate::language::cue::Features::NONE),
    };
    let draft = Draft {
        rule: match report {
            Report::Mood | Report::Conditional => RUNS_ON,
            Report::Hearsay => "hearsay",
        },
        content: vec![content],
        cue: Vec::new(),
        lemma: String::new(),
        stance: Stance::Report,
        mode: Mode::Speech,
        polarity: Polarity::Affirmed,
        realised: true,
        source,
        channel: None,
        confidence: if carried.is_some() { 0.75 } else { 0.55 },
        block: reader.block.number,
    };
    reader.drafts.insert(reader.first, draft);
}

/// How the sentence reports, by its first finite verb outside subordinate clauses and marks.
fn report(reader: &Reader<'_, '_>) -> Option<Report> {
    for number in 0..reader.segments.len() {
        let part = reader.segment(number);
        if reader.opener(number) != Opener::Main || is_reported(reader, part.start) {
            continue;
        }
        let mut words = (part.start..part.end).filter(|&at| reader.block.quotation_around(at).is_none());
        if let Some(verb) = words.find(|&at| is_main_verb(reader, at)) {
            let classes = reader.classes(verb);
            return match () {
                () if is_wish(reader, verb) || speaks_itself(reader) => None,
                () if classes.has(C::Subjunctive) => Some(Report::Mood),
                () if classes.has(C::Conditional) && !classes.has(C::Hedge) => Some(Report::Conditional),
                () if classes.has(C::Hearsay) && is_perfect_infinitive(reader, verb) => Some(Report::Hearsay),
                () if !reader.is_finite(verb) => Some(Report::Mood),
                () => None,
            };
        }
    }
    None
}

/// Whether an attribution in a subordinate clause of the sentence takes the words at `at`: `Der Anwalt, der sagte, | er sei
/// krank, ging`.
fn is_reported(reader: &Reader<'_, '_>, at: usize) -> bool {
    let Some(start) = reader.block.tokens.get(at).map(|token| token.span.start) else { return false };
    let own = reader.drafts.get(reader.first..).unwrap_or_default();
    own.iter().any(|draft| {
        matches!(draft.source, Subject::Relative { .. })
            && draft.content.iter().any(|span| span.start <= start && start < span.end)
    })
}

/// Whether the word is the finite verb; after a pronoun an unknown word with the ending of the subjunctive is one.
fn is_main_verb(reader: &Reader<'_, '_>, at: usize) -> bool {
    if reader.is_finite(at) {
        // `Verletzt sei niemand`: only one verb stands before the rest.
        if at == reader.sentence.start && reader.is_finite(reader.block.tokens.after(at)) {
            return false;
        }
        let zu = reader.before(at).is_some_and(|head| reader.is(head, C::InfinitiveMarker));
        return !zu;
    }
    let pronoun = WordClasses::of(&[C::PronounMasculine, C::PronounNeuter]);
    let alone = |head: usize| {
        reader.classes(head).any(pronoun)
            && !reader.classes(head).any(WordClasses::of(&[C::Determiner, C::Demonstrative]))
    };
    let after_pronoun = reader.before(at).is_some_and(alone);
    after_pronoun && reader.classes(at).is_empty() && german::has_subjunctive_ending(reader.block.tokens.word(at))
}

/// `Möge er ruhen`, `Man nehme …`: no report.
fn is_wish(reader: &Reader<'_, '_>, verb: usize) -> bool {
    verb == reader.sentence.start && !reader.is(verb, C::Auxiliary)
}

/// Whether a pronoun of the first or second person stands outside marks: the words are somebody's own, and their
/// first person looks like a subjunctive.
fn speaks_itself(reader: &Reader<'_, '_>) -> bool {
    let mut words =
        (reader.sentence.start..reader.sentence.end).filter(|&at| reader.block.quotation_around(at).is_none());
    words.any(|at| (reader.is(at, C::PronounSpeech) && !reader.is(at, C::Possessive)) || reader.is_address(at))
}

/// Whether the clause closes with a participle and an auxiliary after the modal: `soll … gewesen sein`.
fn is_perfect_infinitive(reader: &Reader<'_, '_>, modal: usize) -> bool {
    (modal + 2..reader.sentence.end).any(|at| {
        let helps = reader.is(at, C::Infinitive) && reader.is(at, C::PassiveInfinitive);
        let participle = at - 1;
        let word = reader.block.tokens.word(participle);
        helps
            && !reader.is_capitalised(participle)
            && reader.mark(participle).is_none()
            && german::has_verb_ending(word)
            && (reader.ends_at(at + 1) || reader.is(at + 1, C::Coordinator))
    })
}

/// Adds the content to the claim before it, if that is indirect speech that goes on up to here.
fn goes_on(reader: &mut Reader<'_, '_>, content: Span) -> bool {
    let text = reader.block.text;
    let Some(last) = reader.drafts.get_mut(..reader.first).and_then(|before| before.last_mut()) else { return false };
    let end = last.extent().end;
    let follows = last.rule == RUNS_ON
        && text.get(end..content.start).is_some_and(|between| !between.chars().any(char::is_alphanumeric));
    if !follows {
        return false;
    }
    let same_block = last.block == reader.block.number;
    match last.content.last_mut().filter(|_| same_block) {
        Some(span) => span.end = content.end,
        None => last.content.push(content),
    }
    true
}

/// Whose words are reported before the byte `before`, if the narrator did not speak for long since.
pub(super) fn in_force(reader: &Reader<'_, '_>, before: usize, near: usize) -> Option<Subject> {
    let earlier = reader.drafts.get(..reader.first)?;
    let outermost = |draft: &&Draft| {
        !earlier
            .iter()
            .rev()
            .take(2 * LOOK_BACK)
            .any(|outer| outer.content.iter().any(|span| span.contains(draft.anchor()) && *span != draft.anchor()))
    };
    let last = earlier.iter().rev().take(LOOK_BACK).find(outermost);
    if let Some(span) = reader.heard.filter(|span| {
        span.end <= before
            && last.is_none_or(|last| last.anchor().start < span.start && last.extent().start < span.start)
    }) {
        return Some(Subject::Written(span));
    }
    let near = |draft: &&Draft| draft.block + near >= reader.block.number;
    let last = last.filter(near)?;
    // A carrier gives the floor back, in the next paragraph, to whoever spoke before it.
    let before_carrier = || {
        let mut earlier = earlier.iter().rev().take(LOOK_BACK).take_while(near);
        earlier.find(|draft| outermost(draft) && !is_carrier(reader, draft.source))
    };
    let passes = last.block < reader.block.number && is_carrier(reader, last.source);
    let last = if passes { before_carrier().unwrap_or(last) } else { last };
    let cue = last.anchor().start;
    match last.source {
        Subject::Written(span) | Subject::Pronoun(span, _) | Subject::Relative { pronoun: span, .. } => {
            Some(Subject::Carried { span, cue })
        }
        carried @ Subject::Carried { .. } => Some(carried),
        Subject::Nobody => Some(Subject::Nobody),
        _ if last.cue.is_empty() => None,
        _ => Some(Subject::SameAs(cue)),
    }
    .filter(|_| before >= last.extent().end)
}

/// Whether a source is a newspaper, agency or broadcaster.
fn is_carrier(reader: &Reader<'_, '_>, source: Subject) -> bool {
    let carried = match source {
        Subject::Carried { span, .. } => Some(span),
        other => other.named(),
    };
    let Some(span) = carried else { return false };
    let pack = reader.block.pack;
    span.of(reader.block.text)
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| pack.classes(&fold(word)).has(C::Medium))
}

/// How many blocks back the attribution may stand.
pub(super) const NEAR: usize = 2;
/// How many drafts are looked at.
const LOOK_BACK: usize = 6;
