//! Changes for people: what changed in words, then the old and the new form with the words marked.

use std::io::{self, Write};

use isnad_core::{Claim, Direction};
use isnad_diff::{Change, Comparison, Detail, Status, Summary, WordChange, WordOp};

use super::claim::{Page, attribution};
use super::words::{self, count, name};
use crate::terminal::{Layout, Paragraph, Role, first_strong};

const INDENT: usize = 4;

/// The two articles whose claims were compared.
#[derive(Debug)]
pub(crate) struct Sides<'a> {
    /// The earlier version.
    pub(crate) old: Page<'a>,
    /// The later version.
    pub(crate) new: Page<'a>,
}

/// Prints the summary in one line.
pub(crate) fn write_summary(out: &mut impl Write, layout: &Layout, comparison: &Comparison) -> io::Result<()> {
    let line = Paragraph::indented(0).label(Role::Plain, &summary(&comparison.summary));
    out.write_all(line.render(layout).as_bytes())
}

/// How many claims had which fate, in words.
pub(crate) fn summary(summary: &Summary) -> String {
    let fates = [
        (summary.changed, "changed"),
        (summary.added, "new"),
        (summary.removed, "gone"),
        (summary.ambiguous, "ambiguous"),
        (summary.moved, "moved"),
        (summary.cosmetic, "respelt"),
    ];
    let told: Vec<String> = fates
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, fate)| format!("{} {fate}", words::grouped(number)))
        .collect();
    match told.is_empty() {
        true => format!("no changes in {}", count(summary.unchanged, "claim", "claims")),
        false => format!("{}, {} unchanged", told.join(", "), words::grouped(summary.unchanged)),
    }
}

/// Prints one change.
pub(crate) fn write_change(
    out: &mut impl Write,
    layout: &Layout,
    sides: &Sides<'_>,
    number: usize,
    change: &Change,
) -> io::Result<()> {
    let number = format!("{:>INDENT$}", format!("{number}  "));
    out.write_all(head(&number, change).render(layout).as_bytes())?;
    if let Some(claim) = change.new.as_ref().or(change.old.as_ref()) {
        let who = attribution(Paragraph::indented(INDENT), claim);
        out.write_all(who.render(layout).as_bytes())?;
    }
    for line in forms(sides, layout, change) {
        out.write_all(line.render(layout).as_bytes())?;
    }
    out.write_all(place(sides, change).render(layout).as_bytes())
}

/// What changed, in words.
fn head(number: &str, change: &Change) -> Paragraph {
    let mut line = Paragraph::indented(0)
        .hanging(INDENT)
        .label(Role::Dim, number)
        .label(words::severity(change.severity), words::status(change.status));
    let detailed = change.facets.iter().map(|facet| {
        let details: Vec<&Detail> = change.details.iter().filter(|detail| detail.facet == *facet).collect();
        (words::facet(*facet), details)
    });
    for (index, (facet, details)) in detailed.enumerate() {
        line = line.label(Role::Plain, if index == 0 { ": " } else { "; " }).label(Role::Plain, &facet);
        for (index, detail) in details.into_iter().enumerate() {
            line = was_and_is(line.label(Role::Plain, if index == 0 { " " } else { ", " }), detail);
        }
    }
    line
}

/// Words, not an arrow: beside right-to-left text an arrow may point the wrong way.
fn was_and_is(line: Paragraph, detail: &Detail) -> Paragraph {
    let quote = |line: Paragraph, text: &str| line.foreign(first_strong(text), Role::Plain, text);
    match (&detail.old, &detail.new) {
        (Some(old), Some(new)) => quote(quote(line.label(Role::Dim, "from "), old).label(Role::Dim, " to "), new),
        (Some(old), None) => quote(line.label(Role::Dim, "dropped: "), old),
        (None, Some(new)) => quote(line.label(Role::Dim, "added: "), new),
        (None, None) => line,
    }
}

