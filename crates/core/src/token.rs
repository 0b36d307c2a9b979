//! Words, numbers and marks of a block, each with what the language pack knows of it.

use crate::fold::{fold, fold_into, is_ignored};
use crate::language::arabic::{self, Analysis, Proclitics};
use crate::language::cue::Features;
use crate::language::lexicon::{CueForm, Entry, EntryId, has_hamza, has_maqsura};
use crate::language::{Capitals, LanguagePack, Morphology, WordClass, WordClasses, endings, french, german};
use crate::pieces::each_piece;
use crate::span::Span;

/// A word, a number or a mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// Where it stands, in bytes of the article.
    pub(crate) span: Span,
    /// What it is made of.
    pub(crate) kind: TokenKind,
    /// The classes of the word, or of the phrase that begins with it.
    pub(crate) classes: WordClasses,
    /// Particles written before the word.
    pub(crate) proclitics: Proclitics,
    /// The features of the pronoun written after the word.
    pub(crate) enclitic: Features,
    /// How many tokens the lexicon's phrase that begins here has; 1 if none does.
    pub(crate) length: u8,
    /// Whether the token is inside a phrase that began before it.
    pub(crate) inside_phrase: bool,
    /// Whether a line break stands before it in its block.
    pub(crate) opens_line: bool,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Whether it is a word of the lexicon that the text writes with a hamza on alef.
    pub(crate) hamza: bool,
    entry: Option<EntryId>,
    /// What the entry has beside classes: most have nothing, and need not be looked at again.
    has: Extras,
    folded: (u32, u32),
}

/// What an entry of the lexicon has beside classes.
#[derive(Debug, Clone, Copy, Default)]
struct Extras {
    cues: bool,
    number: bool,
    phrases: bool,
    /// The word alone, though a phrase may have taken it up.
    dates: bool,
}

impl Extras {
    fn of(entry: &Entry) -> Self {
        Self {
            cues: !entry.cues.is_empty(),
            number: entry.number.is_some(),
            phrases: entry.begins_phrases(),
            dates: entry.dates,
        }
    }
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    Number,
    Mark(char),
}

/// The tokens of one block.
#[derive(Debug)]
pub(crate) struct Tokens<'p> {
    pack: &'p LanguagePack,
    list: Vec<Token>,
    /// The tokens that are marks.
    marks: Vec<usize>,
    folded: String,
    /// Whether the block is several lines.
    breaks: bool,
    /// Words that the pack writes with a hamza on alef: how many of the blocks read so far have it, and how many not.
    hamzas: (u32, u32),
    /// Words that the pack writes with a final alef maqsura, or with a final ya: how many so far are written so, and how
    /// many with the other letter.
    maqsuras: (u32, u32),
}

impl<'p> Tokens<'p> {
    pub(crate) fn new(pack: &'p LanguagePack) -> Self {
        Self {
            pack,
            list: Vec::new(),
            marks: Vec::new(),
            folded: String::new(),
            breaks: false,
            hamzas: (0, 0),
            maqsuras: (0, 0),
        }
    }

    /// Reads `block` of `text`, forgetting the block before.
    pub(crate) fn read(&mut self, text: &str, block: Span) {
        self.list.clear();
        self.marks.clear();
        self.folded.clear();
        let words = block.of(text);
        // Only lines that a quotation joined to one block hold a break.
        self.breaks = words.as_bytes().contains(&b'\n');
        each_word(words, self.pack.morphology(), |span| {
            self.push(text, Span::new(block.start + span.start, block.start + span.end));
        });
        self.find_phrases();
    }

    /// Whether line breaks stand between the tokens.
    pub(crate) fn hold_breaks(&self) -> bool {
        self.breaks
    }

    /// Whether a number may begin at `at`. Where particles and other numbers are written on to number words, any token may.
    pub(crate) fn may_count(&self, at: usize) -> bool {
        let alone = self.pack.morphology() != Morphology::Arabic && self.pack.capitals() != Capitals::Nouns;
        let counts = |token: &Token| token.kind == TokenKind::Number || token.has.number;
        !alone || self.list.get(at).is_some_and(counts)
    }

