//! A speaker before a colon: `Minister: …`, `Q: …`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::finite::FINITE;
use super::{Reader, extent, inverted_subject, subject};
use crate::claim::{Mode, Polarity, Stance};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::span::Span;

/// A name with what somebody is has fewer tokens.
const MOST_TOKENS: usize = 16;
/// A name alone before a colon has no more.
const MOST_OF_NAME: usize = 6;

/// Drafts what follows a name and a colon at the beginning of a block.
pub(super) fn label(reader: &mut Reader<'_, '_>) -> bool {
    let tokens = &reader.block.tokens;
    if reader.sentence.start != 0 {
        return false;
    }
    let end = reader.sentence.end.min(MOST_TOKENS);
    let Some(colon) = (1..end).find(|&at| reader.mark(at) == Some(':')) else { return false };
    if colon > MOST_OF_NAME && reader.block.quotation_opened_at(colon + 1).is_none() {
        return false;
    }
    let is_name = |at: usize| {
        let joins = WordClasses::of(&[C::Coordinator, C::Determiner, C::Title, C::Person]);
        reader.mark(at).is_some_and(|mark| matches!(mark, '.' | '-' | '\''))
            || (tokens.is_word(at) && (reader.is_capitalised(at) || tokens.classes(at).any(joins)))
    };
    let office = WordClasses::of(&[C::Person, C::Title, C::TitleMasculine, C::TitleFeminine]);
    let given = WordClasses::of(&[C::NameMasculine, C::NameFeminine]);
    let someone = (0..colon).any(|at| tokens.classes(at).any(office)) || (colon > 1 && tokens.classes(0).any(given));
    let quotation = reader.block.quotation_opened_at(colon + 1);
    // Of a block that is a name and a quotation, with what somebody is: `Ann Lee, mayor of Halder: “…”`.
    let fills = quotation.is_some_and(|quotation| quotation.closed && quotation.close + 1 >= tokens.len());
    let whole = fills && someone;
    let quoted = quotation.is_some() && (reader.block.role.is_headline() || whole);
    let adds = |at: usize| tokens.is_word(at) || (whole && (reader.is_comma(at) || tokens.is_number(at)));
    let is_name = |at: usize| is_name(at) || (quoted && at > 0 && adds(at) && !tokens.classes(at).any(FINITE));
    // «Toren : le bilan s'alourdit» names a topic.
    let marked = quotation.is_some();
    if !reader.syntax().topic_may_speak() && !marked && !someone {
        return false;
    }
    let plain = (0..colon).all(|at| is_name(at) && tokens.cues(at).is_empty() && !tokens.is(at, C::Label));
    let source = reader.block.trimmed(Range::new(0, colon));
    let content = reader.block.trimmed(Range::new(colon + 1, tokens.len()));
    let (true, Some(source), Some(content)) = (plain, source, content) else { return false };
    if !reader.block.role.is_headline() && !marked && !someone && is_list(reader, Range::new(colon + 1, tokens.len())) {
        return false;
    }
    let draft = draft(reader, "speaker-colon", colon, content);
    reader.push(draft, Subject::Written(source), 0, tokens.len())
}

/// Whether only numbers, or several names without a verb or a mark at their end, stand in `range`: `Roe: 1,204`, `Photos:
/// Ann Lee`. One word is an answer: `Lee: Never`.
fn is_list(reader: &Reader<'_, '_>, range: Range) -> bool {
    let tokens = &reader.block.tokens;
    let all = |test: &dyn Fn(usize) -> bool| (range.start..range.end).all(|at| reader.mark(at).is_some() || test(at));
    let closed = range.end > range.start && matches!(reader.mark(range.end - 1), Some('.' | '!' | '?'));
    let handle = reader.mark(range.start) == Some('@');
    let several = (range.start..range.end).filter(|&at| tokens.is_word(at)).take(2).count() > 1;
    let named = |at: usize| {
        let verb = tokens.classes(at).any(FINITE) || !tokens.cues(at).is_empty() || extent::is_finite_cue(reader, at);
        handle || tokens.is(at, C::Coordinator) || (reader.is_capitalised(at) && !verb)
    };
    all(&|at| tokens.is_number(at)) || (!closed && (several || handle) && all(&named))
}

/// Drafts the quotation that ends a sentence after a colon, of whoever the sentence is about, where no verb of saying
/// took it: «Le maire a été clair : «…»», `She played up her strength: “…”`.
pub(super) fn announced(reader: &mut Reader<'_, '_>) -> bool {
    let Range { start, end } = reader.sentence;
    let colon = (start..end.min(start + super::REACH))
        .find(|&at| reader.mark(at) == Some(':') && reader.block.quotation_opened_at(at + 1).is_some());
    let Some(colon) = colon.filter(|&colon| colon > start) else { return false };
    let Some(&quotation) = reader.block.quotation_opened_at(colon + 1) else { return false };
    let rest = (quotation.close..end).all(|at| reader.mark(at).is_some());
    let Some(content) = reader.block.trimmed(Range::new(quotation.start, quotation.end)) else { return false };
    let taken = reader.drafts.iter().any(|draft| draft.extent().overlaps(content));
    if !rest || taken || quotation.len() < FEWEST_WORDS {
        return false;
    }
    let main = subject::of_main_clause(reader, colon).map(|found| found.subject);
    let spoken = || reader.spoken.last().filter(|spoken| spoken.end <= colon).map(|spoken| spoken.subject);
    let speaks = |&subject: &Subject| can_speak(reader, subject);
    let Some(subject) = main.filter(speaks).or_else(|| spoken().filter(speaks)) else { return false };
    let draft = draft(reader, "announced-quotation", colon, content);
    reader.push(draft, subject, colon, end)
}

/// A shorter quotation after a colon is a title or a word of interest.
const FEWEST_WORDS: usize = 4;

/// Whether the subject is somebody: a pronoun for a person, a name, or a noun for who can speak.
fn can_speak(reader: &Reader<'_, '_>, subject: Subject) -> bool {
    match subject {
        Subject::Written(span) | Subject::Relative { antecedent: span, .. } => {
            inverted_subject::speaks(reader, reader.block.tokens_in(span))
        }
        Subject::Pronoun(span, _) => {
            let at = reader.block.tokens_in(span).start;
            let people = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural]);
            reader.block.tokens.classes(at).any(people)
        }
        _ => false,
    }
}

/// The draft of a content that a colon attributes.
fn draft(reader: &Reader<'_, '_>, rule: &'static str, colon: usize, content: Span) -> Draft {
    Draft {
        rule,
        content: vec![content],
        cue: vec![reader.block.tokens.span(colon, colon + 1)],
        lemma: ":".to_owned(),
        stance: Stance::Report,
        mode: Mode::Speech,
        polarity: Polarity::Affirmed,
        realised: true,
        source: Subject::Nobody,
        channel: None,
        confidence: 0.5,
        block: reader.block.number,
    }
}
