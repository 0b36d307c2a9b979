//! The grammar of languages that put the finite verb second in a main clause and last in a subordinate one: German.
//!
//! A comma stands before every clause, so a sentence is first cut into [`segment`]s. At each word that can be a cue,
//! [`group`] reads the verb with the parts that stand away from it, [`subject`] who speaks, [`opening`] what it opens
//! and [`extent`] how far that reaches. [`verb`], [`passive`], [`inserted`], [`preposition`] and [`noun`] hold the rules,
//! one construction a function. [`run_on`] reads sentences that have no cue and report by the mood of their verb.

mod extent;
mod group;
mod inserted;
mod label;
mod noun;
mod opening;
mod passive;
mod phrase;
mod preposition;
mod run_on;
mod segment;
mod subject;
mod verb;

use super::block::{BlockLayers, Range};
use super::dateline;
use super::draft::{Draft, Subject};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Features};
use crate::span::Span;

/// How many tokens a rule looks ahead or back at most, however long the sentence.
const REACH: usize = 80;

/// Drafts the claims of one block.
pub(super) fn find(block: &BlockLayers<'_>, drafts: &mut Vec<Draft>) {
    if label::speaker(block, drafts) || is_transcript(block) {
        return;
    }
    let mut heard = None;
    for mut sentence in block.sentences().flat_map(in_pieces) {
        if sentence.start == 0 {
            sentence.start = dateline::end(block, sentence).unwrap_or(0);
        }
        let first = drafts.len();
        let segments = segment::of(block, sentence);
        let mut reader = Reader { block, sentence, segments, drafts, first, spoken: Vec::new(), heard };
        reader.read();
        heard = reader.heard;
    }
}

/// Whether the block is somebody's own words without marks, as an answer in an interview is: it says `ich` or `wir`
/// outside quotations, and no mark of one is missing.
fn is_transcript(block: &BlockLayers<'_>) -> bool {
    let own = |at: usize| {
        let classes = block.tokens.classes(at);
        let speech = classes.has(C::PronounSpeech) && !classes.has(C::Possessive);
        speech && block.quotation_around(at).is_none()
    };
    let enough = if block.quotations.is_empty() { 1 } else { 2 };
    block.quotations.iter().all(|quotation| quotation.closed)
        && (0..block.tokens.len()).filter(|&at| own(at)).take(enough).count() == enough
}

/// The sentence, or pieces of one so long that it is a list: rules may look at all of a piece, so time stays linear.
fn in_pieces(sentence: Range) -> impl Iterator<Item = Range> {
    let starts = (sentence.start..sentence.end.max(sentence.start + 1)).step_by(LONGEST_SENTENCE);
    starts.map(move |start| Range::new(start, sentence.end.min(start.saturating_add(LONGEST_SENTENCE))))
}

/// Sentences have fewer tokens.
const LONGEST_SENTENCE: usize = 250;

/// Classes of verbs that can be finite.
const FINITE: WordClasses = WordClasses::of(&[
    C::Verb,
    C::Subjunctive,
    C::Conditional,
    C::Auxiliary,
    C::PassiveAuxiliary,
    C::Future,
    C::Catenative,
]);

/// Reads one sentence.
struct Reader<'b, 'a> {
    block: &'b BlockLayers<'a>,
    sentence: Range,
    /// The parts of the sentence between its marks.
    segments: Vec<Range>,
    drafts: &'b mut Vec<Draft>,
    /// The number of drafts before the sentence.
    first: usize,
    /// The attributions found in the sentence so far.
    spoken: Vec<Spoken>,
    /// Whoever spoke last in the block without a claim: `Der Iran stritt dies ab.`
    heard: Option<Span>,
}

/// An attribution in a sentence, as far as later ones of the sentence need it.
#[derive(Debug, Clone, Copy)]
struct Spoken {
    subject: Subject,
    /// The first token of the cue.
    cue: usize,
}

