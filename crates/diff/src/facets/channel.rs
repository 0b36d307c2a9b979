//! Through what the words came: a carrier or medium.

use isnad_core::Claim;

use super::{Pair, Reading};
use crate::change::Facet;
use crate::key;

/// Notes another channel, or one that came or went.
pub(super) fn read(pair: &Pair<'_>, reading: &mut Reading) {
    let text = |claim: &Claim| claim.channel.as_ref().map(|channel| channel.text.clone());
    let (old, new) = (text(pair.old.claim), text(pair.new.claim));
    let key = |text: &Option<String>| text.as_deref().map(|text| key::key_of(text, pair.pack));
    if key(&old) != key(&new) {
        reading.note(Facet::Channel, old, new);
    }
}

#[cfg(test)]
mod tests {
    use isnad_core::{Claim, Passage};

    use super::super::testing::{compared, names};
    use crate::change::Facet::{self, Channel};

    fn read(language: &str, old: Option<&str>, new: Option<&str>) -> Vec<Facet> {
        let via = |text: Option<&str>| {
            let channel = text.map(|text| Passage { text: text.to_owned(), spans: Vec::new() });
            move |claim: &mut Claim| claim.channel.clone_from(&channel)
        };
        names(&compared(language, ("x", via(old)), ("x", via(new))))
    }

    #[test]
    fn another_channel_or_one_that_came_or_went_is_told() {
        assert_eq!(read("en", Some("in a statement"), Some("on its website")), [Channel]);
        assert_eq!(read("ar", None, Some("في بيان")), [Channel]);
        assert_eq!(read("de", Some("dem Sender"), None), [Channel]);
        assert_eq!(read("fr", Some("à la radio"), Some("au journal")), [Channel]);
    }

    #[test]
    fn the_same_channel_spelt_otherwise_is_none() {
        assert_eq!(read("ar", Some("لوكالة الأنباء"), Some("لوكالة الانباء")), []);
    }
}
