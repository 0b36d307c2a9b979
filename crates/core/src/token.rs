//! Words, numbers and marks of a block, each with what the language pack knows of it.

mod read;

use crate::language::arabic::Proclitics;
use crate::language::cue::Features;
use crate::language::lexicon::{CueForm, Entry, EntryId, Extras};
use crate::language::{Capitals, LanguagePack, Morphology, WordClass, WordClasses};
use crate::span::Span;
#[cfg(test)]
pub(crate) use read::each_word;
pub(crate) use read::words_of_phrase;

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
    /// What the entry has beside classes, of dates what the word alone has, though a phrase may have taken it up: most
    /// have nothing, and need not be looked at again.
    has: Extras,
    folded: (u32, u32),
    /// The first bytes of the folded word, by which the lexicon tells phrases apart.
    beginning: u64,
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

    /// Whether line breaks stand between the tokens.
    pub(crate) fn hold_breaks(&self) -> bool {
        self.breaks
    }

    /// Whether a number may begin at `at`. Where other numbers are written on to number words, any token may; where
    /// particles are, an unknown word that begins like one.
    pub(crate) fn may_count(&self, at: usize) -> bool {
        if self.pack.capitals() == Capitals::Nouns {
            return true;
        }
        let Some(token) = self.list.get(at) else { return false };
        let particle = || {
            self.pack.morphology() == Morphology::Arabic
                && token.classes.is_empty()
                && !token.has.cues
                && self.word(at).starts_with(['و', 'ف', 'ب', 'ل', 'ك'])
        };
        token.kind == TokenKind::Number || token.has.number || particle()
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
}

/// A word with the space after it is seldom shorter; room for so many tokens is made ahead.
const BYTES_PER_TOKEN: usize = 6;
