//! Whether two texts of an article take turns, as where a site shows its readers one of two headlines.

use serde::Serialize;

use crate::query::LogEntry;

/// The fewest returns in a row that show it; what is taken back once is a correction.
const FEWEST: usize = 2;

/// Two versions of an article that take turns, up to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Turns {
    /// Their numbers, the lower first.
    pub versions: [u32; 2],
    /// How often in a row one of them came back after the other.
    pub returns: usize,
}

impl Turns {
    /// Whether the newest entries of an article's log do so.
    #[must_use]
    pub fn of(log: &[LogEntry]) -> Option<Self> {
        let numbers: Vec<u32> = log.iter().rev().map(|entry| entry.state.number).collect();
        let returns = numbers.windows(3).take_while(|turn| matches!(turn, [now, _, before] if now == before)).count();
        let &[now, other, ..] = &*numbers else { return None };
        (returns >= FEWEST).then(|| Self { versions: [now.min(other), now.max(other)], returns })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Attempt;
    use crate::testing::{Bench, reading, story};

    /// What is told of captures that saw texts of these numbers.
    fn turns(texts: &[usize]) -> Option<([u32; 2], usize)> {
        let mut bench = Bench::new();
        for (time, text) in (1..).zip(texts) {
            let (article, claims) = story(&[&format!("Minister: troops {text}")]);
            bench.record(time, Attempt::Read(reading(&article, &claims))).unwrap();
        }
        let article = bench.history.articles().unwrap()[0].id;
        Turns::of(&bench.history.log(article).unwrap()).map(|turns| (turns.versions, turns.returns))
    }

    #[test]
    fn two_texts_that_come_back_again_and_again_take_turns() {
        assert_eq!(turns(&[1, 2, 1, 2]), Some(([1, 2], 2)));
        assert_eq!(turns(&[1, 2, 3, 2, 2, 3, 2]), Some(([2, 3], 3)));
        for other in [&[1, 2, 1][..], &[1, 2, 3], &[1, 2, 1, 2, 3], &[1, 1, 1, 1]] {
            assert_eq!(turns(other), None, "{other:?}");
        }
    }
}
