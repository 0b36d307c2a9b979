//! Cutting a block into tokens, and looking each up.

use super::{Token, TokenKind, Tokens};
use crate::fold::{changes_ascii_case_only, fold, fold_into, is_ignored};
use crate::language::arabic::{self, Analysis, Proclitics};
use crate::language::cue::Features;
use crate::language::key::{beginning, short_key_at};
use crate::language::lexicon::{Entry, EntryId, Extras, has_hamza, has_maqsura};
use crate::language::{Capitals, Morphology, WordClass, WordClasses, endings, french, german};
use crate::pieces::each_piece;
use crate::span::Span;

/// What the look-up of a word gave.
#[derive(Default)]
struct Found {
    entry: Option<EntryId>,
    classes: WordClasses,
    has: Extras,
    proclitics: Proclitics,
    enclitic: Features,
    hamza: bool,
}

impl Tokens<'_> {
    /// Reads `block` of `text`, forgetting the block before.
    pub(crate) fn read(&mut self, text: &str, block: Span) {
        self.list.clear();
        self.marks.clear();
        self.folded.clear();
        let words = block.of(text);
        // Most words differ from their folded form in the case of ASCII letters at most: those are folded all at once
        // and stay where they are, and what the others fold to comes behind them.
        self.folded.push_str(words);
        self.folded.make_ascii_lowercase();
        // Only lines that a quotation joined to one block hold a break.
        self.breaks = words.as_bytes().contains(&b'\n');
        each_word(words, self.pack.morphology(), |span| {
            self.push(text, block.start, span);
        });
        self.find_phrases();
    }

    /// Adds the word, number or mark at `place` of the block that begins at byte `block` of `text`.
    fn push(&mut self, text: &str, block: usize, place: Span) {
        let span = Span::new(block + place.start, block + place.end);
        let raw = span.of(text);
        let folded = if changes_ascii_case_only(text, span) { place } else { self.fold(raw) };
        let word = folded.of(&self.folded);
        let Some(kind) = kind_of(word, raw) else { return };
        let key = short_key_at(&self.folded, folded);
        let found = match (kind, self.pack.morphology()) {
            (TokenKind::Mark(_), _) => Found::default(),
            (_, Morphology::Plain | Morphology::French) => self.find_plain((key, word), raw),
            (_, Morphology::Arabic) => self.find_arabic(folded, raw),
        };
        let word = folded.of(&self.folded);
        // «و2022»: digits with a particle written on to them are a year as often as not.
        let in_digits = kind == TokenKind::Word && word.as_bytes().last().is_some_and(u8::is_ascii_digit);
        let token = Token {
            span,
            kind,
            classes: found.classes,
            proclitics: found.proclitics,
            enclitic: found.enclitic,
            length: 1,
            inside_phrase: false,
            opens_line: self.breaks
                && self.list.last().is_some_and(|last| between(text, last.span, span).contains('\n')),
            capital: !word.starts_with(is_arabic) && raw.starts_with(char::is_uppercase),
            hamza: found.hamza,
            entry: found.entry,
            has: Extras { dates: found.has.dates || in_digits, ..found.has },
            folded: (folded.start as u32, folded.end as u32),
            beginning: key.map_or_else(|| beginning(word), |key| key as u64),
        };
        if let TokenKind::Mark(_) = kind {
            self.marks.push(self.list.len());
        }
        self.list.push(token);
    }

    /// Folds `raw` behind what is folded: where it stands there.
    fn fold(&mut self, raw: &str) -> Span {
        let start = self.folded.len();
        fold_into(raw, &mut self.folded);
        Span::new(start, self.folded.len())
    }

    /// Looks up a word, whose key is given, as it stands; a noun written together is what its last part is.
    fn find_plain(&self, (key, word): (Option<u128>, &str), raw: &str) -> Found {
        let lexicon = self.pack.lexicon();
        let compound = || {
            let written = self.pack.capitals() == Capitals::Nouns && raw.starts_with(char::is_uppercase);
            written.then(|| german::last_part(word, lexicon)).flatten()
        };
        match lexicon.find_by(key, word).or_else(|| lexicon.known(compound()?)) {
            Some(known) => Found { entry: Some(known.id), classes: known.classes, has: known.has, ..Found::default() },
            None => Found { classes: self.guess(word, raw), ..Found::default() },
        }
    }

    /// Looks up a word with what is written on to it, and notes how the text spells it.
    fn find_arabic(&mut self, folded: Span, raw: &str) -> Found {
        let lexicon = self.pack.lexicon();
        let Analysis { entry: id, read_as, proclitics, enclitic } = arabic::analyse(folded.of(&self.folded), lexicon);
        let Some(entry) = id.and_then(|id| lexicon.entry(id)) else {
            return Found { proclitics, enclitic, ..Found::default() };
        };
        let hamza = has_hamza(raw);
        note_spelling((&mut self.hamzas, &mut self.maqsuras), entry, raw, hamza);
        let read_as = read_as.and_then(|id| lexicon.entry(id)).unwrap_or(entry);
        let classes = arabic::classes_as_written(read_as.classes, raw, self.writes_maqsura());
        Found { entry: id, classes, has: entry.has, proclitics, enclitic, hamza }
    }

    /// The class of a word that the pack does not know.
    fn guess(&self, word: &str, raw: &str) -> WordClasses {
        let finite = self.pack.morphology() == Morphology::French
            && raw.starts_with(char::is_lowercase)
            && endings::looks_finite(word, self.pack.lexicon());
        if finite { WordClass::Verb.into() } else { WordClasses::NONE }
    }

    /// Marks the lexicon's phrases, the longest from each place, left to right.
    fn find_phrases(&mut self) {
        let lexicon = self.pack.lexicon();
        let mut at = 0;
        while at < self.list.len() {
            let first = self.list.get(at).filter(|token| token.has.phrases).and_then(|token| token.entry);
            let found = first.and_then(|first| {
                lexicon.phrase(first, self.list.get(at + 1)?.beginning, |ahead| {
                    let word = self.word(at + ahead);
                    (!word.is_empty()).then_some(word)
                })
            });
            let Some((length, entry)) = found else {
                at += 1;
                continue;
            };
            for (offset, token) in self.list.iter_mut().skip(at).take(length).enumerate() {
                token.inside_phrase = offset > 0;
                token.classes = WordClasses::NONE;
                token.entry = None;
                token.has = Extras { dates: token.has.dates, ..Extras::default() };
            }
            if let Some(token) = self.list.get_mut(at) {
                token.length = u8::try_from(length).unwrap_or(u8::MAX);
                token.entry = Some(entry);
                let entry = lexicon.entry(entry);
                token.classes = entry.map_or(WordClasses::NONE, |entry| entry.classes);
                token.has = Extras { dates: token.has.dates, ..entry.map(|entry| entry.has).unwrap_or_default() };
            }
            at += length;
        }
    }
}

