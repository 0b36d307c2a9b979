//! The speaker: another one, named or not, or with another title.

use isnad_core::{Claim, LanguagePack, SourceKind, WordClass, WordClasses};
use rustc_hash::FxHashSet;

use super::{Pair, Reading};
use crate::change::Facet;
use crate::key::{self, KeyWord};

/// Words that tell what somebody is, not who.
const DESCRIPTIVE: WordClasses = WordClasses::of(&[
    WordClass::Title,
    WordClass::TitleMasculine,
    WordClass::TitleFeminine,
    WordClass::Person,
    WordClass::Anonymous,
    WordClass::Group,
    WordClass::Organisation,
    WordClass::Document,
    WordClass::Determiner,
    WordClass::Preposition,
    WordClass::Coordinator,
    WordClass::Function,
    WordClass::Adjective,
    WordClass::Noun,
]);

/// Given names.
const GIVEN: WordClasses = WordClasses::of(&[WordClass::NameMasculine, WordClass::NameFeminine]);

/// Notes a change of the resolved speaker: `anonymity` if a name came or went, `role` if the same one is described
/// otherwise, else `source`.
pub(super) fn read(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (speaker(pair.old.claim), speaker(pair.new.claim));
    let (Some(old_name), Some(new_name)) = (&old, &new) else {
        if old != new {
            reading.note(Facet::Source, old, new);
        }
        return;
    };
    let (old_words, new_words) = (key::words(old_name, 0, pair.pack), key::words(new_name, 0, pair.pack));
    let keys = |words: &[KeyWord]| words.iter().map(|word| word.key.clone()).collect::<FxHashSet<_>>();
    if keys(&old_words) == keys(&new_words) {
        return;
    }
    let unnamed = |claim: &Claim| claim.source.as_ref().is_some_and(|source| source.kind == SourceKind::Anonymous);
    let facet = match () {
        () if unnamed(pair.old.claim) != unnamed(pair.new.claim) => Facet::Anonymity,
        () if is_same(&old_words, &new_words) && !are_namesakes(old_name, new_name, pair.pack) => Facet::Role,
        () => Facet::Source,
    };
    reading.note(facet, old, new);
}

/// The speaker, or the source as written where no speaker could be told.
fn speaker(claim: &Claim) -> Option<String> {
    let source = claim.source.as_ref()?;
    source.speaker.clone().or_else(|| (!source.text.is_empty()).then(|| source.text.clone()))
}

/// Whether two descriptions share the names in them; without names, whether one holds the other.
fn is_same(old: &[KeyWord], new: &[KeyWord]) -> bool {
    let names = |words: &[KeyWord]| {
        let named = words.iter().filter(|word| !word.classes.any(DESCRIPTIVE));
        named.map(|word| word.key.clone()).collect::<FxHashSet<_>>()
    };
    let (old_names, new_names) = (names(old), names(new));
    if old_names.is_empty() || new_names.is_empty() {
        let all = |words: &[KeyWord]| words.iter().map(|word| word.key.clone()).collect::<FxHashSet<_>>();
        let (old, new) = (all(old), all(new));
        return old.is_subset(&new) || new.is_subset(&old);
    }
    let shared = old_names.intersection(&new_names).count();
    shared * 2 >= old_names.len().min(new_names.len()).max(1)
}

/// Whether two names share a word and go on otherwise, or have other given names: `John Smith`, `Jane Smith`, `John Brown`.
///
/// Titles stand before a name and descriptions between commas, so only what follows a shared word directly is a name.
fn are_namesakes(old: &str, new: &str, pack: &LanguagePack) -> bool {
    let parts = |name: &str| name.split([',', '،']).map(|part| key::words(part, 0, pack)).collect::<Vec<_>>();
    let (old, new) = (parts(old), parts(new));
    let keys = |parts: &[Vec<KeyWord>]| parts.iter().flatten().map(|word| word.key.clone()).collect::<FxHashSet<_>>();
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let differs = |parts: &[Vec<KeyWord>], other: &FxHashSet<String>| {
        parts.iter().any(|part| {
            let own = |at: usize| part.get(at).is_some_and(|word| !other.contains(&word.key));
            let name = |at: usize| part.get(at).is_some_and(|word| !word.classes.any(DESCRIPTIVE));
            let goes_on = |at: usize| at > 0 && name(at) && name(at - 1) && !own(at - 1);
            (0..part.len()).any(|at| own(at) && (goes_on(at) || part.get(at).is_some_and(|w| w.classes.any(GIVEN))))
        })
    };
    differs(&old, &new_keys) && differs(&new, &old_keys)
}

