//! Who is who: the mentions of an article, gathered into the people and bodies they name.

use rustc_hash::FxHashSet;
use smallvec::{SmallVec, smallvec};

use super::mention::{Mention, Mentions, can_be_person};
use super::phrase::{Gender, Phrase};
use super::words::{Word, WordList, Words};
use crate::claim::SourceKind;

/// Somebody or some body that the article names.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    /// The fullest name, folded.
    pub(super) name: WordList,
    /// Every word that describes it anywhere.
    pub(super) nouns: WordList,
    pub(super) gender: Gender,
    pub(super) plural: bool,
    pub(super) kind: SourceKind,
    /// Whether it is a news agency, newspaper or broadcaster.
    pub(super) medium: bool,
    /// Whether it is the source of a claim somewhere.
    pub(super) speaks: bool,
    /// The mention whose text names it most fully.
    pub(super) fullest: usize,
    /// The mentions, in the order of the text.
    pub(super) mentions: Numbers,
}

/// Numbers of mentions or entities; there are seldom more than fit without an allocation.
type Numbers = SmallVec<[usize; 2]>;

/// Whom a phrase can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    Nobody,
    One(usize),
    /// Two or more fit equally well.
    Tied,
}

impl Match {
    /// Itself, or what `other` finds where nobody fits.
    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self == Self::Nobody { other() } else { self }
    }
}

/// The entities of an article.
#[derive(Debug, Default)]
pub(super) struct Register {
    pub(super) entities: Vec<Entity>,
    /// For each mention its entity, where it has one for certain.
    pub(super) of: Vec<Option<usize>>,
    /// The entities that have a folded word in their name, by the word's number.
    by_word: Vec<Numbers>,
    /// Whether names may be matched by their last word (a family name) only.
    surnames_last: bool,
}

/// More entities than this are a list of names; the rest stay unmatched, so that time stays linear.
const MOST_ENTITIES: usize = 400;

impl Register {
    /// Gathers `mentions`: those with the fullest names first, then short names, sources before others.
    pub(super) fn new(mentions: &Mentions, surnames_last: bool) -> Self {
        let list = &mentions.list;
        let by_word = vec![Numbers::new(); mentions.words.len()];
        let mut register = Self { of: vec![None; list.len()], by_word, surnames_last, ..Self::default() };
        let mut order: Vec<(usize, &Mention)> =
            list.iter().enumerate().filter(|(_, mention)| !mention.phrase.name.is_empty() && !mention.guess).collect();
        order.sort_by_key(|(at, mention)| (mention.phrase.name.len() < 2, !mention.source, *at));
        let mut short = Vec::new();
        for (at, Mention { phrase, source, .. }) in order {
            match register.by_name(phrase).or_else(|| register.by_initials(phrase, &mentions.words)) {
                Match::One(entity) => register.attach(entity, at, list),
                Match::Nobody
                    if (phrase.name.len() > 1 || *source || phrase.head.is_some())
                        && register.entities.len() < MOST_ENTITIES =>
                {
                    register.add(at, phrase, *source);
                }
                Match::Tied => short.push(at),
                Match::Nobody => {}
            }
        }
        register.sort_mentions();
        // A short name that two could bear is the one's whose nearest mention before it is in force.
        let near: Vec<(usize, usize)> = (short.into_iter())
            .filter_map(|at| match register.by_context(&list.get(at)?.phrase, at, list) {
                Match::One(entity) => Some((entity, at)),
                _ => None,
            })
            .collect();
        for (entity, at) in near {
            register.attach(entity, at, list);
        }
        register.attach_guesses(list);
        register.sort_mentions();
        register.settle_places(list);
        register
    }

    /// A single name of an unknown kind that stands after `in` somewhere is a place that speaks for its government.
    fn settle_places(&mut self, list: &[Mention]) {
        for entity in &mut self.entities {
            let located = |&at: &usize| list.get(at).is_some_and(|mention| mention.located);
            let bare = entity.kind == SourceKind::Unknown && entity.name.len() == 1 && entity.gender == Gender::Unknown;
            // `in New Hampshire`: two words that nothing else tells of look like a person's name.
            let looks_personal = entity.kind == SourceKind::Person
                && entity.gender == Gender::Unknown
                && (entity.nouns.is_empty() && !entity.speaks);
            if (bare || looks_personal) && entity.mentions.iter().any(located) {
                entity.kind = SourceKind::Place;
            }
        }
    }

    /// Takes names of one word for places where the article has them as such and nothing else is known of them.
    pub(super) fn mark_places(&mut self, places: &FxHashSet<Word>) {
        for entity in &mut self.entities {
            let place = matches!(&entity.name[..], [name] if places.contains(name)) && entity.nouns.is_empty();
            if place && entity.kind == SourceKind::Unknown {
                (entity.kind, entity.gender) = (SourceKind::Place, Gender::Feminine);
            }
        }
    }

