//! A claim of either side with what scoring compares of it.

use super::gold::GoldClaim;
use super::text::Words;
use crate::span::Span;

/// A claim reduced to spans and to the words they touch.
#[derive(Debug)]
pub(super) struct Compared {
    /// The spans that two claims must share to be equal: content, source, cue.
    pub(super) exact: [Vec<Span>; 3],
    /// The words that the content, the source and the cue touch.
    pub(super) words: [Vec<usize>; 3],
}

/// The three parts of a claim, in the order in which [`Compared`] keeps them.
pub(super) const CONTENT: usize = 0;
pub(super) const SOURCE: usize = 1;
pub(super) const CUE: usize = 2;

impl Compared {
    pub(super) fn new(claim: &GoldClaim, words: &Words<'_>) -> Self {
        let content = words.content(&claim.content);
        let roles = [content.as_slice(), &claim.source, &claim.cue];
        Self { exact: roles.map(|spans| words.exact(spans)), words: roles.map(|spans| words.touched(spans)) }
    }

    pub(super) fn content(&self) -> &[usize] {
        &self.words[CONTENT]
    }

    pub(super) fn source(&self) -> &[usize] {
        &self.words[SOURCE]
    }
}

/// How many words two sorted lists share.
pub(super) fn shared(one: &[usize], other: &[usize]) -> usize {
    let (mut count, mut rest) = (0, other.iter().peekable());
    for word in one {
        while rest.next_if(|other| *other < word).is_some() {}
        count += usize::from(rest.next_if(|other| *other == word).is_some());
    }
    count
}