/// The old and the new form, one line each.
fn forms(sides: &Sides<'_>, layout: &Layout, change: &Change) -> Vec<Paragraph> {
    let mut lines = Vec::new();
    let marks = Marks { coloured: layout.colour };
    let word_by_word = change.old.is_some() && change.new.is_some() && !change.words.is_empty();
    let whole = |sign, claim: &Claim, direction| form(sign, direction, [(Role::Plain, claim.content.text.clone())]);
    if word_by_word && change.words.iter().any(|run| run.op != WordOp::Equal) {
        lines.push(form('-', sides.old.direction(), marks.side(&change.words, WordOp::Delete)));
        lines.push(form('+', sides.new.direction(), marks.side(&change.words, WordOp::Insert)));
        return lines;
    }
    match (&change.old, &change.new) {
        (Some(_), Some(new)) => lines.push(whole(' ', new, sides.new.direction())),
        (Some(old), None) => lines.push(whole('-', old, sides.old.direction())),
        (None, Some(new)) => lines.push(whole('+', new, sides.new.direction())),
        (None, None) => {}
    }
    let (candidates_of, side) = match change.old {
        Some(_) => ("now", &sides.new),
        None => ("before", &sides.old),
    };
    for candidate in &change.candidates {
        let label = format!("may be claim {} {candidates_of}: ", candidate.id);
        let line = Paragraph::indented(INDENT).hanging(INDENT + 2).label(Role::Notice, &label);
        lines.push(line.foreign(side.direction(), Role::Plain, &candidate.content.text));
    }
    lines
}

fn form(sign: char, direction: Direction, runs: impl IntoIterator<Item = (Role, String)>) -> Paragraph {
    let role = match sign {
        '-' => Role::Deleted,
        '+' => Role::Inserted,
        _ => Role::Plain,
    };
    let runs: Vec<(Role, String)> = runs.into_iter().collect();
    Paragraph::indented(2)
        .hanging(INDENT)
        .label(role, &sign.to_string())
        .label(Role::Plain, " ")
        .foreign_runs(direction, runs.iter().map(|(role, text)| (*role, text.as_str())))
}

/// How changed words are marked: by colour, or in brackets where there is none.
struct Marks {
    coloured: bool,
}

impl Marks {
    /// The runs of the side on which the words of `op` stand.
    fn side(&self, words: &[WordChange], op: WordOp) -> Vec<(Role, String)> {
        let on_side = words.iter().filter(|run| run.op == WordOp::Equal || run.op == op);
        on_side
            .flat_map(|run| if run.op == op { self.marked(run) } else { vec![(Role::Plain, run.text.clone())] })
            .collect()
    }

    fn marked(&self, run: &WordChange) -> Vec<(Role, String)> {
        let (role, open, close) = match run.op {
            WordOp::Delete => (Role::Deleted, "[-", "-]"),
            WordOp::Insert => (Role::Inserted, "{+", "+}"),
            WordOp::Equal => (Role::Plain, "", ""),
        };
        // The white space after the words is not part of what changed.
        let words = run.text.trim_end();
        let space = run.text.get(words.len()..).unwrap_or_default().to_owned();
        let marked = match self.coloured {
            true => words.to_owned(),
            false => format!("{open}{words}{close}"),
        };
        vec![(role, marked), (Role::Plain, space)]
    }
}

/// Where the claim stands and stood.
fn place(sides: &Sides<'_>, change: &Change) -> Paragraph {
    let at = |page: &Page<'_>, claim: &Claim| match page.line_of(claim) {
        Some(line) => format!("claim {}, line {line}", claim.id),
        None => format!("claim {}", claim.id),
    };
    let mut place = match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("was {}; is {}", at(&sides.old, old), at(&sides.new, new)),
        (Some(old), None) => format!("was {}", at(&sides.old, old)),
        (None, Some(new)) => at(&sides.new, new),
        (None, None) => String::new(),
    };
    place.push_str(&format!(" · {}", name(&change.severity)));
    if change.declared {
        place.push_str(" · named in the article's correction note");
    }
    if change.status == Status::Ambiguous {
        place.push_str(" · not linked, because several fit about equally well");
    }
    Paragraph::indented(INDENT).label(Role::Dim, &place)
}
