//! Sources written as noun phrases: whom a name, an office, a text or a noun for a body stands for.

use super::super::draft::{Draft, Subject};
use super::agreement::Wanted;
use super::discourse::{Discourse, LOOK_BACK, Speaker};
use super::mention::{Mention, can_be_person};
use super::phrase::{Gender, Phrase};
use super::register::{Entity, Match};
use crate::claim::{ResolvedBy, SourceKind};
use crate::fold::fold;
use crate::language::{Convention, Morphology, WordClass as C};
use crate::span::Span;

impl Discourse<'_> {
    /// The speaker of a draft whose source is written as a noun phrase, and how it was found.
    pub(super) fn written(&self, at: usize) -> Option<(Option<Speaker>, ResolvedBy)> {
        let span = self.drafts.get(at)?.source.named()?;
        let Some(mention) = self.mention_of(span) else { return Some((None, ResolvedBy::Clause)) };
        let Mention { phrase, block, .. } = self.mentions.get(mention)?;
        if phrase.issuer.is_some()
            && let Some(issuer) = self.issuer(mention)
        {
            return Some((Some(issuer), ResolvedBy::Clause));
        }
        if let Some(entity) = self.register.of.get(mention).copied().flatten() {
            let fuller = self.register.entities.get(entity).is_some_and(|entity| entity.name.len() > phrase.name.len());
            let by = if fuller { ResolvedBy::Alias } else { ResolvedBy::Clause };
            return Some((Some(Speaker::Entity(entity)), by));
        }
        if !phrase.name.is_empty() {
            // A short name that two people bear.
            return Some((None, ResolvedBy::Alias));
        }
        let known = Some((Some(Speaker::Mention(mention)), ResolvedBy::Clause));
        let headline = self.article.blocks().get(*block).is_some_and(|block| block.role.is_headline());
        if !(phrase.definite || headline) || phrase.anaphor {
            return known;
        }
        match self.described(phrase, mention, headline) {
            Match::One(entity) => Some((Some(Speaker::Entity(entity)), ResolvedBy::Alias)),
            Match::Tied if headline => known,
            Match::Tied => Some((None, ResolvedBy::Alias)),
            Match::Nobody => match self.fuller_description(phrase, mention) {
                Some(fuller) => {
                    let speaker = self.issuer(fuller).unwrap_or(Speaker::Mention(fuller));
                    Some((Some(speaker), ResolvedBy::Alias))
                }
                None => (self.only_body(phrase, mention).or_else(|| self.only_person(phrase, mention)))
                    .or_else(|| self.body_before(phrase, mention))
                    .map_or(known, |only| Some((Some(only), ResolvedBy::Alias))),
            },
        }
    }

    /// Whom a description stands for; in a headline it may tell less than elsewhere, where nobody fits all of it.
    fn described(&self, phrase: &Phrase, at: usize, headline: bool) -> Match {
        let whole = self.register.described(phrase, at, self.mentions, false);
        match whole {
            Match::One(_) => whole,
            _ if headline => self.register.described(phrase, at, self.mentions, true),
            _ => whole,
        }
    }

    /// Who issued the text that the mention `at` names; its mention stands inside that one.
    fn issuer(&self, at: usize) -> Option<Speaker> {
        let Phrase { span: text, issuer, .. } = &self.mentions.get(at)?.phrase;
        issuer.as_ref()?;
        let inside = |(index, mention): &(usize, &Mention)| *index > at && text.contains(mention.phrase.span);
        let (index, _) = self.mentions.iter().enumerate().skip(at).take(MOST_INSIDE).find(inside)?;
        let entity = self.register.of.get(index).copied().flatten();
        Some(entity.map_or(Speaker::Mention(index), Speaker::Entity))
    }

    /// The only body that was named before the mention `at`, for a noun alone that calls it one: `the company`.
    fn only_body(&self, phrase: &Phrase, at: usize) -> Option<Speaker> {
        if phrase.kind != SourceKind::Organisation
            || phrase.nouns.len() != 1
            || self.pack.morphology() == Morphology::Arabic
        {
            return None;
        }
        // «L'armée» is not the body that was named before, «l'organisation» is.
        let generic = || phrase.head.is_some_and(|head| self.pack.classes(self.words.text(head)).has(C::GenericBody));
        if self.pack.follows(Convention::PointingDescriptions) && !generic() {
            return None;
        }
        let mut bodies = (self.register.entities.iter().enumerate())
            .filter(|(_, entity)| entity.kind == SourceKind::Organisation && !entity.medium)
            .filter(|(_, entity)| entity.mentions.first().is_some_and(|&first| first < at));
        let (body, entity) = bodies.next()?;
        let spoke = entity.mentions.iter().any(|&at| self.mentions.get(at).is_some_and(|mention| mention.source));
        (bodies.next().is_none() && spoke).then_some(Speaker::Entity(body))
    }

    /// The body that the mention before `at` names, for a noun that calls any body one: `According to the Red Cross, ….
    /// The agency said …`, `Halder Hydro declined. In a statement, the utility said …`.
    fn body_before(&self, phrase: &Phrase, at: usize) -> Option<Speaker> {
        let generic = phrase.head.is_some_and(|head| self.pack.classes(self.words.text(head)).has(C::GenericBody));
        if !generic || phrase.nouns.len() != 1 || self.pack.follows(Convention::PointingDescriptions) {
            return None;
        }
        let block = self.mentions.get(at)?.block;
        let near = (0..at)
            .rev()
            .take(MOST_INSIDE)
            .filter(|&other| self.mentions.get(other).is_some_and(|m| m.block + 1 >= block));
        let mut bodies = near.filter_map(|other| {
            let entity = self.register.of.get(other).copied().flatten()?;
            let known = self.register.entities.get(entity)?;
            (known.kind == SourceKind::Organisation && !known.medium).then_some((entity, self.is_subject(other)))
        });
        let (last, subject) = bodies.next()?;
        // Where two bodies were named either may be meant.
        (subject && bodies.all(|(other, _)| other == last)).then_some(Speaker::Entity(last))
    }

    /// The only person that an Arabic article named before the mention `at`, for a noun that tells no office:
    /// «وقالت اللاعبة», where one woman was named.
    fn only_person(&self, phrase: &Phrase, at: usize) -> Option<Speaker> {
        let head = phrase.head?;
        let arabic = self.pack.morphology() == Morphology::Arabic;
        if !arabic || phrase.kind != SourceKind::Person || phrase.gender == Gender::Unknown || phrase.plural {
            return None;
        }
        let before = |entity: &&Entity| entity.mentions.first().is_some_and(|&first| first < at);
        let mut people = (self.register.entities.iter().enumerate())
            .filter(|(_, entity)| can_be_person(entity.kind) && !entity.plural && before(entity))
            .filter(|(_, entity)| phrase.gender.fits(entity.gender));
        let (person, entity) = people.next()?;
        // «وكيل الجمهورية» is an office, too, though the noun alone tells none.
        let office = self.pack.classes(self.words.text(head)).has(C::Title) || phrase.nouns.len() > 1;
        // «المتحدثة باسم الوزارة» is not whoever was named without an office.
        let knows = (entity.nouns.is_empty() && phrase.nouns.len() == 1) || entity.nouns.contains(&head);
        (people.next().is_none() && entity.gender == phrase.gender && (knows || !office))
            .then_some(Speaker::Entity(person))
    }

    /// An earlier source without a name that describes the same more fully: `the union` after `the teachers' union`.
    fn fuller_description(&self, phrase: &Phrase, before: usize) -> Option<usize> {
        let head = phrase.head.as_ref()?;
        let fits = |&at: &usize| {
            let Some(Mention { phrase: other, source: true, block, .. }) = self.mentions.get(at) else { return false };
            // A headline is no fuller unless it says more: `MINISTER: …`, `Ferry operator denies …`.
            let headline = self.article.blocks().get(*block).is_some_and(|block| block.role.is_headline());
            if headline && other.nouns.len() <= phrase.nouns.len() {
                return false;
            }
            other.name.is_empty()
                && !other.definite
                && other.nouns.contains(head)
                && phrase.nouns.iter().all(|noun| other.nouns.contains(noun))
                && phrase.gender.fits(other.gender)
        };
        (before.saturating_sub(LOOK_BACK)..before).rev().find(fits)
    }

    /// Who issued the text that the source of the draft `at` points back to: `he said in a statement`, `the statement read`.
    pub(super) fn issued_before(&self, at: usize, span: Span) -> Option<Speaker> {
        let phrase = &self.mentions.get(self.mention_of(span)?)?.phrase;
        let head = phrase.head.filter(|_| phrase.definite && phrase.issuer.is_none())?;
        let head = self.words.text(head);
        if phrase.kind != SourceKind::Document || !phrase.name.is_empty() {
            return None;
        }
        let block = self.drafts.get(at)?.block;
        let near = (0..at).rev().take(LOOK_BACK).filter_map(|other| Some((other, self.drafts.get(other)?)));
        let through = |(other, earlier): (usize, &Draft)| {
            let channel = earlier.channel.filter(|_| earlier.block + MOST_BLOCKS >= block)?;
            let names = fold(channel.of(self.article.text())).split_whitespace().any(|word| word == head);
            names.then(|| self.speaker(other)).flatten()
        };
        near.filter_map(through).next()
    }

    /// Whether the source is a text whose issuer is its speaker.
    pub(super) fn is_issued(&self, source: Subject) -> bool {
        let Some(span) = source.named() else { return false };
        let mention = self.mention_of(span).and_then(|at| self.mentions.get(at));
        mention.is_some_and(|mention| mention.phrase.issuer.is_some())
    }

    /// For a short name that two people bear: the speaker in force, if it is one of them.
    pub(super) fn tied_name(&self, at: usize, span: Span) -> Option<Speaker> {
        let phrase = &self.mentions.get(self.mention_of(span)?)?.phrase;
        let speaker = self.in_force(at, Wanted { gender: phrase.gender, ..Wanted::default() })?;
        let Speaker::Entity(entity) = speaker else { return None };
        self.register.entities.get(entity).filter(|entity| self.register.names(phrase, entity)).map(|_| speaker)
    }
}

/// How many blocks back a statement may have been named that `the statement` points to.
const MOST_BLOCKS: usize = 6;
/// How many mentions after a text's own can be its issuer's.
const MOST_INSIDE: usize = 4;
