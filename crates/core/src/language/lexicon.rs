//! The words of a pack, compiled for look-up by folded form.

use rustc_hash::FxHashMap;

use super::class::{WordClass, WordClasses};
use super::cue::{CueEntry, Features};
use super::dates::Dates;
use super::file::{CueFile, Morphology, PackFile};
use super::german;
use crate::fold::fold;
use crate::token::words_of_phrase;

/// The number of an entry in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EntryId(u32);

/// What the lexicon knows of one folded word or phrase.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// The classes it is in.
    pub(crate) classes: WordClasses,
    /// The cues it is a form of.
    pub(crate) cues: Vec<CueForm>,
    /// Its value as a number word.
    pub(crate) number: Option<f64>,
    /// Whether it is a number only after another one.
    pub(crate) counted: bool,
    /// Whether it always tells of several of its value.
    pub(crate) multiples: bool,
    /// Whether the pack writes it with a hamza on alef, always.
    pub(crate) hamza: bool,
    /// Whether the pack writes it with a final alef maqsura («إلى»), always.
    pub(crate) maqsura: bool,
    /// Whether the pack writes it with a final ya («في»), always.
    pub(crate) ya: bool,
    /// Whether a name or phrase that tells when begins with it.
    pub(crate) dates: bool,
    /// The classes of the phrases that begin with it.
    pub(crate) opens: WordClasses,
    /// Phrases that begin with it, by the beginning of their second word, the longest of each first.
    phrases: Vec<Phrase>,
}

impl Entry {
    /// Whether phrases begin with it.
    pub(crate) fn begins_phrases(&self) -> bool {
        !self.phrases.is_empty()
    }
}

/// A phrase of the lexicon, kept with its first word.
#[derive(Debug, Clone)]
struct Phrase {
    /// The beginning of its second word, which tells most phrases apart.
    second: u64,
    /// The folded words after the first.
    rest: Vec<Box<str>>,
    entry: EntryId,
}

/// The bytes of a word of at most 16 as one number, which compares and hashes faster than they do.
fn short_key(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    let (low, high) = match bytes.len() {
        ..=8 => (beginning(word), 0),
        length @ 9..=16 => (beginning(word), u64::from_le_bytes(*bytes.last_chunk()?) >> (8 * (16 - length))),
        _ => return None,
    };
    Some(u128::from(low) | u128::from(high) << 64)
}

/// The first eight bytes of a word, with zeros after a short one.
fn beginning(word: &str) -> u64 {
    let bytes = word.as_bytes();
    // Two loads that overlap, since a copy of so few bytes costs more than all else.
    let halves = |first: &[u8; 4], last: &[u8; 4], length: usize| {
        u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4))
    };
    match (bytes.first_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(eight), ..) => u64::from_le_bytes(*eight),
        (_, Some(first), Some(last)) => halves(first, last, bytes.len()),
        _ => bytes.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte)),
    }
}

/// One form of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CueForm {
    /// Index of the cue in [`Lexicon::cues`].
    pub(crate) cue: u16,
    /// The features of the form.
    pub(crate) features: Features,
    /// Whether the pack writes it with a hamza on alef, which folding drops.
    pub(crate) hamza: bool,
    /// Whether the pack writes it with a final alef maqsura, which folding makes a ya.
    pub(crate) maqsura: bool,
}

/// All words, phrases and cues of a pack.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    ids: FxHashMap<Box<str>, EntryId>,
    /// Of these the words that a key holds whole: nearly all words of a text are as short.
    short: FxHashMap<u128, EntryId>,
    entries: Vec<Entry>,
    pub(crate) cues: Vec<CueEntry>,
    morphology: Morphology,
}

impl Entry {
    /// Whether nothing is known of the word but that phrases begin with it.
    pub(crate) fn only_opens(&self) -> bool {
        self.classes.is_empty() && self.cues.is_empty() && self.number.is_none()
    }
}

