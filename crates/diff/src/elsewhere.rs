//! What changed of an article beside its claims.

use isnad_core::BlockRole;
use rustc_hash::FxHashMap;

use crate::change::Version;

/// How many lines of the story that hold no claim differ between two versions: a narrator's number or name may have
/// changed though nobody is quoted with it.
///
/// A line that is in one version only and holds no claim there counts; where as many came as went they were replaced, and
/// count once. White space is no difference, nor is the place of a line. Invitations and headlines of other stories are
/// left out.
#[must_use]
pub fn lines_changed_elsewhere(old: Version<'_>, new: Version<'_>) -> usize {
    let mut lines: FxHashMap<String, isize> = FxHashMap::default();
    for line in told_lines(old) {
        *lines.entry(line.text).or_default() -= 1;
    }
    for line in told_lines(new) {
        *lines.entry(line.text).or_default() += 1;
    }
    let only = |version, sign: isize| {
        let mut left: FxHashMap<String, isize> = FxHashMap::default();
        let silent = told_lines(version).filter(|line| !line.has_claim);
        silent
            .filter(|line| {
                let used = left.entry(line.text.clone()).or_default();
                *used += 1;
                lines.get(&line.text).is_some_and(|surplus| surplus * sign >= *used)
            })
            .count()
    };
    only(old, -1).max(only(new, 1))
}

/// A line of the story.
struct Line {
    /// Its words, one space between them.
    text: String,
    has_claim: bool,
}

fn told_lines(version: Version<'_>) -> impl Iterator<Item = Line> + '_ {
    let blocks = version.article.blocks();
    let mut has_claim = vec![false; blocks.len()];
    for span in version.claims.iter().flat_map(|claim| &claim.content.spans) {
        // No span of a claim goes past the end of its block.
        let at = blocks.partition_point(|block| block.span.end <= span.start);
        has_claim.get_mut(at).into_iter().for_each(|has_claim| *has_claim = true);
    }
    let is_told = |role| !matches!(role, BlockRole::Promo | BlockRole::Related);
    let lines = blocks.iter().zip(has_claim).filter(move |(block, _)| is_told(block.role));
    lines.map(|(block, has_claim)| {
        let words: Vec<&str> = block.span.of(version.article.text()).split_whitespace().collect();
        Line { text: words.join(" "), has_claim }
    })
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
    fn a_line_that_stands_twice_and_lost_one_counts_once() {
        assert_eq!(changed(&format!("{STORY}\nA storm had been raging."), STORY), 1);
    }
}
