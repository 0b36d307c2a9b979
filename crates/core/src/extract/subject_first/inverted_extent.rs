//! What stands around an attribution with its subject after the verb: what follows the subject, and whether a statement
//! with a verb of its own stands before or after it.

use super::super::block::Range;
use super::Reader;
use super::finite::FINITE;
use super::french::is_reflexive_verb;
use super::inverted_subject::abbreviates;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueKind, Features};
use crate::language::endings::looks_finite;

/// The token after what may follow a subject up to the next mark: times, places, channels; `from` if a clause follows.
pub(super) fn tail(reader: &Reader<'_, '_>, from: usize, end: usize) -> usize {
    let tokens = &reader.block.tokens;
    let limit = end.min(from.saturating_add(LONGEST_TAIL));
    let mut at = from;
    while at < limit {
        if reader.block.quotation_opened_at(at).is_some() {
            return at;
        }
        let stops = FINITE.with(WordClasses::of(&[C::Complementiser, C::Relative, C::Subordinator]));
        match reader.mark(at) {
            Some('-' | '\'' | '’') if !reader.is_dash(at) => {}
            Some('.') if at > from && abbreviates(reader, at) => {}
            Some(_) => return at,
            None if tokens.classes(at).any(stops) => return from,
            None => {}
        }
        at = tokens.after(at);
    }
    at.min(end)
}

const LONGEST_TAIL: usize = 30;

/// Where the speaker's words go on after an attribution that ends at `at`: behind `, dans un courriel`, or behind what is
/// added to a name: «…, regrette Luc Roy, médecin à Colmar. | Il faut …».
pub(super) fn resumes(reader: &Reader<'_, '_>, at: usize, end: usize) -> usize {
    let tokens = &reader.block.tokens;
    if !reader.is_comma(at) {
        return at;
    }
    let classes = tokens.classes(at + 1);
    let channel = WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel, C::Preposition, C::Person, C::Title]);
    let asked = classes.has(C::NarratorReturn) && !tokens.cues(tokens.head(at + 1)).is_empty();
    let aside = classes.any(channel) || asked;
    let noun = WordClasses::of(&[C::Noun, C::Adjective, C::TitleMasculine, C::TitleFeminine, C::Group]);
    let named = reader.before(at).is_some_and(|head| reader.is_capitalised(head));
    let added = named
        && tokens.is_word(at + 1)
        && !reader.is_capitalised(at + 1)
        && (classes.is_empty() || classes.any(noun))
        && !classes.any(FINITE.with(WordClasses::of(&[C::Determiner, C::NarratorReturn])));
    if !aside && !added {
        return at;
    }
    let upto = end.min(at + LONGEST_TAIL);
    let ends = |mark: char| matches!(mark, '.' | ':') || (mark == ',' && !added);
    let stop = (at + 1..upto).find(|&at| reader.mark(at).is_some_and(ends) || tokens.classes(at).any(FINITE));
    stop.filter(|&stop| reader.mark(stop) == Some('.')).unwrap_or(at)
}

/// Whether a finite verb of a main clause stands in `range`: one outside what a relative pronoun or conjunction opens.
pub(super) fn has_main_verb(reader: &Reader<'_, '_>, range: Range) -> bool {
    let tokens = &reader.block.tokens;
    let mut subordinate = false;
    let mut at = range.start;
    while at < range.end {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            let inside = quotation.start..quotation.end.min(quotation.start.saturating_add(LONGEST_TAIL));
            if !subordinate && inside.into_iter().any(|at| tokens.classes(at).any(FINITE)) {
                return true;
            }
            at = quotation.close.max(at + 1);
            continue;
        }
        let classes = tokens.classes(at);
        if reader.mark(at).is_some_and(|mark| matches!(mark, ',' | ';' | ':')) {
            subordinate = false;
        }
        let opens = classes.any(WordClasses::of(&[C::Relative, C::Subordinator]));
        let finite = classes.any(FINITE)
            || reader.block.cues(at).any(|(form, entry)| {
                entry.kind == CueKind::Verb && form.features.any(Features::FINITE) && !tokens.is(at, C::Noun)
            })
            || (classes.is_empty() && looks_finite(tokens.word(at), reader.block.pack.lexicon()))
            || is_reflexive_verb(reader, at);
        if finite && !subordinate {
            return true;
        }
        // The first verb after a relative pronoun or conjunction is its clause's, with all that belongs to its group.
        at = tokens.after(at);
        if finite && !opens {
            subordinate = false;
            while at < range.end && tokens.classes(at).any(FINITE.with(C::Adverb.into())) {
                at = tokens.after(at);
            }
        }
        subordinate |= opens;
    }
    false
}
