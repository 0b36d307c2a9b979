//! The words of a pack, compiled for look-up by folded form.

use rustc_hash::FxHashMap;

use super::class::{WordClass, WordClasses};
use super::cue::{CueEntry, Features};
use super::dates::Dates;
use super::file::{CueFile, Morphology, PackFile};
use super::key::{beginning, short_key};
use super::{endings, german};
use crate::fold::fold;
use crate::token::words_of_phrase;

/// The number of an entry in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EntryId(u32);

/// What most look-ups ask for: it lies beside the word, so that nothing else has to be fetched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) id: EntryId,
    pub(crate) classes: WordClasses,
    pub(crate) has: Extras,
}

/// What an entry has beside classes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Extras {
    pub(crate) cues: bool,
    pub(crate) number: bool,
    /// Whether phrases begin with it.
    pub(crate) phrases: bool,
    /// Whether a name or phrase that tells when begins with it.
    pub(crate) dates: bool,
}

/// What the lexicon knows of one folded word or phrase.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// The classes it is in.
    pub(crate) classes: WordClasses,
    pub(crate) has: Extras,
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
    /// The classes of the phrases that begin with it.
    pub(crate) opens: WordClasses,
}

/// A phrase of the lexicon.
#[derive(Debug, Clone)]
struct Phrase {
    /// The folded words after the first.
    rest: Vec<Box<str>>,
    entry: EntryId,
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
    short: FxHashMap<u128, Known>,
    entries: Vec<Entry>,
    /// The phrases by their first word and the beginning of their second, which tells most apart; the longest first.
    phrases: FxHashMap<(EntryId, u64), Vec<Phrase>>,
    pub(crate) cues: Vec<CueEntry>,
    /// The endings of words that no list holds, and what each is an ending of.
    endings: Vec<(Box<str>, WordClasses)>,
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
            lexicon.entries[id.0 as usize].has.dates = true;
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
        lexicon.note_openers();
        for entry in &mut lexicon.entries {
            (entry.has.cues, entry.has.number) = (!entry.cues.is_empty(), entry.number.is_some());
        }
        let short = lexicon.ids.iter().filter_map(|(word, &id)| Some((short_key(word)?, lexicon.known(id)?)));
        lexicon.short = short.collect();
        let listed = lexicon.ids.iter().filter_map(|(word, &id)| Some((word.clone(), lexicon.entry(id)?.classes)));
        lexicon.endings = listed.filter(|(_, classes)| classes.any(endings::ENDINGS)).collect();
        lexicon
    }

    /// Tells each word of which classes the phrases are that begin with it.
    fn note_openers(&mut self) {
        for (&(first, _), phrases) in &mut self.phrases {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
            for phrase in phrases {
                let classes = self.entries[phrase.entry.0 as usize].classes;
                let first = &mut self.entries[first.0 as usize];
                first.opens = first.opens.with(classes);
                first.has.phrases = true;
            }
        }
    }

    /// The endings of words that no list holds, and what each is an ending of.
    pub(crate) fn endings(&self) -> &[(Box<str>, WordClasses)] {
        &self.endings
    }

    /// The entry of a folded word.
    pub(crate) fn find(&self, folded: &str) -> Option<EntryId> {
        match short_key(folded) {
            Some(key) => self.short.get(&key).map(|known| known.id),
            None => self.ids.get(folded).copied(),
        }
    }

    /// What is known of a folded word, by its key where it is short enough to have one.
    pub(crate) fn find_by(&self, key: Option<u128>, folded: &str) -> Option<Known> {
        match key {
            Some(key) => self.short.get(&key).copied(),
            None => self.known(*self.ids.get(folded)?),
        }
    }

    /// What most look-ups ask of an entry.
    pub(crate) fn known(&self, id: EntryId) -> Option<Known> {
        self.entry(id).map(|entry| Known { id, classes: entry.classes, has: entry.has })
    }

    pub(crate) fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    pub(crate) fn cue(&self, form: CueForm) -> Option<&CueEntry> {
        self.cues.get(usize::from(form.cue))
    }

    /// The longest phrase that begins with the entry `first` and goes on with the words that `next` gives, the first of
    /// which begins with the bytes of `second`: its length in words and its entry.
    pub(crate) fn phrase<'w>(
        &self,
        first: EntryId,
        second: u64,
        next: impl Fn(usize) -> Option<&'w str>,
    ) -> Option<(usize, EntryId)> {
        let phrases = self.phrases.get(&(first, second))?;
        let goes_on =
            |phrase: &&Phrase| phrase.rest.iter().enumerate().all(|(at, word)| next(at + 1) == Some(word.as_ref()));
        let found = phrases.iter().find(goes_on)?;
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
            None => {
                // Of a phrase («استنادا إلى») the first word is looked at.
                let hamza = form.split(' ').next().is_some_and(has_hamza);
                entry.cues.push(CueForm { cue, features, hamza, maqsura });
            }
        }
    }

    /// The entry of a word or phrase as a pack writes it, made if need be.
    fn entry_for(&mut self, written: &str) -> &mut Entry {
        let words = words_of_phrase(written, self.morphology);
        let mut words = words.into_iter();
        let first = written.split(' ').next().unwrap_or_default();
        let first = self.id_for(words.next().unwrap_or_default(), first);
        let rest: Vec<Box<str>> = words.map(String::into_boxed_str).collect();
        let id = match rest.first() {
            None => first,
            Some(second) => self.phrase_for((first, beginning(second)), rest),
        };
        &mut self.entries[id.0 as usize]
    }

    /// The entry of the phrase that goes on with `rest`, made if need be.
    fn phrase_for(&mut self, beginning: (EntryId, u64), rest: Vec<Box<str>>) -> EntryId {
        let known = self.phrases.get(&beginning).into_iter().flatten().find(|phrase| phrase.rest == rest);
        if let Some(phrase) = known {
            return phrase.entry;
        }
        let entry = self.push_entry();
        self.phrases.entry(beginning).or_default().push(Phrase { rest, entry });
        entry
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
