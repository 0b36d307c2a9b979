//! The [`Syntax`] of French. Its constructions stand in [`french`], [`french_describe`], [`french_infinitive`], [`french_source`] and [`inversion`].

use super::super::block::Range;
use super::super::draft::Subject;
use super::extent::Shape;
use super::group::Group;
use super::opening::Opening;
use super::phrase::PRONOUNS;
use super::syntax::Syntax;
use super::{
    Reader, french, french_describe, french_infinitive, french_source, inversion, inverted_extent, inverted_subject,
};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Frame};
use crate::language::lexicon::CueForm;
use crate::quotation::Quotation;

/// Subjects after the verb wherever the statement stands before it, adjectives after nouns, infinitives behind
/// prepositions.
pub(super) struct French;

impl Syntax for French {
    fn inverted<'a>(&self, reader: &mut Reader<'_, 'a>, at: usize, form: CueForm, entry: &'a CueEntry) -> bool {
        inversion::attribution(reader, at, form, entry)
    }

    fn holds_attribution(&self, reader: &mut Reader<'_, '_>, quotation: &Quotation) -> bool {
        inversion::inside(reader, quotation)
    }

    fn governs_verb(&self, reader: &Reader<'_, '_>, group: &Group) -> bool {
        french::is_governing(reader, group)
    }

    fn speaks_by_infinitive(&self, reader: &Reader<'_, '_>, group: &Group) -> bool {
        french_infinitive::speaks_by_infinitive(reader, group)
    }

    fn goes_on(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        french_infinitive::goes_on(reader, at)
    }

    fn narrates(&self, reader: &Reader<'_, '_>, group: &Group) -> Option<usize> {
        french_infinitive::narrates(reader, group)
    }

    fn own_preposition_behind(&self, reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Option<usize> {
        french::own_preposition_behind(reader, at, entry)
    }

    fn is_partitive(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        let tokens = &reader.block.tokens;
        let next = tokens.classes(tokens.after(at)).any(WordClasses::of(&[C::Adjective, C::Determiner]));
        let de = tokens.is(at, C::InfinitivePreposition) && next;
        tokens.is(at, C::Link) && (de || tokens.is(at, C::DeterminerMasculine))
    }

    fn object_behind_addressee(&self, reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
        inverted_subject::object_behind_addressee(reader, at)
    }

    fn opens_participle(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        french::opens_participle(reader, at)
    }

    fn fronted_object(&self, reader: &Reader<'_, '_>, subject: Subject, entry: &CueEntry) -> Option<Range> {
        french::fronted_object(reader, subject, entry)
    }

    fn is_speechless(&self, reader: &Reader<'_, '_>, start: usize, group: &Group, entry: &CueEntry) -> bool {
        french::is_act(reader, start) || french::is_plan(reader, start, group.start, entry)
    }

    fn is_byname(&self, reader: &Reader<'_, '_>, group: &Group, opening: Opening) -> bool {
        french::is_byname(reader, group, opening)
    }

    fn infinitive(&self, reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Option<usize> {
        french_infinitive::infinitive(reader, at, entry)
    }

    fn marks_infinitive(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        reader.block.is(at, C::InfinitivePreposition) && french_infinitive::infinitive_at(reader, at).is_some()
    }

    fn adverb_describes(&self) -> bool {
        false
    }

    fn adjective_precedes_noun(&self) -> bool {
        false
    }

    fn lacks_determiner(&self, reader: &Reader<'_, '_>, group: &Group, head: usize) -> bool {
        french::lacks_determiner(reader, group, head)
    }

    fn has_compound_past(&self) -> bool {
        true
    }

    fn shares_auxiliary(&self, reader: &Reader<'_, '_>, verb: usize) -> bool {
        french::shares_auxiliary(reader, verb)
    }

    fn inverts_after_statement(&self) -> bool {
        true
    }

    fn topic_may_speak(&self) -> bool {
        false
    }

    fn medium_needs_addressee(&self) -> bool {
        false
    }

    fn predicate(&self, reader: &Reader<'_, '_>, entry: &CueEntry, range: Range) -> Option<Option<(usize, usize)>> {
        Some(french_describe::predicate(reader, entry, range))
    }

    fn describes_by_link(&self, entry: &CueEntry, opening: Opening) -> bool {
        !entry.prepositions.is_empty() && !matches!(opening, Opening::Preposition(_))
    }

    fn infinitive_marks(&self) -> bool {
        true
    }

    fn quotes_after_object(&self) -> bool {
        true
    }

    fn is_whole(&self, shape: Shape) -> bool {
        shape.nominal || shape.infinitive
    }

    fn ends_object(&self, reader: &Reader<'_, '_>, at: usize, shape: Shape) -> bool {
        french::ends_object(reader, at, shape)
    }

    fn begins_attribution(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        french::begins_attribution(reader, at)
    }

    fn parts_at_colon(&self, reader: &Reader<'_, '_>, rest: Range) -> bool {
        inverted_extent::has_main_verb(reader, rest)
    }

    fn expels(&self, reader: &Reader<'_, '_>, object: Range, entry: &CueEntry) -> bool {
        french::expels(reader, object, entry)
    }

    fn tells_verb(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        let negates = reader.block.is(at, C::Negation) && !reader.block.is(at, C::Preposition);
        negates || french::is_reflexive_verb(reader, at)
    }

    fn opens_share(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        let tokens = &reader.block.tokens;
        let next = tokens.after(at);
        let counted = tokens.is_number(next) || tokens.number(next).is_some() || tokens.is(next, C::Indefinite);
        tokens.is(at, C::Relative) && !tokens.is(at, C::Interrogative) && counted
    }

    fn begins_with_verb(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        reader.block.is(at, C::Negation)
    }

    fn follows_english(&self) -> bool {
        false
    }

    fn joins_clauses(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        let tokens = &reader.block.tokens;
        tokens.is(at, C::NarratorReturn) && tokens.is(tokens.after(at), C::Complementiser)
    }

    fn before_gerund(&self, reader: &Reader<'_, '_>, at: usize) -> usize {
        if reader.block.is(at, C::Preposition) { reader.block.tokens.after(at) } else { at }
    }

    fn same_subject_goes_on(&self, reader: &Reader<'_, '_>, at: usize, shape: Shape) -> Option<bool> {
        Some(french::same_subject_goes_on(reader, at, shape))
    }

    fn shares_subject(&self, reader: &Reader<'_, '_>, head: usize) -> bool {
        let after_comma = || reader.before(head).is_some_and(|comma| reader.is_comma(comma));
        let after_object = || reader.spoken.last().is_some_and(|spoken| spoken.end == head);
        reader.block.is(head, C::NarratorReturn) && (after_comma() || after_object())
    }

    fn echo(&self, reader: &Reader<'_, '_>, comma: usize, close: usize) -> bool {
        let pronoun = comma + 1;
        reader.block.tokens.classes(pronoun).any(PRONOUNS) && reader.block.tokens.after(pronoun) == close
    }

    fn leading_source(&self, reader: &Reader<'_, '_>, who: Range) -> Range {
        french_source::leading_source(reader, who)
    }

    fn after_relative(&self, reader: &Reader<'_, '_>, at: usize) -> usize {
        french_source::after_relative(reader, at)
    }

    fn is_measure(&self, reader: &Reader<'_, '_>, at: usize, who: Range) -> bool {
        french_source::is_measure(reader, at, who)
    }

    fn opens_relative(&self, reader: &Reader<'_, '_>, start: usize, at: usize) -> bool {
        french_source::opens_relative(reader, start, at)
    }

    fn passive_takes_topic(&self, entry: &CueEntry) -> bool {
        entry.frames.has(Frame::Nominal) || entry.frames.has(Frame::Describe)
    }

    fn impersonal_reports(&self, entry: &CueEntry) -> bool {
        !entry.frames.has(Frame::Addressee)
    }

    fn governs(&self, reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
        french::governs(reader, at, entry)
    }
}
