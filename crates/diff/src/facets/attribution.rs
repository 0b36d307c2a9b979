//! Facets of the attribution: polarity, channel, stance, directness, realised.

use isnad_core::{Claim, Cue, Polarity};
use serde::Serialize;

use super::{Pair, Reading};
use crate::change::Facet;
use crate::key;

pub(super) fn read(pair: &Pair<'_>, reading: &mut Reading) {
    polarity(pair, reading);
    channel(pair, reading);
    stance(pair, reading);
    directness(pair, reading);
    realised(pair, reading);
}

/// Affirmed, denied or withheld.
fn polarity(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (pair.old.claim.polarity, pair.new.claim.polarity);
    if old != new {
        reading.note(Facet::Polarity, name(&old), name(&new));
    }
}

/// The carrier or medium.
fn channel(pair: &Pair<'_>, reading: &mut Reading) {
    let text = |claim: &Claim| claim.channel.as_ref().map(|channel| channel.text.clone());
    let (old, new) = (text(pair.old.claim), text(pair.new.claim));
    let key = |text: &Option<String>| text.as_deref().map(|text| key::key_of(text, pair.pack));
    if key(&old) != key(&new) {
        reading.note(Facet::Channel, old, new);
    }
}

/// Another verb of saying. The same verb in another tense, or negated, is none.
fn stance(pair: &Pair<'_>, reading: &mut Reading) {
    let (Some(old), Some(new)) = (&pair.old.claim.cue, &pair.new.claim.cue) else { return };
    // Words that only introduce what is quoted (a colon, a preposition) take no stand of their own.
    let says = |cue: &Cue| cue.lemma.chars().any(char::is_alphabetic);
    if says(old) && says(new) && (old.lemma != new.lemma || old.stance != new.stance) {
        reading.note(Facet::Stance, Some(old.text.clone()), Some(new.text.clone()));
    }
}

/// Marks gained or lost.
fn directness(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (pair.old.claim.kind, pair.new.claim.kind);
    if old != new {
        reading.note(Facet::Directness, name(&old), name(&new));
    }
}

/// Said, or only expected to be.
fn realised(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (pair.old.claim.realised, pair.new.claim.realised);
    if old != new && pair.old.claim.polarity != Polarity::Withheld {
        let name = |realised: bool| Some(if realised { "said" } else { "expected" }.to_owned());
        reading.note(Facet::Realised, name(old), name(new));
    }
}

/// The name under which a label is serialised.
fn name(label: &impl Serialize) -> Option<String> {
    match toml::Value::try_from(label) {
        Ok(toml::Value::String(name)) => Some(name),
        _ => None,
    }
}
