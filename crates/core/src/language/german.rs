//! What only German needs of the lexicon: separable verbs, and nouns written together.

use super::class::{WordClass, WordClasses};
use super::cue::Features;
use super::lexicon::{EntryId, Lexicon};

/// Whether a word has `zu` between a particle and an infinitive: `teilzunehmen`.
pub(crate) fn has_infinitive_marker(word: &str) -> bool {
    // The particle may begin with the same letters: `zurückzuziehen`.
    word.len() > 6 && word.ends_with("en") && word.get(2..).is_some_and(|rest| rest.contains("zu"))
}

/// Whether an unknown word can be the third person of a verb in the first subjunctive: `betreibe`, but no past `sagte`.
pub(crate) fn has_subjunctive_ending(word: &str) -> bool {
    word.len() > 3 && word.ends_with('e') && !word.ends_with("te")
}

/// Whether a word has the ending of an adjective or participle before a noun.
pub(crate) fn has_adjective_ending(word: &str) -> bool {
    ["e", "en", "er", "es", "em"].iter().any(|ending| word.ends_with(ending))
}

/// Whether a word has the ending of an adjective that opens a genitive without a determiner: `politischer Beobachter`.
pub(crate) fn has_genitive_ending(word: &str) -> bool {
    word.len() > 4 && word.ends_with("er")
}

/// Whether a finite verb of the third person is a plural: `sagten`, `haben`, `sind`.
pub(crate) fn is_plural(verb: &str) -> bool {
    verb.ends_with('n') || verb.ends_with("nd")
}

/// Whether a word has an ending of finite verbs and participles.
pub(crate) fn has_verb_ending(word: &str) -> bool {
    ["t", "te", "en"].iter().any(|ending| word.ends_with(ending))
}

/// The value of a number written as one word: `zweihundertfünfzig`, `dreitausendvierhundert`.
pub(crate) fn number(word: &str, lexicon: &Lexicon) -> Option<f64> {
    let listed = |part: &str| lexicon.entry(lexicon.find(part)?)?.number.filter(|value| *value >= 1.0);
    let below = |part: &str, unit: f64| match part {
        "" => Some(0.0),
        _ => listed(part.strip_prefix("und").unwrap_or(part)).filter(|value| *value < unit),
    };
    let hundreds = |part: &str| match part.split_once("hundert") {
        Some((count, rest)) => {
            let count = if count.is_empty() { 1.0 } else { listed(count).filter(|value| *value < 20.0)? };
            Some(count * 100.0 + below(rest, 100.0)?)
        }
        None => below(part, 100.0),
    };
    if word.len() > LONGEST_NUMBER {
        return None;
    }
    let value = match word.split_once("tausend") {
        Some((count, rest)) => {
            let count = if count.is_empty() { 1.0 } else { hundreds(count)? };
            count * 1000.0 + hundreds(rest)?
        }
        None => hundreds(word)?,
    };
    (value >= 100.0).then_some(value)
}

/// In bytes; the longest numbers below a million have fewer.
const LONGEST_NUMBER: usize = 80;

/// The forms of a separable verb that are written together, from one of its forms without the particle:
/// `mitteilte`, `mitgeteilt`, `mitteilen` and `mitzuteilen`; `bekannt gab` as well as `bekanntgab`.
pub(super) fn joined(particle: &str, form: &str, features: Features) -> Vec<String> {
    let mut forms = vec![format!("{particle}{form}")];
    if features.has(Features::BASE) {
        forms.push(format!("{particle}zu{form}"));
    }
    if particle.chars().count() > LONGEST_PREPOSITION {
        forms.extend([format!("{particle} {form}")]);
        if features.has(Features::BASE) {
            forms.push(format!("{particle} zu {form}"));
        }
    }
    forms
}

/// Longer particles are adjectives and adverbs (`bekannt`, `deutlich`), which are often written apart.
const LONGEST_PREPOSITION: usize = 6;

