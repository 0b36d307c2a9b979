//! Said, or only expected to be said.

use isnad_core::Polarity;

use super::{Pair, Reading};
use crate::change::Facet;

/// Notes a saying that came true, or is in doubt again.
pub(super) fn read(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (pair.old.claim, pair.new.claim);
    let withheld = old.polarity == Polarity::Withheld || new.polarity == Polarity::Withheld;
    if old.realised != new.realised && !withheld {
        let name = |realised: bool| Some(if realised { "said" } else { "expected" }.to_owned());
        reading.note(Facet::Realised, name(old.realised), name(new.realised));
    }
}

#[cfg(test)]
mod tests {
    use isnad_core::Claim;

    use super::super::testing::{compared, names};
    use crate::change::Facet::Realised;

    #[test]
    fn expected_that_became_said_is_told_both_ways() {
        let expected = |claim: &mut Claim| claim.realised = false;
        assert_eq!(names(&compared("en", ("x", expected), ("x", |_| {}))), [Realised]);
        assert_eq!(names(&compared("ar", ("س", |_| {}), ("س", expected))), [Realised]);
    }
}
