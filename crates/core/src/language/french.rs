//! What only French needs of words: elided words are cut from the word they are written on to.

use crate::span::Span;

/// Words whose last vowel an apostrophe stands for: «l'», «qu'», «jusqu'».
const ELIDED: [&str; 13] = ["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// The longest of [`ELIDED`], in bytes.
const LONGEST_ELIDED: usize = 6;

/// Cuts the pieces of a text after elided words: «qu’il» is two words, and so is «l’« accord »», whose apostrophe
/// Unicode takes for a mark.
pub(crate) struct Elisions<'t, F: FnMut(Span)> {
    text: &'t str,
    found: F,
    /// An elidable word that an apostrophe may still follow.
    waiting: Option<Span>,
}

impl<'t, F: FnMut(Span)> Elisions<'t, F> {
    pub(crate) fn new(text: &'t str, found: F) -> Self {
        Self { text, found, waiting: None }
    }

    /// Reads the next piece of the text.
    pub(crate) fn read(&mut self, piece: Span) {
        let word = piece.of(self.text);
        if let Some(before) = self.waiting.take() {
            if before.end == piece.start && matches!(word, "'" | "’") {
                (self.found)(Span::new(before.start, piece.end));
                return;
            }
            (self.found)(before);
        }
        let cut = piece.start + elided(word).unwrap_or(0);
        if cut > piece.start {
            (self.found)(Span::new(piece.start, cut));
        }
        let rest = Span::new(cut, piece.end);
        match is_elidable(rest.of(self.text)) {
            true => self.waiting = Some(rest),
            false => (self.found)(rest),
        }
    }

    /// Gives out what is left at the end of the text.
    pub(crate) fn finish(mut self) {
        if let Some(last) = self.waiting.take() {
            (self.found)(last);
        }
    }
}

/// The byte offset after the apostrophe of an elided word at the beginning of `word`, if a word follows it.
fn elided(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().find(|(_, character)| matches!(character, '\'' | '’'))?;
    let cut = at + mark.len_utf8();
    (cut < word.len() && is_elidable(&word[..at])).then_some(cut)
}

fn is_elidable(word: &str) -> bool {
    word.len() <= LONGEST_ELIDED && ELIDED.iter().any(|elided| word.eq_ignore_ascii_case(elided))
}

#[cfg(test)]
mod tests {

    fn words(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        crate::token::each_word(text, crate::language::Morphology::French, |span| words.push(span.of(text)));
        words
    }

    #[test]
    fn an_elided_word_is_a_word_of_its_own() {
        assert_eq!(words("qu’il l'a dit"), ["qu’", "il", "l'", "a", "dit"]);
        assert_eq!(words("Jusqu'au bout d'1,5 km"), ["Jusqu'", "au", "bout", "d'", "1,5", "km"]);
    }

    #[test]
    fn an_apostrophe_before_a_mark_belongs_to_its_word() {
        assert_eq!(words("l'« accord »"), ["l'", "«", "accord", "»"]);
        assert_eq!(words("dit qu’“il part”"), ["dit", "qu’", "“", "il", "part", "”"]);
    }

    #[test]
    fn words_with_an_apostrophe_of_their_own_stay_whole() {
        assert_eq!(words("aujourd'hui quelqu’un O'Brien"), ["aujourd'hui", "quelqu’un", "O'Brien"]);
    }
}