    /// A guessed name is one where a source bears part of it.
    fn attach_guesses(&mut self, list: &[Mention]) {
        for (at, mention) in list.iter().enumerate().filter(|(_, mention)| mention.guess) {
            let Match::One(entity) = self.by_name(&mention.phrase) else { continue };
            let speaks = |&other: &usize| list.get(other).is_some_and(|mention| mention.source);
            if self.entities.get(entity).is_some_and(|entity| entity.mentions.iter().any(speaks)) {
                self.attach(entity, at, list);
            }
        }
    }

    /// The entities that `phrase` can name, by its words alone.
    fn by_name(&self, phrase: &Phrase) -> Match {
        self.one(phrase, |_| true)
    }

    /// The entity of several words whose initials `phrase` is: `AHS` is Alberta Health Services.
    fn by_initials(&self, phrase: &Phrase, words: &Words) -> Match {
        // A name in capitals throughout is taken for a body's; without capitals any word of three letters could be one.
        let (&[name], true) = (&phrase.name[..], self.surnames_last && phrase.kind == SourceKind::Organisation) else {
            return Match::Nobody;
        };
        let letters = words.text(name);
        // Most names are longer: they are no initials, and nobody is asked.
        if !(FEWEST_INITIALS..=MOST_INITIALS).contains(&letters.len()) {
            return Match::Nobody;
        }
        let spells = |entity: &Entity| {
            let initials = || entity.name.iter().map(|&word| words.text(word).chars().next());
            entity.name.len() == letters.len()
                && entity.kind != SourceKind::Person
                && initials().eq(letters.chars().map(Some))
        };
        let mut found = self.entities.iter().enumerate().filter(|(_, entity)| spells(entity));
        match (found.next(), found.next()) {
            (Some((only, _)), None) => Match::One(only),
            _ => Match::Nobody,
        }
    }

    fn one(&self, phrase: &Phrase, test: impl Fn(&Entity) -> bool) -> Match {
        let found: SmallVec<[(usize, &Entity); 4]> = (self.sharing_a_word(phrase).into_iter())
            .filter_map(|at| Some((at, self.entities.get(at)?)))
            .filter(|(_, entity)| self.names(phrase, entity) && test(entity))
            .collect();
        if let Some(&(exact, _)) = found.iter().find(|(_, entity)| entity.name == phrase.name) {
            return Match::One(exact);
        }
        match &found[..] {
            [] => Match::Nobody,
            [(only, _)] => Match::One(*only),
            _ => self.likeliest(phrase, &found),
        }
    }

    /// Among several that a name could be, the one who has it as a family name and of whom more is known:
    /// `Brandt` is Ann Brandt, not the Brandt Tower.
    fn likeliest(&self, phrase: &Phrase, found: &[(usize, &Entity)]) -> Match {
        let fit = |entity: &Entity| {
            let family = phrase.name.last() == entity.name.last();
            let told = entity.gender != Gender::Unknown || !entity.nouns.is_empty() || entity.speaks;
            (family, told && (entity.gender != Gender::Unknown || can_be_person(entity.kind)))
        };
        let best = found.iter().map(|(_, entity)| fit(entity)).max();
        let mut best = found.iter().filter(|(_, entity)| self.surnames_last && Some(fit(entity)) == best);
        match (best.next(), best.next()) {
            (Some(&(only, _)), None) => Match::One(only),
            _ => Match::Tied,
        }
    }

    /// Among several that a short name could be, the one who was named shortly before, or far more often.
    fn by_context(&self, phrase: &Phrase, at: usize, list: &[Mention]) -> Match {
        let near = |entity: &Entity| {
            let blocks = |mention: usize| list.get(mention).map_or(0, |mention| mention.block);
            entity.last_before(at).is_some_and(|other| blocks(other) + NEAR >= blocks(at))
        };
        match self.one(phrase, near) {
            Match::Tied => {}
            found => return found,
        }
        let spoke =
            |entity: &Entity| entity.mentions.iter().any(|&at| list.get(at).is_some_and(|mention| mention.source));
        if let Match::One(entity) = self.one(phrase, spoke) {
            return Match::One(entity);
        }
        let mut counts: Vec<(usize, usize)> = (self.sharing_a_word(phrase).into_iter())
            .filter_map(|index| Some((index, self.entities.get(index)?)))
            .filter(|(_, entity)| self.names(phrase, entity))
            .map(|(index, entity)| (entity.mentions.len(), index))
            .collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        match counts[..] {
            [(most, index), (second, _), ..] if most >= MORE_OFTEN * second => Match::One(index),
            _ => Match::Tied,
        }
    }

