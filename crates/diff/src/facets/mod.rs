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

use isnad_core::{Claim, LanguagePack, SourceKind, Stance};
use serde::Serialize;

use crate::change::{Detail, Facet, Version};
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

/// Whether two forms have the same letters and labels, so that no facet can differ. Most claims of most versions have.
pub(crate) fn are_written_alike(old: &Claim, new: &Claim) -> bool {
    fn cue(claim: &Claim) -> Option<(&str, &str, Stance)> {
        claim.cue.as_ref().map(|cue| (cue.text.as_str(), cue.lemma.as_str(), cue.stance))
    }
    fn source(claim: &Claim) -> Option<(&str, SourceKind, Option<&str>)> {
        claim.source.as_ref().map(|source| (source.text.as_str(), source.kind, source.speaker.as_deref()))
    }
    fn channel(claim: &Claim) -> Option<&str> {
        claim.channel.as_ref().map(|channel| channel.text.as_str())
    }
    old.content.text == new.content.text
        && (old.kind, old.polarity, old.realised) == (new.kind, new.polarity, new.realised)
        && old.quoted.len() == new.quoted.len()
        && cue(old) == cue(new)
        && source(old) == source(new)
        && channel(old) == channel(new)
}

/// Reads every facet but place of two forms of a claim, in the order of the data contract.
///
/// Where words differ can be seen in several ways. The forms are always read in the same order, whichever is the older,
/// so that going back tells the same as going on.
pub(crate) fn of_forms(old: (Version<'_>, &Claim), new: (Version<'_>, &Claim), pack: &LanguagePack) -> Reading {
    if old.1.content.text <= new.1.content.text {
        return read(&Pair::new(old, new, pack));
    }
    let mut reading = read(&Pair::new(new, old, pack));
    for detail in &mut reading.details {
        std::mem::swap(&mut detail.old, &mut detail.new);
    }
    reading
}

/// Reads every facet but place, in the order of the data contract.
fn read<'p>(pair: &'p Pair<'p>) -> Reading {
    let mut reading = Reading::default();
    content(pair, &mut reading);
    polarity::read(pair, &mut reading);
    channel::read(pair, &mut reading);
    stance::read(pair, &mut reading);
    directness::read(pair, &mut reading);
    realised::read(pair, &mut reading);
    source::read(pair, &mut reading);
    if !reading.has(Facet::Quantity) {
        quantity::signs(pair, &mut reading);
    }
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
