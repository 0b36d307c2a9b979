//! In which respects two forms of one claim differ, read from what changed and never from a score.
//!
//! The facets of the content are read place by place: each takes from a place the words it explains, in the order below; what
//! nobody explains is extent or wording. The facets of the attribution and the speaker compare labels.

mod channel;
mod date;
mod directness;
mod extent;
mod hedge;
mod open;
mod pair;
mod polarity;
mod quantity;
mod quote;
mod realised;
mod referent;
mod source;
mod spelling;
mod stance;
#[cfg(test)]
pub(crate) mod testing;
mod turned;
mod wording;

use serde::Serialize;

use crate::change::{Detail, Facet};
use open::Open;
pub(crate) use pair::{Form, Hunk, Pair};

/// What was read: facets in their order, and what each was and is.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) facets: Vec<Facet>,
    pub(crate) details: Vec<Detail>,
}

impl Reading {
    /// Notes that `facet` was `old` and is `new`.
    fn note(&mut self, facet: Facet, old: Option<String>, new: Option<String>) {
        self.facets.push(facet);
        self.details.push(Detail { facet, old, new });
    }

    fn has(&self, facet: Facet) -> bool {
        self.facets.contains(&facet)
    }
}

/// Reads every facet but place, in the order of the data contract.
pub(crate) fn read<'p>(pair: &'p Pair<'p>) -> Reading {
    let mut reading = Reading::default();
    content(pair, &mut reading);
    polarity::read(pair, &mut reading);
    channel::read(pair, &mut reading);
    stance::read(pair, &mut reading);
    directness::read(pair, &mut reading);
    realised::read(pair, &mut reading);
    source::read(pair, &mut reading);
    if reading.facets.is_empty() {
        spelling::read(pair, &mut reading);
    }
    reading.facets.sort_unstable();
    reading.facets.dedup();
    reading.details.sort_by_key(|detail| detail.facet);
    reading
}

/// The facets of the content.
fn content<'p>(pair: &'p Pair<'p>, reading: &mut Reading) {
    let mut places: Vec<Open<'p>> = pair.hunks.iter().map(|hunk| Open::new(pair, hunk)).collect();
    for place in &mut places {
        quote::read(place, reading);
        date::read(place, reading);
        quantity::read(place, reading);
        polarity::negation(place, reading);
        hedge::read(place, reading);
    }
    if places.is_empty() {
        return;
    }
    let answers = pair.answers();
    quantity::across(pair, reading);
    turned::read(&mut places, &answers, reading);
    referent::read(&mut places, &answers, reading);
    for place in &mut places {
        extent::read(place, &answers, reading);
        wording::read(place, reading);
    }
}

/// The name under which a label is serialised.
fn name(label: &impl Serialize) -> Option<String> {
    match toml::Value::try_from(label) {
        Ok(toml::Value::String(name)) => Some(name),
        _ => None,
    }
}
