//! Lists who says what in the articles given as files: a line a claim, for spreadsheets and `grep`.
//!
//! `cargo run -p isnad-core --example who_says_what -- en article.txt …`

use std::io::{self, Write};

use isnad_core::{Article, Language, LanguagePack, Polarity, extract};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let language: Language = arguments.next().ok_or("usage: who_says_what LANGUAGE FILE…")?.parse()?;
    let mut output = io::stdout().lock();
    for file in arguments {
        for row in rows(&std::fs::read_to_string(&file)?, language)? {
            writeln!(output, "{file}\t{}", row.join("\t"))?;
        }
    }
    Ok(())
}

/// For each claim: the speaker, the verb with its polarity, and what is claimed.
fn rows(text: &str, language: Language) -> Result<Vec<[String; 3]>, Box<dyn std::error::Error>> {
    let pack = LanguagePack::builtin(language).ok_or("there is no pack for this language")?;
    let article = Article::from_text(text, Some(language));
    let row = |claim: isnad_core::Claim| {
        let speaker = claim.source.and_then(|source| source.speaker).unwrap_or_else(|| "?".to_owned());
        let verb = claim.cue.map_or_else(|| "–".to_owned(), |cue| cue.lemma);
        let verb = match claim.polarity {
            Polarity::Affirmed => verb,
            Polarity::Denied => format!("{verb} (denied)"),
            Polarity::Withheld => format!("{verb} (not said)"),
        };
        [speaker, verb, claim.content.text]
    };
    Ok(extract(&article, pack).into_iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_names_speaker_verb_and_content() {
        let rows = rows("Anna Berg denied that it rained. She added that it snowed.", Language::ENGLISH).unwrap();
        assert_eq!(rows[0], ["Anna Berg", "deny (denied)", "it rained"]);
        assert_eq!(rows[1], ["Anna Berg", "add", "it snowed"]);
    }
}
