//! The names that filters take: those of the data, as they are printed.

/// The stances.
pub(super) const STANCES: [&str; 27] = [
    "report",
    "confirm",
    "deny",
    "doubt",
    "admit",
    "reveal",
    "warn",
    "threaten",
    "accuse",
    "criticise",
    "praise",
    "demand",
    "urge",
    "ask",
    "reply",
    "promise",
    "predict",
    "hope",
    "believe",
    "describe",
    "announce",
    "explain",
    "agree",
    "refuse",
    "decline",
    "thank",
    "deplore",
];

/// The polarities.
pub(super) const POLARITIES: [&str; 3] = ["affirmed", "denied", "withheld"];

/// The facets.
pub(super) const FACETS: [&str; 17] = [
    "quote",
    "quantity",
    "date",
    "referent",
    "polarity",
    "source",
    "anonymity",
    "role",
    "channel",
    "stance",
    "hedge",
    "directness",
    "realised",
    "extent",
    "wording",
    "position",
    "spelling",
];

#[cfg(test)]
mod tests {
    use isnad_core::{Polarity, Stance};
    use isnad_diff::Facet;

    use super::*;
    use crate::output::words::named;

    #[test]
    fn every_name_is_one_of_the_data() {
        assert!(STANCES.iter().all(|name| named::<Stance>(name).is_some()));
        assert!(POLARITIES.iter().all(|name| named::<Polarity>(name).is_some()));
        assert!(FACETS.iter().all(|name| named::<Facet>(name).is_some()));
    }
}
