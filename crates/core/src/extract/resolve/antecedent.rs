//! Whom a pronoun or verb form points back to: the mentions before it, and what the narrator turned to since somebody spoke.

use super::agreement::Wanted;
use super::discourse::{Discourse, LOOK_BACK, REACH, Speaker};
use super::mention::Mention;
use super::phrase::Gender;
use super::register::Match;
use crate::claim::SourceKind;
use crate::extract::explain::Verdict;
use crate::language::Morphology;

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

/// Bytes between a name and a relative pronoun after it: a comma and a space.
const NEXT_WORD: usize = 3;
