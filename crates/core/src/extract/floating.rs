//! Quotations that stand alone: a whole sentence or paragraph in marks, without a cue, after somebody spoke.

use super::block::{BlockLayers, Range};
use super::draft::{Draft, Subject};
use crate::claim::{Mode, Polarity, Stance};
use crate::language::cue::Features;
use crate::language::{WordClass, WordClasses};
use crate::quotation::Quotation;
use crate::span::Span;

/// How many words a quotation needs to stand alone where nobody spoke in its block; shorter ones are titles and slogans.
const FEWEST_WORDS: usize = 4;

/// Drafts a quotation that is signed behind a dash: `“…” — Ann Lee, resident`.
pub(super) fn signed(block: &BlockLayers<'_>, drafts: &mut Vec<Draft>) {
    let tokens = &block.tokens;
    let Some(quotation) = block.quotations.first().filter(|quotation| quotation.open == 0 && quotation.closed) else {
        return;
    };
    let mut start = quotation.close;
    while matches!(tokens.mark(start), Some('—' | '–' | '―' | '-')) {
        start += 1;
    }
    let verbs = WordClasses::of(&[WordClass::Verb, WordClass::Auxiliary, WordClass::PassiveAuxiliary]);
    let name = start > quotation.close
        && tokens.is_word(start)
        && tokens.len() - start <= LONGEST_SIGNATURE
        && block.raw(Range::new(start, start + 1)).starts_with(char::is_uppercase)
        && !(start..tokens.len())
            .any(|at| tokens.classes(at).any(verbs) || block.cue_with(at, Features::FINITE).is_some());
    let lines = block.trimmed_lines(Range::new(quotation.start, quotation.end));
    let Some(source) = block.trimmed(Range::new(start, tokens.len())).filter(|_| name && !lines.is_empty()) else {
        return;
    };
    let mut draft = draft(lines, 0.8, block.number);
    (draft.rule, draft.source) = ("signed-quotation", Subject::Written(source));
    drafts.push(draft);
}

/// A name behind a dash has fewer tokens, with what somebody is.
const LONGEST_SIGNATURE: usize = 16;

/// Drafts the quotations of the block that no recent draft covers, where somebody spoke before. Those from `first` on are
/// of this block.
pub(super) fn find(block: &BlockLayers<'_>, first: usize, drafts: &mut Vec<Draft>) {
    if block.role.is_headline() {
        return;
    }
    let near = || drafts.iter().rev().take_while(|draft| draft.block + REACH >= block.number);
    let Some(spoke) = near().map(|draft| draft.anchor().start).min() else { return };
    // A quotation carried over from a block before stands among that block's drafts.
    let covered = Covered::by(near());
    let cues = drafts.get(first..).unwrap_or_default().iter().filter(|draft| !draft.cue.is_empty());
    let spoke_here = cues.map(|draft| draft.anchor().end).min().unwrap_or(usize::MAX);
    let goes_on = drafts.last().is_some_and(|last| last.block < block.number && last.block + NEXT >= block.number);
    let found: Vec<(Vec<Span>, f32)> = (block.quotations.iter())
        .filter(|quotation| quotation.depth == 0)
        .filter(|quotation| stands_alone(block, quotation.open, quotation.close) || opens_block(quotation))
        .filter(|quotation| {
            let words = (quotation.start..quotation.end).filter(|&at| block.tokens.is_word(at)).count();
            let open = block.tokens.get(quotation.open).map_or(0, |token| token.span.start);
            // `“No,” she said. “Never.”`, and a paragraph of its own that goes on with the one before: `“Never again.”`
            words >= FEWEST_WORDS || (words > 0 && (spoke_here <= open || (goes_on && is_paragraph(block, quotation))))
        })
        .map(|quotation| {
            let lines = block.trimmed_lines(Range::new(quotation.start, quotation.end));
            (lines, if quotation.closed { 0.85 } else { 0.6 })
        })
        .filter(|(lines, _)| lines.first().is_some_and(|first| spoke < first.start))
        .filter(|(lines, _)| !lines.iter().any(|line| covered.overlaps(*line)))
        .collect();
    let modes: Vec<Mode> =
        found.iter().map(|(lines, _)| mode(drafts.get(first..).unwrap_or_default(), lines)).collect();
    drafts.extend(
        found
            .into_iter()
            .zip(modes)
            .map(|((lines, confidence), mode)| Draft { mode, ..draft(lines, confidence, block.number) }),
    );
}

/// How the quotation of `lines` was uttered: in writing where the attribution before it in its block is one of writing.
fn mode(drafts: &[Draft], lines: &[Span]) -> Mode {
    let start = lines.first().map_or(0, |line| line.start);
    let before = drafts.iter().rev().find(|draft| !draft.cue.is_empty() && draft.anchor().end <= start);
    before.map_or(Mode::Speech, |draft| if draft.mode == Mode::Writing { Mode::Writing } else { Mode::Speech })
}

fn draft(content: Vec<Span>, confidence: f32, block: usize) -> Draft {
    Draft {
        rule: "floating-quotation",
        content,
        cue: Vec::new(),
        lemma: String::new(),
        stance: Stance::Report,
        mode: Mode::Speech,
        polarity: Polarity::Affirmed,
        realised: true,
        source: Subject::Floating,
        channel: None,
        confidence,
        block,
    }
}

/// What drafts extend over, as spans that do not overlap, in the order of the text.
struct Covered(Vec<Span>);

impl Covered {
    fn by<'d>(drafts: impl Iterator<Item = &'d Draft>) -> Self {
        let mut extents: Vec<Span> = drafts.map(Draft::extent).collect();
        extents.sort_unstable_by_key(|span| span.start);
        extents.dedup_by(|later, earlier| {
            let joined = later.start <= earlier.end;
            if joined {
                earlier.end = earlier.end.max(later.end);
            }
            joined
        });
        Self(extents)
    }

    fn overlaps(&self, span: Span) -> bool {
        let near = self.0.partition_point(|covered| covered.end <= span.start);
        self.0.get(near).is_some_and(|covered| covered.overlaps(span))
    }
}

/// Whether a long quotation begins the block: whatever follows it, somebody spoke.
fn opens_block(quotation: &Quotation) -> bool {
    quotation.open == 0 && quotation.closed && quotation.end - quotation.start > 2 * FEWEST_WORDS
}

/// Whether the quotation is all of its block and ends as a sentence does.
fn is_paragraph(block: &BlockLayers<'_>, quotation: &Quotation) -> bool {
    let ends = (quotation.end..quotation.close).chain(quotation.end.checked_sub(1));
    let terminated = ends.into_iter().any(|at| matches!(block.tokens.mark(at), Some('.' | '!' | '?' | '…')));
    terminated && quotation.closed && quotation.open == 0 && quotation.close >= block.tokens.len()
}

/// A paragraph goes on with the speaker of a block as near as this.
const NEXT: usize = 2;

/// How many blocks back somebody must have spoken for a quotation to be theirs.
const REACH: usize = 3;

/// Whether the quotation from `open` to `close` is a sentence of its own.
fn stands_alone(block: &BlockLayers<'_>, open: usize, close: usize) -> bool {
    let sentence = block.sentence(open);
    let only_marks = |mut range: std::ops::Range<usize>| range.all(|at| block.tokens.mark(at).is_some());
    only_marks(sentence.start..open)
        && only_marks(close..block.sentence(close.saturating_sub(1).max(open)).end.max(close))
}
