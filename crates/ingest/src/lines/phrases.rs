//! The words that give a line away, read from the lists under `data/`.
//!
//! Every language's list is used for every text: a page in one language often carries its buttons in
//! another, and a phrase of several words seldom means anything else elsewhere.

use std::collections::HashMap;
use std::sync::LazyLock;

use isnad_core::BlockRole;
use isnad_core::fold::fold;
use serde::Deserialize;

/// The lists that ship with the crate: file name and content.
const LISTS: [(&str, &str); 4] = [
    ("ar.toml", include_str!("../../data/ar.toml")),
    ("de.toml", include_str!("../../data/de.toml")),
    ("en.toml", include_str!("../../data/en.toml")),
    ("fr.toml", include_str!("../../data/fr.toml")),
];

/// The lists that ship with the crate, ready for look-up. A test keeps every file readable.
pub(crate) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let lists = LISTS.iter().filter_map(|(name, content)| parse(name, content).ok());
    Phrases::new(lists)
});

/// What a phrase says about the line it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Sign {
    /// The line invites to subscribe, share or follow.
    Promo,
    /// The line is one of several that tell what readers' comments must be like: two of these say so.
    Rules,
    /// The line is, or announces, the headline of another story.
    RelatedLabel,
    /// The line is a note by the editors.
    Correction,
    /// The line describes or credits a picture.
    Caption,
    /// The line goes on with the story, whatever its shape.
    Body,
    /// The line holds a verb of saying.
    Said,
    /// The line holds a word that leads over to a quotation, but means other things as often ("reads", "follows").
    Leads,
}

impl Sign {
    /// The role of a line with this sign, where the sign alone decides it.
    pub(crate) const fn role(self) -> Option<BlockRole> {
        match self {
            Self::Promo | Self::Rules => Some(BlockRole::Promo),
            Self::RelatedLabel => Some(BlockRole::Related),
            Self::Correction => Some(BlockRole::Correction),
            Self::Caption => Some(BlockRole::Caption),
            Self::Body | Self::Said | Self::Leads => None,
        }
    }
}

/// Where in a line a phrase must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The line is the phrase and nothing else.
    Whole,
    /// The line begins with it.
    Start,
    /// The line ends with it.
    End,
    /// It stands anywhere.
    Anywhere,
}

/// A phrase found in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What it says about the line.
    pub(crate) sign: Sign,
    /// Where it was looked for.
    pub(crate) place: Place,
    /// Whether the line holds nothing beside it.
    pub(crate) alone: bool,
    /// Whether a colon, a dash or the end of the line follows it.
    pub(crate) closed: bool,
    /// The number of its first word in the line, from 0.
    pub(crate) from: usize,
    /// The number of the word after its last.
    pub(crate) to: usize,
}

/// One language's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[allow(dead_code, reason = "names the file's language for its readers, and is checked by a test")]
    language: String,
    promo: Places,
    #[serde(default)]
    rules: Places,
    related: Related,
    correction: Places,
    caption: Places,
    body: Body,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Places {
    whole: Vec<String>,
    start: Vec<String>,
    end: Vec<String>,
    anywhere: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Related {
    label: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    start: Vec<String>,
    said: Vec<String>,
    #[serde(default)]
    leads: Vec<String>,
}

/// A phrase as it is compared.
#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    /// Whether a colon, a dash or the end of the line must follow.
    closed: bool,
    place: Place,
    sign: Sign,
}

/// All phrases, found by their first word.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_first_word: HashMap<String, Vec<Phrase>>,
}

impl Phrases {
    fn new(lists: impl IntoIterator<Item = List>) -> Self {
        let mut phrases = Self::default();
        for list in lists {
            phrases.add_places(&list.promo, Sign::Promo);
            phrases.add_places(&list.rules, Sign::Rules);
            phrases.add(&list.related.label, Place::Start, Sign::RelatedLabel);
            phrases.add_places(&list.correction, Sign::Correction);
            phrases.add_places(&list.caption, Sign::Caption);
            phrases.add(&list.body.start, Place::Start, Sign::Body);
            phrases.add(&list.body.said, Place::Anywhere, Sign::Said);
            phrases.add(&list.body.leads, Place::Anywhere, Sign::Leads);
        }
        phrases
    }

    /// The phrases that stand in a line, in the order of their first words.
    ///
    /// Costs time linear in the line: a word is looked up once and compared with the few phrases it begins.
    pub(crate) fn find(&self, line: &str) -> Vec<Hit> {
        let folded = fold(line);
        let words = words(&folded);
        let mut hits = Vec::new();
        for (at, (word, _)) in words.iter().enumerate() {
            let Some(phrases) = self.by_first_word.get(*word) else { continue };
            hits.extend(phrases.iter().filter_map(|phrase| phrase.hit(&folded, &words, at)));
        }
        hits
    }

