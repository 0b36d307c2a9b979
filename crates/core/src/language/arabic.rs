//! What only Arabic needs: particles written on to a word are taken off before it is looked up.

use super::class::WordClass::{
    Act, Adjective, Anaphor, Anonymous, Document, Group, Medium, NameFeminine, NameMasculine, NameTrigger, Noun,
    Organisation, Person, Place, Preposition, Seat, Title, TitleFeminine, TitleMasculine,
};
use super::class::WordClasses;
use super::cue::Features;
use super::lexicon::{Entry, EntryId, Lexicon, has_maqsura};

/// A word taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Analysis {
    /// The lexicon's entry of what is left.
    pub(crate) entry: Option<EntryId>,
    /// The entry whose classes it has, where that is another: of a word that the pack lists only as the first of phrases
    /// («العام» of «العام الماضي») it is the entry of what the word is made of.
    pub(crate) read_as: Option<EntryId>,
    /// The particles written before it.
    pub(crate) proclitics: Proclitics,
    /// The features of the pronoun written after it; none if there is no pronoun.
    pub(crate) enclitic: Features,
}

/// Particles written on to the beginning of a word, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Proclitics(u8);

impl Proclitics {
    /// و: and.
    pub(crate) const AND: Self = Self(1);
    /// ف: so.
    pub(crate) const SO: Self = Self(1 << 1);
    /// س: will.
    pub(crate) const WILL: Self = Self(1 << 2);
    /// ل: to, for.
    pub(crate) const TO: Self = Self(1 << 3);
    /// ب: by, with.
    pub(crate) const BY: Self = Self(1 << 4);
    /// ك: as.
    pub(crate) const AS: Self = Self(1 << 5);
    /// A conjunction of either kind.
    pub(crate) const CONJUNCTION: Self = Self(3);
    /// A preposition of any kind.
    pub(crate) const PREPOSITION: Self = Self(1 << 3 | 1 << 4 | 1 << 5);

    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Classes that a preposition or article may be written on to.
const NOMINAL: WordClasses = WordClasses::of(&[
    Act,
    Adjective,
    Anaphor,
    Anonymous,
    Document,
    Group,
    Medium,
    NameTrigger,
    Noun,
    Organisation,
    Person,
    Place,
    Seat,
    Title,
    TitleFeminine,
    TitleMasculine,
]);

/// Takes a folded word apart as far as the lexicon knows what is left.
pub(crate) fn analyse(word: &str, lexicon: &Lexicon) -> Analysis {
    let (conjunction, rest) = conjunction(word);
    if let Some(entry) = lexicon.find(word) {
        if lexicon.entry(entry).is_some_and(Entry::only_opens)
            && let Some(parts) = stem(rest, conjunction, lexicon)
        {
            return Analysis { entry: Some(entry), read_as: parts.entry, ..parts };
        }
        let joined = conjunction != Proclitics::default() && lexicon.find(rest).is_some();
        let proclitics = if joined { conjunction } else { Proclitics::default() };
        return Analysis { entry: Some(entry), proclitics, ..Analysis::default() };
    }
    if conjunction != Proclitics::default() {
        if let Some(analysis) = stem(rest, conjunction, lexicon) {
            return analysis;
        }
        if let Some(entry) = lexicon.find(rest) {
            return Analysis { entry: Some(entry), proclitics: conjunction, ..Analysis::default() };
        }
    }
    // «والدته» begins with a letter of its own.
    stem(word, Proclitics::default(), lexicon).unwrap_or_default()
}

/// The conjunction at the beginning of a word, and what follows it.
fn conjunction(word: &str) -> (Proclitics, &str) {
    let long_enough = |rest: &&str| rest.chars().nth(1).is_some();
    match (word.strip_prefix('و').filter(long_enough), word.strip_prefix('ف').filter(long_enough)) {
        (Some(rest), _) => (Proclitics::AND, rest),
        (_, Some(rest)) => (Proclitics::SO, rest),
        _ => (Proclitics::default(), word),
    }
}

/// Looks `word` up without its future particle, preposition, article or pronoun.
fn stem(word: &str, before: Proclitics, lexicon: &Lexicon) -> Option<Analysis> {
    let found = |entry, proclitic, enclitic| {
        Some(Analysis { entry: Some(entry), proclitics: before.with(proclitic), enclitic, ..Analysis::default() })
    };
    let accept = |word: &str, test: &dyn Fn(&Entry) -> bool| {
        lexicon.find(word).filter(|&id| lexicon.entry(id).is_some_and(test))
    };
    if before != Proclitics::default()
        && let Some(entry) = lexicon.find(word)
    {
        return found(entry, Proclitics::default(), Features::NONE);
    }
    if let Some(entry) = word.strip_prefix('س').and_then(|rest| accept(rest, &is_present)) {
        return found(entry, Proclitics::WILL, Features::NONE);
    }
    let stems = nominal_stems(word);
    for (bare, proclitic) in stems.into_iter().flatten() {
        if let Some(entry) = accept(bare, &is_nominal) {
            return found(entry, proclitic, Features::NONE);
        }
    }
    // «نجمة», «والمدافعة»: the feminine of a noun for a person.
    let feminine = [(word, Proclitics::default())].into_iter().chain(stems.into_iter().flatten());
    for (bare, proclitic) in feminine {
        if let Some(entry) = bare.strip_suffix('ة').and_then(|masculine| accept(masculine, &is_plain_person)) {
            return found(entry, proclitic, Features::NONE);
        }
    }
    let (bare, enclitic) = pronoun(word)?;
    if let Some(entry) = accept(bare, &takes_pronoun) {
        return found(entry, Proclitics::default(), enclitic);
    }
    // «نفاه» from «نفى»
    if let Some(closed) = bare.strip_suffix('ا')
        && let Some(entry) = accept(&format!("{closed}ي"), &|entry| !entry.cues.is_empty())
    {
        return found(entry, Proclitics::default(), enclitic);
    }
    // A feminine noun opens its ending before a pronoun: رسالته from رسالة.
    if let Some(closed) = bare.strip_suffix('ت')
        && let Some(entry) = accept(&format!("{closed}ة"), &is_nominal)
    {
        return found(entry, Proclitics::default(), enclitic);
    }
    for (inner, proclitic) in [('ب', Proclitics::BY), ('ل', Proclitics::TO)] {
        let Some(rest) = bare.strip_prefix(inner) else { continue };
        let opened = || rest.strip_suffix('ت').and_then(|closed| accept(&format!("{closed}ة"), &is_nominal));
        if let Some(entry) = accept(rest, &is_nominal_or_noun_cue).or_else(opened) {
            return found(entry, proclitic, enclitic);
        }
    }
    None
}

/// What is left of a noun without article and preposition.
///
/// «بالبيان» has an article, «بالغاء» (بإلغاء) only looks as if it had one.
fn nominal_stems(word: &str) -> [Option<(&str, Proclitics)>; 6] {
    let contracted = word.strip_prefix("لل");
    [
        word.strip_prefix("ال").map(|rest| (rest, Proclitics::default())),
        contracted.or_else(|| word.strip_prefix('ل')).map(|rest| (rest, Proclitics::TO)),
        word.strip_prefix("بال").map(|rest| (rest, Proclitics::BY)),
        word.strip_prefix('ب').map(|rest| (rest, Proclitics::BY)),
        word.strip_prefix("كال").map(|rest| (rest, Proclitics::AS)),
        word.strip_prefix('ك').map(|rest| (rest, Proclitics::AS)),
    ]
}

/// Whether the word, or a phrase of the pack that begins with it («بي بي سي»), is a noun.
fn is_nominal(entry: &Entry) -> bool {
    entry.classes.with(entry.opens).any(NOMINAL)
}

/// A noun for a person that is nothing else.
fn is_plain_person(entry: &Entry) -> bool {
    entry.classes.has(Person) && entry.cues.is_empty()
}

fn is_nominal_or_noun_cue(entry: &Entry) -> bool {
    is_nominal(entry) || entry.cues.iter().any(|cue| cue.features.has(Features::NOUN))
}

fn is_present(entry: &Entry) -> bool {
    entry.cues.iter().any(|cue| cue.features.has(Features::PRESENT))
}

fn takes_pronoun(entry: &Entry) -> bool {
    !entry.cues.is_empty() || is_nominal(entry)
}

/// The pronoun written on to the end of a word, and what stands before it.
fn pronoun(word: &str) -> Option<(&str, Features)> {
    const MASCULINE: Features = Features::MASCULINE;
    const FEMININE: Features = Features::FEMININE;
    const PRONOUNS: [(&str, Features); 7] = [
        ("هما", MASCULINE.with(Features::DUAL)),
        ("هم", MASCULINE.with(Features::PLURAL)),
        ("هن", FEMININE.with(Features::PLURAL)),
        ("ها", FEMININE),
        ("ه", MASCULINE),
        // Words of somebody who speaks: «أخبرني», «أبلغنا».
        ("ني", Features::SPEECH),
        ("نا", Features::SPEECH),
    ];
    PRONOUNS.iter().find_map(|&(ending, features)| {
        let rest = word.strip_suffix(ending)?;
        rest.chars().nth(1).map(|_| (rest, features))
    })
}

/// Given names.
const GIVEN: WordClasses = WordClasses::of(&[NameMasculine, NameFeminine]);

/// Of the classes that a folded word has those that its spelling allows: «آنا» is a name and not «أنا», «على» is no
/// name; nor is «علي» a preposition, where the text tells ya from alef maqsura.
pub(crate) fn classes_as_written(classes: WordClasses, raw: &str, writes_maqsura: bool) -> WordClasses {
    let names = classes.and(GIVEN);
    if names.is_empty() || names == classes {
        return classes;
    }
    match () {
        () if raw.starts_with('آ') || (writes_maqsura && raw.ends_with('ي') && classes.has(Preposition)) => names,
        () if has_maqsura(raw) => classes.without(GIVEN),
        () => classes,
    }
}

/// Whether an unknown folded word has the shape of a verbal noun without article: استقبال, انتقاد, تنفيذ.
pub(crate) fn looks_like_verbal_noun(word: &str) -> bool {
    let mut ending = word.chars().rev();
    let last_but_one = ending.nth(1);
    let length = 2 + ending.count();
    let derived = word.starts_with('ا') && !word.starts_with("ال") && last_but_one == Some('ا') && length >= 6;
    let intensive = word.starts_with('ت') && last_but_one == Some('ي') && length == 5;
    derived || intensive
}

/// Whether a folded word is `noun` with or without particles, article or pronoun: `باللوم` is `لوم`, `دعوتها` is `دعوة`.
pub(crate) fn is_form_of(word: &str, noun: &str) -> bool {
    let (_, word) = conjunction(word);
    let owned = |(bare, _): (&str, Features)| {
        bare == noun || bare.strip_suffix('ت').is_some_and(|stem| noun.strip_suffix('ة') == Some(stem))
    };
    let plain = |rest: &str| rest == noun || rest.strip_suffix('ا') == Some(noun);
    ["", "ال", "بال", "لل", "ب", "ل"].iter().any(|prefix| word.strip_prefix(prefix).is_some_and(plain))
        || pronoun(word).is_some_and(owned)
}

/// Whether a folded word is written in Arabic letters.
pub(crate) fn is_written(word: &str) -> bool {
    word.chars().any(|letter| matches!(letter, '\u{0620}'..='\u{064A}'))
}

/// A folded word without its article and the particles before it, as far as three letters are left; a particle without
/// the article is not told from the first letter of a word, and stays.
pub(crate) fn without_particles(word: &str) -> &str {
    let (_, rest) = conjunction(word);
    let bare = |word: &str| -> Option<usize> {
        let rest = ["بال", "كال", "ال", "لل"].iter().find_map(|prefix| word.strip_prefix(prefix))?;
        rest.chars().nth(2).map(|_| rest.len())
    };
    let length = bare(word).or_else(|| bare(rest)).unwrap_or(word.len());
    &word[word.len() - length..]
}

/// Whether a folded word has the article, with or without particles before it.
pub(crate) fn is_definite(word: &str) -> bool {
    let (_, rest) = conjunction(word);
    ["ال", "لل", "بال", "كال"]
        .iter()
        .any(|prefix| rest.strip_prefix(prefix).is_some_and(|stem| stem.chars().nth(1).is_some()))
        || (word.starts_with("ال") && word.chars().nth(3).is_some())
}
