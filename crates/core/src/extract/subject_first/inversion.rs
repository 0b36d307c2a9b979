//! Attributions whose subject stands after the verb: «…», «a déclaré le ministre», «a-t-il dit», «explique Mme Roy»,
//! and the same between the marks of a quotation: «Nous partons, a-t-il dit, et vite.»

use super::super::block::Range;
use super::super::draft::Draft;
use super::channel::{self, Place};
use super::extent::{self, Shape};
use super::group::Group;
use super::inverted_extent as around;
use super::inverted_subject as subject;
use super::{Reader, trailing};
use crate::claim::{Polarity, Stance};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Features, Frame, Requirement};
use crate::language::lexicon::CueForm;
use crate::quotation::Quotation;

/// A verb with its subject after it.
#[derive(Debug, Clone, Copy)]
struct Inverted {
    group: Group,
    /// The token after the verb, and after a pronoun written on to it.
    end: usize,
    subject: subject::After,
    /// Whether it has an auxiliary.
    compound: bool,
}

/// `«…», a déclaré X`, `…, a déclaré X`, `…, a déclaré X, …`, `Comme l'a dit X, …`.
pub(super) fn attribution(reader: &mut Reader<'_, '_>, at: usize, form: CueForm, entry: &CueEntry) -> bool {
    let quotes = entry.frames.has(Frame::Quotation);
    if !quotes && entry.stance != Stance::Deny {
        return false;
    }
    let Some(found) = read(reader, at, form.features, entry) else { return false };
    let as_he_says = reader.before(found.group.start).filter(|&head| reader.block.is(head, C::Subordinator));
    let lead = as_he_says.unwrap_or(found.group.start);
    let rest = around::tail(reader, found.subject.end, reader.sentence.end);
    if quotes && as_he_says.is_some() && lead == reader.sentence.start && reader.is_comma(rest) {
        let content = Range::new(rest + 1, extent::clause_end(reader, rest + 1, Shape::default()));
        return push(reader, &found, entry, &[content], "as-subject-verb", 0.7);
    }
    if let Some(before) = referred_to(reader, lead) {
        return push(reader, &found, entry, &[before], "refers-back", 0.7);
    }
    if !quotes {
        return false;
    }
    let quoted = trailing::quoted_before(reader, lead);
    if !quoted && relays(reader, &found, lead) {
        return true;
    }
    let bounded = reader.before(lead).is_some_and(|head| reader.is_comma(head) || reader.is_dash(head));
    // «…, a déclaré la maire»: a verb that has no noun for its object has one for its subject, and so has the last of a
    // sentence, which «et» does not join: «Le pont est fermé, ont annoncé les secours.»
    let first = found.subject.subject.written().map(|span| reader.block.tokens_in(span).start);
    let definite = first.is_some_and(|first| !reader.block.is(first, C::Indefinite));
    let finite = !reader.block.is(found.group.start, C::Infinitive);
    let closes = rest + 1 >= reader.sentence.end && definite && finite;
    let plausible = found.subject.speaks || (found.compound && (closes || !entry.frames.has(Frame::Nominal)));
    let marked_only = entry.requires == Requirement::Quotation;
    let stated = bounded && plausible && !marked_only && is_statement(reader, lead, rest);
    if !quoted && !stated {
        return false;
    }
    let goes_on = !quoted && reader.is_comma(rest) && clause_goes_on(reader, rest + 1);
    let Some(before) = trailing::content_before(reader, lead, goes_on) else { return false };
    let mut contents = vec![before];
    let mut rule = if quoted { "quotation-verb-subject" } else { "clause-verb-subject" };
    let joins = matches!(reader.mark(rest), Some(',' | ':'));
    if joins && reader.block.quotation_opened_at(rest + 1).is_some() && quoted {
        contents.push(Range::new(rest + 1, extent::quotation_end(reader, rest + 1, Shape::default())));
        rule = "split-quotation";
    } else if goes_on {
        contents.push(Range::new(rest + 1, extent::clause_end(reader, rest + 1, Shape::default())));
        rule = "parenthetical";
    }
    push(reader, &found, entry, &contents, rule, if quoted { 0.95 } else { 0.85 })
}

/// Whether a carrier relays what somebody else said in the same sentence: «Des géologues avaient averti que …, | a rappelé le
/// quotidien.» Then it becomes that one's channel.
fn relays(reader: &mut Reader<'_, '_>, found: &Inverted, lead: usize) -> bool {
    let Some(channel) = found.subject.subject.written() else { return false };
    let tokens = &reader.block.tokens;
    let words = reader.block.tokens_in(channel);
    let medium = (words.start..words.end).any(|at| tokens.is(at, C::Medium) && !tokens.is(at, C::Group));
    let before = |spoken: &&super::Spoken| spoken.cue >= reader.sentence.start && spoken.end + 1 >= lead;
    let Some(spoken) = reader.spoken.last().filter(before).filter(|_| medium) else { return false };
    let cue = tokens.span(spoken.cue, spoken.cue + 1).start;
    let last = reader.drafts.iter_mut().next_back();
    let Some(draft) = last.filter(|draft| draft.cue.iter().any(|span| span.start == cue)) else { return false };
    draft.channel = Some(channel);
    true
}

