//! Reads articles as JSON Lines (`{"id", "language", "text"}`) from standard input and writes their claims,
//! one article a line, with offsets in code points: the smallest program around the extractor.
//!
//! `cargo run --release -p isnad-core --example filter < articles.jsonl > claims.jsonl`

use std::io::{BufRead, Write};

use isnad_core::{Article, Claim, Language, LanguagePack, OffsetMap, OffsetUnit, extract};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let language: Language = row["language"].as_str().unwrap_or("en").parse()?;
        let pack = LanguagePack::builtin(language).ok_or("no pack for this language")?;
        let article = Article::from_text(row["text"].as_str().unwrap_or_default(), Some(language));
        let offsets = OffsetMap::new(article.text(), OffsetUnit::CodePoints);
        let claims: Vec<Claim> = extract(&article, pack).iter().map(|claim| claim.with_offsets(&offsets)).collect();
        writeln!(output, "{}", serde_json::json!({ "id": row["id"], "claims": claims }))?;
    }
    Ok(())
}
