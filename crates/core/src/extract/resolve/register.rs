//! Who is who: the mentions of an article, gathered into the people and bodies they name.

use super::mention::{Mention, Mentions, can_be_person};
use super::phrase::{Gender, Phrase};
use crate::claim::SourceKind;

/// Somebody or some body that the article names.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    /// The fullest name, folded.
    pub(super) name: Vec<Box<str>>,
    /// Every word that describes it anywhere.
    pub(super) nouns: Vec<Box<str>>,
    pub(super) gender: Gender,
    pub(super) plural: bool,
    pub(super) kind: SourceKind,
    /// Whether it is a news agency, newspaper or broadcaster.
    pub(super) medium: bool,
    /// The mention whose text names it most fully.
    pub(super) fullest: usize,
    /// The mentions, in the order of the text.
    pub(super) mentions: Vec<usize>,
}

/// Whom a phrase can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    Nobody,
    One(usize),
    /// Two or more fit equally well.
    Tied,
}

/// The entities of an article.
#[derive(Debug, Default)]
pub(super) struct Register {
    pub(super) entities: Vec<Entity>,
    /// For each mention its entity, where it has one for certain.
    pub(super) of: Vec<Option<usize>>,
    /// Whether names may be matched by their last word (a family name) only.
    surnames_last: bool,
}

/// More entities than this are a list of names; the rest stay unmatched, so that time stays linear.
const MOST_ENTITIES: usize = 400;

impl Register {
    /// Gathers `mentions`: those with the fullest names first, then short names, sources before others.
    pub(super) fn new(mentions: &Mentions, surnames_last: bool) -> Self {
        let list = &mentions.list;
        let mut register = Self { entities: Vec::new(), of: vec![None; list.len()], surnames_last };
        let mut order: Vec<usize> = (0..list.len()).filter(|&at| !list[at].phrase.name.is_empty()).collect();
        order.sort_by_key(|&at| (list[at].phrase.name.len() < 2, !list[at].source, at));
        let mut short = Vec::new();
        for at in order {
            let phrase = &list[at].phrase;
            match register.by_name(phrase) {
                Match::One(entity) => register.attach(entity, at, list),
                Match::Nobody
                    if (phrase.name.len() > 1 || list[at].source) && register.entities.len() < MOST_ENTITIES =>
                {
                    register.add(at, phrase);
                }
                Match::Tied => short.push(at),
                Match::Nobody => {}
            }
        }
        // A short name that two could bear is the one's whose nearest mention before it is in force.
        for at in short {
            if let Match::One(entity) = register.by_context(&list[at].phrase, at, list) {
                register.attach(entity, at, list);
            }
        }
        for entity in &mut register.entities {
            entity.mentions.sort_unstable();
        }
        register
    }

    /// The entities that `phrase` can name, by its words alone.
    fn by_name(&self, phrase: &Phrase) -> Match {
        self.one(phrase, |_| true)
    }

    fn one(&self, phrase: &Phrase, test: impl Fn(&Entity) -> bool) -> Match {
        let mut exact = None;
        let mut found = None;
        let mut tied = false;
        for (at, entity) in self.entities.iter().enumerate() {
            if !self.names(phrase, entity) || !test(entity) {
                continue;
            }
            if entity.name == phrase.name {
                exact = exact.or(Some(at));
            }
            tied |= found.is_some();
            found = found.or(Some(at));
        }
        match (exact, found, tied) {
            (Some(entity), ..) | (None, Some(entity), false) => Match::One(entity),
            (None, Some(_), true) => Match::Tied,
            (None, None, _) => Match::Nobody,
        }
    }

    /// Among several that a short name could be, the one who was named shortly before, or far more often.
    fn by_context(&self, phrase: &Phrase, at: usize, list: &[Mention]) -> Match {
        let near = |entity: &Entity| {
            entity.mentions.iter().any(|&other| other < at && list[other].block + NEAR >= list[at].block)
        };
        match self.one(phrase, near) {
            Match::Tied => {}
            found => return found,
        }
        let mut counts: Vec<(usize, usize)> = (self.entities.iter().enumerate())
            .filter(|(_, entity)| self.names(phrase, entity))
            .map(|(index, entity)| (entity.mentions.len(), index))
            .collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        match counts[..] {
            [(most, index), (second, _), ..] if most >= 3 * second => Match::One(index),
            _ => Match::Tied,
        }
    }

