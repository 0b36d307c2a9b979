//! The speaker: another one, named or not, or with another title.

use isnad_core::{Claim, SourceKind, WordClass, WordClasses};
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
        () if is_same(&old_words, &new_words) => Facet::Role,
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
