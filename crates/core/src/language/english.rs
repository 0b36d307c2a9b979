//! What only English needs: the endings of its nouns.

/// Whether a word has the ending of a noun in the plural: `records`, and not `address`, `virus`, `crisis`.
pub(crate) fn is_plural_noun(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_told_from_words_that_only_end_alike() {
        assert!(["records", "officers", "soldiers"].into_iter().all(is_plural_noun));
        assert!(!["record", "across", "virus", "crisis", "as", "was"].into_iter().any(is_plural_noun));
    }
}