/// The sentence before, where that is what the verb at `lead` takes: «Le pont rouvrira. C'est ce qu' | a annoncé la mairie.»
fn referred_to(reader: &Reader<'_, '_>, lead: usize) -> Option<Range> {
    let tokens = &reader.block.tokens;
    let start = reader.sentence.start;
    let what =
        reader.before(lead).filter(|&what| tokens.is(what, C::Interrogative) && tokens.after(what) > what + 1)?;
    let is = tokens.after(start);
    let points = tokens.is(start, C::PronounNeuter) && tokens.is(is, C::PassiveAuxiliary);
    let near = what - start <= LONGEST_POINTER && points && start > 0;
    let before = near.then(|| reader.block.sentence(start - 1))?;
    let span = reader.block.trimmed(before)?;
    (!reader.drafts.iter().any(|draft| draft.extent().overlaps(span))).then_some(before)
}

/// Tokens of «C'est du moins», with marks.
const LONGEST_POINTER: usize = 8;

/// Drafts the claim of a quotation that holds its own attribution between its marks.
pub(super) fn inside(reader: &mut Reader<'_, '_>, quotation: &Quotation) -> bool {
    let end = quotation.end.min(reader.sentence.end);
    for at in quotation.start + 1..end.min(quotation.start.saturating_add(MOST_TOKENS)) {
        let cues = reader.block.cues(at).filter(|(_, entry)| entry.kind == CueKind::Verb);
        for (form, entry) in cues {
            if !entry.frames.has(Frame::Quotation) {
                continue;
            }
            let Some(found) = read(reader, at, form.features, entry) else { continue };
            if found.subject.end > end || found.group.start <= quotation.start + 1 {
                continue;
            }
            let parted = matches!(reader.mark(found.group.start - 1), Some(',' | '?' | '!' | '…' | '–' | '—' | '-'));
            let rest = around::tail(reader, found.subject.end, end);
            let bounded = rest >= end || matches!(reader.mark(rest), Some(',' | '.' | '!' | ':' | ';' | '–' | '—'));
            if !parted || !bounded || is_quoted_speaker(reader, &found) {
                continue;
            }
            let resumes = around::resumes(reader, rest, end);
            let contents = [Range::new(quotation.start, found.group.start), Range::new(resumes, end)];
            let pushed = push(reader, &found, entry, &contents, "quotation-holds-attribution", 0.9);
            if let Some(draft) = reader.drafts.last_mut().filter(|_| pushed && resumes > rest) {
                channel::add_aside(reader.block, draft, Range::new(rest + 1, resumes));
            }
            return pushed;
        }
    }
    false
}

/// A quotation of more tokens is searched so far only.
const MOST_TOKENS: usize = 400;

/// Reads the verb at `at` with a subject after it.
fn read(reader: &Reader<'_, '_>, at: usize, features: Features, entry: &CueEntry) -> Option<Inverted> {
    let left = Left::of(reader, at);
    let end = reader.block.tokens.after(at);
    let compound = left.auxiliary.is_some();
    let fits = match compound {
        true if left.governed => features.any(Features::INFINITIVE),
        true => features.any(Features::PASSIVE) && (!left.passive || left.reflexive),
        false => features.any(Features::FINITE) && left.pronoun.is_none(),
    };
    if !fits || (left.reflexive != entry.reflexive && !left.governed) {
        return None;
    }
    let start = left.start;
    let group = Group::inverted(start, at, end, features, (left.negated, left.reflexive, compound));
    if let Some(pronoun) = left.pronoun {
        return Some(Inverted { group, end, subject: subject::pronoun(reader, pronoun, end)?, compound });
    }
    if let Some(written_on) = subject::written_on(reader, end) {
        return Some(Inverted { group, end: written_on.end, subject: written_on, compound });
    }
    let hyphen = reader.mark(end) == Some('-') && reader.block.tokens.touches_next(end - 1);
    // What a determiner makes a noun is none before its subject: «…, la critique du maire».
    let noun = !compound
        && start == at
        && reader.before(start).is_some_and(|head| {
            reader.block.tokens.classes(head).any(WordClasses::of(&[C::Determiner, C::Possessive, C::Preposition]))
        });
    if hyphen || noun {
        return None;
    }
    Some(Inverted { group, end, subject: subject::noun_phrase(reader, end)?, compound })
}

/// What stands left of an inverted verb.
#[derive(Default)]
struct Left {
    start: usize,
    auxiliary: Option<usize>,
    /// The auxiliary is the one of the passive.
    passive: bool,
    pronoun: Option<usize>,
    negated: bool,
    reflexive: bool,
    /// The verb is an infinitive that a participle governs: «s'est-il contenté de | dire».
    governed: bool,
}

