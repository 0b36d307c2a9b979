//! The figures that scoring gives.

use std::collections::BTreeMap;

use serde::Serialize;

/// Precision, recall and their harmonic mean, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Of what was found, how much is right.
    pub p: f64,
    /// Of what is right, how much was found.
    pub r: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
}

/// Figures for each part of a claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ByRole {
    /// What is attributed.
    pub content: Figures,
    /// To whom.
    pub source: Figures,
    /// By what words.
    pub cue: Figures,
    /// The whole: all three spans equal, or the words of all three together.
    #[serde(rename = "joint")]
    pub whole: Figures,
}

/// Of the gold claims, how many were found: their content shares more than that part of the words on both sides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Found {
    /// Three tenths.
    #[serde(rename = "0.3")]
    pub loosely: Figures,
    /// Eight tenths.
    #[serde(rename = "0.8")]
    pub closely: Figures,
}

/// Of the gold claims of one kind, how many were found at eight tenths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ReachedByKind {
    /// Found.
    pub found: usize,
    /// Annotated.
    pub gold: usize,
}

/// What is put out where there is nothing to find.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Silence {
    /// Articles in which people found no claim.
    pub articles: usize,
    /// Claims put out on them, to each thousand words; `None` without such articles.
    pub claims_per_1000_words: Option<f64>,
}

/// All figures of an evaluation.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Gold claims scored.
    pub gold: usize,
    /// Claims put out.
    pub system: usize,
    /// Articles that the system gave nothing for, not even an empty list.
    pub articles_missing: usize,
    /// Span sets that are equal, but for what stands at their edges.
    pub exact: ByRole,
    /// Words of paired claims, pooled.
    pub overlap_micro: ByRole,
    /// Words of paired claims, each claim counting the same.
    pub overlap_macro: ByRole,
    /// Claims found.
    pub found: Found,
    /// Of the claims found at eight tenths whose speaker gold names, how many have the right one; `None` without any.
    pub speaker_accuracy: Option<f64>,
    /// How many those are.
    pub speaker_n: usize,
    /// Of the claims found at eight tenths whose polarity gold tells, how many have the right one.
    pub polarity_accuracy: Option<f64>,
    /// Of the claims found at eight tenths whose kind gold tells, how many have the right one.
    pub kind_accuracy: Option<f64>,
    /// Claims found at eight tenths with the right speaker or source, and the right polarity.
    pub complete: Figures,
    /// By kind, `unknown` for gold claims without one.
    pub by_kind: BTreeMap<String, ReachedByKind>,
    /// Where there is nothing to find.
    pub silence: Silence,
}

/// How the claims of one rule did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleScore {
    /// The rule.
    pub rule: String,
    /// Claims it put out.
    pub claims: usize,
    /// Of these, paired with a gold claim at eight tenths.
    pub found: usize,
    /// Of these, complete.
    pub complete: usize,
}

impl Figures {
    /// Of `system` that were put out and `gold` that there are, `right` are right.
    pub(super) fn of(right: usize, system: usize, gold: usize) -> Self {
        let share = |whole: usize| if whole == 0 { 0.0 } else { right as f64 / whole as f64 };
        Self::new(share(system), share(gold))
    }

    pub(super) fn new(p: f64, r: f64) -> Self {
        Self { p, r, f1: if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 } }
    }
}

impl RuleScore {
    /// Claims that are not complete: what the rule costs.
    #[must_use]
    pub const fn wrong(&self) -> usize {
        self.claims - self.complete
    }
}

impl Scores {
    /// The figure of this name as data has it: `complete.f1`, `exact.content.p`, `found.0.8.f1`, `speaker_accuracy`.
    /// `None` if there is no such figure, or nothing to compute it from.
    #[must_use]
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.named().into_iter().find(|(known, _)| known == name)?.1
    }

    /// The names of all figures, as [`Scores::figure`] takes them.
    #[must_use]
    pub fn figure_names() -> Vec<String> {
        Self::default().named().into_iter().map(|(name, _)| name).collect()
    }

    fn named(&self) -> Vec<(String, Option<f64>)> {
        let mut named: Vec<(String, Option<f64>)> = Vec::new();
        let mut add = |name: &str, figures: &Figures| {
            for (part, value) in [("p", figures.p), ("r", figures.r), ("f1", figures.f1)] {
                named.push((format!("{name}.{part}"), Some(value)));
            }
        };
        for (set, by_role) in
            [("exact", &self.exact), ("overlap_micro", &self.overlap_micro), ("overlap_macro", &self.overlap_macro)]
        {
            let roles = [
                ("content", &by_role.content),
                ("source", &by_role.source),
                ("cue", &by_role.cue),
                ("joint", &by_role.whole),
            ];
            roles.iter().for_each(|(role, figures)| add(&format!("{set}.{role}"), figures));
        }
        add("found.0.3", &self.found.loosely);
        add("found.0.8", &self.found.closely);
        add("complete", &self.complete);
        named.push(("speaker_accuracy".to_owned(), self.speaker_accuracy));
        named.push(("polarity_accuracy".to_owned(), self.polarity_accuracy));
        named.push(("kind_accuracy".to_owned(), self.kind_accuracy));
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_by_their_names() {
        let scores = Scores { complete: Figures::of(1, 2, 4), ..Scores::default() };
        assert_eq!(scores.figure("complete.p"), Some(0.5));
        assert_eq!(scores.figure("complete.r"), Some(0.25));
        assert_eq!(scores.figure("complete"), None);
        assert_eq!(scores.figure("speaker_accuracy"), None);
        assert!(Scores::figure_names().contains(&"overlap_micro.joint.f1".to_owned()));
    }

    #[test]
    fn nothing_put_out_and_nothing_to_find_is_nought() {
        assert_eq!(Figures::of(0, 0, 0), Figures::default());
    }
}
