//! Marks the claims of an article in HTML: the content of each, with its speaker in a tooltip.
//!
//! `cargo run -p isnad-core --example highlight -- ar < article.txt > article.html`

use std::io::{self, Read, Write};

use isnad_core::{Article, Claim, Direction, Language, LanguagePack, Span, extract};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let language: Language = std::env::args().nth(1).ok_or("usage: highlight LANGUAGE < ARTICLE")?.parse()?;
    let pack = LanguagePack::builtin(language).ok_or("there is no pack for this language")?;
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    let article = Article::from_text(text, Some(language));
    let direction = match language.direction() {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    let body = highlighted(&article, &extract(&article, pack));
    writeln!(io::stdout().lock(), "<!doctype html>\n<body dir=\"{direction}\" lang=\"{language}\">\n{body}</body>")?;
    Ok(())
}

/// The article as paragraphs, the contents of its outermost claims marked.
fn highlighted(article: &Article, claims: &[Claim]) -> String {
    let outermost = claims.iter().filter(|claim| claim.nested_in.is_none());
    let mut marks: Vec<(Span, &Claim)> =
        outermost.flat_map(|claim| claim.content.spans.iter().map(move |span| (*span, claim))).collect();
    marks.sort_by_key(|(span, _)| span.start);
    let mut marks = marks.into_iter().peekable();
    let mut html = String::new();
    for block in article.blocks() {
        let text = |from: usize, to: usize| escaped(Span::new(from, to).of(article.text()));
        let mut at = block.span.start;
        html.push_str("<p>");
        while let Some((span, claim)) = marks.next_if(|(span, _)| span.start < block.span.end) {
            // A claim that begins inside the one before, or goes on in the next paragraph, keeps its part here.
            let (start, end) = (span.start.max(at), span.end.min(block.span.end));
            let speaker = claim.source.as_ref().and_then(|source| source.speaker.as_deref()).unwrap_or("?");
            if start < end {
                let before = text(at, start);
                html.push_str(&format!("{before}<mark title=\"{}\">{}</mark>", escaped(speaker), text(start, end)));
                at = end;
            }
        }
        html.push_str(&text(at, block.span.end));
        html.push_str("</p>\n");
    }
    html
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_marked_and_nothing_of_the_text_is_lost() {
        let article = Article::from_text(
            "Anna Berg said that the bridge & the port are safe. It rained.",
            Some(Language::ENGLISH),
        );
        let claims = extract(&article, LanguagePack::builtin(Language::ENGLISH).unwrap());
        let html = highlighted(&article, &claims);
        assert_eq!(
            html,
            "<p>Anna Berg said that <mark title=\"Anna Berg\">the bridge &amp; the port are safe</mark>. It rained.</p>\n"
        );
    }
}
