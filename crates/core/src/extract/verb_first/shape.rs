//! What the shape of a word tells where no list has it.

use crate::extract::block::{BlockLayers, Range};
use crate::language::arabic::{Proclitics, is_definite};

/// Whether the word at `at` has its article: «إلكه» only looks as if it had.
pub(super) fn has_article(block: &BlockLayers<'_>, at: usize) -> bool {
    let raw = block.raw(Range::new(at, at + 1));
    is_definite(block.tokens.word(at)) && !raw.starts_with(['إ', 'أ', 'آ'])
}

/// Whether a conjunction is written on to the word at `at`.
pub(super) fn is_joined(block: &BlockLayers<'_>, at: usize) -> bool {
    block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION))
        || (block.tokens.classes(at).is_empty() && block.tokens.word(at).starts_with('و'))
}

/// Whether a word has the ending of an adjective of belonging: «الأوروبي», «المالية».
pub(super) fn is_relational(word: &str) -> bool {
    word.chars().count() > 4 && (word.ends_with('ي') || word.ends_with("ية"))
}

/// Whether a word has the ending of a plural that owns nothing: «ناشطون»; before an owner it would drop its nun.
pub(super) fn is_closed_plural(word: &str) -> bool {
    word.chars().count() > 4 && (word.ends_with("ون") || word.ends_with("ين"))
}

/// «معجبو الفنان», «مسؤولو الوزارة»: a plural that must have an owner.
pub(super) fn is_open_plural(word: &str) -> bool {
    word.chars().count() > 4 && word.ends_with('و')
}

/// Whether a word only begins or joins parts of a name.
pub(super) fn is_particle_of_name(word: &str) -> bool {
    matches!(word, "عبد" | "ابو" | "ابي" | "ام" | "بن" | "ابن" | "بنت" | "بني" | "بنو" | "ال" | "ذو")
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_block;
    use super::*;

    #[test]
    fn a_hamza_tells_a_name_from_an_article() {
        assert!(with_block("الكاتب", |block| has_article(block, 0)));
        assert!(!with_block("إلكه", |block| has_article(block, 0)));
    }

    #[test]
    fn endings_tell_adjectives_and_plurals() {
        assert!(is_relational("المالية") && !is_relational("المال"));
        assert!(is_closed_plural("ناشطون") && !is_closed_plural("ناشط"));
        assert!(is_open_plural("مسؤولو") && !is_open_plural("مسؤول"));
    }
}
