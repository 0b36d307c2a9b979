//! The drafts in the order of the text, each with the speaker in force before it.

use rustc_hash::FxHashMap;

use super::super::draft::{Draft, Subject};
use super::agreement::{Wanted, wanted_by};
use super::arabic;
use super::mention::{Mention, Mentions, can_be_person};
use super::phrase::Gender;
use super::register::Register;
use super::trace::Trace;
use super::words::Words;
use crate::claim::{ResolvedBy, Source, SourceKind};
use crate::extract::explain::Verdict;
use crate::fold::fold;
use crate::language::cue::Features;
use crate::language::{Morphology, WordClass as C, WordClasses};
use crate::span::Span;
use crate::{Article, LanguagePack};

/// Somebody who speaks or could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaker {
    /// An entity of the register.
    Entity(usize),
    /// A mention without a name.
    Mention(usize),
}

/// The state of going through an article's drafts.
pub(super) struct Discourse<'a> {
    pub(super) article: &'a Article,
    pub(super) pack: &'a LanguagePack,
    pub(super) drafts: &'a [Draft],
    pub(super) mentions: &'a [Mention],
    /// The words of the mentions.
    pub(super) words: &'a Words,
    pub(super) register: Register,
    /// For each mention whether it is most likely the subject of its sentence.
    subjects: Vec<bool>,
    /// The first draft whose cue begins at a byte.
    by_cue: FxHashMap<usize, usize>,
    /// For each draft its speaker, once it is known.
    speakers: Vec<Option<Speaker>>,
    /// For each draft the one before it whose content holds its cue.
    holders: Vec<Option<usize>>,
    /// Who was passed over, where that is asked for.
    pub(super) trace: Trace,
}

impl<'a> Discourse<'a> {
    pub(super) fn new(
        article: &'a Article,
        pack: &'a LanguagePack,
        drafts: &'a [Draft],
        mentions: &'a Mentions,
    ) -> Self {
        let mut register = Register::new(mentions, pack.morphology() != Morphology::Arabic);
        register.mark_places(&mentions.places);
        Self {
            article,
            pack,
            drafts,
            mentions: &mentions.list,
            words: &mentions.words,
            subjects: subjects(&mentions.list, &register),
            register,
            by_cue: by_cue(drafts),
            speakers: vec![None; drafts.len()],
            holders: (0..drafts.len()).map(|at| holder(drafts, at)).collect(),
            trace: Trace::default(),
        }
    }

    /// The sources of all drafts.
    pub(super) fn resolve(&mut self) -> Vec<Option<Source>> {
        let written: Vec<_> = (0..self.drafts.len()).map(|at| self.written(at)).collect();
        for (speaker, found) in self.speakers.iter_mut().zip(&written) {
            *speaker = found.as_ref().and_then(|(speaker, _)| *speaker);
        }
        (0..self.drafts.len()).map(|at| self.source(at, written.get(at).copied().flatten())).collect()
    }

    /// The source of the draft `at`.
    fn source(&mut self, at: usize, written: Option<(Option<Speaker>, ResolvedBy)>) -> Option<Source> {
        let draft = self.drafts.get(at)?;
        let (span, speaker, by) = self.found(at, draft, written)?;
        if let Some(slot) = self.speakers.get_mut(at) {
            *slot = speaker;
        }
        let text = self.article.text();
        let unread =
            span.filter(|&span| matches!(draft.source, Subject::Written(_)) && self.mention_of(span).is_none());
        Some(Source {
            text: span.map_or_else(String::new, |span| span.of(text).to_owned()),
            spans: span.into_iter().collect(),
            kind: match speaker.filter(|_| !self.is_issued(draft.source)) {
                Some(speaker) => self.kind(speaker),
                None => self.written_kind(span),
            },
            speaker: match speaker {
                Some(speaker) => Some(self.text(speaker)),
                None => unread.map(|span| span.of(text).to_owned()),
            },
            resolved_by: by,
        })
    }

