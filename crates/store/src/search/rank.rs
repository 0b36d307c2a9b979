//! The order of what was found: Okapi BM25 over the words of a claim and of its speaker's name.

use super::Candidate;
use super::query::Term;

/// What finding a word counts for: as a whole in the content, as a part of a word there, and both in the speaker's name.
const CONTENT: (f64, f64) = (1.0, 0.25);
const SPEAKER: (f64, f64) = (0.8, 0.2);

/// How soon more of the same word counts for no more, and how much a long claim is held back: the usual values.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// The candidates in the order of how well they fit, of equals the newest first.
pub(super) fn ranked(candidates: Vec<Candidate>, terms: &[&Term]) -> Vec<Candidate> {
    let all = candidates.len() as f64;
    let lengths: Vec<f64> = candidates.iter().map(length).collect();
    let average = lengths.iter().sum::<f64>() / all;
    let found: Vec<Vec<f64>> =
        candidates.iter().map(|candidate| terms.iter().map(|term| frequency(candidate, term)).collect()).collect();
    let rarity = |term: usize| {
        let with = found.iter().filter(|found| found.get(term).is_some_and(|&often| often > 0.0)).count() as f64;
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    };
    let rarities: Vec<f64> = (0..terms.len()).map(rarity).collect();
    let score = |found: &[f64], length: f64| -> f64 {
        let held_back = K1 * (1.0 - B + B * length / average);
        found.iter().zip(&rarities).map(|(often, rarity)| rarity * often * (K1 + 1.0) / (often + held_back)).sum()
    };
    let scores = found.iter().zip(&lengths).map(|(found, &length)| score(found, length));
    let mut scored: Vec<(f64, Candidate)> = scores.zip(candidates).collect();
    scored.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(other.id.cmp(&one.id)));
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How many words there are.
fn length(candidate: &Candidate) -> f64 {
    let words = |text: &str| text.split_ascii_whitespace().count();
    (words(&candidate.content) + words(&candidate.name)) as f64
}

/// How often a word was found, as far as that counts.
fn frequency(candidate: &Candidate, term: &Term) -> f64 {
    let weigh = |text: &str, (whole, part): (f64, f64)| {
        let (words, parts) = term.count_in(text);
        words as f64 * whole + parts as f64 * part
    };
    weigh(&candidate.content, CONTENT) + weigh(&candidate.name, SPEAKER)
}
