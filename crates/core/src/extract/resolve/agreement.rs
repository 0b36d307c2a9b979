//! Agreement: whether a speaker can be the one that a pronoun or verb form asks for.

use super::discourse::{Discourse, Speaker};
use super::mention::can_be_person;
use super::phrase::Gender;
use crate::claim::SourceKind;
use crate::language::cue::Features;
use crate::language::{Convention, Morphology, WordClass as C, WordClasses};

/// What a pronoun or verb form asks of the one it stands for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted {
    pub(super) gender: Gender,
    pub(super) plural: Option<bool>,
    /// Not a person: `it`.
    pub(super) neuter: bool,
}

/// What a pronoun asks for by its class; `None` if its class does not tell.
pub(super) fn wanted_by(classes: WordClasses) -> Option<Wanted> {
    let masculine = classes.has(C::PronounMasculine) || classes.has(C::PossessiveMasculine);
    let feminine = classes.has(C::PronounFeminine) || classes.has(C::PossessiveFeminine);
    let several = classes.has(C::PronounPlural) || classes.has(C::PossessivePlural);
    if masculine || feminine {
        let gender = if masculine { Gender::Masculine } else { Gender::Feminine };
        return Some(Wanted { gender, plural: Some(false), neuter: false });
    }
    if several {
        return Some(Wanted { gender: Gender::Unknown, plural: Some(true), neuter: false });
    }
    classes.has(C::PronounNeuter).then_some(Wanted { gender: Gender::Unknown, plural: None, neuter: true })
}

impl Discourse<'_> {
    pub(super) fn wanted(&self, features: Features) -> Wanted {
        let gender = match (features.has(Features::MASCULINE), features.has(Features::FEMININE)) {
            (true, false) => Gender::Masculine,
            (false, true) => Gender::Feminine,
            _ => Gender::Unknown,
        };
        let several = features.any(Features::PLURAL.with(Features::DUAL));
        // An Arabic verb before its subject stays singular, so a singular form without one asks for one.
        let plural = (gender != Gender::Unknown || several).then_some(several);
        Wanted { gender: if several { Gender::Unknown } else { gender }, plural, neuter: false }
    }

    pub(super) fn kind(&self, speaker: Speaker) -> SourceKind {
        match speaker {
            Speaker::Entity(at) => self.register.entities.get(at).map_or(SourceKind::Unknown, |entity| entity.kind),
            Speaker::Mention(at) => self.mentions.get(at).map_or(SourceKind::Unknown, |mention| mention.phrase.kind),
        }
    }

    pub(super) fn gender(&self, speaker: Speaker) -> Gender {
        match speaker {
            Speaker::Entity(at) => self.register.entities.get(at).map_or(Gender::Unknown, |entity| entity.gender),
            Speaker::Mention(at) => self.mentions.get(at).map_or(Gender::Unknown, |mention| mention.phrase.gender),
        }
    }

    pub(super) fn is_medium(&self, speaker: Speaker) -> bool {
        match speaker {
            Speaker::Entity(at) => self.register.entities.get(at).is_some_and(|entity| entity.medium),
            Speaker::Mention(at) => self.mentions.get(at).is_some_and(|mention| mention.phrase.medium),
        }
    }

    pub(super) fn is_person(&self, speaker: Speaker) -> bool {
        can_be_person(self.kind(speaker))
    }

    /// Whether there is evidence that a speaker is a person: a gender, an office, a given name, or that it spoke.
    ///
    /// An Arabic verb agrees with bodies and things as well.
    fn is_somebody(&self, speaker: Speaker) -> bool {
        if self.pack.morphology() == Morphology::Arabic || self.kind(speaker) != SourceKind::Unknown {
            return true;
        }
        match speaker {
            Speaker::Entity(at) => self.register.entities.get(at).is_some_and(|entity| {
                let spoke = |&mention: &usize| self.mentions.get(mention).is_some_and(|mention| mention.source);
                entity.gender != Gender::Unknown || entity.mentions.iter().any(spoke)
            }),
            Speaker::Mention(at) => self.mentions.get(at).is_some_and(|mention| mention.source),
        }
    }

    /// Whether a speaker can be the one that a pronoun or verb form asks for.
    pub(super) fn agrees(&self, speaker: Speaker, wanted: Wanted) -> bool {
        let kind = self.kind(speaker);
        let plural = match speaker {
            Speaker::Entity(at) => self.register.entities.get(at).is_some_and(|entity| entity.plural),
            Speaker::Mention(at) => self.mentions.get(at).is_some_and(|mention| mention.phrase.plural),
        };
        let person = can_be_person(kind) && !plural;
        if wanted.neuter {
            return !matches!(kind, SourceKind::Person | SourceKind::Anonymous | SourceKind::Group);
        }
        let gendered = self.pack.follows(Convention::GenderedThings);
        let number = match wanted.plural {
            Some(true) if gendered => plural,
            Some(true) => plural || !matches!(kind, SourceKind::Person | SourceKind::Document),
            Some(false) if !gendered && self.pack.morphology() != Morphology::Arabic => person,
            // «L'agence …, dit-elle»: a body goes by the pronoun of its noun's gender.
            Some(false) if gendered => {
                person || (!plural && wanted.gender != Gender::Unknown && self.gender(speaker) == wanted.gender)
            }
            // «الأسرة … وطلبت»: a noun for several in the feminine has a verb in the singular.
            Some(false) if kind == SourceKind::Group && wanted.gender == Gender::Feminine => {
                self.gender(speaker) == Gender::Feminine
            }
            Some(false) => !(plural && kind != SourceKind::Organisation),
            None => true,
        };
        number
            && self.gender(speaker).fits(wanted.gender)
            && (wanted.gender == Gender::Unknown || self.is_somebody(speaker))
    }
}
