//! Which candidates win: each the other's best, and no rival near.

use rustc_hash::FxHashMap;

use super::Candidate;

/// A rival that stays less than this behind makes a link ambiguous.
const LEAST_MARGIN: f32 = 0.06;

/// A claim of either version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Claim {
    Old(usize),
    New(usize),
}

/// How a claim's candidates stand.
#[derive(Debug, Clone, Copy)]
struct Standing {
    best: f32,
    /// The claim of the other version that scores best.
    with: usize,
    second: f32,
}

/// Pairs that are each other's best with no rival near, with the margin by which they are.
pub(super) fn clear_winners(pairs: &[Candidate]) -> Vec<(Candidate, f32)> {
    let standings = standings(pairs);
    (pairs.iter())
        .filter_map(|&pair| {
            let (of_old, of_new) = (standings.get(&Claim::Old(pair.old))?, standings.get(&Claim::New(pair.new))?);
            let mutual = of_old.with == pair.new && of_new.with == pair.old;
            let margin = (pair.score - of_old.second.max(of_new.second)).min(1.0);
            (mutual && margin >= LEAST_MARGIN).then_some((pair, margin))
        })
        .collect()
}

/// Pairs without a clear winner that are close to the best of both their claims.
pub(super) fn near_best(pairs: &[Candidate]) -> Vec<(usize, usize)> {
    let standings = standings(pairs);
    let best = |claim| standings.get(&claim).map_or(f32::MAX, |standing: &Standing| standing.best);
    let near = |pair: &&Candidate| {
        pair.score > best(Claim::Old(pair.old)) - LEAST_MARGIN && pair.score > best(Claim::New(pair.new)) - LEAST_MARGIN
    };
    pairs.iter().filter(near).map(|pair| (pair.old, pair.new)).collect()
}

/// Whether one of the pair's claims was found ambiguous already.
pub(super) fn is_in_doubt(pair: &Candidate, ambiguous: &[(usize, usize)]) -> bool {
    ambiguous.iter().any(|&(old, new)| pair.old == old || pair.new == new)
}

fn standings(pairs: &[Candidate]) -> FxHashMap<Claim, Standing> {
    let mut standings: FxHashMap<Claim, Standing> = FxHashMap::default();
    for pair in pairs {
        for (claim, with) in [(Claim::Old(pair.old), pair.new), (Claim::New(pair.new), pair.old)] {
            let none = Standing { best: f32::MIN, with: usize::MAX, second: f32::MIN };
            let standing = standings.entry(claim).or_insert(none);
            if pair.score > standing.best {
                *standing = Standing { best: pair.score, with, second: standing.best };
            } else if pair.score > standing.second {
                standing.second = pair.score;
            }
        }
    }
    standings
}
