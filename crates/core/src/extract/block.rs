//! One block with all its layers: what the grammars read.

use super::names::FamilyNames;
use crate::article::{Block, BlockRole};
use crate::language::LanguagePack;
use crate::language::cue::{CueEntry, Features};
use crate::language::lexicon::{CueForm, has_maqsura};
use crate::language::{Morphology, WordClass};
use crate::quotation::{self, Quotation};
use crate::sentence;
use crate::span::Span;
use crate::token::Tokens;

/// The layers of one block. Made once and filled anew for each block.
pub(crate) struct BlockLayers<'a> {
    /// The article's whole text.
    pub(crate) text: &'a str,
    pub(crate) pack: &'a LanguagePack,
    /// The block's number in the article.
    pub(crate) number: usize,
    pub(crate) role: BlockRole,
    pub(crate) span: Span,
    pub(crate) tokens: Tokens<'a>,
    pub(crate) quotations: Vec<Quotation>,
    /// The family names that the article told up to the end of this block, where no capitals tell them.
    pub(crate) names: FamilyNames,
    sentence_ends: Vec<usize>,
    /// For each token, the outermost quotation it is inside of: its index + 1, or 0.
    quotation_of: Vec<u32>,
    /// For each token, the closed quotation that it is a mark of: its index + 1, or 0.
    mark_of: Vec<u32>,
}

/// A range of tokens, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Range {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Range {
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    pub(crate) const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

impl<'a> BlockLayers<'a> {
    pub(crate) fn new(text: &'a str, pack: &'a LanguagePack) -> Self {
        Self {
            text,
            pack,
            number: 0,
            role: BlockRole::Body,
            span: Span::new(0, 0),
            tokens: Tokens::new(pack),
            quotations: Vec::new(),
            names: FamilyNames::default(),
            sentence_ends: Vec::new(),
            quotation_of: Vec::new(),
            mark_of: Vec::new(),
        }
    }

    /// Layers of their own for the words that `quotation` holds, in which quotations inside it are the outermost.
    pub(crate) fn inside(&self, quotation: &Quotation) -> Self {
        let mut inside = Self::new(self.text, self.pack);
        let span = self.tokens.span(quotation.start, quotation.end);
        inside.read(self.number, Block { span, role: self.role });
        inside
    }

    /// Reads a block, forgetting the one before.
    pub(crate) fn read(&mut self, number: usize, block: Block) {
        (self.number, self.role, self.span) = (number, block.role, block.span);
        self.tokens.read(self.text, block.span);
        if self.pack.morphology() == Morphology::Arabic {
            self.names.read(&self.tokens);
        }
        quotation::pair(&self.tokens, &mut self.quotations);
        sentence::ends(self.text, &self.tokens, &self.quotations, &mut self.sentence_ends);
        for index in [&mut self.quotation_of, &mut self.mark_of] {
            index.clear();
            index.resize(self.tokens.len(), 0);
        }
        for (number, quotation) in (1..).zip(&self.quotations) {
            if quotation.depth == 0 {
                number_all(&mut self.quotation_of, quotation.start..quotation.end, number);
            }
            if quotation.closed {
                number_all(&mut self.mark_of, quotation.open..quotation.start, number);
                number_all(&mut self.mark_of, quotation.end..quotation.close, number);
            }
        }
    }

    /// Whether the block writes hamzas on alef with any care; much copy from agencies does not.
    pub(crate) fn writes_hamza(&self) -> bool {
        self.tokens.writes_hamza()
    }

    /// The closed quotation that the token `at` is a mark of.
    fn quotation_marked_by(&self, at: usize) -> Option<&Quotation> {
        self.quotations.get(self.mark_of.get(at)?.checked_sub(1)? as usize)
    }

    /// The sentence that holds the token `at`.
    pub(crate) fn sentence(&self, at: usize) -> Range {
        let index = self.sentence_ends.partition_point(|&end| end <= at);
        let start = index.checked_sub(1).and_then(|before| self.sentence_ends.get(before)).copied().unwrap_or(0);
        Range::new(start, self.sentence_ends.get(index).copied().unwrap_or(self.tokens.len()))
    }

    /// The number in the block of the sentence that holds the token `at`, from 0.
    pub(crate) fn sentence_number(&self, at: usize) -> usize {
        self.sentence_ends.partition_point(|&end| end <= at)
    }

    /// The tokens that lie in `span`.
    pub(crate) fn tokens_in(&self, span: Span) -> Range {
        let (start, end) = self.tokens.within(span);
        Range::new(start, end)
    }

