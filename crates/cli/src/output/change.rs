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

/// Prints the summary in one line; `elsewhere` is in how many lines the text beside claims changed, `hidden` what is said of changes
/// that are not shown.
pub(crate) fn write_summary(
    out: &mut impl Write,
    layout: &Layout,
    comparison: &Comparison,
    elsewhere: usize,
    hidden: Option<&str>,
) -> io::Result<()> {
    let mut told = match hidden {
        Some(hidden) if comparison.changes.is_empty() => {
            format!("no change to show, {} unchanged; {hidden}", words::grouped(comparison.summary.unchanged))
        }
        Some(hidden) => format!("{}; {hidden}", summary(&comparison.summary)),
        None => summary(&comparison.summary),
    };
    if elsewhere > 0 {
        told.push_str(&format!("; the text beside claims differs in {}", count(elsewhere, "line", "lines")));
    }
    let line = Paragraph::indented(0).label(Role::Plain, &told);
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

/// How a change is introduced.
#[derive(Debug)]
pub(crate) struct Heading<'a> {
    /// Goes before it.
    pub(crate) label: &'a str,
    /// What became of the claim.
    pub(crate) fate: &'a str,
    /// Between which captures.
    pub(crate) when: Option<&'a str>,
    /// The sign before content whose words stayed the same.
    pub(crate) same: char,
}

/// Prints one change: the old and the new form on a line each.
pub(crate) fn write_change(
    out: &mut impl Write,
    layout: &Layout,
    sides: &Sides<'_>,
    heading: &Heading<'_>,
    change: &Change,
) -> io::Result<()> {
    write_with(out, layout, sides, heading, change, forms(sides, layout, heading.same, change))
}

/// Prints one change: both forms in one running text, what went before what came.
pub(crate) fn write_running_change(
    out: &mut impl Write,
    layout: &Layout,
    sides: &Sides<'_>,
    heading: &Heading<'_>,
    change: &Change,
) -> io::Result<()> {
    let lines = match (&change.old, &change.new) {
        (Some(_), Some(_)) => vec![running(sides, layout, change)],
        _ => forms(sides, layout, heading.same, change),
    };
    write_with(out, layout, sides, heading, change, lines)
}

fn write_with(
    out: &mut impl Write,
    layout: &Layout,
    sides: &Sides<'_>,
    heading: &Heading<'_>,
    change: &Change,
    lines: Vec<Paragraph>,
) -> io::Result<()> {
    out.write_all(head(heading, change).render(layout).as_bytes())?;
    if let Some(claim) = change.new.as_ref().or(change.old.as_ref()) {
        out.write_all(attribution_line(claim).render(layout).as_bytes())?;
    }
    for line in lines {
        out.write_all(line.render(layout).as_bytes())?;
    }
    out.write_all(place(sides, change).render(layout).as_bytes())
}

/// Who says a claim and by what words, as it stands below the heading of a change.
pub(crate) fn attribution_line(claim: &Claim) -> Paragraph {
    attribution(Paragraph::indented(INDENT), claim)
}