/// How many words a text writes as the pack does, and how many it does not.
type Tally = (u32, u32);

/// Counts the word with those that have a hamza on alef, and with those that end in alef maqsura or ya.
fn note_spelling((hamzas, maqsuras): (&mut Tally, &mut Tally), entry: &Entry, raw: &str, hamza: bool) {
    let count = |(right, wrong): &mut Tally, is_right: bool| *(if is_right { right } else { wrong }) += 1;
    if entry.hamza {
        count(hamzas, hamza);
    }
    if entry.maqsura || entry.ya {
        count(maqsuras, entry.maqsura == has_maqsura(raw));
    }
}

/// What a folded word is made of; `None` of nothing.
fn kind_of(word: &str, raw: &str) -> Option<TokenKind> {
    Some(match word.chars().next()? {
        'a'..='z' => TokenKind::Word,
        first if first.is_ascii_digit() => TokenKind::Number,
        first if is_arabic(first) || (!is_common_mark(first) && first.is_alphanumeric()) => TokenKind::Word,
        // A picture parts no sentence and belongs to no name.
        '\u{1F000}'..='\u{1FAFF}' => return None,
        first => TokenKind::Mark(raw.chars().find(|&c| !is_ignored(c)).unwrap_or(first)),
    })
}

/// Whether a folded character is a mark, for all that are frequent beside those of ASCII.
const fn is_common_mark(character: char) -> bool {
    matches!(character, '«' | '»' | '“' | '”' | '„' | '‘' | '’' | '–' | '—' | '…' | '،' | '؛' | '؟')
}

/// Whether a folded character is an Arabic letter, for all that are frequent.
const fn is_arabic(character: char) -> bool {
    matches!(character, '\u{0621}'..='\u{064A}')
}

/// The text between two spans, the first of which ends before the second begins.
fn between(text: &str, first: Span, second: Span) -> &str {
    text.get(first.end..second.start).unwrap_or_default()
}

/// Calls `found` with each word, number and mark of `text`, as the language cuts them.
pub(crate) fn each_word(text: &str, morphology: Morphology, mut found: impl FnMut(Span)) {
    match morphology {
        Morphology::French => {
            let mut elisions = french::Elisions::new(text, found);
            each_piece(text, |piece| elisions.read(piece));
            elisions.finish();
        }
        Morphology::Plain | Morphology::Arabic => each_piece(text, &mut found),
    }
}

/// The folded words and marks of a phrase, as the tokens of a text would be.
pub(crate) fn words_of_phrase(phrase: &str, morphology: Morphology) -> Vec<String> {
    let mut words = Vec::new();
    each_word(phrase, morphology, |span| words.push(fold(span.of(phrase)).into_owned()));
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::arabic::Proclitics;
    use crate::{Language, LanguagePack};

    #[test]
    fn arabic_particles_come_off_before_the_look_up() {
        let pack = LanguagePack::builtin(Language::ARABIC).unwrap();
        let text = "وقال سيقول";
        let mut tokens = Tokens::new(pack);
        tokens.read(text, Span::new(0, text.len()));
        assert!(tokens.get(0).is_some_and(|token| token.proclitics.any(Proclitics::AND)));
        assert!(tokens.get(1).is_some_and(|token| token.proclitics.any(Proclitics::WILL)));
        assert!((0..2).all(|at| !tokens.cues(at).is_empty()));
    }
}