    /// The sentences of the block, in order.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = Range> + '_ {
        let mut start = 0;
        self.sentence_ends.iter().map(move |&end| Range::new(std::mem::replace(&mut start, end), end))
    }

    /// The outermost quotation that the token `at` is inside of.
    pub(crate) fn quotation_around(&self, at: usize) -> Option<&Quotation> {
        let index = self.quotation_of.get(at)?.checked_sub(1)?;
        self.quotations.get(index as usize)
    }

    /// The outermost quotation whose opening mark is the token `at`.
    pub(crate) fn quotation_opened_at(&self, at: usize) -> Option<&Quotation> {
        self.any_quotation_opened_at(at).filter(|quotation| quotation.depth == 0)
    }

    /// The quotation, of any depth, whose opening mark is the token `at`.
    pub(crate) fn any_quotation_opened_at(&self, at: usize) -> Option<&Quotation> {
        self.tokens.mark(at)?;
        let index = self.quotations.binary_search_by_key(&at, |q| q.open).ok()?;
        self.quotations.get(index)
    }

    /// The outermost quotation whose closing mark ends right before the token `at`.
    pub(crate) fn quotation_closed_before(&self, at: usize) -> Option<&Quotation> {
        let last_inside = (at.saturating_sub(3)..at).rev().find_map(|inside| self.quotation_around(inside))?;
        (last_inside.close == at).then_some(last_inside)
    }

    /// Whether the token `at` is a quotation mark that belongs to no quotation and is written on to the word before it.
    pub(crate) fn is_unopened_mark(&self, at: usize) -> bool {
        let mark = matches!(self.tokens.mark(at), Some('"' | '”' | '“' | '»'));
        mark && at > 0
            && self.tokens.touches_next(at - 1)
            && self.mark_of.get(at) == Some(&0)
            && self.quotation_opened_at(at).is_none()
    }

    /// The token after the token, phrase or whole quotation that begins at `at`.
    pub(crate) fn step(&self, at: usize) -> usize {
        match self.quotation_opened_at(at) {
            Some(quotation) => quotation.close.max(at + 1),
            None => self.tokens.after(at),
        }
    }

    /// Whether the word at `at` is a family name that the article told before, with its office or given name.
    pub(crate) fn is_family_name(&self, at: usize) -> bool {
        self.tokens.classes(at).is_empty() && self.names.has(self.tokens.word(at))
    }

    pub(crate) fn is(&self, at: usize, class: WordClass) -> bool {
        self.tokens.is(at, class)
    }

    /// The raw text of a range of tokens.
    pub(crate) fn raw(&self, range: Range) -> &'a str {
        self.tokens.span(range.start, range.end).of(self.text)
    }

    /// The bytes of a range of tokens, without white space, punctuation and unpaired marks at both ends.
    ///
    /// A pair of quotation marks that encloses the whole range goes too; one that encloses a part stays.
    pub(crate) fn trimmed(&self, range: Range) -> Option<Span> {
        let Range { mut start, mut end } = range;
        loop {
            let before = (start, end);
            while start < end && self.is_edge(start, start, end) {
                start += 1;
            }
            while start < end && self.is_edge(end - 1, start, end) {
                end -= 1;
            }
            if let Some(whole) = self.quotation_marked_by(start).filter(|q| q.open == start && q.close == end) {
                (start, end) = (whole.start, whole.end);
            }
            if (start, end) == before {
                break;
            }
        }
        (start < end).then(|| self.tokens.span(start, end))
    }

    /// The trimmed bytes of each line of a range: a quotation of several paragraphs repeats its opening mark.
    pub(crate) fn trimmed_lines(&self, range: Range) -> Vec<Span> {
        if !self.tokens.hold_breaks() {
            return self.trimmed(range).into_iter().collect();
        }
        let breaks = |&at: &usize| self.tokens.get(at).is_some_and(|token| token.opens_line);
        let mut lines = Vec::new();
        let mut start = range.start;
        for end in (range.start + 1..range.end).filter(breaks).chain([range.end]) {
            lines.extend(
                Some(Range::new(start, end)).filter(|line| !line.is_empty()).and_then(|line| self.trimmed(line)),
            );
            start = end;
        }
        lines
    }

    /// Whether the mark at `at` does not belong to the text of the range from `start` to `end`.
    fn is_edge(&self, at: usize, start: usize, end: usize) -> bool {
        let Some(mark) = self.tokens.mark(at) else { return false };
        let partner_inside = self.quotation_marked_by(at).is_some_and(|q| start <= q.open && q.close <= end);
        match mark {
            '%' | '٪' | '$' | '€' | '£' | '#' | '@' | '°' | '+' => false,
            // `-3% growth`, but not the dash in `10-` or `- 3 dead`.
            '-' | '−' if at + 1 < end && self.tokens.is_number(at + 1) && self.tokens.touches_next(at) => {
                at > 0 && self.tokens.touches_next(at - 1) && self.tokens.mark(at - 1).is_none()
            }
            '(' | '[' => !(at..end).any(|close| matches!(self.tokens.mark(close), Some(')' | ']'))),
            ')' | ']' => !(start..at).any(|open| matches!(self.tokens.mark(open), Some('(' | '['))),
            _ => !partner_inside,
        }
    }

    /// The cues that the token or phrase at `at` may be a form of.
    pub(crate) fn cues(&self, at: usize) -> impl Iterator<Item = (CueForm, &'a CueEntry)> + '_ {
        let lexicon = self.pack.lexicon();
        let cues = self.tokens.cues(at);
        let spelt = move |form: &&CueForm| match self.tokens.get(at).is_some_and(|token| token.hamza) {
            // Two words that only a hamza tells apart are not the same: هنا is not هنأ.
            true => form.hamza,
            // Text without hamzas has «هنا» far more often than «هنأ» without its own.
            false => !form.hamza || !(self.writes_hamza() || self.is(at, WordClass::Circumstance)),
        };
        // «نفي» is not «نفى», nor «يدعي» «يدعى», where the text tells them apart.
        let alone = !cues.is_empty() && self.tokens.writes_maqsura() && self.tokens.after(at) == at + 1;
        let raw = if alone { self.raw(Range::new(at, at + 1)) } else { "" };
        let tells = raw.ends_with(['ى', 'ي']);
        let last = move |form: &&CueForm| !tells || form.maqsura == has_maqsura(raw);
        let forms = cues.iter().filter(spelt).filter(last);
        forms.filter_map(move |&form| Some((form, lexicon.cue(form)?)))
    }

    /// The first cue at `at` that has one of the given features.
    pub(crate) fn cue_with(&self, at: usize, features: Features) -> Option<(CueForm, &'a CueEntry)> {
        self.cues(at).find(|(form, _)| form.features.any(features))
    }
}

/// Gives all `tokens` of an index the number.
fn number_all(index: &mut [u32], tokens: std::ops::Range<usize>, number: u32) {
    index.get_mut(tokens).into_iter().flatten().for_each(|of| *of = number);
}