    /// Where the source of a draft is written, who it is, and how that was found; `None` if nobody is named on purpose.
    fn found(
        &mut self,
        at: usize,
        draft: &Draft,
        written: Option<(Option<Speaker>, ResolvedBy)>,
    ) -> Option<(Option<Span>, Option<Speaker>, ResolvedBy)> {
        Some(match draft.source {
            Subject::Nobody => return None,
            Subject::Written(span) => {
                let (speaker, by) = self.named_or_pointed_at(at, span, written);
                (Some(span), speaker, by)
            }
            Subject::Relative { pronoun, antecedent } => {
                // `said the MP, who asked for more`: whoever the same words have stood for.
                let names =
                    |&other: &usize| self.drafts.get(other).is_some_and(|d| d.source == Subject::Written(antecedent));
                let same = (0..at).rev().take(MOST_SKIPPED).find(names).and_then(|other| self.speaker(other));
                let speaker = same.or_else(|| self.named_or_pointed_at(at, antecedent, written).0);
                (Some(pronoun), speaker, ResolvedBy::Pronoun)
            }
            Subject::Implied(span) => {
                let (speaker, _) = written.unwrap_or((None, ResolvedBy::Ellipsis));
                (None, speaker.or_else(|| self.tied_name(at, span)), ResolvedBy::Ellipsis)
            }
            Subject::Pronoun(span, features) => (Some(span), self.pronoun(at, span, features), ResolvedBy::Pronoun),
            Subject::Elliptical(features) => {
                let wanted = self.wanted(features);
                let speaker = self.in_force(at, wanted).or_else(|| self.antecedent(at, draft.anchor().start, wanted));
                (None, speaker, ResolvedBy::Ellipsis)
            }
            Subject::SameAs(cue) => {
                let same = self.same_as(at, cue).or_else(|| self.in_force(at, Wanted::default()));
                (None, same, ResolvedBy::Ellipsis)
            }
            Subject::Carried { span, cue } => {
                let begins = |&other: &usize| self.drafts.get(other).is_some_and(|d| d.anchor().start == cue);
                let carrier = (0..at).rev().take(LOOK_BACK).find(begins);
                (Some(span), carrier.and_then(|carrier| self.speaker(carrier)), ResolvedBy::Ellipsis)
            }
            Subject::Floating => (None, self.floating(at), ResolvedBy::Floating),
        })
    }

    /// Whom the noun phrase of `span` stands for: whom its own words tell, or whom it points back to.
    fn named_or_pointed_at(
        &self,
        at: usize,
        span: Span,
        written: Option<(Option<Speaker>, ResolvedBy)>,
    ) -> (Option<Speaker>, ResolvedBy) {
        let (speaker, by) = written.unwrap_or((None, ResolvedBy::Clause));
        let mention = self.mention_of(span).and_then(|mention| self.mentions.get(mention));
        let anaphor =
            mention.filter(|mention| mention.phrase.anaphor && !arabic::is_dual(span.of(self.article.text())));
        let told_of =
            || self.of_an_age(at, span).or_else(|| self.demonstrated(at, span)).or_else(|| self.of_origin(span));
        let pointed_at = self.issued_before(at, span).or_else(told_of).or_else(|| {
            let wanted = Wanted { gender: anaphor?.phrase.gender, ..Wanted::default() };
            let pointed = self.ranked(span).or_else(|| self.named_last(at, span.start, wanted));
            pointed.or_else(|| self.in_force(at, wanted)).or_else(|| self.antecedent(at, span.start, wanted))
        });
        match (pointed_at, speaker) {
            (Some(_), _) => (pointed_at, ResolvedBy::Alias),
            (None, Some(Speaker::Mention(_))) => match self.known_again(at, span) {
                Some(renamed) => (Some(renamed), ResolvedBy::Alias),
                None => (speaker, if anaphor.is_some() { ResolvedBy::Alias } else { by }),
            },
            (None, _) => {
                let by = if anaphor.is_some() { ResolvedBy::Alias } else { by };
                (speaker.or_else(|| self.tied_name(at, span)), by)
            }
        }
    }

    /// Whom a description that is new to the article stands for all the same.
    fn known_again(&self, at: usize, span: Span) -> Option<Speaker> {
        let person = self.renamed(at, span).or_else(|| self.aged(at, span)).or_else(|| self.shared(at, span));
        person.or_else(|| self.last_body(span))
    }