/// Nouns that others are made with: `Regierungssprecher`, `Polizeiangaben`, `Hausverwaltung`.
const LAST_PARTS: WordClasses = WordClasses::of(&[
    WordClass::Person,
    WordClass::Group,
    WordClass::Organisation,
    WordClass::Document,
    WordClass::Medium,
    WordClass::Anonymous,
    WordClass::Statement,
    WordClass::Opinion,
    WordClass::Noun,
    WordClass::NounEnding,
]);

const NEVER_LAST: WordClasses = WordClasses::of(&[WordClass::Preposition, WordClass::NameEnding]);

/// The entry of the longest listed noun that ends the folded word.
pub(crate) fn last_part(word: &str, lexicon: &Lexicon) -> Option<EntryId> {
    let ends = word.char_indices().skip(FEWEST_LETTERS).take(LONGEST_FIRST_PART);
    ends.filter_map(|(at, _)| lexicon.find(word.get(at..)?)).find(|&id| {
        lexicon.entry(id).is_some_and(|entry| {
            let classes = entry.classes;
            classes.any(LAST_PARTS) && !classes.any(NEVER_LAST) && entry.number.is_none()
        })
    })
}

/// The listed nouns for people and bodies that end the folded word, longest first, without the word itself.
pub(crate) fn last_parts<'w>(word: &'w str, lexicon: &'w Lexicon) -> impl Iterator<Item = &'w str> {
    const HEADS: WordClasses = WordClasses::of(&[WordClass::Person, WordClass::Group, WordClass::Organisation]);
    let ends = word.char_indices().skip(FEWEST_LETTERS).take(LONGEST_FIRST_PART);
    ends.filter_map(move |(at, _)| word.get(at..)).filter(|part| {
        let entry = lexicon.find(part).and_then(|id| lexicon.entry(id));
        entry.is_some_and(|entry| entry.classes.any(HEADS))
    })
}

/// The first part of a compound has at least so many letters.
const FEWEST_LETTERS: usize = 2;
/// Longer words are addresses and slips.
const LONGEST_FIRST_PART: usize = 40;

#[cfg(test)]
mod tests {
    use crate::{Language, LanguagePack, WordClass};

    fn has(word: &str, class: WordClass) -> bool {
        let pack = LanguagePack::builtin("de".parse::<Language>().unwrap()).unwrap();
        let lexicon = pack.lexicon();
        super::last_part(word, lexicon).and_then(|id| lexicon.entry(id)).is_some_and(|entry| entry.classes.has(class))
    }

    #[test]
    fn a_compound_is_what_its_last_part_is() {
        assert!(has("regierungssprecherin", WordClass::Person));
        assert!(has("polizeiangaben", WordClass::Statement));
        assert!(has("hafenverwaltung", WordClass::Organisation));
        assert!(has("verspätung", WordClass::NounEnding));
        assert!(!has("merkel", WordClass::Noun));
    }

    #[test]
    fn a_number_written_as_one_word_has_its_value() {
        let pack = LanguagePack::builtin("de".parse::<Language>().unwrap()).unwrap();
        let number = |word| super::number(word, pack.lexicon());
        assert_eq!(number("zweihundertfünfzig"), Some(250.0));
        assert_eq!(number("dreitausendvierhundertsieben"), Some(3407.0));
        assert_eq!(number("hunderttausend"), Some(100_000.0));
        assert_eq!(number("jahrhundert"), None);
        assert_eq!(number("tausendsassa"), None);
    }

    #[test]
    fn a_separable_verb_has_its_joined_forms() {
        let pack = LanguagePack::builtin("de".parse::<Language>().unwrap()).unwrap();
        for form in ["mitteilte", "mitgeteilt", "mitzuteilen", "bekanntgab"] {
            assert!(pack.lexicon().find(form).is_some(), "{form}");
        }
    }
}