    /// The entities whose name shares a word with the phrase's, in the order they were added.
    fn sharing_a_word(&self, phrase: &Phrase) -> Numbers {
        let lists = phrase.name.iter().filter_map(|word| self.by_word.get(word.index()));
        let mut found: Numbers = lists.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn sort_mentions(&mut self) {
        self.entities.iter_mut().for_each(|entity| entity.mentions.sort_unstable());
    }

    /// Whether the name of `phrase` can be the entity's.
    pub(super) fn names(&self, phrase: &Phrase, entity: &Entity) -> bool {
        let (Some(last), Some(entity_last)) = (phrase.name.last(), entity.name.last()) else { return false };
        // A single name may be a family name that women or men bear as a given one: `Rose`.
        let bare = phrase.name.len() == 1 && phrase.nouns.is_empty();
        if !bare && !phrase.gender.fits(entity.gender) && can_be_person(entity.kind) && can_be_person(phrase.kind) {
            return false;
        }
        let all_in = |small: &[Word], large: &[Word]| small.iter().all(|word| large.contains(word));
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

    fn add(&mut self, at: usize, phrase: &Phrase, source: bool) {
        let entity = self.entities.len();
        for word in &phrase.name {
            note_word(&mut self.by_word, *word, entity);
        }
        if let Some(of) = self.of.get_mut(at) {
            *of = Some(entity);
        }
        self.entities.push(Entity {
            name: phrase.name.clone(),
            nouns: phrase.nouns.clone(),
            gender: phrase.gender,
            plural: phrase.plural,
            kind: phrase.kind,
            medium: phrase.medium,
            speaks: source,
            fullest: at,
            mentions: smallvec![at],
        });
    }

    fn attach(&mut self, entity: usize, at: usize, list: &[Mention]) {
        let (Some(Mention { phrase, source, .. }), Some(known)) = (list.get(at), self.entities.get_mut(entity)) else {
            return;
        };
        known.speaks |= source;
        if let Some(of) = self.of.get_mut(at) {
            *of = Some(entity);
        }
        known.mentions.push(at);
        if phrase.name.len() > known.name.len() {
            let name = std::mem::replace(&mut known.name, phrase.name.clone());
            for word in phrase.name.iter().filter(|word| !name.contains(word)) {
                note_word(&mut self.by_word, *word, entity);
            }
        }
        for noun in &phrase.nouns {
            if known.nouns.len() < MOST_NOUNS && !known.nouns.contains(noun) {
                known.nouns.push(*noun);
            }
        }
        let bare = phrase.name.len() == 1 && phrase.nouns.is_empty();
        if known.gender == Gender::Unknown && !(bare && known.name.len() > 1) {
            known.gender = phrase.gender;
        }
        if known.kind == SourceKind::Unknown {
            known.kind = phrase.kind;
        }
        if list.get(known.fullest).is_none_or(|fullest| fullness(phrase) > fullness(&fullest.phrase)) {
            known.fullest = at;
        }
    }

    /// The entity that a definite description without a name points back to (`the minister`, «الوزير»), seen from mention `at`.
    ///
    /// A headline says little: there its head alone has to fit.
    pub(super) fn described(&self, phrase: &Phrase, at: usize, list: &[Mention], headline: bool) -> Match {
        let Some(head) = &phrase.head else { return Match::Nobody };
        // `the board` is the Brennock District School Board.
        let body = !can_be_person(phrase.kind);
        let fits = |entity: &Entity| {
            (entity.nouns.contains(head) || (body && self.surnames_last && entity.name.contains(head)))
                && can_be_person(entity.kind) == can_be_person(phrase.kind)
                && phrase.gender.fits(entity.gender)
                && (headline
                    || phrase.nouns.iter().all(|noun| entity.nouns.contains(noun) || entity.name.contains(noun)))
        };
        let candidates: Vec<usize> =
            self.entities.iter().enumerate().filter(|(_, entity)| fits(entity)).map(|(index, _)| index).collect();
        let last_before = |&index: &usize| self.entities.get(index)?.last_before(at);
        let latest = candidates.iter().filter_map(|index| last_before(index).map(|mention| (mention, *index))).max();
        match (&candidates[..], latest) {
            ([], _) => Match::Nobody,
            (&[only], _) => Match::One(only),
            (_, Some((mention, index))) => {
                // Two people of one office in one sentence: neither is the one meant for certain.
                let sentence = |mention: usize| list.get(mention).map(|mention| mention.sentence);
                let mut others = candidates.iter().filter(|&&other| other != index).filter_map(last_before);
                if others.any(|other| sentence(other) == sentence(mention)) { Match::Tied } else { Match::One(index) }
            }
            (_, None) => Match::Tied,
        }
    }
}

impl Entity {
    /// The last mention before the mention `at`.
    fn last_before(&self, at: usize) -> Option<usize> {
        let upto = self.mentions.partition_point(|&mention| mention < at);
        self.mentions.get(upto.checked_sub(1)?).copied()
    }
}

/// Notes that `word` is in the name of `entity`.
fn note_word(by_word: &mut [Numbers], word: Word, entity: usize) {
    if let Some(entities) = by_word.get_mut(word.index()) {
        entities.push(entity);
    }
}

/// Two letters are the initials of too many; in bytes.
const FEWEST_INITIALS: usize = 3;
const MOST_INITIALS: usize = 6;
/// Of two who bear a name, the one who is named so many times as often has it alone.
const MORE_OFTEN: usize = 2;
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
