//! The content that a cue opens: by which rule, where it begins and how far it reaches.

use super::super::block::Range;
use super::super::draft::Subject;
use super::Reader;
use super::extent::{self, Shape};
use super::finite::FINITE;
use super::french::is_attributed;
use super::group::Group;
use super::inverted_extent as around;
use super::opening::Opening;
use super::phrase::PRONOUNS;
use crate::claim::{Mode, Polarity, Stance};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Frame, Requirement};
use crate::language::endings::looks_adverb;

/// The content that a cue opens, with the rule's name and its confidence.
pub(super) fn after(
    reader: &Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    opening: Opening,
) -> Option<(&'static str, Range, f32)> {
    if matches!(opening, Opening::Infinitive(start) | Opening::Phrase(start) if reader.block.is(start, C::NoStatement))
    {
        return None;
    }
    let opening = match opening {
        Opening::End(start) if opens_subordinate(reader, start, entry) => Opening::Phrase(start),
        Opening::Clause(start) => demonstrative(reader, start, entry).map_or(opening, Opening::Phrase),
        other => other,
    };
    let (rule, start, confidence) = rule(opening, entry)?;
    if !is_met(reader, group, entry, opening) {
        return None;
    }
    let shape = Shape { denied: entry.polarity == Polarity::Denied, ..Shape::of(reader, group) };
    let range = match rule {
        "subject-verb-quotation" => Range::new(start, extent::quotation_end(reader, start, shape)),
        "nominal-object" => object(reader, start, shape.nominal(), entry),
        "prepositional-object" if quotes_whole(reader, start) => {
            Range::new(start, extent::quotation_end(reader, start, shape.nominal()))
        }
        "prepositional-object" => {
            let end = extent::clause_end(reader, start, shape.nominal());
            Range::new(if reader.syntax().follows_english() { start } else { urged(reader, group, entry, start) }, end)
        }
        "infinitive" => {
            let end = extent::clause_end(reader, start, shape.infinitive());
            Range::new(urged(reader, group, entry, start), end)
        }
        _ => Range::new(start, extent::clause_end(reader, start, shape)),
    };
    // `repeated that pledge`: one word after the complementiser is a noun after a demonstrative.
    let words = (range.start..range.end).filter(|&at| reader.block.tokens.is_word(at)).take(2).count();
    let whole = (words > 1 || !matches!(opening, Opening::Clause(_)))
        && !(rule == "nominal-object" && (is_somebody(reader, range, entry) || !is_listed(reader, range, entry)))
        && !(rule == "nominal-object" && reader.syntax().expels(reader, range, entry));
    let clause = rule != "subject-verb-bare-clause" || is_clause(reader, range, entry);
    (whole && clause && !range.is_empty()).then_some((rule, range, confidence))
}

/// The demonstrative that a complementiser before `start` is where no clause follows: `denied | that`, `disputed | that account`.
fn demonstrative(reader: &Reader<'_, '_>, start: usize, entry: &CueEntry) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let ends = |at: usize| at >= reader.sentence.end || matches!(reader.mark(at), Some(',' | '.' | '!' | '?' | ';'));
    let noun = tokens.is_word(start) && ends(tokens.after(start));
    let before = reader.before(start).filter(|&at| tokens.is(at, C::Demonstrative))?;
    (entry.frames.has(Frame::Nominal) && (ends(start) || noun)).then_some(before)
}

/// Whether what begins at `start` with a conjunction is what somebody says: `said if it rains, …`.
fn opens_subordinate(reader: &Reader<'_, '_>, start: usize, entry: &CueEntry) -> bool {
    reader.block.is(start, C::Subordinator) && entry.frames.has(Frame::BareClause) && entry.mode != Mode::Thought
}