impl Lexicon {
    pub(super) fn compile(pack: &PackFile, dates: &Dates) -> Self {
        let mut lexicon = Self { morphology: pack.morphology, ..Self::default() };
        for (&class, words) in &pack.words {
            for word in words {
                let entry = lexicon.entry_for(word.as_ref());
                entry.classes = entry.classes.with(class.into());
            }
        }
        for (class, names) in [(WordClass::Month, &pack.dates.month), (WordClass::Weekday, &pack.dates.weekday)] {
            for name in names.iter().flatten() {
                let entry = lexicon.entry_for(name);
                entry.classes = entry.classes.with(class.into());
            }
        }
        for first in dates.beginnings() {
            let id = lexicon.id_for(first.to_owned(), first);
            lexicon.entries[id.0 as usize].dates = true;
        }
        for number in &pack.numbers {
            for form in &number.forms {
                let entry = lexicon.entry_for(form);
                (entry.number, entry.counted, entry.multiples) = (Some(number.value), number.counted, number.multiples);
            }
        }
        for cue in &pack.cues {
            lexicon.add_cue(cue);
        }
        lexicon.share_with_joined();
        lexicon.short = lexicon.ids.iter().filter_map(|(word, id)| Some((short_key(word)?, *id))).collect();
        for entry in &mut lexicon.entries {
            entry.phrases.sort_by_key(|phrase| (phrase.second, std::cmp::Reverse(phrase.rest.len())));
        }
        lexicon.note_openers();
        lexicon
    }

    /// Tells each word of which classes the phrases are that begin with it.
    fn note_openers(&mut self) {
        for at in 0..self.entries.len() {
            let phrases = self.entries[at].phrases.iter().filter_map(|phrase| self.entry(phrase.entry));
            self.entries[at].opens = phrases.fold(WordClasses::NONE, |all, entry| all.with(entry.classes));
        }
    }

    /// The entry of a folded word.
    pub(crate) fn find(&self, folded: &str) -> Option<EntryId> {
        match short_key(folded) {
            Some(key) => self.short.get(&key).copied(),
            None => self.ids.get(folded).copied(),
        }
    }

    pub(crate) fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    pub(crate) fn cue(&self, form: CueForm) -> Option<&CueEntry> {
        self.cues.get(usize::from(form.cue))
    }