    fn add_places(&mut self, places: &Places, sign: Sign) {
        self.add(&places.whole, Place::Whole, sign);
        self.add(&places.start, Place::Start, sign);
        self.add(&places.end, Place::End, sign);
        self.add(&places.anywhere, Place::Anywhere, sign);
    }

    fn add(&mut self, phrases: &[String], place: Place, sign: Sign) {
        for raw in phrases {
            let folded = fold(raw);
            let words: Vec<String> = words(&folded).into_iter().map(|(word, _)| word.to_owned()).collect();
            let Some(first) = words.first().cloned() else { continue };
            let closed = raw.trim_end().ends_with(':');
            self.by_first_word.entry(first).or_default().push(Phrase { words, closed, place, sign });
        }
    }
}

impl Phrase {
    /// Whether the phrase stands in the line from its word number `at` on, in the place it should.
    fn hit(&self, folded: &str, line: &[(&str, usize)], at: usize) -> Option<Hit> {
        let tail = line.get(at..)?;
        let fits = tail.len() >= self.words.len() && self.words.iter().zip(tail).all(|(own, (word, _))| own == word);
        let (_, end) = tail.get(self.words.len().checked_sub(1)?)?;
        let (begins, ends) = (at == 0, tail.len() == self.words.len());
        let in_place = match self.place {
            Place::Whole => begins && ends,
            Place::Start => begins,
            Place::End => ends,
            Place::Anywhere => true,
        };
        if !fits || !in_place {
            return None;
        }
        let closed = is_closed(folded.get(*end..)?);
        let hit = Hit {
            sign: self.sign,
            place: self.place,
            alone: begins && ends,
            closed,
            from: at,
            to: at + self.words.len(),
        };
        (closed || !self.closed).then_some(hit)
    }
}

/// Whether what follows a phrase sets it off from the rest of the line. A hyphen does so only after a
/// space: else it joins two words.
fn is_closed(rest: &str) -> bool {
    let next = rest.trim_start_matches([' ', ')', ']', '*', '_']);
    next.is_empty() || next.starts_with([':', '：', '–', '—', '|', '>', '»']) || rest.starts_with(" -")
}

/// The words of a folded text, each with the byte offset of its end.
fn words(folded: &str) -> Vec<(&str, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in folded.char_indices() {
        match (character.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.extend(folded.get(from..at).map(|word| (word, at)));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.and_then(|from| folded.get(from..)).map(|word| (word, folded.len())));
    words
}

fn parse(name: &str, content: &str) -> Result<List, String> {
    toml::from_str(content).map_err(|error| format!("{name}: {error}"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn signs(line: &str) -> Vec<Sign> {
        PHRASES.find(line).into_iter().map(|hit| hit.sign).collect()
    }

    #[test]
    fn every_list_is_readable_and_named_after_its_language() {
        for (name, content) in LISTS {
            let list = parse(name, content).unwrap();
            assert_eq!(format!("{}.toml", list.language), name);
        }
    }

    #[test]
    fn no_phrase_is_listed_twice_or_empty() {
        for (name, content) in LISTS {
            let list = parse(name, content).unwrap();
            let places = [&list.promo, &list.rules, &list.correction, &list.caption];
            let mut groups = vec![&list.related.label, &list.body.start, &list.body.said, &list.body.leads];
            groups.extend(places.into_iter().flat_map(|p| [&p.whole, &p.start, &p.end, &p.anywhere]));
            for group in groups {
                let mut seen = HashSet::new();
                for phrase in group {
                    assert!(!words(&fold(phrase)).is_empty(), "{name}: `{phrase}` has no word");
                    assert!(seen.insert(phrase), "{name}: `{phrase}` is listed twice");
                }
            }
        }
    }

    #[test]
    fn spelling_and_punctuation_do_not_count() {
        assert_eq!(signs("إضغط هنا للإشتراك"), signs("اضـغـط هُنا للاشتراك!"));
        assert!(signs("► SIGN UP for our newsletter").contains(&Sign::Promo));
    }

    #[test]
    fn a_phrase_is_not_found_inside_a_longer_word() {
        assert!(!signs("Sharepoint").contains(&Sign::Promo));
        assert!(signs("Share").contains(&Sign::Promo));
    }

    #[test]
    fn a_phrase_with_a_colon_needs_something_that_sets_it_off() {
        assert!(signs("Correction: the bridge has two lanes.").contains(&Sign::Correction));
        assert!(!signs("Correction officers went on strike.").contains(&Sign::Correction));
        assert!(!signs("Correction-free news").contains(&Sign::Correction));
        assert!(signs("تصحيح – الجسر من مسارين").contains(&Sign::Correction));
    }
}