    /// The speaker of another draft than `at` whose cue begins at the byte `cue`.
    fn same_as(&self, at: usize, cue: usize) -> Option<Speaker> {
        let same = self.by_cue.get(&cue).copied().filter(|&same| same != at)?;
        self.speaker(same)
    }

    /// The speaker of an earlier draft that has the same words as its source: «…», dit le critique, avant d'ajouter que …
    fn shared(&self, at: usize, span: Span) -> Option<Speaker> {
        let mut near = (0..at).rev().take(MOST_SHARED);
        near.find(|&other| self.drafts.get(other).is_some_and(|draft| draft.source.named() == Some(span)))
            .and_then(|other| self.speaker(other))
    }

    pub(super) fn speaker(&self, at: usize) -> Option<Speaker> {
        self.speakers.get(at).copied().flatten()
    }

    pub(super) fn mention_of(&self, span: Span) -> Option<usize> {
        // Of a source and its owner, which begin together, the source stands first.
        let near = self.mentions.partition_point(|mention| mention.phrase.span.start < span.start);
        self.mentions.get(near).filter(|mention| mention.phrase.span.start < span.end).map(|_| near)
    }

    fn written_kind(&self, span: Option<Span>) -> SourceKind {
        let mention = span.and_then(|span| self.mention_of(span)).and_then(|at| self.mentions.get(at));
        mention.map_or(SourceKind::Unknown, |mention| mention.phrase.kind)
    }

    /// The fullest name or description of a speaker, as the article writes it.
    pub(super) fn text(&self, speaker: Speaker) -> String {
        let mention = match speaker {
            Speaker::Entity(at) => self.register.entities.get(at).map_or(0, |entity| entity.fullest),
            Speaker::Mention(at) => at,
        };
        let owner = self.mentions.get(mention).and_then(|mention| mention.phrase.owner.as_deref());
        if let (Speaker::Mention(_), Some(owner)) = (speaker, owner) {
            return owner.to_owned();
        }
        self.span(speaker).of(self.article.text()).to_owned()
    }

    /// Where the fullest name or description of a speaker stands.
    pub(super) fn span(&self, speaker: Speaker) -> Span {
        let mention = match speaker {
            Speaker::Entity(at) => self.register.entities.get(at).map_or(0, |entity| entity.fullest),
            Speaker::Mention(at) => at,
        };
        self.mentions.get(mention).map_or(Span::new(0, 0), |mention| mention.phrase.span)
    }

    /// Whom a pronoun stands for: whoever holds the words it is in, the speaker in force, or who was named last.
    fn pronoun(&mut self, at: usize, span: Span, features: Features) -> Option<Speaker> {
        let word = fold(span.of(self.article.text()));
        let entry = self.pack.lexicon().find(&word).and_then(|id| self.pack.lexicon().entry(id));
        let classes = entry.map_or(WordClasses::NONE, |entry| entry.classes);
        if classes.has(C::PronounSpeech) {
            return None;
        }
        if classes.has(C::Relative) {
            return self.named_right_before(span.start);
        }
        // German `sie` is she and they: the verb tells.
        let either = classes.has(C::PronounFeminine) && classes.has(C::PronounPlural);
        let wanted = wanted_by(classes).filter(|_| !either).unwrap_or_else(|| self.wanted(features));
        let found = self.in_force(at, wanted).or_else(|| self.antecedent(at, span.start, wanted));
        if let Some(Speaker::Entity(entity)) = found
            && let Some(entity) = self.register.entities.get_mut(entity)
            && entity.gender == Gender::Unknown
            && can_be_person(entity.kind)
        {
            entity.gender = wanted.gender;
        }
        found
    }