/// The rule for what a cue opens, where its content begins, and the rule's confidence.
fn rule(opening: Opening, entry: &CueEntry) -> Option<(&'static str, usize, f32)> {
    let has = |frame| entry.frames.has(frame);
    let unmarked = matches!(entry.requires, Requirement::Nothing | Requirement::Document | Requirement::Clause);
    Some(match opening {
        Opening::Clause(start) if has(Frame::Clause) => ("subject-verb-clause", start, 0.9),
        Opening::Quotation(open) if has(Frame::Quotation) || has(Frame::Nominal) => {
            ("subject-verb-quotation", open, 0.92)
        }
        Opening::Colon(start) if has(Frame::Quotation) => ("subject-verb-colon", start, 0.8),
        Opening::Question(start) if has(Frame::Question) => ("reported-question", start, 0.85),
        Opening::Infinitive(start) if has(Frame::Infinitive) || has(Frame::Addressee) => ("infinitive", start, 0.8),
        Opening::Preposition(start) => ("prepositional-object", start, 0.75),
        Opening::Phrase(start) if unmarked && has(Frame::BareClause) => ("subject-verb-bare-clause", start, 0.8),
        Opening::Phrase(start) if unmarked && has(Frame::Nominal) => ("nominal-object", start, 0.7),
        Opening::Phrase(start) if unmarked && has(Frame::Addressee) => ("subject-verb-bare-clause", start, 0.7),
        _ => return None,
    })
}

/// Whether the quotation at `open` is all of an object, as a verb follows it: «que X qualifie de | « piège » | a été adopté».
fn quotes_whole(reader: &Reader<'_, '_>, open: usize) -> bool {
    let close = reader.block.quotation_opened_at(open).map(|quotation| quotation.close);
    close.is_some_and(|close| !reader.syntax().follows_english() && reader.block.tokens.classes(close).any(FINITE))
}

/// Whether an object is one that its verb can take: «a requis | trois ans de prison», not «a requis | l'anonymat».
fn is_listed(reader: &Reader<'_, '_>, range: Range, entry: &CueEntry) -> bool {
    let listed = |at: usize| entry.objects.iter().any(|object| object == reader.block.tokens.word(at));
    entry.objects.is_empty() || (range.start..range.end).any(listed)
}

/// Whether what a verb of reporting takes is who it was heard from, and nothing that was said: `citing | two officials`.
fn is_somebody(reader: &Reader<'_, '_>, range: Range, entry: &CueEntry) -> bool {
    const PEOPLE: WordClasses = WordClasses::of(&[C::Person, C::Title, C::Anonymous, C::Group, C::Medium]);
    let classes = |at: usize| reader.block.tokens.classes(at);
    let last = reader.before(range.end).filter(|&last| last >= range.start);
    entry.stance == Stance::Report
        && reader.syntax().follows_english()
        && last.is_some_and(|last| classes(last).any(PEOPLE))
        && !(range.start..range.end).any(|at| classes(at).has(C::Preposition) || reader.mark(at).is_some())
}

/// Where the content of a verb that urges begins whose infinitive begins at `infinitive`: whoever is to do it is a part of
/// it, `urged | the judge to lift the ban`, «appelle | les deux camps à la retenue».
fn urged(reader: &Reader<'_, '_>, group: &Group, entry: &CueEntry, infinitive: usize) -> usize {
    let urges = matches!(entry.stance, Stance::Urge | Stance::Ask | Stance::Demand);
    let who = reader.block.tokens.classes(group.end);
    let aside =
        WordClasses::of(&[C::Adverb, C::Time, C::Preposition, C::ChannelPhrase, C::InfinitiveMarker, C::Negation]);
    let plain = reader.block.tokens.is_word(group.end) && !who.any(aside) && entry.frames.has(Frame::Addressee);
    if urges && plain { group.end } else { infinitive }
}

/// Whether what the cue requires is there.
fn is_met(reader: &Reader<'_, '_>, group: &Group, entry: &CueEntry, opening: Opening) -> bool {
    let quoted = matches!(opening, Opening::Quotation(_) | Opening::Colon(_));
    match entry.requires {
        Requirement::Complementiser => matches!(opening, Opening::Clause(_)),
        Requirement::Quotation => match opening {
            // «parle de | « scandale »», «parle d' | un « scandale »»
            Opening::Preposition(start) => {
                let article = reader.block.is(start, C::Indefinite);
                let quoted = if article { reader.block.tokens.after(start) } else { start };
                reader.block.quotation_opened_at(quoted).is_some()
            }
            _ => quoted,
        },
        Requirement::Marker => {
            let infinitive = reader.syntax().infinitive_marks() && matches!(opening, Opening::Infinitive(_));
            infinitive || quoted || matches!(opening, Opening::Clause(_))
        }
        Requirement::Negation => group.negated,
        // What a body hears has a rule of its own.
        Requirement::Forum => matches!(opening, Opening::Quotation(_)),
        _ => true,
    }
}