    /// The longest phrase that begins with the entry `first` and goes on with the words that `next` gives:
    /// its length in words and its entry.
    pub(crate) fn phrase<'w>(
        &self,
        first: EntryId,
        next: impl Fn(usize) -> Option<&'w str>,
    ) -> Option<(usize, EntryId)> {
        let phrases = &self.entry(first)?.phrases;
        let second = beginning(next(1)?);
        let goes_on =
            |phrase: &&Phrase| phrase.rest.iter().enumerate().all(|(at, word)| next(at + 1) == Some(word.as_ref()));
        let alike = phrases.iter().skip(phrases.partition_point(|phrase| phrase.second < second));
        let found = alike.take_while(|phrase| phrase.second == second).find(goes_on)?;
        Some((found.rest.len() + 1, found.entry))
    }

    /// A pack may list a word with a conjunction written on to it («وقد»); it stays all that the word alone is.
    fn share_with_joined(&mut self) {
        let joined: Vec<(EntryId, EntryId)> =
            self.ids.iter().filter_map(|(word, &id)| Some((id, *self.ids.get(word.strip_prefix('و')?)?))).collect();
        for (id, alone) in joined {
            let Some(alone) = self.entry(alone).cloned() else { continue };
            let entry = &mut self.entries[id.0 as usize];
            entry.classes = entry.classes.with(alone.classes);
            for cue in alone.cues {
                if !entry.cues.contains(&cue) {
                    entry.cues.push(cue);
                }
            }
        }
    }

    fn add_cue(&mut self, file: &CueFile) {
        let cue = u16::try_from(self.cues.len()).unwrap_or(u16::MAX);
        self.cues.push(CueEntry {
            lemma: file.lemma.as_ref().clone(),
            kind: file.kind,
            stance: file.stance,
            mode: file.mode,
            polarity: file.polarity,
            frames: file.frames.iter().copied().collect(),
            prepositions: file.prepositions.iter().map(|word| fold(word).into_owned()).collect(),
            requires: file.requires,
            reflexive: file.reflexive,
            objects: file.objects.iter().map(|word| fold(word).into_owned()).collect(),
            particle: file.particle.as_deref().map(|particle| fold(particle).into_owned()),
        });
        let finite = Features::FINITE;
        let lists = [
            (&file.past, finite.with(Features::PAST)),
            (&file.present, finite.with(Features::PRESENT)),
            (&file.jussive, finite.with(Features::JUSSIVE)),
            (&file.base, Features::BASE),
            (&file.future, finite.with(Features::FUTURE)),
            (&file.infinitive, Features::INFINITIVE),
            (&file.passive, Features::PASSIVE),
            (&file.participle, Features::PARTICIPLE),
            (&file.noun, Features::NOUN),
        ];
        for (forms, shared) in lists {
            for (at, form) in forms.iter().enumerate() {
                let features = shared.with(agreement(at, forms.len()));
                match &file.particle {
                    Some(particle) => {
                        if features.any(finite) {
                            self.add_form(cue, form, features);
                        }
                        for joined in german::joined(particle, form, features) {
                            self.add_form(cue, &joined, features.with(Features::JOINED));
                        }
                    }
                    None => self.add_form(cue, form, features),
                }
            }
        }
    }

    fn add_form(&mut self, cue: u16, form: &str, features: Features) {
        let entry = self.entry_for(form);
        // Folding can make two forms of one verb alike (`3fs` and `2ms`, base and present): keep what either can be.
        let maqsura = has_maqsura(form);
        match entry.cues.iter_mut().find(|known| known.cue == cue && known.maqsura == maqsura) {
            Some(known) => known.features = known.features.with(features),
            None => entry.cues.push(CueForm { cue, features, hamza: has_hamza(form), maqsura }),
        }
    }

    /// The entry of a word or phrase as a pack writes it, made if need be.
    fn entry_for(&mut self, written: &str) -> &mut Entry {
        let words = words_of_phrase(written, self.morphology);
        let mut words = words.into_iter();
        let first = written.split(' ').next().unwrap_or_default();
        let first = self.id_for(words.next().unwrap_or_default(), first);
        let rest: Vec<Box<str>> = words.map(String::into_boxed_str).collect();
        let id = if rest.is_empty() {
            first
        } else {
            let known = self.entries[first.0 as usize].phrases.iter().find(|phrase| phrase.rest == rest);
            known.map(|phrase| phrase.entry).unwrap_or_else(|| {
                let entry = self.push_entry();
                let second = beginning(rest.first().map_or("", AsRef::as_ref));
                self.entries[first.0 as usize].phrases.push(Phrase { second, rest, entry });
                entry
            })
        };
        &mut self.entries[id.0 as usize]
    }

    /// The entry of the folded form of a word as a pack writes it, made if need be.
    fn id_for(&mut self, folded: String, written: &str) -> EntryId {
        let spelt = (has_hamza(written), has_maqsura(written), written.ends_with('ي'));
        if let Some(&id) = self.ids.get(folded.as_str()) {
            let entry = &mut self.entries[id.0 as usize];
            entry.hamza &= spelt.0;
            entry.maqsura &= spelt.1;
            entry.ya &= spelt.2;
            return id;
        }
        let id = self.push_entry();
        let entry = &mut self.entries[id.0 as usize];
        (entry.hamza, entry.maqsura, entry.ya) = spelt;
        self.ids.insert(folded.into_boxed_str(), id);
        id
    }

    fn push_entry(&mut self) -> EntryId {
        let id = EntryId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.entries.push(Entry::default());
        id
    }
}

/// Whether an alef of the word carries a hamza or madda.
pub(crate) fn has_hamza(word: &str) -> bool {
    word.contains(['أ', 'إ', 'آ'])
}

/// Whether the word ends in an alef maqsura, which folding makes a ya.
pub(crate) fn has_maqsura(word: &str) -> bool {
    word.ends_with('ى')
}

/// Gender and number by place in a list of forms; lists of other lengths say nothing.
fn agreement(at: usize, length: usize) -> Features {
    const SIX: [Features; 6] = [
        Features::MASCULINE,
        Features::FEMININE,
        Features::MASCULINE.with(Features::DUAL),
        Features::FEMININE.with(Features::DUAL),
        Features::MASCULINE.with(Features::PLURAL),
        Features::FEMININE.with(Features::PLURAL),
    ];
    const FOUR: [Features; 4] = [
        Features::MASCULINE,
        Features::FEMININE,
        Features::MASCULINE.with(Features::PLURAL),
        Features::FEMININE.with(Features::PLURAL),
    ];
    let table: &[Features] = match length {
        6 => &SIX,
        4 => &FOUR,
        _ => &[],
    };
    table.get(at).copied().unwrap_or_default()
}
