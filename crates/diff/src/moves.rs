//! Which linked claims really left their place.

/// For each pair, in the order of the new version, whether it moved; `old` are the places in the old version.
///
/// The pairs on a longest increasing run of old places stayed; only the others moved, however many claims came or went
/// around them.
pub(crate) fn moved(old: &[usize]) -> Vec<bool> {
    // Patience sorting: `tails[k]` is the pair that ends the best run of length k + 1 found so far.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; old.len()];
    for (at, place) in old.iter().enumerate() {
        let length = tails.partition_point(|&tail| old[tail] < *place);
        before[at] = length.checked_sub(1).map(|shorter| tails[shorter]);
        match tails.get_mut(length) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut moved = vec![true; old.len()];
    let mut on_run = tails.last().copied();
    while let Some(at) = on_run {
        moved[at] = false;
        on_run = before[at];
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_left_its_place_moved() {
        assert_eq!(moved(&[0, 1, 2]), [false, false, false]);
        assert_eq!(moved(&[3, 0, 1, 2]), [true, false, false, false]);
        assert_eq!(moved(&[0, 2, 3, 1, 4]), [false, false, false, true, false]);
        assert!(moved(&[]).is_empty());
    }
}