/// The noun phrase that begins at `start`, with what belongs to it.
fn object(reader: &Reader<'_, '_>, start: usize, shape: Shape, entry: &CueEntry) -> Range {
    let mut end = extent::clause_end(reader, start, shape);
    // `accused him | of fraud`: what the verb's own preposition opens belongs to its object.
    let governs = |at: usize| entry.prepositions.iter().any(|word| word == reader.block.tokens.word(at));
    if end < reader.sentence.end && governs(end) {
        end = extent::clause_end(reader, end, shape);
    }
    // «X a défendu Y : «…»» gives X's own words.
    let colon = (start..end.saturating_add(1).min(reader.sentence.end))
        .find(|&at| reader.mark(at) == Some(':') && reader.block.quotation_opened_at(at + 1).is_some())
        .filter(|&colon| reader.syntax().quotes_after_object() && !is_others(reader, colon + 1));
    match colon {
        Some(colon) => Range::new(colon + 1, extent::quotation_end(reader, colon + 1, shape)),
        None => Range::new(start, end),
    }
}

/// Whether the quotation at `open` has an attribution of its own behind it: «déplore le bruit : «…», compare X».
fn is_others(reader: &Reader<'_, '_>, open: usize) -> bool {
    let close = reader.block.quotation_opened_at(open).map(|quotation| quotation.close);
    close.is_some_and(|close| reader.is_comma(close) && is_attributed(reader, close + 1))
}

/// Whether what looks like a clause without complementiser is one: `wrote a novel` and `knew him` have no verb.
fn is_clause(reader: &Reader<'_, '_>, range: Range, entry: &CueEntry) -> bool {
    if entry.requires == Requirement::Clause {
        return around::has_main_verb(reader, range);
    }
    let tokens = &reader.block.tokens;
    // `said it`, `said quietly into the phone`
    let words = (range.start..range.end).filter(|&at| tokens.is_word(at)).take(2).count();
    let alone = words < 2
        && !entry.frames.has(Frame::Nominal)
        && tokens.classes(range.start).any(PRONOUNS.with(C::PronounObject.into()));
    let manner = tokens.classes(range.start).is_empty()
        && looks_adverb(tokens.word(range.start), reader.block.pack.lexicon())
        && !extent::has_finite(reader, range);
    if alone || manner {
        return false;
    }
    // What is said is seldom a thing; what is known, felt or written often is.
    entry.mode == Mode::Speech
        || entry.frames.has(Frame::Nominal)
        || entry.frames.has(Frame::Addressee)
        || range.len() > LONGEST_OBJECT
        || entry.requires == Requirement::Document
        || reader.block.tokens.classes(range.start).any(PRONOUNS)
        || extent::has_finite(reader, range)
}

/// A longer content without a known verb has one that no list holds.
const LONGEST_OBJECT: usize = 7;

/// The part of a content that stands before its attribution as a pronoun: `what | police called | an “attack”`,
/// `a bill | which | she said | would fail`. The content itself begins at `start`.
pub(super) fn fronted(reader: &Reader<'_, '_>, subject: Subject, start: usize) -> Option<Range> {
    let classes = |at: usize| reader.block.tokens.classes(at);
    let first = reader.block.tokens_in(subject.written()?).start;
    let pronoun = reader.before(first)?;
    let stands_for = classes(pronoun).any(WordClasses::of(&[C::Relative, C::FreeRelative]));
    // `in which she said …`: a preposition's pronoun is a part of nothing else.
    let governed =
        classes(pronoun).has(C::Relative) && reader.before(pronoun).is_some_and(|at| classes(at).has(C::Preposition));
    let lacks_subject = classes(start).any(FINITE) || extent::is_finite_cue(reader, start);
    // `where she said | the bridge ends`, `the claim that | she said | he lied`: nothing is missing.
    let complete = classes(pronoun).any(WordClasses::of(&[C::Subordinator, C::Possessive]))
        || (classes(pronoun).has(C::Complementiser) && !lacks_subject);
    (stands_for && !governed && !complete).then(|| Range::new(pronoun, pronoun + 1))
}
