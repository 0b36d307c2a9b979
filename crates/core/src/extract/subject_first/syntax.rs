//! What a language of this grammar does in a way of its own: [`Syntax`], whose defaults are English, and what French
//! has instead of them stands in [`super::french_syntax`].

use super::super::block::Range;
use super::super::draft::Subject;
use super::extent::Shape;
use super::french_syntax::French;
use super::group::Group;
use super::opening::{self, Opening};
use super::{Reader, preposition};
use crate::language::Morphology;
use crate::language::cue::CueEntry;
use crate::language::lexicon::CueForm;
use crate::quotation::Quotation;

/// The syntax of the language that has this morphology.
pub(super) fn of(morphology: Morphology) -> &'static dyn Syntax {
    match morphology {
        Morphology::French => &French,
        Morphology::Plain | Morphology::Arabic => &English,
    }
}

/// Where the rules of this grammar differ between languages.
pub(super) trait Syntax {
    /// Drafts an attribution whose subject follows its verb, compound or not: «…, a déclaré X».
    fn inverted<'a>(&self, _: &mut Reader<'_, 'a>, _at: usize, _: CueForm, _: &'a CueEntry) -> bool {
        false
    }

    /// Drafts a quotation that holds its own attribution: «Nous partons, a-t-il dit, et vite.»
    fn holds_attribution(&self, _: &mut Reader<'_, '_>, _: &Quotation) -> bool {
        false
    }

    /// Whether a verb only tells how the verb after it is to be taken: «n'a pas souhaité | commenter».
    fn governs_verb(&self, _: &Reader<'_, '_>, _: &Group) -> bool {
        false
    }

    /// Whether an infinitive says something as a participle does: «…, avant de | préciser que …».
    fn speaks_by_infinitive(&self, _: &Reader<'_, '_>, _: &Group) -> bool {
        false
    }

    /// Whether the infinitive at `at` begins its sentence, so that whoever spoke before goes on: «Et d' | ajouter : «…»».
    fn goes_on(&self, _: &Reader<'_, '_>, _at: usize) -> bool {
        false
    }

    /// The preposition of an infinitive that narrates, behind its subject: «Et le maire | de conclure : «…»».
    fn narrates(&self, _: &Reader<'_, '_>, _: &Group) -> Option<usize> {
        None
    }

    /// What the verb's own preposition opens behind the phrase of another at `at`: «a plaidé à Genève pour | une trêve».
    fn own_preposition_behind(&self, _: &Reader<'_, '_>, _at: usize, _: &CueEntry) -> Option<usize> {
        None
    }

    /// Whether the preposition at `at` is the article of the noun phrase that it opens: «prévoit | de nouvelles pluies».
    fn is_partitive(&self, _: &Reader<'_, '_>, _at: usize) -> bool {
        false
    }

    /// The noun phrase that a verb takes behind the addressee whose preposition stands at `at`: «a demandé à Rome | une aide».
    fn object_behind_addressee(&self, _: &Reader<'_, '_>, _at: usize) -> Option<usize> {
        None
    }

    /// Whether a participle at `at` opens what is said of a subject: «Contactée par la radio, | X a dit …», «X, | joint lundi, …».
    fn opens_participle(&self, _: &Reader<'_, '_>, _at: usize) -> bool {
        false
    }

    /// The noun that a verb takes whose relative pronoun stands before its subject: «un chiffre | que le gouvernement conteste».
    fn fronted_object(&self, _: &Reader<'_, '_>, _: Subject, _: &CueEntry) -> Option<Range> {
        None
    }

    /// Whether what stands before a verb, from `start` on, is no subject that can say anything.
    fn is_speechless(&self, _: &Reader<'_, '_>, _start: usize, _: &Group, _: &CueEntry) -> bool {
        false
    }

    /// Whether a verb only gives somebody's byname: «Marcel Fons, dit «le Héron»».
    fn is_byname(&self, _: &Reader<'_, '_>, _: &Group, _: Opening) -> bool {
        false
    }

    /// The first word of the infinitive that a verb opens at `at`, where no marker tells it.
    fn infinitive(&self, _: &Reader<'_, '_>, _at: usize, _: &CueEntry) -> Option<usize> {
        None
    }

    /// Whether the word at `at` marks the infinitive after it: `to leave`, «de partir».
    fn marks_infinitive(&self, reader: &Reader<'_, '_>, at: usize) -> bool {
        opening::is_infinitive(reader, at)
    }

    /// Whether an adverb right after a verb may describe the noun after it: `warned of further landslides`.
    fn adverb_describes(&self) -> bool {
        true
    }

    /// Whether an adjective before a verb makes it a noun: `the recent claims`.
    fn adjective_precedes_noun(&self) -> bool {
        true
    }

    /// Whether a word that can be a noun is a verb, as no determiner stands where one would: «…, mais | demande …».
    fn lacks_determiner(&self, _: &Reader<'_, '_>, _: &Group, _head: usize) -> bool {
        false
    }

    /// Whether a participle after an auxiliary tells of the past: «a dit».
    fn has_compound_past(&self) -> bool {
        false
    }

    /// Whether a participle shares the auxiliary of the attribution before it: «a promis une aide et | demandé …».
    fn shares_auxiliary(&self, _: &Reader<'_, '_>, _verb: usize) -> bool {
        false
    }

    /// Whether a subject stands before its verb only after marks: «…, a dit X» without them.
    fn inverts_after_statement(&self) -> bool {
        false
    }

    /// Whether any name before a colon at the head of a block speaks; else only one that is surely a person's.
    fn topic_may_speak(&self) -> bool {
        true
    }

    /// Whether a medium named after the verb is a channel for any verb, or only for one that has an addressee.
    fn medium_needs_addressee(&self) -> bool {
        true
    }

    /// Whether a verb of describing takes a topic behind a preposition, and where what it is called begins.
    fn predicate(&self, _: &Reader<'_, '_>, _: &CueEntry, _: Range) -> Option<Option<(usize, usize)>> {
        None
    }

    /// Whether the frame to describe holds with whatever opens after the verb, as its own preposition ties the two.
    fn describes_by_link(&self, _: &CueEntry, _: Opening) -> bool {
        false
    }

    /// Whether an infinitive is content enough for a verb that requires a marker.
    fn infinitive_marks(&self) -> bool {
        false
    }

    /// Whether a quotation after an object is the speaker's own word for it: «X a défendu Y : «…»».
    fn quotes_after_object(&self) -> bool {
        false
    }

    /// Whether a content without a finite verb of its own is whole: a comma may end it.
    fn is_whole(&self, shape: Shape) -> bool {
        shape.nominal
    }

    /// Whether what began as a noun phrase or infinitive ends at `at`, after no comma.
    fn ends_object(&self, _: &Reader<'_, '_>, _at: usize, _: Shape) -> bool {
        false
    }

    /// Whether an attribution with its subject after the verb, or without one, begins at `at`.
    fn begins_attribution(&self, _: &Reader<'_, '_>, _at: usize) -> bool {
        false
    }

    /// Whether the clause goes on at `at` with its own verb, so that no new subject begins: «…, | ne convenait pas».
    fn begins_with_verb(&self, _: &Reader<'_, '_>, _at: usize) -> bool {
        false
    }

    /// Whether what follows a colon is another statement, though no quotation: «… : les murs tiennent, assure-t-il».
    fn parts_at_colon(&self, _: &Reader<'_, '_>, _rest: Range) -> bool {
        false
    }

    /// Whether what a verb of denying takes is somebody, who is expelled and not denied: «a exclu | deux joueurs».
    fn expels(&self, _: &Reader<'_, '_>, _object: Range, _: &CueEntry) -> bool {
        false
    }

    /// Whether the word at `at` tells that its clause has a finite verb, though no list holds the verb: «n' | aggrave».
    fn tells_verb(&self, _: &Reader<'_, '_>, _at: usize) -> bool {
        false
    }

    /// Whether the relative pronoun at `at` opens a share of what was counted: «…, | dont un enfant».
    fn opens_share(&self, _: &Reader<'_, '_>, _at: usize) -> bool {
        false
    }

    /// Whether a word that else opens the narrator's words joins two reported clauses: «…, mais | que …».
    fn joins_clauses(&self, _: &Reader<'_, '_>, _at: usize) -> bool {
        false
    }

    /// Whether contents end and attributions are inserted as in English; a language with ways of its own says no.
    fn follows_english(&self) -> bool {
        true
    }

    /// The token after a preposition that a participle follows: «tout en | reconnaissant».
    fn before_gerund(&self, _: &Reader<'_, '_>, at: usize) -> usize {
        at
    }

    /// Whether the subject of the cue goes on to say something else at `at`, where the language tells it otherwise than
    /// by tense.
    fn same_subject_goes_on(&self, _: &Reader<'_, '_>, _at: usize, _: Shape) -> Option<bool> {
        None
    }

    /// Whether the word at `head` leaves a verb with the subject of the verb before: «mais | a nié».
    fn shares_subject(&self, _: &Reader<'_, '_>, _head: usize) -> bool {
        false
    }

    /// The comma before a pronoun that echoes the subject before the comma `close`: «Les élus, eux,».
    fn echo(&self, _: &Reader<'_, '_>, _comma: usize, _close: usize) -> bool {
        false
    }

    /// The part of `who` that is a source before a clause.
    fn leading_source(&self, reader: &Reader<'_, '_>, who: Range) -> Range {
        preposition::leading_source(reader, who)
    }

    /// The token after a relative clause between commas that begins at `at`; `at` without one.
    fn after_relative(&self, _: &Reader<'_, '_>, at: usize) -> usize {
        at
    }

    /// Whether a phrase after `according to` at `at` names by what something differs, and nobody.
    fn is_measure(&self, _: &Reader<'_, '_>, _at: usize, _: Range) -> bool {
        false
    }

    /// Whether the word at `start` opens the relative clause that the attribution at `at` is about, and nothing before it.
    fn opens_relative(&self, _: &Reader<'_, '_>, _start: usize, _at: usize) -> bool {
        false
    }

    /// Whether the frames of a passive verb let it have an agent and a topic, and no addressee for a subject.
    fn passive_takes_topic(&self, _: &CueEntry) -> bool {
        true
    }

    /// Whether an impersonal passive may report: «il a été rapporté», not «il a été informé».
    fn impersonal_reports(&self, _: &CueEntry) -> bool {
        true
    }

    /// Whether what follows an agent at `at` belongs to what the passive verb is about.
    fn governs(&self, _: &Reader<'_, '_>, _at: usize, _: &CueEntry) -> bool {
        true
    }
}

/// All defaults.
struct English;

impl Syntax for English {}
