//! Which linked claims really left their place.

/// For each pair, in the order of the new version, whether it moved; `pairs` gives its place in the old version, each place once,
/// and its weight.
///
/// The pairs on a longest increasing run of old places stayed; only the others moved, however many claims came or went around
/// them. Of several longest runs the heaviest stays, so that the choice does not depend on which version is called the
/// old one: of two claims that changed places the lighter has moved.
pub(crate) fn moved(pairs: &[(usize, u32)]) -> Vec<bool> {
    let places = pairs.iter().map(|(place, _)| place + 1).max().unwrap_or_default();
    let mut best = Runs(vec![None; places + 1]);
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, &(place, weight)) in pairs.iter().enumerate() {
        let run = best.up_to(place);
        before[at] = run.map(|run| run.last);
        let total = run.map_or(0, |run| run.total) + ONE + u64::from(weight);
        best.add(place, Run { total, last: at });
    }
    let mut moved = vec![true; pairs.len()];
    let mut on_run = best.up_to(places).map(|run| run.last);
    while let Some(at) = on_run {
        moved[at] = false;
        on_run = before[at];
    }
    moved
}

/// What a pair counts for before its weight: length decides first.
const ONE: u64 = 1 << 44;

/// The best run that ends before some place.
#[derive(Debug, Clone, Copy)]
struct Run {
    total: u64,
    last: usize,
}

/// The best runs by the place of their last pair, as a tree of prefix maxima.
struct Runs(Vec<Option<Run>>);

impl Runs {
    /// The best run whose last place is less than `place`.
    fn up_to(&self, place: usize) -> Option<Run> {
        let mut best: Option<Run> = None;
        let mut at = place;
        while at > 0 {
            best = heavier(best, self.0.get(at).copied().flatten());
            at &= at - 1;
        }
        best
    }

    fn add(&mut self, place: usize, run: Run) {
        let mut at = place + 1;
        while let Some(entry) = self.0.get_mut(at) {
            *entry = heavier(*entry, Some(run));
            at += at & at.wrapping_neg();
        }
    }
}

fn heavier(one: Option<Run>, other: Option<Run>) -> Option<Run> {
    match (one, other) {
        (Some(one), Some(other)) if other.total > one.total => Some(other),
        (Some(one), _) => Some(one),
        (None, other) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of_places(places: &[usize]) -> Vec<bool> {
        moved(&places.iter().map(|place| (*place, 1)).collect::<Vec<_>>())
    }

    #[test]
    fn only_what_left_its_place_moved() {
        assert_eq!(of_places(&[0, 1, 2]), [false, false, false]);
        assert_eq!(of_places(&[3, 0, 1, 2]), [true, false, false, false]);
        assert_eq!(of_places(&[0, 2, 3, 1, 4]), [false, false, false, true, false]);
        assert!(of_places(&[]).is_empty());
    }

    #[test]
    fn of_two_that_changed_places_the_lighter_moved() {
        assert_eq!(moved(&[(1, 5), (0, 9)]), [true, false]);
        assert_eq!(moved(&[(1, 9), (0, 5)]), [false, true]);
    }

    proptest! {
        #[test]
        fn what_stayed_is_in_order_and_as_much_as_can_be(places in Just((0..9).collect::<Vec<usize>>()).prop_shuffle()) {
            let moved = of_places(&places);
            let stayed: Vec<usize> = places.iter().zip(&moved).filter(|(_, moved)| !**moved).map(|(at, _)| *at).collect();
            prop_assert!(stayed.is_sorted());
            let longest = (0_u32..1 << places.len())
                .filter(|set| {
                    let chosen: Vec<usize> = (0..places.len()).filter(|at| set >> at & 1 == 1).map(|at| places[at]).collect();
                    chosen.is_sorted()
                })
                .map(u32::count_ones)
                .max();
            prop_assert_eq!(Some(stayed.len() as u32), longest);
        }
    }
}
