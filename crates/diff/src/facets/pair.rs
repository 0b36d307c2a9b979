//! The two forms of a claim, read word by word.

use std::ops::Range;

use chrono::NaiveDate;
use isnad_core::{Claim, LanguagePack, Span};
use similar::DiffOp;

use crate::change::Version;
use crate::key::{self, KeyWord};
use crate::meaning::{self, Alignment, Meanings, Sense};
use crate::words;

/// The two forms of a claim, read word by word.
pub(crate) struct Pair<'a> {
    pub(crate) old: Form<'a>,
    pub(crate) new: Form<'a>,
    pub(crate) pack: &'a LanguagePack,
    pub(crate) meanings: Meanings,
    /// Where the contents' words differ, in the order of the text.
    pub(crate) hunks: Vec<Hunk>,
}

/// One form of a claim.
pub(crate) struct Form<'a> {
    pub(crate) claim: &'a Claim,
    pub(crate) words: Vec<KeyWord>,
    /// What each word tells; empty where the contents have the same words.
    pub(crate) senses: Vec<Sense>,
    text: &'a str,
    /// The day of the article, where it is known.
    pub(crate) day: Option<NaiveDate>,
}

/// Words that were replaced, deleted or inserted: ranges of either form's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
}

impl<'a> Pair<'a> {
    pub(crate) fn new(old: (Version<'a>, &'a Claim), new: (Version<'a>, &'a Claim), pack: &'a LanguagePack) -> Self {
        let form = |(version, claim): (Version<'a>, &'a Claim)| Form {
            claim,
            words: key::words_of(version.article, &claim.content.spans, pack),
            senses: Vec::new(),
            text: version.article.text(),
            day: version.article.metadata.day(),
        };
        let (mut old, mut new) = (form(old), form(new));
        let keys = |form: &Form<'_>| form.words.iter().map(|word| word.key.clone()).collect::<Vec<_>>();
        let hunks = words::operations(&keys(&old), &keys(&new))
            .iter()
            .filter(|op| !matches!(op, DiffOp::Equal { .. }))
            .map(|op| Hunk { old: op.old_range(), new: op.new_range() })
            .fold(Vec::new(), join_neighbours);
        let meanings = Meanings::of(pack);
        if !hunks.is_empty() {
            old.senses = meanings.senses(&old.words);
            new.senses = meanings.senses(&new.words);
        }
        Self { old, new, pack, meanings, hunks }
    }

    /// Which content words of the two forms answer one another, wherever they stand.
    pub(super) fn answers(&self) -> Alignment {
        meaning::align(&self.old.senses, &self.new.senses)
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
    pub(super) fn is_quoted(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|word| self.claim.quoted.iter().any(|quoted| quoted.contains(word.span)))
    }

    /// Whether a span shares a byte with any word of the range.
    pub(super) fn touches(&self, range: &Range<usize>, span: Span) -> bool {
        self.words.get(range.clone()).unwrap_or_default().iter().any(|word| word.span.overlaps(span))
    }

    /// A word as written.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.span.of(self.text))
    }

    /// The text of a range of words as written; `None` if the range is empty.
    pub(super) fn text(&self, range: Range<usize>) -> Option<String> {
        if range.is_empty() {
            return None;
        }
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
