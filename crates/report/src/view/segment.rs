//! A text cut into segments, each with the claim it belongs to: spans of claims nest and overlap, elements may not.

use std::collections::BTreeSet;

use isnad_core::Span;

/// What a span of a text is to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark<T> {
    /// Where.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) what: T,
}

/// A part of a text under one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment<T> {
    /// Where.
    pub(crate) span: Span,
    /// What it is: the marks over it, the shortest first, at most [`DEEPEST`].
    pub(crate) under: Vec<T>,
    /// All marks that begin here.
    pub(crate) starts: Vec<T>,
}

/// The most marks that a segment tells of: claims nest, but a page of marks that all overlap must not take for ever.
const DEEPEST: usize = 8;

/// `within` cut wherever one of `marks` begins or ends. Marks that are empty or lie outside are left out.
///
/// Time is that of sorting the marks.
pub(crate) fn segments<T: Copy>(within: Span, marks: &[Mark<T>]) -> Vec<Segment<T>> {
    let clipped: Vec<(Span, T)> = marks
        .iter()
        .map(|mark| (Span::new(mark.span.start.max(within.start), mark.span.end.min(within.end)), mark.what))
        .filter(|(span, _)| !span.is_empty())
        .collect();
    let mut bounds: Vec<(usize, bool, usize)> = clipped
        .iter()
        .enumerate()
        .flat_map(|(at, (span, _))| [(span.end, false, at), (span.start, true, at)])
        .collect();
    bounds.sort_unstable();
    let mut segments = Vec::with_capacity(bounds.len() + 1);
    let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
    let (mut start, mut starts) = (within.start, Vec::new());
    let under = |open: &BTreeSet<(usize, usize)>| {
        open.iter().take(DEEPEST).filter_map(|(_, at)| clipped.get(*at)).map(|(_, what)| *what).collect()
    };
    for (at, is_start, mark) in bounds {
        if start < at {
            let span = Span::new(start, at);
            segments.push(Segment { span, under: under(&open), starts: std::mem::take(&mut starts) });
            start = at;
        }
        let Some((span, what)) = clipped.get(mark) else { continue };
        let key = (span.len(), mark);
        if is_start {
            open.insert(key);
            starts.push(*what);
        } else {
            open.remove(&key);
        }
    }
    if start < within.end {
        segments.push(Segment { span: Span::new(start, within.end), under: under(&open), starts });
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, marks: &[(usize, usize, char)]) -> String {
        let marks: Vec<Mark<char>> =
            marks.iter().map(|&(start, end, what)| Mark { span: Span::new(start, end), what }).collect();
        let segments = segments(Span::new(0, text.len()), &marks);
        segments
            .iter()
            .map(|segment| {
                let words = segment.span.of(text);
                let marks: String = segment.under.iter().collect();
                if marks.is_empty() { words.to_owned() } else { format!("[{marks}:{words}]") }
            })
            .collect()
    }

    #[test]
    fn the_shortest_mark_comes_first() {
        assert_eq!(
            shown("he said that she left", &[(8, 21, 'a'), (13, 16, 'b')]),
            "he said [a:that ][ba:she][a: left]"
        );
    }

    #[test]
    fn every_mark_begins_somewhere() {
        let marks = [(0, 3, 'a'), (0, 2, 'b')].map(|(start, end, what)| Mark { span: Span::new(start, end), what });
        let starts: Vec<String> =
            segments(Span::new(0, 3), &marks).iter().map(|segment| segment.starts.iter().collect()).collect();
        assert_eq!(starts, ["ab", ""]);
    }

    #[test]
    fn marks_may_overlap() {
        assert_eq!(shown("abcdef", &[(0, 4, 'x'), (2, 6, 'y')]), "[x:ab][xy:cd][y:ef]");
    }

    #[test]
    fn marks_outside_are_left_out() {
        assert_eq!(shown("abc", &[(3, 9, 'x'), (1, 1, 'y')]), "abc");
    }

    proptest! {
        #[test]
        fn the_segments_are_the_text(bounds in prop::collection::vec((0_usize..40, 0_usize..40), 0..12)) {
            let marks: Vec<Mark<usize>> = bounds.iter().enumerate()
                .map(|(what, &(a, b))| Mark { span: Span::new(a.min(b), a.max(b)), what }).collect();
            let mut at = 5;
            for segment in segments(Span::new(5, 35), &marks) {
                prop_assert_eq!(segment.span.start, at);
                prop_assert!(!segment.span.is_empty());
                at = segment.span.end;
            }
            prop_assert_eq!(at, 35);
        }
    }
}
