//! Adds verbs and words of one's own to a language, and explains what comes of them.
//!
//! `cargo run -p isnad-core --example own_words -- own.toml article.txt`, where `own.toml` begins with `extends = "en"`.

use std::io::{self, Write};

use isnad_core::{Article, LanguagePack, extract_explained};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: own_words PACK ARTICLE";
    let (pack_file, article_file) = (arguments.next().ok_or(usage)?, arguments.next().ok_or(usage)?);
    // A mistake in the pack is told with file, line, entry and reason.
    let pack = LanguagePack::from_toml(&pack_file, &std::fs::read_to_string(&pack_file)?)?;
    let mut output = io::stdout().lock();
    for line in explained(&std::fs::read_to_string(article_file)?, &pack) {
        writeln!(output, "{line}")?;
    }
    Ok(())
}

/// A line for each claim with the grounds of its speaker, and one for each verb that opened none.
fn explained(text: &str, pack: &LanguagePack) -> Vec<String> {
    let article = Article::from_text(text, Some(pack.language()));
    let explanation = extract_explained(&article, pack);
    let mut lines = Vec::new();
    for explained in explanation.claims {
        let claim = explained.claim;
        let speaker = claim.source.and_then(|source| source.speaker).unwrap_or_else(|| "nobody".to_owned());
        lines.push(format!("{speaker}: {} ({})", claim.content.text, claim.rule));
        for candidate in explained.passed_over {
            lines.push(format!("    not {}: {:?}", candidate.name, candidate.verdict));
        }
    }
    for cue in explanation.unused {
        lines.push(format!("no claim at byte {}: {}", cue.span.start, cue.lemma));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "\
extends = \"en\"
[[cue]]
lemma = \"blurt\"
stance = \"reveal\"
frames = [\"clause\"]
past = [\"blurted\"]
";

    #[test]
    fn a_verb_of_ones_own_opens_a_claim() {
        let pack = LanguagePack::from_toml("own.toml", OWN).unwrap();
        let lines = explained("Anna Berg blurted that it rained.", &pack);
        assert_eq!(lines, ["Anna Berg: it rained (en/subject-verb-clause)"]);
    }
}