    /// The speaker in force before the draft `at`, if they agree with `wanted`: of the claim that holds it, or of the last one.
    pub(super) fn in_force(&self, at: usize, wanted: Wanted) -> Option<Speaker> {
        let draft = self.drafts.get(at)?;
        let holder = self.holders.get(at).copied().flatten();
        let held_by = holder.and_then(|holder| self.speaker(holder));
        if let Some(speaker) = held_by.filter(|&speaker| self.agrees(speaker, wanted)) {
            return Some(speaker);
        }
        let mut skipped = 0;
        for other in (0..at).rev().take(LOOK_BACK) {
            let Some(earlier) = self.drafts.get(other) else { continue };
            if earlier.block + REACH < draft.block {
                return None;
            }
            // Who is quoted inside another's words does not take the floor.
            let Some(speaker) = self.speaker(other) else { continue };
            if self.holders.get(other).copied().flatten().is_some() || Some(other) == holder {
                self.trace.pass_over(at, speaker, Verdict::Quoted);
                continue;
            }
            // A carrier gives the floor back.
            if self.is_medium(speaker) {
                self.trace.pass_over(at, speaker, Verdict::Carrier);
                continue;
            }
            if self.agrees(speaker, wanted) {
                return self.not_displaced(speaker, other, at, wanted);
            }
            self.trace.pass_over(at, speaker, Verdict::Disagrees);
            // Someone else had the floor since: further back only a few are asked.
            if skipped == MOST_SKIPPED {
                return None;
            }
            skipped += 1;
        }
        None
    }

    /// The speaker of a quotation that stands alone: the one in force, or the next in its paragraph if none spoke in it yet.
    fn floating(&self, at: usize) -> Option<Speaker> {
        let block = self.drafts.get(at)?.block;
        let spoke = at.checked_sub(1).and_then(|last| self.drafts.get(last)).is_some_and(|last| last.block == block);
        let next = self.drafts.get(at + 1).filter(|next| next.block == block && next.source.named().is_some());
        if !spoke
            && next.is_some()
            && let Some(speaker) = self.speaker(at + 1)
        {
            return Some(speaker);
        }
        // Whoever spoke right before is not known: nobody else has the floor.
        let unknown = |last: usize| {
            self.drafts.get(last).is_some_and(|draft| matches!(draft.source, Subject::Written(_)))
                && self.speaker(last).is_none()
        };
        if spoke && at.checked_sub(1).is_some_and(unknown) {
            return None;
        }
        let turned_to = if spoke { None } else { self.turned_to_before(at) };
        turned_to.or_else(|| self.in_force(at, Wanted::default()))
    }

    pub(super) fn is_subject(&self, mention: usize) -> bool {
        self.subjects.get(mention).copied().unwrap_or_default()
    }
}

/// The first draft whose cue begins at a byte.
fn by_cue(drafts: &[Draft]) -> FxHashMap<usize, usize> {
    let cues = drafts.iter().enumerate().filter(|(_, draft)| !draft.cue.is_empty());
    cues.rev().map(|(at, draft)| (draft.anchor().start, at)).collect()
}

/// For each mention whether it is a source, or the first in its sentence, outside marks, that the register knows.
fn subjects(mentions: &[Mention], register: &Register) -> Vec<bool> {
    let mut last = None;
    let mut before = false;
    let is_subject = |(mention, entity): (&Mention, &Option<usize>)| {
        let unnamed = mention.phrase.name.is_empty() && mention.phrase.head.is_some();
        let candidate =
            !mention.quoted && !mention.owner && mention.opens && (entity.is_some() || mention.source || unnamed);
        let first = candidate && last != Some(mention.sentence);
        // `Ann Lee and Bo Roe met` has two.
        let joined = candidate && before && mention.joined && last == Some(mention.sentence);
        if candidate {
            last = Some(mention.sentence);
        }
        before = first || joined;
        before || (candidate && mention.source)
    };
    mentions.iter().zip(&register.of).map(is_subject).collect()
}

/// The draft before `at` whose content holds its cue.
fn holder(drafts: &[Draft], at: usize) -> Option<usize> {
    let anchor = drafts.get(at)?.anchor();
    let holds = |outer: &Draft| outer.content.iter().any(|span| span.contains(anchor) && *span != anchor);
    (0..at).rev().take(HOLDER_REACH).find(|&outer| drafts.get(outer).is_some_and(holds))
}

/// How many drafts back the one that holds another is looked for.
const HOLDER_REACH: usize = 12;

/// How many blocks back somebody may have been named.
pub(super) const REACH: usize = 6;
/// How many drafts or mentions are looked at, so that time stays linear.
pub(super) const LOOK_BACK: usize = 60;
/// How many drafts back the one is that has its source in common.
const MOST_SHARED: usize = 4;
/// How many speakers who do not agree are passed over.
const MOST_SKIPPED: usize = 3;
