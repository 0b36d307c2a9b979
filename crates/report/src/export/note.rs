//! A note for editors in Markdown: what changed in an article, most severe first.

use std::fmt::Write;

use isnad_core::{Claim, Polarity};
use isnad_diff::{Change, Facet, Severity, WordOp};
use isnad_store::Event;

use crate::dossier::{Dossier, Thread, speaker, verb};
use crate::phrase::Piece;
use crate::shown::{LONGEST_CLAIM, LONGEST_NAME, cut, link, made_visible};
use crate::texts::Texts;
use crate::view::card::told;
use crate::when::between;

/// The note on an article.
#[must_use]
pub fn note(dossier: &Dossier, texts: &Texts) -> String {
    let mut out = String::new();
    let article = &dossier.article;
    let title =
        article.title.as_deref().map_or_else(|| texts.word("page", "untitled").to_owned(), |t| plain(t, LONGEST_NAME));
    let mut line = |text: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{text}");
    };
    line(format!("# {title}\n"));
    match article.url.as_deref().and_then(link) {
        Some(url) => line(format!("<{url}>\n")),
        None => line(format!("{}\n", plain(&article.key, LONGEST_NAME))),
    }
    for (key, number) in [("captures", article.captures), ("versions", article.versions), ("changes", article.changes)]
    {
        line(format!("- {}: {number}", texts.word("head", key)));
    }
    line(String::new());
    let mut events: Vec<&Event> = dossier.threads.iter().flat_map(Thread::changes).collect();
    events.sort_by_key(|event| (std::cmp::Reverse(event.severity), event.not_after.time, event.id));
    for severity in [Severity::High, Severity::Medium, Severity::Low] {
        let mut of_severity = events.iter().filter(|event| event.severity == severity).peekable();
        if of_severity.peek().is_some() {
            line(format!("## {}: {}\n", texts.word("filter", "severity"), texts.name("severity", &severity)));
        }
        of_severity.for_each(|event| line(entry(event, texts)));
    }
    line(texts.word("page", "times").to_owned());
    out
}

/// A change as an item of a list.
fn entry(event: &Event, texts: &Texts) -> String {
    let change = &event.change;
    let claim = change.new.as_ref().or(change.old.as_ref());
    let name = claim.and_then(speaker);
    let name = name.map_or_else(|| texts.word("claims", "nobody").to_owned(), |name| plain(name, LONGEST_NAME));
    let how = claim.map(|claim| attributed(claim, texts)).unwrap_or_default();
    let status = texts.name("status", &event.status);
    let facets: Vec<String> = change.facets.iter().map(|facet| told_facet(change, *facet, texts)).collect();
    let (item, sentence) = (texts.word("list", "item"), texts.word("list", "sentence"));
    let facets = if facets.is_empty() { String::new() } else { format!(" ({})", facets.join(sentence)) };
    let silent = texts.word("claims", if change.declared { "declared" } else { "silent" });
    let when = between(event.not_before.time, event.not_after.time, texts);
    let mut out =
        format!("- **{name}**{how} — {status}{facets}{item}{when}{sentence}{silent}\n\n  > {}\n", words(event));
    for candidate in &change.candidates {
        let _ = writeln!(out, "  {} {}", texts.word("claims", "may_be"), plain(&candidate.content.text, LONGEST_CLAIM));
    }
    out
}

/// By what words a claim is attributed, and whether it is denied or withheld: without them a denial reads as if it were said.
fn attributed(claim: &Claim, texts: &Texts) -> String {
    let cue = verb(claim);
    let verb = cue.map(|cue| format!(", *{}*", plain(&cue.text, LONGEST_NAME)));
    let polarity =
        (claim.polarity != Polarity::Affirmed).then(|| format!(" ({})", texts.name("polarity", &claim.polarity)));
    verb.unwrap_or_default() + &polarity.unwrap_or_default()
}

/// A facet with what it was and what it is.
fn told_facet(change: &Change, facet: Facet, texts: &Texts) -> String {
    let details = change.details.iter().filter(|detail| detail.facet == facet).filter_map(|detail| told(detail, texts));
    let words = |piece: Piece| if piece.foreign { plain(&piece.words.text, LONGEST_NAME) } else { piece.words.text };
    let details: Vec<String> = details.map(|phrase| phrase.0.into_iter().map(words).collect()).collect();
    let name = texts.name("facet", &facet);
    if details.is_empty() { name } else { format!("{name}: {}", details.join(texts.word("list", "item"))) }
}

/// The words of a change: those that went struck out, those that came in bold.
fn words(event: &Event) -> String {
    let change = &event.change;
    if change.old.is_none() || change.new.is_none() || change.words.iter().all(|run| run.op == WordOp::Equal) {
        let claim = change.new.as_ref().or(change.old.as_ref());
        return claim.map(|claim| plain(&claim.content.text, LONGEST_CLAIM)).unwrap_or_default();
    }
    let mut out = String::new();
    for run in &change.words {
        let text = plain(&run.text, LONGEST_CLAIM);
        let mark = match run.op {
            WordOp::Equal => "",
            WordOp::Delete => "~~",
            WordOp::Insert => "**",
        };
        let bare = text.trim();
        let spaced = |before: bool| if before { " " } else { "" };
        let (start, end) = (run.text.starts_with(char::is_whitespace), run.text.ends_with(char::is_whitespace));
        match bare.is_empty() {
            true => out.push(' '),
            false => out.push_str(&format!("{}{mark}{bare}{mark}{}", spaced(start), spaced(end))),
        }
    }
    out.trim().to_owned()
}

/// Foreign words on one line, with nothing that Markdown or HTML would obey.
fn plain(text: &str, most: usize) -> String {
    let (kept, left_out) = cut(text, most);
    let mut out = String::with_capacity(kept.len());
    for character in made_visible(kept).split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(
            character,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '<'
                | '>'
                | '('
                | ')'
                | '#'
                | '+'
                | '-'
                | '.'
                | '!'
                | '|'
                | '~'
                | '&'
                | '='
                | ':'
        ) {
            out.push('\\');
        }
        out.push(character);
    }
    if left_out > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_is_obeyed() {
        assert_eq!(
            plain("<b>*x*</b>\n# [y](javascript:z)", 99),
            "\\<b\\>\\*x\\*\\</b\\> \\# \\[y\\]\\(javascript\\:z\\)"
        );
        assert_eq!(plain("abc", 2), "ab…");
    }
}