impl<'a> Reader<'_, 'a> {
    fn read(&mut self) {
        inserted::so(self);
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            if let Some(quotation) = self.block.quotation_opened_at(at) {
                at = quotation.close.max(at + 1);
                continue;
            }
            self.rules_at(at);
            at = self.block.tokens.after(at);
        }
        run_on::sentence(self);
    }

    /// Tries the readings of the word at `at`: those with a particle first, for `sagte … zu` is no `sagte`.
    fn rules_at(&mut self, at: usize) {
        let mut readings: Vec<(Features, &'a CueEntry)> =
            self.block.cues(at).map(|(form, entry)| (form.features, entry)).collect();
        readings.sort_by_key(|(_, entry)| entry.particle.is_none());
        for (features, entry) in readings {
            let found = match entry.kind {
                CueKind::Preposition => preposition::attribution(self, at, entry),
                CueKind::Noun | CueKind::Adjective => noun::reporting(self, at, entry),
                CueKind::Verb => match group::read(self, at, features, entry) {
                    Some(group) => {
                        let drafted = verb::rules(self, &group, entry);
                        if !drafted {
                            self.hear(&group, entry);
                        }
                        // With its particle it is this verb and no other.
                        drafted || entry.particle.is_some()
                    }
                    None => false,
                },
            };
            if found {
                break;
            }
        }
    }

    /// Remembers who spoke by a verb of saying that opened no content.
    fn hear(&mut self, group: &group::Group, entry: &CueEntry) {
        if group.order == group::Order::Second
            && !group.passive
            && self.drafts.len() == self.first
            && let Some(found) = subject::of(self, group).filter(|found| subject::is_somebody(self, found))
            && !self.is(phrase::head(self, found.range), C::Medium)
            && let Subject::Written(span) = subject::without_object(self, found, entry).subject
        {
            self.heard = Some(span);
        }
    }

    /// The word or phrase before `at` in the sentence.
    fn before(&self, at: usize) -> Option<usize> {
        let head = at.checked_sub(1).filter(|&head| head >= self.sentence.start)?;
        Some(self.block.tokens.head(head).max(self.sentence.start))
    }

    fn classes(&self, at: usize) -> WordClasses {
        self.block.tokens.classes(at)
    }

    fn is(&self, at: usize, class: C) -> bool {
        self.block.tokens.is(at, class)
    }

    fn mark(&self, at: usize) -> Option<char> {
        self.block.tokens.mark(at)
    }

    fn is_comma(&self, at: usize) -> bool {
        self.mark(at) == Some(',')
    }

    /// Whether the word at `at` begins with a capital.
    fn is_capitalised(&self, at: usize) -> bool {
        let token = self.block.tokens.get(at);
        token.is_some_and(|token| token.span.of(self.block.text).chars().next().is_some_and(char::is_uppercase))
    }

    /// Whether the pronoun or possessive at `at` addresses somebody: `Sie` and `Ihr` with a capital inside a sentence, or
    /// anywhere in a question.
    fn is_address(&self, at: usize) -> bool {
        let personal = WordClasses::of(&[C::PronounFeminine, C::PossessiveFeminine]);
        let last = self.sentence.end.saturating_sub(1);
        self.is_capitalised(at)
            && self.classes(at).any(personal)
            && !self.classes(at).any(WordClasses::of(&[C::Demonstrative, C::Determiner]))
            && (at > self.sentence.start || self.mark(last) == Some('?'))
    }

    /// Whether a part of the sentence ends at `at`: a mark, a quotation or the sentence's end.
    fn ends_at(&self, at: usize) -> bool {
        if self.mark(at) == Some(':') && segment::is_between_digits(self.block, at) {
            return false;
        }
        at >= self.sentence.end
            || self.block.quotation_opened_at(at).is_some()
            || self.mark(at).is_some_and(|mark| !matches!(mark, '-' | '\'' | '’' | '&' | '/' | '%' | '('))
    }

    /// The end of the part of the sentence that a rule may look at from `at` on.
    fn horizon(&self, at: usize) -> usize {
        self.sentence.end.min(at.saturating_add(REACH))
    }

    /// Whether the word at `at` can be a finite verb.
    fn is_finite(&self, at: usize) -> bool {
        if self.is_capitalised(at) && at > self.sentence.start {
            return false;
        }
        self.classes(at).any(FINITE)
            || self
                .block
                .cue_with(at, Features::PAST.with(Features::PRESENT))
                .is_some_and(|(_, entry)| entry.kind == CueKind::Verb)
    }

    /// Whether the word at `at` is a finite verb in a mood of reported speech.
    fn is_reporting(&self, at: usize) -> bool {
        self.classes(at).any(WordClasses::of(&[C::Subjunctive, C::Conditional]))
    }

    /// Adds a draft and remembers its speaker; whether it has any content.
    fn push(&mut self, mut draft: Draft, subject: Subject, cue: usize) -> bool {
        if draft.content.is_empty() {
            return false;
        }
        draft.source = subject;
        self.spoken.push(Spoken { subject, cue });
        self.drafts.push(draft);
        true
    }

    /// The trimmed spans of ranges of tokens, without the empty ones.
    fn spans(&self, ranges: &[Range]) -> Vec<Span> {
        ranges.iter().filter(|range| !range.is_empty()).filter_map(|&range| self.block.trimmed(range)).collect()
    }

    /// A noun phrase as a subject.
    fn written(&self, range: Range) -> Option<Subject> {
        self.block.trimmed(range).map(Subject::Written)
    }
}
