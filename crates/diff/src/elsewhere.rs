//! What changed of an article beside its claims.

use isnad_core::{BlockRole, Claim, Span};
use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;

use crate::change::Version;

/// In how many lines of the story the text beside the claims differs between two versions: a narrator's number or name may
/// have changed though nobody is quoted with it.
///
/// A line that is in one version only and holds no claim there counts; where as many came as went they were replaced, and
/// count once. Of lines that hold the same content, each counts whose words beside its claims differ. White space is no
/// difference, nor is the place of a line. Invitations and headlines of other stories are left out.
#[must_use]
pub fn lines_changed_elsewhere(old: Version<'_>, new: Version<'_>) -> usize {
    let (old, new) = (told_lines(old), told_lines(new));
    let mut lines: FxHashMap<&str, isize> = FxHashMap::default();
    old.iter().for_each(|line| *lines.entry(&line.text).or_default() -= 1);
    new.iter().for_each(|line| *lines.entry(&line.text).or_default() += 1);
    let only = |of: &[Line<'_>], sign: isize| {
        let mut seen: FxHashMap<&str, isize> = FxHashMap::default();
        for line in of.iter().filter(|line| line.claims.is_empty()) {
            *seen.entry(&line.text).or_default() += 1;
        }
        let surplus =
            |(text, seen): (&str, isize)| seen.min(lines.get(text).map_or(0, |surplus| surplus * sign)).max(0);
        usize::try_from(seen.into_iter().map(surplus).sum::<isize>()).unwrap_or_default()
    };
    only(&old, -1).max(only(&new, 1)) + changed_beside_claims(&old, &new)
}

/// How many lines hold a content that a line of the older version held, among other words.
fn changed_beside_claims(old: &[Line<'_>], new: &[Line<'_>]) -> usize {
    let mut beside: FxHashMap<&str, Vec<&[&str]>> = FxHashMap::default();
    for line in old {
        line.claims.iter().for_each(|content| beside.entry(content).or_default().push(&line.beside));
    }
    let differs = |line: &&Line<'_>| {
        let known: Vec<_> = line.claims.iter().filter_map(|content| beside.get(content)).flatten().collect();
        !known.is_empty() && known.iter().all(|words| **words != line.beside)
    };
    new.iter().filter(differs).count()
}

/// A line of the story.
struct Line<'a> {
    /// Its words, one space between them.
    text: String,
    /// The contents of the claims it holds, or that begin in it.
    claims: Vec<&'a str>,
    /// Its words beside content, cue, source and channel of those.
    beside: Vec<&'a str>,
}

fn told_lines(version: Version<'_>) -> Vec<Line<'_>> {
    let blocks = version.article.blocks();
    let mut claims: Vec<Vec<&Claim>> = vec![Vec::new(); blocks.len()];
    for claim in version.claims {
        for span in &claim.content.spans {
            // No span of a claim goes past the end of its block.
            let at = blocks.partition_point(|block| block.span.end <= span.start);
            let in_block = claims.get_mut(at).filter(|claims| claims.last().is_none_or(|last| last.id != claim.id));
            in_block.into_iter().for_each(|claims| claims.push(claim));
        }
    }
    let is_told = |role| !matches!(role, BlockRole::Promo | BlockRole::Related);
    let lines = blocks.iter().zip(claims).filter(|(block, _)| is_told(block.role));
    lines.map(|(block, claims)| Line::of(block.span, &claims, version.article.text())).collect()
}

impl<'a> Line<'a> {
    fn of(block: Span, claims: &[&'a Claim], text: &'a str) -> Self {
        let line = block.of(text);
        let words: Vec<&str> = line.split_whitespace().collect();
        let beside = match claims.is_empty() {
            true => Vec::new(),
            false => {
                let spans: Vec<Span> = claims.iter().flat_map(|claim| spans_of(claim)).collect();
                let words = line.unicode_word_indices();
                let at =
                    |(start, word): (usize, &str)| Span::new(block.start + start, block.start + start + word.len());
                words.filter(|&word| !spans.iter().any(|span| span.overlaps(at(word)))).map(|(_, word)| word).collect()
            }
        };
        let contents = claims.iter().map(|claim| claim.content.text.as_str()).collect();
        Self { text: words.join(" "), claims: contents, beside }
    }
}

/// What a claim stands on: its content, its cue, its source and its channel.
fn spans_of(claim: &Claim) -> impl Iterator<Item = Span> + '_ {
    let cue = claim.cue.iter().flat_map(|cue| &cue.spans);
    let source = claim.source.iter().flat_map(|source| &source.spans);
    let channel = claim.channel.iter().flat_map(|channel| &channel.spans);
    claim.content.spans.iter().chain(cue).chain(source).chain(channel).copied()
}

#[cfg(test)]
mod tests {
    use isnad_core::{Article, Language, extract};

    use super::*;
    use crate::facets::testing::pack;

    fn changed(old: &str, new: &str) -> usize {
        let read = |text: &str| {
            let article = Article::from_text(text, Some(Language::ENGLISH));
            let claims = extract(&article, pack("en"));
            (article, claims)
        };
        let (old, new) = (read(old), read(new));
        let (old, new) = (Version { article: &old.0, claims: &old.1 }, Version { article: &new.0, claims: &new.1 });
        lines_changed_elsewhere(old, new)
    }

    const STORY: &str = "Two boats sank off the cape.\nThe mayor said the lantern was out.\nA storm had been raging.";

    #[test]
    fn a_narrators_line_that_was_rewritten_counts_once() {
        assert_eq!(changed(STORY, &STORY.replace("Two boats", "Three boats")), 1);
        assert_eq!(changed(STORY, &format!("{STORY}\nThe cape is known for its reefs.\nNobody lives there.")), 2);
    }

    #[test]
    fn what_claims_tell_and_where_lines_stand_does_not_count() {
        assert_eq!(changed(STORY, &STORY.replace("was out", "was lit")), 0);
        let lines: Vec<&str> = STORY.lines().rev().collect();
        assert_eq!(changed(STORY, &lines.join("\n")), 0);
        assert_eq!(changed(STORY, &STORY.replace("A storm", "A  storm")), 0);
    }

    #[test]
    fn what_the_narrator_adds_to_a_claim_counts() {
        let story = "The bridge killed 40 people and Mayor Ada Quill later said it would open.\nIt rained.";
        assert_eq!(changed(story, &story.replace("40", "90")), 1);
        assert_eq!(changed(story, &story.replace("Ada Quill later said", "Ada Quill later admitted")), 0);
        assert_eq!(changed(story, &story.replace("would open", "would stay shut")), 0);
        let dated = "On Friday, Mayor Ada Quill said the bridge was safe.";
        assert_eq!(changed(dated, &dated.replace("Friday", "Monday")), 1);
    }

    #[test]
    fn a_line_that_stands_twice_and_lost_one_counts_once() {
        assert_eq!(changed(&format!("{STORY}\nA storm had been raging."), STORY), 1);
    }
}