/// Longer groups do not occur.
const MOST_WORDS: usize = 9;

impl Left {
    fn of(reader: &Reader<'_, '_>, verb: usize) -> Self {
        let tokens = &reader.block.tokens;
        let mut left = Self { start: verb, ..Self::default() };
        let mut at = verb;
        for _ in 0..MOST_WORDS {
            let Some(head) = reader.before(at) else { break };
            let classes = tokens.classes(head);
            // «fait-il | remarquer»
            let governs = classes.has(C::Verb) && !classes.any(AUXILIARIES);
            if left.pronoun.is_some() && left.auxiliary.is_none() && governs {
                left.governed = true;
                (left.auxiliary, left.start) = (Some(head), head);
            } else if left.auxiliary.is_none() && (classes.any(AUXILIARIES)) {
                left.auxiliary = Some(head);
                left.passive = classes.has(C::PassiveAuxiliary);
                left.start = head;
            } else if left.auxiliary.is_none()
                && left.pronoun.is_none()
                && classes.any(SUBJECTS)
                && let Some(first) = subject::auxiliary_before(reader, head)
            {
                left.pronoun = Some(head);
                at = first;
                continue;
            } else if classes.has(C::Clitic)
                && (!classes.has(C::Determiner) || left.auxiliary.is_some() || is_after_conjunction(reader, head))
            {
                left.reflexive |= classes.has(C::Reflexive);
                left.start = head;
            } else if at == verb && classes.has(C::Catenative) && !classes.has(C::Auxiliary) {
                left.governed = true;
                left.negated |= classes.has(C::Negation);
            } else if classes.has(C::Negation) {
                left.negated = true;
                left.start = if left.auxiliary.is_some() { head } else { left.start };
            } else if !(classes.has(C::Adverb) && left.auxiliary.is_none()) {
                break;
            }
            at = head;
        }
        if left.auxiliary.is_none() {
            left.pronoun = None;
        }
        left
    }
}

/// Whether the word at `at` follows a conjunction that a verb follows: «comme | le rappelle X».
fn is_after_conjunction(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader
        .before(at)
        .is_some_and(|head| reader.block.is(head, C::Subordinator) && reader.block.is(head, C::Preposition))
}

const AUXILIARIES: WordClasses = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary]);

const SUBJECTS: WordClasses =
    WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural, C::PronounSpeech]);

/// Whether what stands before `lead`, or goes on at `rest`, is a statement and not the subject of the verb.
fn is_statement(reader: &Reader<'_, '_>, lead: usize, rest: usize) -> bool {
    let start = reader.sentence.start.max(lead.saturating_sub(extent::MOST_TOKENS));
    around::has_main_verb(reader, Range::new(start, lead))
        || (reader.is_comma(rest) && clause_goes_on(reader, rest + 1))
}

/// Whether the clause that an attribution broke goes on at `at` with its verb.
fn clause_goes_on(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(at);
    let narrator =
        WordClasses::of(&[C::NarratorReturn, C::Relative, C::Subordinator, C::Time, C::Coordinator, C::Circumstance]);
    let participle = reader.block.cues(at).any(|(form, _)| form.features.any(Features::PARTICIPLE));
    at < reader.sentence.end
        && reader.block.quotation_opened_at(at).is_none()
        && !classes.any(narrator)
        && !participle
        && around::has_main_verb(reader, Range::new(at, reader.sentence.end))
}

/// Whether the attribution stands in the speaker's own words: «…, m'a dit mon père, …».
fn is_quoted_speaker(reader: &Reader<'_, '_>, found: &Inverted) -> bool {
    let speech = |at: usize| reader.block.tokens.is(at, C::PronounSpeech);
    (found.group.start..found.group.verb).any(speech) || found.subject.of_speaker
}

/// Adds the draft of an inverted attribution.
fn push(
    reader: &mut Reader<'_, '_>,
    found: &Inverted,
    entry: &CueEntry,
    contents: &[Range],
    rule: &'static str,
    confidence: f32,
) -> bool {
    let content = reader.spans(contents);
    if content.is_empty() {
        return false;
    }
    let cue = vec![reader.block.tokens.span(found.group.cue, found.group.end)];
    let mut draft = Draft::new(rule, entry, cue, content, reader.block.number);
    draft.polarity = if found.group.negated { Polarity::Withheld } else { entry.polarity };
    draft.realised = found.group.realised;
    draft.confidence = confidence;
    let place = Place { from: found.group.end, upto: None, end: None, subject: found.subject.subject };
    channel::add(reader, &mut draft, place, entry);
    let end = contents.iter().map(|range| range.end).max().unwrap_or(found.end).max(found.end);
    reader.push(draft, found.subject.subject, found.group.start, end)
}
