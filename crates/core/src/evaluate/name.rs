//! Whether two names of speakers mean the same one.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::text::{PassedOver, words};

/// Whether the names share half of the words of the shorter one, titles and articles left out.
pub(super) fn same_speaker(one: &str, other: &str) -> bool {
    let (one, other) = (name_words(one), name_words(other));
    let shorter = one.len().min(other.len());
    let shared = one.intersection(&other).count();
    shorter > 0 && shared > 0 && 2 * shared >= shorter
}

/// The words that tell a speaker apart, in one spelling.
fn name_words(name: &str) -> HashSet<String> {
    let lists = PassedOver::builtin();
    let folded: String = (name.chars().flat_map(char::to_lowercase))
        .filter_map(|character| match character {
            'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
            'ى' => Some('ي'),
            'ة' => Some('ه'),
            'ـ' => None,
            'ς' => Some('σ'),
            other => Some(other),
        })
        .nfkd()
        .filter(|character| canonical_combining_class(*character) == 0)
        .collect::<String>()
        .replace('ß', "ss");
    let without_article = |word: &str| {
        let bare = lists.articles.iter().find_map(|article| word.strip_prefix(article.as_str()));
        bare.filter(|bare| bare.chars().count() >= SHORTEST).unwrap_or(word).to_owned()
    };
    words(&folded).map(|span| without_article(span.of(&folded))).filter(|word| !lists.titles.contains(word)).collect()
}

/// Letters that must remain of a word without its article.
const SHORTEST: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_shorter_name_is_enough() {
        assert!(same_speaker("Anna Berg", "Berg"));
        assert!(same_speaker("The minister, Anna Berg", "Ms. Berg of the harbour board"));
        assert!(!same_speaker("Anna Berg", "Paul Lund"));
        assert!(!same_speaker("the minister", "the minister"), "titles alone tell nobody apart");
        assert!(!same_speaker("Anna Maria Berg", "Paul Lund Berg"));
    }

    #[test]
    fn spelling_and_articles_make_no_other_speaker() {
        assert!(same_speaker("أحمد الحارثي", "احمد حارثي"));
        assert!(same_speaker("وزارة الصحة", "الصحه"));
        assert!(same_speaker("Müller", "MULLER"));
    }
}
