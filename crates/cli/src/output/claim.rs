//! Claims for people: who, by what words, and what, with the particulars below.

use std::io::{self, Write};

use isnad_core::{Article, Claim, Direction, Kind, Mode, Passage, Polarity, ResolvedBy, Source, Span, Stance};
use isnad_store::ThreadId;

use super::csv::cell;
use super::place::place;
use super::words::{count, name};
use crate::terminal::{Layout, Paragraph, Role, first_strong};

/// Columns by which what belongs to a claim is set in from its number.
const INDENT: usize = 4;

/// What is needed of an article to show its claims.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    text: &'a str,
    direction: Direction,
    /// Byte offsets after each line break.
    line_starts: Vec<usize>,
    /// Whether the lines are those of the article.
    has_lines: bool,
}

impl<'a> Page<'a> {
    /// Reads the text once for its lines.
    pub(crate) fn new(article: &'a Article) -> Self {
        let text = article.text();
        let direction = article.metadata.language.map_or_else(|| first_strong(text), isnad_core::Language::direction);
        let line_starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { text, direction, line_starts, has_lines: true }
    }

    /// The same of an article of which only the words of its claims are known.
    pub(crate) fn without_lines(article: &'a Article) -> Self {
        Self { has_lines: false, ..Self::new(article) }
    }

    /// The direction in which the article is written.
    pub(crate) fn direction(&self) -> Direction {
        self.direction
    }

    /// The line, from 1, on which the content of `claim` starts, if it is known.
    pub(crate) fn line_of(&self, claim: &Claim) -> Option<usize> {
        let start = claim.content.spans.first()?.start;
        self.has_lines.then(|| self.line_at(start))
    }

    /// The line, from 1, that holds the byte `at`.
    pub(crate) fn line_at(&self, at: usize) -> usize {
        self.line_starts.partition_point(|&line| line <= at) + 1
    }

    /// The content of `claim`, the words inside quotation marks told apart and given their marks.
    pub(crate) fn content(&self, claim: &Claim) -> Vec<(Role, String)> {
        let mut runs = Vec::new();
        for (index, part) in claim.content.spans.iter().enumerate() {
            if index > 0 {
                runs.push((Role::Dim, " … ".to_owned()));
            }
            self.part(*part, &claim.quoted, &mut runs);
        }
        runs
    }

    fn part(&self, part: Span, quoted: &[Span], runs: &mut Vec<(Role, String)>) {
        let mut at = part.start;
        for quotation in quoted.iter().filter(|quotation| quotation.overlaps(part)) {
            let inside = Span::new(quotation.start.max(at), quotation.end.min(part.end));
            runs.push((Role::Plain, Span::new(at, inside.start).of(self.text).to_owned()));
            // A mark at the very edge is not part of the content: show it all the same.
            let before = (inside.start == part.start).then(|| self.mark_before(inside.start));
            let after = (inside.end == part.end).then(|| self.mark_after(inside.end));
            let words = inside.of(self.text);
            let marks = |mark: Option<char>| mark.map(String::from).unwrap_or_default();
            runs.push((Role::Quoted, format!("{}{words}{}", marks(before), marks(after))));
            at = inside.end;
        }
        runs.push((Role::Plain, Span::new(at, part.end).of(self.text).to_owned()));
    }

    fn mark_before(&self, at: usize) -> char {
        let before = self.text.get(..at).unwrap_or_default().trim_end().chars().next_back();
        before.filter(|mark| is_mark(*mark)).unwrap_or(self.usual_marks().0)
    }

    fn mark_after(&self, at: usize) -> char {
        let after = self.text.get(at..).unwrap_or_default();
        let after =
            after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '،' | '!' | '?' | '؟'));
        after.chars().next().filter(|mark| is_mark(*mark)).unwrap_or(self.usual_marks().1)
    }

    const fn usual_marks(&self) -> (char, char) {
        match self.direction {
            Direction::LeftToRight => ('“', '”'),
            Direction::RightToLeft => ('«', '»'),
        }
    }
}