#[cfg(test)]
mod tests {
    use isnad_core::{Claim, SourceKind};

    use super::super::testing::{compared, names, speaker};
    use crate::change::Facet::{self, Anonymity, Role, Source};

    type Who = (&'static str, SourceKind);

    fn read(language: &str, old: Who, new: Who) -> Vec<Facet> {
        let with = |(name, kind): Who| move |claim: &mut Claim| speaker(claim, name, kind);
        names(&compared(language, ("x", with(old)), ("x", with(new))))
    }

    const PERSON: SourceKind = SourceKind::Person;
    const UNNAMED: SourceKind = SourceKind::Anonymous;

    #[test]
    fn another_speaker_is_another_source() {
        assert_eq!(read("en", ("Mayor Ada Quill", PERSON), ("Governor Jonas Peck", PERSON)), [Source]);
        assert_eq!(read("ar", ("محافظ الرملة جواد الخطيب", PERSON), ("وزير الداخلية نديم الأشقر", PERSON)), [Source]);
        assert_eq!(read("de", ("Bürgermeisterin Ada Quill", PERSON), ("Minister Jonas Peck", PERSON)), [Source]);
        assert_eq!(read("fr", ("le maire Paul Quille", PERSON), ("le ministre Jean Pècle", PERSON)), [Source]);
    }

    #[test]
    fn two_people_who_share_a_name_are_two() {
        assert_eq!(read("en", ("John Smith", PERSON), ("Jane Smith", PERSON)), [Source]);
        assert_eq!(read("en", ("John Smith", PERSON), ("John Brown", PERSON)), [Source]);
        assert_eq!(read("ar", ("محمد جابر", PERSON), ("خالد جابر", PERSON)), [Source]);
        assert_eq!(read("en", ("Smith", PERSON), ("John Smith", PERSON)), [Role]);
        assert_eq!(read("en", ("Ada Quill, an analyst", PERSON), ("Ada Quill, an economist", PERSON)), [Role]);
    }

    #[test]
    fn a_name_given_or_taken_is_anonymity() {
        assert_eq!(read("en", ("an official", UNNAMED), ("Tomas Reyle", PERSON)), [Anonymity]);
        assert_eq!(read("ar", ("الممرضة هالة زين", PERSON), ("ممرضة في المستشفى", UNNAMED)), [Anonymity]);
        assert_eq!(read("de", ("ein Beamter", UNNAMED), ("Jonas Peck", PERSON)), [Anonymity]);
        assert_eq!(read("fr", ("Jean Pècle", PERSON), ("un responsable", UNNAMED)), [Anonymity]);
    }

    #[test]
    fn another_title_of_the_same_one_is_a_role() {
        assert_eq!(
            read("en", ("Commissioner Rufus Tamblyn", PERSON), ("Former commissioner Rufus Tamblyn", PERSON)),
            [Role]
        );
        assert_eq!(read("ar", ("المتحدث باسم البلدية إياد حمود", PERSON), ("رئيس البلدية إياد حمود", PERSON)), [Role]);
        assert_eq!(read("de", ("Minister Jonas Peck", PERSON), ("Sprecher Jonas Peck", PERSON)), [Role]);
        assert_eq!(read("fr", ("le maire Paul Quille", PERSON), ("le ministre Paul Quille", PERSON)), [Role]);
    }
}
