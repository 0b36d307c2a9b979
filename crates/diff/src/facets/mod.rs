//! In which respects two forms of one claim differ, read from what changed and never from a score.

mod attribution;
mod content;
mod speaker;

use isnad_core::{Claim, LanguagePack, Span};
use similar::DiffOp;

use crate::change::{Detail, Facet, Version};
use crate::key::{self, KeyWord};
use crate::words;

/// The two forms of a claim, read word by word.
pub(crate) struct Pair<'a> {
    pub(crate) old: Form<'a>,
    pub(crate) new: Form<'a>,
    pub(crate) pack: &'a LanguagePack,
    /// Where the contents' words differ, in the order of the text.
    pub(crate) hunks: Vec<Hunk>,
}

/// One form of a claim.
pub(crate) struct Form<'a> {
    pub(crate) claim: &'a Claim,
    pub(crate) words: Vec<KeyWord>,
}

/// Words that were replaced, deleted or inserted: ranges of either form's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    pub(crate) old: std::ops::Range<usize>,
    pub(crate) new: std::ops::Range<usize>,
}

/// What was read: facets in their order, and what each was and is.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) facets: Vec<Facet>,
    pub(crate) details: Vec<Detail>,
}

impl<'a> Pair<'a> {
    pub(crate) fn new(old: (Version<'a>, &'a Claim), new: (Version<'a>, &'a Claim), pack: &'a LanguagePack) -> Self {
        let form = |(version, claim): (Version<'a>, &'a Claim)| Form {
            claim,
            words: key::words_of(version.article, &claim.content.spans, pack),
        };
        let (old, new) = (form(old), form(new));
        let keys = |form: &Form<'_>| form.words.iter().map(|word| word.key.clone()).collect::<Vec<_>>();
        let hunks = words::operations(&keys(&old), &keys(&new))
            .iter()
            .filter(|op| !matches!(op, DiffOp::Equal { .. }))
            .map(|op| Hunk { old: op.old_range(), new: op.new_range() })
            .fold(Vec::new(), join_neighbours);
        Self { old, new, pack, hunks }
    }
}

/// A deletion and an insertion at one place are one replacement.
fn join_neighbours(mut hunks: Vec<Hunk>, hunk: Hunk) -> Vec<Hunk> {
    match hunks.last_mut() {
        Some(last) if last.old.end == hunk.old.start && last.new.end == hunk.new.start => {
            last.old.end = hunk.old.end;
            last.new.end = hunk.new.end;
        }
        _ => hunks.push(hunk),
    }
    hunks
}

impl Form<'_> {
    /// Whether the word stands in quotation marks.
    pub(crate) fn is_quoted(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|word| self.claim.quoted.iter().any(|quoted| quoted.contains(word.span)))
    }

    /// The text of a range of words as written.
    pub(crate) fn text(&self, range: std::ops::Range<usize>) -> Option<String> {
        let first = self.words.get(range.start)?;
        let last = self.words.get(range.end.checked_sub(1)?)?;
        let passage = &self.claim.content;
        // The content's text joins its spans; find the words in it span by span.
        let mut offset = 0;
        let mut parts = Vec::new();
        for span in &passage.spans {
            let (start, end) = (first.span.start.max(span.start), last.span.end.min(span.end));
            if start < end {
                parts.push(passage.text.get(offset + start - span.start..offset + end - span.start)?);
            }
            offset += span.len() + SEPARATOR;
        }
        Some(parts.join(" … "))
    }
}

/// The bytes between two spans in [`isnad_core::Passage::text`].
const SEPARATOR: usize = " … ".len();

impl Reading {
    /// Notes that `facet` was `old` and is `new`.
    pub(crate) fn note(&mut self, facet: Facet, old: Option<String>, new: Option<String>) {
        self.facets.push(facet);
        self.details.push(Detail { facet, old, new });
    }
}

/// Reads every facet but place, in the order of the data contract.
pub(crate) fn read<'p>(pair: &'p Pair<'p>) -> Reading {
    let mut reading = Reading::default();
    content::read(pair, &mut reading);
    attribution::read(pair, &mut reading);
    speaker::read(pair, &mut reading);
    if reading.facets.is_empty() && differs_below_the_key(pair) {
        let text = |claim: &Claim| Some(claim.content.text.clone());
        reading.note(Facet::Spelling, text(pair.old.claim), text(pair.new.claim));
    }
    reading.facets.sort_unstable();
    reading.facets.dedup();
    reading.details.sort_by_key(|detail| detail.facet);
    reading
}

/// Whether the claim is spelt otherwise: content, cue or source.
fn differs_below_the_key(pair: &Pair<'_>) -> bool {
    let written = |claim: &Claim| {
        let cue = claim.cue.as_ref().map(|cue| cue.text.clone());
        let source = claim.source.as_ref().map(|source| source.text.clone());
        (claim.content.text.clone(), cue, source)
    };
    written(pair.old.claim) != written(pair.new.claim)
}

/// Whether a span shares a byte with any word of the range.
pub(crate) fn touches(form: &Form<'_>, range: &std::ops::Range<usize>, span: Span) -> bool {
    form.words.get(range.clone()).unwrap_or_default().iter().any(|word| word.span.overlaps(span))
}