/// What changed, in words.
fn head(heading: &Heading<'_>, change: &Change) -> Paragraph {
    let mut line = Paragraph::indented(0)
        .hanging(INDENT)
        .label(Role::Dim, &format!("{:>INDENT$}", format!("{}  ", heading.label)))
        .label(words::severity(change.severity), heading.fate);
    if let Some(when) = heading.when {
        line = line.label(Role::Plain, &format!(" {when}"));
    }
    let detailed = change.facets.iter().map(|facet| {
        let details: Vec<&Detail> = change.details.iter().filter(|detail| detail.facet == *facet).collect();
        (name(facet), details)
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
fn forms(sides: &Sides<'_>, layout: &Layout, same: char, change: &Change) -> Vec<Paragraph> {
    let whole = |sign, page: &Page<'_>, claim| form(sign, page.direction(), page.content(claim));
    let is_ambiguous = change.status == Status::Ambiguous;
    let mut lines = match (&change.old, &change.new) {
        (Some(_), Some(_)) if change.words.iter().any(|run| run.op != WordOp::Equal) => {
            let marks = Marks { coloured: layout.colour };
            vec![
                form('-', sides.old.direction(), marks.side(&change.words, WordOp::Delete)),
                form('+', sides.new.direction(), marks.side(&change.words, WordOp::Insert)),
            ]
        }
        (Some(old), None) => vec![whole(if is_ambiguous { '?' } else { '-' }, &sides.old, old)],
        (None, Some(new)) => vec![whole(if is_ambiguous { '?' } else { '+' }, &sides.new, new)],
        (Some(_), Some(new)) => vec![whole(same, &sides.new, new)],
        (None, None) => Vec::new(),
    };
    let (when, page) = match change.old {
        Some(_) => ("now", &sides.new),
        None => ("before", &sides.old),
    };
    lines.extend(change.candidates.iter().map(|candidate| {
        let label = format!("may be claim {} {when}: ", candidate.id);
        let line = Paragraph::indented(INDENT).hanging(INDENT + 2).label(Role::Notice, &label);
        let content = page.content(candidate);
        line.foreign_runs(page.direction(), content.iter().map(|(role, text)| (*role, text.as_str())))
    }));
    Paragraph::align(&mut lines, layout);
    lines
}

/// Both forms in one text.
fn running(sides: &Sides<'_>, layout: &Layout, change: &Change) -> Paragraph {
    let marks = Marks { coloured: layout.colour };
    let runs: Vec<(Role, String)> = change.words.iter().flat_map(|run| marks.marked(run)).collect();
    Paragraph::indented(INDENT).hanging(INDENT).block(sides.new.direction(), &runs)
}

fn form(sign: char, direction: Direction, runs: Vec<(Role, String)>) -> Paragraph {
    let role = match sign {
        '-' => Role::Deleted,
        '+' => Role::Inserted,
        '?' => Role::Notice,
        _ => Role::Plain,
    };
    Paragraph::indented(2)
        .hanging(INDENT)
        .label(role, &sign.to_string())
        .label(Role::Plain, " ")
        .block(direction, &runs)
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
        // The white space around the words is not part of what changed.
        let words = run.text.trim();
        let before = run.text.get(..run.text.len() - run.text.trim_start().len()).unwrap_or_default().to_owned();
        let after = run.text.get(run.text.trim_end().len()..).unwrap_or_default().to_owned();
        let marked = match self.coloured || words.is_empty() {
            true => words.to_owned(),
            false => format!("{open}{words}{close}"),
        };
        let after = if words.is_empty() { String::new() } else { after };
        vec![(Role::Plain, before), (role, marked), (Role::Plain, after)]
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

#[cfg(test)]
mod tests {
    use isnad_core::{Article, Language};
    use isnad_diff::{Facet, Severity};

    use super::*;
    use crate::output::sample;
    use crate::terminal::Bidi;

    fn detail(facet: Facet, old: &str, new: &str) -> Detail {
        let side = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Detail { facet, old: side(old), new: side(new) }
    }

    fn run(op: WordOp, text: &str) -> WordChange {
        WordChange { op, text: text.to_owned() }
    }

    fn change(status: Status, old: Option<&Claim>, new: Option<&Claim>) -> Change {
        Change {
            status,
            facets: Vec::new(),
            severity: Severity::High,
            old: old.cloned(),
            new: new.cloned(),
            candidates: Vec::new(),
            details: Vec::new(),
            words: Vec::new(),
            score: None,
            margin: None,
            declared: false,
        }
    }

    fn printed(article: &Article, changes: &[Change], layout: &Layout) -> String {
        let sides = Sides { old: Page::new(article), new: Page::new(article) };
        let mut out = Vec::new();
        for (index, change) in changes.iter().enumerate() {
            let label = (index + 1).to_string();
            let heading = Heading { label: &label, fate: words::status(change.status), when: None, same: ' ' };
            write_change(&mut out, layout, &sides, &heading, change).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    fn sample_changes() -> (Article, Vec<Change>) {
        let article = sample::article(sample::ENGLISH, Language::ENGLISH);
        let claims = sample::english_claims();
        let mut number = change(Status::Changed, Some(&claims[0]), Some(&claims[0]));
        number.facets = vec![Facet::Quantity, Facet::Stance, Facet::Hedge];
        number.details = vec![
            detail(Facet::Quantity, "more than 100,000 tonnes", "about 120,000 tonnes"),
            detail(Facet::Stance, "said", "claimed"),
            detail(Facet::Hedge, "", "perhaps"),
        ];
        number.words = vec![
            run(WordOp::Equal, "the stock exceeds "),
            run(WordOp::Delete, "100,000 "),
            run(WordOp::Insert, "120,000 "),
            run(WordOp::Equal, "tonnes"),
        ];
        number.declared = true;
        let mut ambiguous = change(Status::Ambiguous, Some(&claims[1]), None);
        ambiguous.candidates = vec![claims[2].clone(), claims[3].clone()];
        let changes = vec![
            number,
            change(Status::Added, None, Some(&claims[2])),
            change(Status::Removed, Some(&claims[3]), None),
            ambiguous,
        ];
        (article, changes)
    }

    #[test]
    fn each_change_says_what_changed_and_marks_the_words() {
        let (article, changes) = sample_changes();
        let layout = Layout { width: None, bidi: Bidi::Logical, colour: false };
        insta::assert_snapshot!(printed(&article, &changes, &layout));
    }

    #[test]
    fn both_forms_can_be_read_in_one_running_text() {
        let (article, changes) = sample_changes();
        let layout = Layout { width: None, bidi: Bidi::Logical, colour: false };
        let sides = Sides { old: Page::new(&article), new: Page::new(&article) };
        let mut out = Vec::new();
        let heading = Heading { label: "1", fate: "changed", when: None, same: ' ' };
        write_running_change(&mut out, &layout, &sides, &heading, &changes[0]).unwrap();
        let printed = String::from_utf8(out).unwrap();
        assert!(printed.contains("    the stock exceeds [-100,000-] {+120,000+} tonnes\n"), "{printed}");
    }

    #[test]
    fn where_there_is_colour_no_brackets_are_needed() {
        let (article, changes) = sample_changes();
        let layout = Layout { width: None, bidi: Bidi::Logical, colour: true };
        let printed = printed(&article, &changes[..1], &layout);
        assert!(printed.contains("\u{1b}[9m\u{1b}[31m100,000\u{1b}[0m "), "{printed:?}");
        assert!(!printed.contains("[-") && !printed.contains("{+"), "{printed}");
    }

    #[test]
    fn a_summary_names_the_fates_that_occur() {
        let told =
            |changed, removed, unchanged| summary(&Summary { changed, removed, unchanged, ..Summary::default() });
        assert_eq!(told(0, 0, 12), "no changes in 12 claims");
        assert_eq!(told(3, 1, 1200), "3 changed, 1 gone, 1,200 unchanged");
    }
}