const fn is_mark(character: char) -> bool {
    matches!(character, '"' | '\'' | '«' | '»' | '‹' | '›' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚')
}

/// Prints what is known of an article and how many claims of each kind it has.
pub(crate) fn write_header(
    out: &mut impl Write,
    layout: &Layout,
    article: &Article,
    claims: &[Claim],
) -> io::Result<()> {
    let metadata = &article.metadata;
    if let Some(title) = &metadata.title {
        let title = Paragraph::indented(0).foreign(first_strong(title), Role::Title, title);
        out.write_all(title.render(layout).as_bytes())?;
    }
    let of_kind = |kind| claims.iter().filter(|claim| claim.kind == kind).count();
    let kinds: Vec<String> = [Kind::Direct, Kind::Indirect, Kind::Mixed]
        .into_iter()
        .filter(|kind| of_kind(*kind) > 0)
        .map(|kind| format!("{} {}", of_kind(kind), name(&kind)))
        .collect();
    let id = place(&metadata.id);
    let mut line = Paragraph::indented(0).foreign(first_strong(id), Role::Dim, id);
    if let Some(language) = metadata.language {
        line = line.label(Role::Dim, &format!(" · {language}"));
    }
    line = line.label(Role::Dim, &format!(" · {}", count(claims.len(), "claim", "claims")));
    if !kinds.is_empty() {
        line = line.label(Role::Dim, &format!(": {}", kinds.join(", ")));
    }
    out.write_all(line.render(layout).as_bytes())
}

/// The columns of a table that has [`claim_cells`], with those before and after them.
macro_rules! claim_columns {
    ([$($before:literal),*], [$($after:literal),*]) => {
        &[
            $($before,)*
            "speaker", "source", "cue", "stance", "polarity", "kind", "channel", "content",
            $($after,)*
        ]
    };
}
pub(crate) use claim_columns;

/// What a table tells of a claim.
pub(crate) fn claim_cells(claim: &Claim) -> [String; 8] {
    let (source, cue) = (claim.source.as_ref(), claim.cue.as_ref());
    [
        cell(source.and_then(|source| source.speaker.as_deref())),
        cell(source.map(|source| &source.text)),
        cell(cue.map(|cue| &cue.text)),
        cell(cue.map(|cue| name(&cue.stance))),
        name(&claim.polarity),
        name(&claim.kind),
        cell(claim.channel.as_ref().map(|channel| &channel.text)),
        claim.content.text.clone(),
    ]
}

/// Prints one claim.
pub(crate) fn write_claim(out: &mut impl Write, layout: &Layout, page: &Page<'_>, claim: &Claim) -> io::Result<()> {
    write_threaded(out, layout, page, claim, None)
}

/// Prints one claim, under its number in its version, with the number of its history.
pub(crate) fn write_threaded(
    out: &mut impl Write,
    layout: &Layout,
    page: &Page<'_>,
    claim: &Claim,
    history: Option<ThreadId>,
) -> io::Result<()> {
    let number = format!("{:>INDENT$}", format!("{}  ", claim.id));
    let head = attribution(Paragraph::indented(0).hanging(INDENT).label(Role::Dim, &number), claim);
    out.write_all(head.render(layout).as_bytes())?;
    let content = page.content(claim);
    let content = Paragraph::indented(INDENT).block(page.direction, &content);
    out.write_all(content.render(layout).as_bytes())?;
    let mut line = particulars(page, claim);
    if let Some(history) = history {
        line = line.label(Role::Dim, &format!(" · history {history}"));
    }
    out.write_all(line.render(layout).as_bytes())
}

/// Adds who says it and by what words.
pub(crate) fn attribution(paragraph: Paragraph, claim: &Claim) -> Paragraph {
    let paragraph = match claim.source.as_ref().and_then(speaker) {
        Some(speaker) => paragraph.foreign(first_strong(speaker), Role::Speaker, speaker),
        None => paragraph.label(Role::Notice, "nobody named"),
    };
    let Some(cue) = &claim.cue else { return paragraph.label(Role::Dim, "  goes on") };
    let paragraph = paragraph.label(Role::Plain, "  ").foreign(first_strong(&cue.text), Role::Cue, &cue.text);
    match cue.stance {
        Stance::Report => paragraph,
        stance => paragraph.label(Role::Dim, &format!(" ({})", name(&stance))),
    }
}

/// The name to show for a source: the fullest there is.
pub(crate) fn speaker(source: &Source) -> Option<&str> {
    source.speaker.as_deref().or(Some(source.text.as_str()).filter(|text| !text.is_empty()))
}

/// The line below a claim.
fn particulars(page: &Page<'_>, claim: &Claim) -> Paragraph {
    let mut line = Paragraph::indented(INDENT).label(Role::Dim, &name(&claim.kind));
    match claim.polarity {
        Polarity::Affirmed => {}
        Polarity::Denied => line = line.label(Role::Dim, " · ").label(Role::Notice, "denied"),
        Polarity::Withheld => line = line.label(Role::Dim, " · ").label(Role::Notice, "withheld"),
    }
    if !claim.realised {
        line = line.label(Role::Dim, " · ").label(Role::Notice, "expected, not said");
    }
    match claim.mode {
        Mode::Speech => {}
        Mode::Writing => line = line.label(Role::Dim, " · in writing"),
        Mode::Thought => line = line.label(Role::Dim, " · thought"),
    }
    if let Some(channel) = &claim.channel {
        line = through(line, channel);
    }
    line = claim.source.iter().fold(line, resolution);
    if let Some(outer) = claim.nested_in {
        line = line.label(Role::Dim, &format!(" · inside claim {outer}"));
    }
    if claim.headline {
        line = line.label(Role::Dim, " · in the headline");
    }
    match page.line_of(claim) {
        Some(number) => line.label(Role::Dim, &format!(" · line {number}")),
        None => line,
    }
}

fn through(line: Paragraph, channel: &Passage) -> Paragraph {
    line.label(Role::Dim, " · through ").foreign(first_strong(&channel.text), Role::Dim, &channel.text)
}

/// How the speaker was found, where it is not written beside the verb.
fn resolution(line: Paragraph, source: &Source) -> Paragraph {
    let written = |line: Paragraph, how: &str| {
        line.label(Role::Dim, how).foreign(first_strong(&source.text), Role::Dim, &source.text)
    };
    match source.resolved_by {
        ResolvedBy::Pronoun => written(line, " · speaker from the pronoun "),
        ResolvedBy::Alias => written(line, " · written "),
        ResolvedBy::Ellipsis | ResolvedBy::Floating => line.label(Role::Dim, " · speaker from before"),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use isnad_core::Language;

    use super::*;
    use crate::output::sample;
    use crate::terminal::Bidi;

    fn printed(article: &Article, claims: &[Claim], layout: Layout) -> String {
        let mut out = Vec::new();
        write_header(&mut out, &layout, article, claims).unwrap();
        let page = Page::new(article);
        for claim in claims {
            write_claim(&mut out, &layout, &page, claim).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_claim_is_told_with_all_that_sets_it_apart() {
        let article = sample::article(sample::ENGLISH, Language::ENGLISH);
        let layout = Layout { width: None, bidi: Bidi::Logical, colour: false };
        insta::assert_snapshot!(printed(&article, &sample::english_claims(), layout));
    }

    #[test]
    fn arabic_in_a_pipe_is_in_logical_order_and_nothing_is_added() {
        let article = sample::article(sample::ARABIC, Language::ARABIC);
        let layout = Layout { width: None, bidi: Bidi::Logical, colour: false };
        insta::assert_snapshot!(printed(&article, &sample::arabic_claims(), layout));
    }

    #[test]
    fn arabic_on_a_terminal_without_bidi_is_in_visual_order() {
        let article = sample::article(sample::ARABIC, Language::ARABIC);
        let layout = Layout { width: Some(44), bidi: Bidi::Visual, colour: false };
        insta::assert_snapshot!(printed(&article, &sample::arabic_claims(), layout));
    }
}
