//! Why the extractor found what it found: the grounds of each claim, and what opened none.

use serde::Serialize;

use crate::article::Article;
use crate::claim::Claim;
use crate::language::LanguagePack;
use crate::span::Span;

use super::block::BlockLayers;
use super::draft::Draft;
use super::resolve::Considered;

/// The claims of an article with their grounds, and the cues that opened none.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The claims, in the order of the text.
    pub claims: Vec<Explained>,
    /// Words that can attribute, and opened no claim; in the order of the text.
    pub unused: Vec<UnusedCue>,
}

/// A claim with its grounds beside those it tells itself: its rule, its cue and how its speaker was resolved.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explained {
    /// The claim.
    pub claim: Claim,
    /// Where the speaker is named most fully; bytes of the text.
    pub named_at: Option<Span>,
    /// Those who might have been the speaker and were passed over, the nearest first.
    pub passed_over: Vec<Candidate>,
    /// Other rules that found the same content, which were dropped.
    pub also_found_by: Vec<String>,
}

/// Somebody who might have been the speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// The fullest name or description, as the article writes it.
    pub name: String,
    /// Where that stands; bytes of the text.
    pub named_at: Span,
    /// Why it is not the speaker.
    pub verdict: Verdict,
}

/// Why somebody is not the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// The pronoun or verb asks for another gender or number.
    Disagrees,
    /// Speaks only inside the words of somebody else.
    Quoted,
    /// Only carries the words of others: an agency, a newspaper.
    Carrier,
    /// The narrator has turned to somebody else since.
    Displaced,
    /// Is spoken to.
    Addressee,
    /// Stands inside what is said.
    InsideContent,
    /// No pronoun for a person stands for it.
    NotAPerson,
    /// Is named less prominently than another in the same sentence.
    LessProminent,
    /// Fits as well as another, so that nobody is taken.
    Rival,
}

/// A word that can attribute, where no claim came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusedCue {
    /// Where it stands; bytes of the text.
    pub span: Span,
    /// Its dictionary form.
    pub lemma: String,
}

/// What is collected on the way to an explanation.
#[derive(Debug, Default)]
pub(super) struct Grounds {
    /// For each claim whom the resolver considered.
    pub(super) considered: Vec<Considered>,
    /// For each claim the rules of the drafts that were dropped for its sake.
    pub(super) dropped: Vec<Vec<String>>,
    /// Words that can attribute.
    cues: Vec<UnusedCue>,
}

/// The claims of `article` as [`extract`](super::extract) gives them, each with its grounds.
#[must_use]
pub fn extract_explained(article: &Article, pack: &LanguagePack) -> Explanation {
    let mut grounds = Grounds::default();
    let claims = super::find_claims(article, pack, Some(&mut grounds));
    let used: Vec<Span> =
        claims.iter().filter_map(|claim| claim.cue.as_ref()).flat_map(|cue| cue.spans.clone()).collect();
    let mut considered = grounds.considered.into_iter();
    let mut dropped = grounds.dropped.into_iter();
    let claims = (claims.into_iter())
        .map(|claim| {
            let Considered { named_at, candidates } = considered.next().unwrap_or_default();
            let also_found_by = dropped.next().unwrap_or_default();
            Explained { claim, named_at, passed_over: candidates, also_found_by }
        })
        .collect();
    Explanation { claims, unused: unused(grounds.cues, used) }
}

/// The cues that no used one overlaps; both lists are gone through once.
fn unused(mut cues: Vec<UnusedCue>, mut used: Vec<Span>) -> Vec<UnusedCue> {
    used.sort_unstable_by_key(|span| (span.start, span.end));
    let mut used = used.into_iter().peekable();
    cues.retain(|cue| {
        while used.next_if(|used| used.end <= cue.span.start).is_some() {}
        used.peek().is_none_or(|used| !used.overlaps(cue.span))
    });
    cues
}

impl Grounds {
    /// Notes the words of a block that can attribute.
    pub(super) fn read(&mut self, block: &BlockLayers<'_>) {
        let mut at = 0;
        while at < block.tokens.len() {
            let next = block.tokens.after(at).max(at + 1);
            if let Some((_, cue)) = block.cues(at).next() {
                self.cues.push(UnusedCue { span: block.tokens.span(at, next), lemma: cue.lemma.clone() });
            }
            at = next;
        }
    }

    /// Drops drafts whose content the draft before has, too, and notes their rules; `drafts` are in order.
    pub(super) fn drop_same(&mut self, language: &str, drafts: &mut Vec<Draft>) {
        let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
        for draft in drafts.drain(..) {
            match self.dropped.last_mut() {
                Some(rules) if kept.last().is_some_and(|last| last.content == draft.content) => {
                    rules.push(format!("{language}/{}", draft.rule));
                }
                _ => {
                    kept.push(draft);
                    self.dropped.push(Vec::new());
                }
            }
        }
        *drafts = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn explained(text: &str) -> Explanation {
        let article = Article::from_text(text, Some(Language::ENGLISH));
        let pack = LanguagePack::builtin(Language::ENGLISH).unwrap();
        let explanation = extract_explained(&article, pack);
        let claims: Vec<Claim> = explanation.claims.iter().map(|explained| explained.claim.clone()).collect();
        assert_eq!(claims, crate::extract(&article, pack), "explaining changes nothing");
        explanation
    }

    fn passed_over(explained: &Explained) -> Vec<(&str, Verdict)> {
        explained.passed_over.iter().map(|candidate| (&*candidate.name, candidate.verdict)).collect()
    }

    #[test]
    fn who_was_passed_over_for_a_pronoun_is_told_with_the_ground() {
        let text = "Minister Anna Berg said that the bridge is safe.\n\
                    Engineer Paul Lund said that it is old.\n\
                    She added that nothing was decided.\n";
        let explanation = explained(text);
        let last = &explanation.claims[2];
        assert_eq!(last.named_at.map(|span| span.of(text)), Some("Minister Anna Berg"));
        assert_eq!(passed_over(last), [("Engineer Paul Lund", Verdict::Disagrees)]);
        assert!(explanation.claims[0].passed_over.is_empty());
    }

    #[test]
    fn those_who_bear_the_same_name_are_told() {
        let text = "Mayor Anna Berg met the engineer Paul Berg on Monday.\n\
                    Berg said that nothing was decided.\n";
        let explanation = explained(text);
        let claim = &explanation.claims[0];
        assert_eq!(claim.named_at, None);
        assert_eq!(
            passed_over(claim),
            [("Mayor Anna Berg", Verdict::Rival), ("the engineer Paul Berg", Verdict::Rival)]
        );
    }

    #[test]
    fn words_that_can_attribute_and_did_not_are_told() {
        let text = "The minister said that it rained. There was nothing to add.";
        let explanation = explained(text);
        let unused: Vec<&str> = explanation.unused.iter().map(|cue| cue.span.of(text)).collect();
        assert!(unused.contains(&"add") && !unused.contains(&"said"), "{unused:?}");
    }
}
