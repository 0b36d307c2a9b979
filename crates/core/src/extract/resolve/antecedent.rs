//! Whom a pronoun or verb form points back to: the mentions before it, and what the narrator turned to since somebody spoke.

use super::agreement::Wanted;
use super::discourse::{Discourse, LOOK_BACK, REACH, Speaker};
use super::mention::{Mention, can_be_person};
use super::phrase::{Gender, PEOPLE};
use super::register::Match;
use crate::claim::SourceKind;
use crate::extract::explain::Verdict;
use crate::fold::fold;
use crate::language::{Convention, Morphology, WordClass as C};
use crate::span::Span;

impl Discourse<'_> {
    /// The speaker of the draft `from`, unless the narrator turned to somebody else who agrees before the draft `to`.
    pub(super) fn not_displaced(&self, speaker: Speaker, from: usize, to: usize, wanted: Wanted) -> Option<Speaker> {
        if wanted.gender == Gender::Unknown || wanted.plural == Some(true) {
            return Some(speaker);
        }
        let (Some(earlier), Some(draft)) = (self.drafts.get(from), self.drafts.get(to)) else { return Some(speaker) };
        let start = earlier.extent().end.max(earlier.anchor().end);
        let upto = draft.anchor().start.min(draft.extent().start);
        let first = self.mentions.partition_point(|mention| mention.phrase.span.start < start);
        let turned_to = self
            .mentions
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(_, mention)| mention.phrase.span.start < upto)
            .filter(|(index, mention)| self.is_subject(*index) && !mention.addressee);
        // In one paragraph a pronoun goes on with its speaker; a new paragraph may have turned to another.
        let goes_on = self.gender(speaker) == wanted.gender && earlier.block == draft.block;
        let other = turned_to
            .filter_map(|(at, _)| self.person_at(at))
            .filter(|&other| self.gender(other).fits(wanted.gender) && self.agrees(other, wanted))
            .last();
        match other {
            Some(other) if other != speaker && !goes_on => {
                self.trace.pass_over(to, speaker, Verdict::Displaced);
                Some(other)
            }
            _ => Some(speaker),
        }
    }

    /// Whom a description by age alone points back to: `the 19-year-old`.
    pub(super) fn of_an_age(&self, at: usize, span: Span) -> Option<Speaker> {
        let phrase = &self.mentions.get(self.mention_of(span)?)?.phrase;
        if !phrase.definite {
            return None;
        }
        let mut words = span.of(self.article.text()).split_whitespace().skip(1);
        let age = words.next().filter(|age| age.starts_with(|first: char| first.is_ascii_digit()) && age.contains('-'));
        if age.is_none() || words.next().is_some() {
            return None;
        }
        let wanted = Wanted { plural: Some(false), ..Wanted::default() };
        self.antecedent(at, span.start, wanted).or_else(|| self.in_force(at, wanted))
    }

    /// Whom an Arabic pronoun of rank stands for: «سموه» for the last who was named with «سمو», «معاليه» with «معالي».
    pub(super) fn ranked(&self, span: Span) -> Option<Speaker> {
        let word = fold(span.of(self.article.text()));
        let bare = word.strip_suffix('ه').or_else(|| word.strip_suffix("ها"))?;
        let opened = || bare.strip_suffix('ت').and_then(|noun| self.words.find(&format!("{noun}ة")));
        let rank = self.words.find(bare).or_else(opened)?;
        let upto = self.mentions.partition_point(|mention| mention.phrase.span.start < span.start);
        let named = |at: usize| {
            let entity = self.register.of.get(at).copied().flatten()?;
            self.register
                .entities
                .get(entity)
                .filter(|entity| entity.nouns.contains(&rank))
                .map(|_| Speaker::Entity(entity))
        };
        (upto.saturating_sub(LOOK_BACK)..upto).rev().find_map(named)
    }

    /// Whom an Arabic description by age stands for, that is new to the article: «وقالت السياسية البالغة من العمر 48 عاما».
    pub(super) fn aged(&self, at: usize, span: Span) -> Option<Speaker> {
        let phrase = &self.mentions.get(self.mention_of(span)?)?.phrase;
        if self.pack.morphology() != Morphology::Arabic || !phrase.definite {
            return None;
        }
        let told = |word: &str| self.pack.classes(&fold(word)).has(C::Anaphor);
        if !span.of(self.article.text()).split_whitespace().skip(1).any(told) {
            return None;
        }
        let wanted = Wanted { gender: phrase.gender, plural: Some(false), neuter: false };
        self.in_force(at, wanted).or_else(|| self.antecedent(at, span.start, wanted))
    }

    /// Whom a demonstrative points back to: «explique cette ancienne institutrice», «ce médecin».
    ///
    /// Where demonstratives are kept for somebody told of before; the noun itself may be new.
    pub(super) fn demonstrated(&self, at: usize, span: Span) -> Option<Speaker> {
        let phrase = &self.mentions.get(self.mention_of(span)?)?.phrase;
        let one = phrase.demonstrative && phrase.name.is_empty() && !phrase.plural && !phrase.anaphor;
        let head = phrase.head.filter(|_| one && self.pack.follows(Convention::PointingDescriptions))?;
        let head = self.pack.classes(self.words.text(head));
        let (body, person) = (head.has(C::GenericBody), head.any(PEOPLE) && !head.has(C::Anonymous));
        let wanted = Wanted { gender: phrase.gender, plural: Some(false), neuter: false };
        let same = |&speaker: &Speaker| match body {
            true => self.kind(speaker) == SourceKind::Organisation,
            false => person && self.is_person(speaker),
        };
        let spoke = self.in_force(at, wanted).filter(same);
        spoke.or_else(|| self.antecedent(at, span.start, wanted).filter(same))
    }

    /// The only person named before whom «Le Suédois» can point at; where several were, any could be meant.
    pub(super) fn of_origin(&self, span: Span) -> Option<Speaker> {
        let at = self.mention_of(span)?;
        let phrase = &self.mentions.get(at)?.phrase;
        if !phrase.origin {
            return None;
        }
        let mut people = (self.register.entities.iter().enumerate())
            .filter(|(_, entity)| entity.mentions.first().is_some_and(|&first| first < at) && !entity.plural)
            .filter(|(_, entity)| can_be_person(entity.kind) && phrase.gender.fits(entity.gender));
        let (person, _) = people.next()?;
        people.next().is_none().then_some(Speaker::Entity(person))
    }

    /// The body that a sentence was last about, for a noun alone that may call any body so: «L'organisation».
    pub(super) fn last_body(&self, span: Span) -> Option<Speaker> {
        let phrase = &self.mentions.get(self.mention_of(span)?)?.phrase;
        let alone = phrase.definite && phrase.name.is_empty() && phrase.nouns.len() == 1;
        let head = self.words.text(phrase.head.filter(|_| alone && !phrase.plural)?);
        if !self.pack.follows(Convention::PointingDescriptions) || !self.pack.classes(head).has(C::GenericBody) {
            return None;
        }
        let body = |index: usize| {
            let entity = self.register.of.get(index).copied().flatten()?;
            let known = self.register.entities.get(entity)?;
            let names = matches!(known.kind, SourceKind::Organisation | SourceKind::Unknown) && !known.medium;
            (names && self.is_subject(index)).then_some(Speaker::Entity(entity))
        };
        let upto = self.mentions.partition_point(|mention| mention.phrase.span.start < span.start);
        (upto.saturating_sub(LOOK_BACK)..upto).rev().find_map(body)
    }

    /// Whom a description stands for that is new to the article and comes after the words it is said to have said:
    /// `“…,” said the member for Fernhill` is whoever spoke right before.
    pub(super) fn renamed(&self, at: usize, span: Span) -> Option<Speaker> {
        let draft = self.drafts.get(at)?;
        let phrase = &self.mentions.get(self.mention_of(span)?)?.phrase;
        let arabic = self.pack.morphology() == Morphology::Arabic;
        let gendered = self.pack.follows(Convention::PointingDescriptions);
        let start = draft.extent().start;
        let behind = draft.cue.first().is_some_and(|cue| match gendered {
            // «D'après la chirurgienne, …»
            true => cue.start < span.start,
            false => start < cue.start && cue.start < span.start,
        });
        // `the woman` may be anybody, «la chirurgienne», whose office is no title, is whoever spoke.
        let untitled = || {
            let head = phrase.head.map(|head| self.pack.classes(self.words.text(head)));
            phrase.gender != Gender::Unknown && head.is_some_and(|head| head.has(C::Person) && !head.has(C::Title))
        };
        let told = match gendered {
            true => phrase.nouns.len() > 1 || untitled(),
            false => phrase.nouns.len() > 1,
        };
        let one =
            phrase.kind == SourceKind::Person && phrase.name.is_empty() && told && phrase.definite && !phrase.plural;
        let word = phrase.head.filter(|_| behind && one && !arabic)?;
        let head = self.words.text(word);
        let last = at.checked_sub(1).and_then(|last| self.drafts.get(last))?;
        let wanted = Wanted { gender: phrase.gender, plural: Some(false), neuter: false };
        let speaker = self.in_force(at, wanted).filter(|_| last.block + 1 >= draft.block)?;
        // `the Halder MP` is an MP who was named as one.
        let Speaker::Entity(entity) = speaker else { return None };
        let known = self.register.entities.get(entity).is_some_and(|entity| entity.nouns.contains(&word));
        let text = self.article.text();
        let from = (span.start.saturating_sub(FIRST_NAMED)..=span.start).find(|&from| text.is_char_boundary(from))?;
        if fold(text.get(from..span.start)?).split(|c: char| !c.is_alphanumeric()).any(|word| word == head) && !known {
            return None;
        }
        (self.kind(speaker) == SourceKind::Person).then_some(speaker)
    }

    /// Whom the paragraph before the draft `at` ends with, if nobody speaks in it: `His wife, Ann, is more blunt.`
    pub(super) fn turned_to_before(&self, at: usize) -> Option<Speaker> {
        let draft = self.drafts.get(at)?;
        let before = draft.block.checked_sub(1)?;
        if self.pack.morphology() == Morphology::Arabic || self.drafts.get(at.checked_sub(1)?)?.block >= before {
            return None;
        }
        let upto = self.mentions.partition_point(|mention| mention.phrase.span.start < draft.extent().start);
        let paragraph =
            || (0..upto).rev().take_while(|&index| self.mentions.get(index).is_some_and(|m| m.block == before));
        let last = paragraph().next().and_then(|index| self.mentions.get(index))?.sentence;
        let mut subjects = paragraph().filter(|&index| {
            self.is_subject(index) && self.mentions.get(index).is_some_and(|mention| mention.sentence == last)
        });
        match (subjects.next(), subjects.next()) {
            (Some(only), None) => self.person_at(only),
            _ => None,
        }
    }

    /// The one person that the mention `at` stands for, named or not.
    fn person_at(&self, at: usize) -> Option<Speaker> {
        let phrase = &self.mentions.get(at)?.phrase;
        let speaker = match self.register.of.get(at).copied().flatten() {
            Some(entity) => Speaker::Entity(entity),
            None if phrase.name.is_empty() => match self.register.described(phrase, at, self.mentions, false) {
                Match::One(entity) if phrase.definite => Speaker::Entity(entity),
                _ => Speaker::Mention(at),
            },
            None => return None,
        };
        matches!(self.kind(speaker), SourceKind::Person | SourceKind::Anonymous).then_some(speaker)
    }

    /// The last mention before the byte `before` that agrees, subjects first; `None` where two fit equally well.
    pub(super) fn antecedent(&self, at: usize, before: usize, wanted: Wanted) -> Option<Speaker> {
        let draft = self.drafts.get(at)?;
        let own = |mention: &Mention| draft.content.iter().any(|span| span.overlaps(mention.phrase.span));
        let upto = self.mentions.partition_point(|mention| mention.phrase.span.start < before);
        let mut best: Option<(usize, bool, Speaker)> = None;
        let mut rivals = false;
        for index in (upto.saturating_sub(LOOK_BACK)..upto).rev() {
            let Some(mention) = self.mentions.get(index) else { continue };
            if mention.block + REACH < draft.block || best.is_some_and(|(sentence, ..)| mention.sentence < sentence) {
                break;
            }
            let speaker = match self.register.of.get(index).copied().flatten() {
                Some(entity) => Speaker::Entity(entity),
                None if mention.phrase.name.is_empty() => Speaker::Mention(index),
                None => continue,
            };
            let is_kind = wanted.neuter
                || wanted.plural == Some(true)
                || self.is_person(speaker)
                || self.pack.morphology() == Morphology::Arabic;
            let verdict = match () {
                () if mention.addressee => Some(Verdict::Addressee),
                () if own(mention) => Some(Verdict::InsideContent),
                () if !is_kind => Some(Verdict::NotAPerson),
                () if !self.agrees(speaker, wanted) => Some(Verdict::Disagrees),
                () => None,
            };
            if let Some(verdict) = verdict {
                self.trace.pass_over(at, speaker, verdict);
                continue;
            }
            match best {
                None => best = Some((mention.sentence, self.is_subject(index), speaker)),
                Some((_, _, same)) if same == speaker => {}
                Some((sentence, false, before)) if self.is_subject(index) => {
                    self.trace.pass_over(at, before, Verdict::LessProminent);
                    (best, rivals) = (Some((sentence, true, speaker)), false);
                }
                Some((_, true, _)) if !self.is_subject(index) => {
                    self.trace.pass_over(at, speaker, Verdict::LessProminent);
                }
                Some((_, _, before)) => {
                    self.trace.pass_over(at, before, Verdict::Rival);
                    self.trace.pass_over(at, speaker, Verdict::Rival);
                    rivals = true;
                }
            }
        }
        best.filter(|_| !rivals).map(|(_, _, speaker)| speaker)
    }

    /// Whoever was named last before the byte `before`, subject or not, in the sentence before: «Cette dernière».
    pub(super) fn named_last(&self, at: usize, before: usize, wanted: Wanted) -> Option<Speaker> {
        if wanted.gender == Gender::Unknown || !self.pack.follows(Convention::PointingDescriptions) {
            return None;
        }
        let wanted = Wanted { plural: Some(false), ..wanted };
        let upto = self.mentions.partition_point(|mention| mention.phrase.span.start < before);
        let block = self.drafts.get(at)?.block;
        let last = self.mentions.get(upto.checked_sub(1)?).filter(|last| last.block + 1 >= block)?.sentence;
        let near = (upto.saturating_sub(LOOK_BACK)..upto).rev();
        let near = near.take_while(|&index| self.mentions.get(index).is_some_and(|near| near.sentence == last));
        near.filter_map(|index| self.person_at(index)).find(|&speaker| self.agrees(speaker, wanted))
    }

    /// Who is named right before a relative pronoun.
    pub(super) fn named_right_before(&self, before: usize) -> Option<Speaker> {
        let upto = self.mentions.partition_point(|mention| mention.phrase.span.start < before);
        let index = upto.checked_sub(1)?;
        let mention = self.mentions.get(index)?;
        let touches = mention.phrase.span.end + NEXT_WORD >= before;
        match self.register.of.get(index).copied().flatten() {
            Some(entity) if touches => Some(Speaker::Entity(entity)),
            None if touches && mention.phrase.name.is_empty() => Some(Speaker::Mention(index)),
            _ => None,
        }
    }
}

/// How many bytes back a noun makes a description one of somebody who was told of before.
const FIRST_NAMED: usize = 4_000;

/// Bytes between a name and a relative pronoun after it: a comma and a space.
const NEXT_WORD: usize = 3;
