//! Quotation marks in any disorder: what is told to be quoted lies inside a block, in order and without overlap.
//!
//! The first byte chooses the language; each byte after it one mark, word or break. So the fuzzer need not find out
//! how a mark is written in UTF-8.
#![no_main]

use isnad_core::{Article, LanguagePack, Span, content_facets};
use libfuzzer_sys::fuzz_target;

const PIECES: [&str; 32] = [
    "\"", "“", "”", "„", "‟", "«", "»", "‹", "›", "'", "‘", "’", "‚", "`", "(", ")", "((", "))", " ", " ", " ", "\n",
    ".", ",", ":", "word", "Name", "وقال", "ب", "6", "s", "\u{200f}",
];

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let languages: Vec<_> = LanguagePack::builtin_languages().collect();
    let language = languages[usize::from(*first) % languages.len()];
    let Some(pack) = LanguagePack::builtin(language) else { return };
    let text: String = rest.iter().map(|byte| PIECES[usize::from(*byte) % PIECES.len()]).collect();
    let article = Article::from_text(text, Some(language));

    let whole = Span::new(0, article.text().len());
    let mut end = 0;
    for quoted in content_facets(&article, pack, &[whole]).quoted {
        assert!(end <= quoted.start && quoted.start < quoted.end, "{quoted:?} after {end}");
        assert!(article.text().get(quoted.start..quoted.end).is_some());
        assert!(article.block_at(quoted.start).is_some_and(|block| block.span.contains(quoted)));
        end = quoted.end;
    }
});