    /// Whether a date may begin at `at`, or its name stand there.
    pub(crate) fn may_date(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == TokenKind::Number || token.has.dates)
    }

    /// Makes room for a block of so many bytes.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.list.reserve(bytes / BYTES_PER_TOKEN);
        self.folded.reserve(bytes);
    }

    /// The tokens that are marks, in order.
    pub(crate) fn marks(&self) -> &[usize] {
        &self.marks
    }

    /// Whether the token at `at` begins with a capital.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.capital)
    }

    /// Which words the language writes with a capital.
    pub(crate) fn capitals(&self) -> Capitals {
        self.pack.capitals()
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.list.get(at)
    }

    /// The folded form of the token; empty past the end.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.list
            .get(at)
            .and_then(|token| self.folded.get(token.folded.0 as usize..token.folded.1 as usize))
            .unwrap_or_default()
    }

    /// Whether the word or phrase that begins at `at` has `class`.
    pub(crate) fn is(&self, at: usize, class: WordClass) -> bool {
        self.classes(at).has(class)
    }

    /// The classes of the word or phrase that begins at `at`.
    pub(crate) fn classes(&self, at: usize) -> WordClasses {
        self.list.get(at).map_or(WordClasses::NONE, |token| token.classes)
    }

    /// Whether a full stop after the word at `at` belongs to it, also where a phrase holds the word: `Staff Sgt.`
    pub(crate) fn is_abbreviation(&self, at: usize) -> bool {
        self.is(at, WordClass::Abbreviation) || self.pack.classes(self.word(at)).has(WordClass::Abbreviation)
    }

    /// The mark at `at`; `None` for words and numbers.
    pub(crate) fn mark(&self, at: usize) -> Option<char> {
        match self.list.get(at)?.kind {
            TokenKind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == TokenKind::Word)
    }

    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Whether the language may set spaces between quotation marks and the words in them.
    pub(crate) fn sets_marks_apart(&self) -> bool {
        self.pack.morphology() == Morphology::French
    }

    /// The token after the word or phrase that begins at `at`.
    pub(crate) fn after(&self, at: usize) -> usize {
        at + self.list.get(at).map_or(1, |token| usize::from(token.length))
    }

    /// The cues that the word or phrase at `at` may be, with their forms.
    pub(crate) fn cues(&self, at: usize) -> &'p [CueForm] {
        match self.list.get(at) {
            Some(token) if token.has.cues => self.entry(at).map_or(&[], |entry| &entry.cues),
            _ => &[],
        }
    }

    /// The value of the number word at `at`.
    pub(crate) fn number(&self, at: usize) -> Option<f64> {
        self.list.get(at).filter(|token| token.has.number)?;
        self.entry(at)?.number
    }

    /// Whether the number word at `at` has its exact value only after another number.
    pub(crate) fn is_counted_number(&self, at: usize) -> bool {
        self.entry(at).is_some_and(|entry| entry.counted)
    }

    /// Whether the number word at `at` always tells of several of its value.
    pub(crate) fn is_multiples(&self, at: usize) -> bool {
        self.entry(at).is_some_and(|entry| entry.multiples)
    }

    /// The first token of the phrase that the token `at` is inside of, or the token itself.
    pub(crate) fn head(&self, at: usize) -> usize {
        (0..=at).rev().find(|&from| self.list.get(from).is_some_and(|token| !token.inside_phrase)).unwrap_or(at)
    }

    /// Whether no white space stands between the token and the one after it.
    pub(crate) fn touches_next(&self, at: usize) -> bool {
        match (self.list.get(at), self.list.get(at + 1)) {
            (Some(token), Some(next)) => token.span.end == next.span.start,
            _ => false,
        }
    }

    /// The bytes from the beginning of the token `from` to the end of the token before `to`.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), to.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if from < to => Span::new(first.span.start, last.span.end),
            _ => Span::new(0, 0),
        }
    }

    /// The first token that lies in `span`, and the one after the last.
    pub(crate) fn within(&self, span: Span) -> (usize, usize) {
        let start = self.list.partition_point(|token| token.span.start < span.start);
        (start, self.list.partition_point(|token| token.span.end <= span.end))
    }

    /// Whether the text so far writes a hamza on alef with care: leaves it out in a fifth of the words at most.
    pub(crate) const fn writes_hamza(&self) -> bool {
        self.hamzas.0 >= self.hamzas.1 * 4
    }

    /// Whether the text so far tells alef maqsura from ya: «على» from «علي».
    pub(crate) const fn writes_maqsura(&self) -> bool {
        self.maqsuras.0 >= self.maqsuras.1 * 4
    }

    fn entry(&self, at: usize) -> Option<&'p Entry> {
        self.pack.lexicon().entry(self.list.get(at)?.entry?)
    }

    fn push(&mut self, text: &str, span: Span) {
        let raw = span.of(text);
        let start = self.folded.len();
        fold_into(raw, &mut self.folded);
        let word = self.folded.get(start..).unwrap_or_default();
        let Some(first) = word.chars().next() else { return };
        let kind = match first {
            _ if first.is_ascii_digit() => TokenKind::Number,
            'a'..='z' => TokenKind::Word,
            _ if is_arabic(first) => TokenKind::Word,
            _ if first.is_alphanumeric() => TokenKind::Word,
            _ => TokenKind::Mark(raw.chars().find(|&c| !is_ignored(c)).unwrap_or(first)),
        };
        let analysis = match (kind, self.pack.morphology()) {
            (TokenKind::Mark(_), _) => Analysis::default(),
            (_, Morphology::Plain | Morphology::French) => {
                Analysis { entry: self.plain_entry(word, raw), ..Analysis::default() }
            }
            (_, Morphology::Arabic) => arabic::analyse(word, self.pack.lexicon()),
        };
        let entry = analysis.entry.and_then(|id| self.pack.lexicon().entry(id));
        let hamza = entry.is_some() && self.pack.morphology() == Morphology::Arabic && has_hamza(raw);
        if entry.is_some_and(|entry| entry.hamza) {
            let (with, without) = &mut self.hamzas;
            *(if hamza { with } else { without }) += 1;
        }
        if let TokenKind::Mark(_) = kind {
            self.marks.push(self.list.len());
        }
        if entry.is_some_and(|entry| entry.maqsura || entry.ya) {
            let (right, wrong) = &mut self.maqsuras;
            *(if entry.is_some_and(|entry| entry.maqsura == has_maqsura(raw)) { right } else { wrong }) += 1;
        }
        // «و2022»: digits with a particle written on to them are a year as often as not.
        let in_digits = kind == TokenKind::Word && word.as_bytes().last().is_some_and(u8::is_ascii_digit);
        let has = entry.map(Extras::of).unwrap_or_default();
        let read_as = analysis.read_as.and_then(|id| self.pack.lexicon().entry(id)).or(entry);
        self.list.push(Token {
            span,
            kind,
            classes: read_as.map_or_else(
                || self.guess(word, raw),
                |entry| arabic::classes_as_written(entry.classes, raw, self.writes_maqsura()),
            ),
            proclitics: analysis.proclitics,
            enclitic: analysis.enclitic,
            length: 1,
            inside_phrase: false,
            opens_line: self.breaks
                && self.list.last().is_some_and(|last| between(text, last.span, span).contains('\n')),
            capital: !is_arabic(first) && raw.starts_with(char::is_uppercase),
            hamza,
            entry: analysis.entry,
            has: Extras { dates: has.dates || in_digits, ..has },
            folded: (start as u32, self.folded.len() as u32),
        });
    }

    /// The entry of a word as it stands; of a noun written together that of its last part.
    fn plain_entry(&self, word: &str, raw: &str) -> Option<EntryId> {
        let lexicon = self.pack.lexicon();
        let compound = self.pack.capitals() == Capitals::Nouns && raw.starts_with(char::is_uppercase);
        lexicon.find(word).or_else(|| compound.then(|| german::last_part(word, lexicon)).flatten())
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
                lexicon.phrase(first, |ahead| {
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
                token.has = Extras { dates: token.has.dates, ..entry.map(Extras::of).unwrap_or_default() };
            }
            at += length;
        }
    }
}

/// Whether a folded character is an Arabic letter, for all that are frequent.
const fn is_arabic(character: char) -> bool {
    matches!(character, '\u{0621}'..='\u{064A}')
}

/// A word with the space after it is seldom shorter; room for so many tokens is made ahead.
const BYTES_PER_TOKEN: usize = 6;

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
    use crate::Language;

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