    /// Whether the name of `phrase` can be the entity's.
    pub(super) fn names(&self, phrase: &Phrase, entity: &Entity) -> bool {
        let (Some(last), Some(entity_last)) = (phrase.name.last(), entity.name.last()) else { return false };
        if !phrase.gender.fits(entity.gender) && can_be_person(entity.kind) && can_be_person(phrase.kind) {
            return false;
        }
        let all_in = |small: &[Box<str>], large: &[Box<str>]| small.iter().all(|word| large.contains(word));
        let (small, large) = match phrase.name.len() <= entity.name.len() {
            true => (&phrase.name, &entity.name),
            false => (&entity.name, &phrase.name),
        };
        if !all_in(small, large) {
            return false;
        }
        if !self.surnames_last {
            return true;
        }
        let body = !can_be_person(entity.kind) || !can_be_person(phrase.kind);
        match phrase.name.len() {
            // A family name, or a given name alone; a body goes by any of its words, and both agree in kind.
            1 if body => {
                (phrase.kind == entity.kind || phrase.kind == SourceKind::Unknown) && entity.name.first() == Some(last)
            }
            1 => last == entity_last || entity.name.first() == Some(last),
            _ => last == entity_last || (body && phrase.kind == entity.kind),
        }
    }

    fn add(&mut self, at: usize, phrase: &Phrase) {
        self.of[at] = Some(self.entities.len());
        self.entities.push(Entity {
            name: phrase.name.clone(),
            nouns: phrase.nouns.clone(),
            gender: phrase.gender,
            plural: phrase.plural,
            kind: phrase.kind,
            medium: phrase.medium,
            fullest: at,
            mentions: vec![at],
        });
    }

    fn attach(&mut self, entity: usize, at: usize, list: &[Mention]) {
        let phrase = &list[at].phrase;
        let known = &mut self.entities[entity];
        self.of[at] = Some(entity);
        known.mentions.push(at);
        if phrase.name.len() > known.name.len() {
            known.name.clone_from(&phrase.name);
        }
        for noun in &phrase.nouns {
            if known.nouns.len() < MOST_NOUNS && !known.nouns.contains(noun) {
                known.nouns.push(noun.clone());
            }
        }
        if known.gender == Gender::Unknown {
            known.gender = phrase.gender;
        }
        if known.kind == SourceKind::Unknown {
            known.kind = phrase.kind;
        }
        if fullness(phrase) > fullness(&list[known.fullest].phrase) {
            known.fullest = at;
        }
    }

    /// The entity that a definite description without a name points back to (`the minister`, «الوزير»), seen from mention `at`.
    pub(super) fn described(&self, phrase: &Phrase, at: usize, list: &[Mention]) -> Match {
        let Some(head) = &phrase.head else { return Match::Nobody };
        let fits = |entity: &Entity| {
            entity.nouns.contains(head)
                && phrase.gender.fits(entity.gender)
                && phrase.nouns.iter().all(|noun| entity.nouns.contains(noun) || entity.name.contains(noun))
        };
        let candidates: Vec<usize> =
            self.entities.iter().enumerate().filter(|(_, entity)| fits(entity)).map(|(index, _)| index).collect();
        let last_before = |&index: &usize| self.entities[index].mentions.iter().copied().rfind(|&mention| mention < at);
        let latest = candidates.iter().filter_map(|index| last_before(index).map(|mention| (mention, *index))).max();
        match (candidates[..].len(), latest) {
            (0, _) => Match::Nobody,
            (1, _) => Match::One(candidates[0]),
            (_, Some((mention, index))) => {
                // Two people of one office in one sentence: neither is the one meant for certain.
                let sentence = list[mention].sentence;
                let rival = candidates
                    .iter()
                    .filter(|&&other| other != index)
                    .filter_map(last_before)
                    .any(|other| list[other].sentence == sentence);
                if rival { Match::Tied } else { Match::One(index) }
            }
            (_, None) => Match::Tied,
        }
    }
}

/// How many blocks back a mention still decides between two of one name.
const NEAR: usize = 2;
const MOST_NOUNS: usize = 40;

/// The more a phrase tells, the fuller: words of the name first, then words that describe. Very long ones tell less well.
fn fullness(phrase: &Phrase) -> (usize, bool, usize) {
    let short = phrase.span.len() <= LONGEST_NAME;
    (phrase.name.len().min(5), short, phrase.nouns.len())
}

/// In bytes; a longer phrase is a sentence about somebody.
const LONGEST_NAME: usize = 200;
