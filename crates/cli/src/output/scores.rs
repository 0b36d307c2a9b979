//! Scores for people: the figures in per cent, then the rules, those that cost most first.

use std::io::{self, Write};

use isnad_core::evaluate::{ByRole, Fault, Figures, Mistake, RuleScore, Scores};

use super::words::{count, grouped};
use crate::terminal::{Layout, Paragraph, Role, first_strong};

/// Prints all figures.
pub(crate) fn write_scores(out: &mut impl Write, articles: usize, scores: &Scores) -> io::Result<()> {
    let articles = count(articles, "article", "articles");
    let claims = count(scores.gold, "claim annotated", "claims annotated");
    writeln!(out, "{articles}, {claims}, {} found\n", grouped(scores.system))?;
    writeln!(out, "{:24}precision  recall      F1", "")?;
    let sets = [
        ("exact", &scores.exact),
        ("overlap, micro", &scores.overlap_micro),
        ("overlap, macro", &scores.overlap_macro),
    ];
    for (name, by_role) in sets {
        for (role, figures) in roles(by_role) {
            write_figures(out, &format!("{name}: {role}"), figures)?;
        }
    }
    write_figures(out, "found, more than .3", &scores.found.loosely)?;
    write_figures(out, "found, more than .8", &scores.found.closely)?;
    write_figures(out, "complete", &scores.complete)?;
    writeln!(out)?;
    let speakers = format!("of {}", count(scores.speaker_n, "claim", "claims"));
    for (name, accuracy, of) in [
        ("right speaker", scores.speaker_accuracy, &*speakers),
        ("right polarity", scores.polarity_accuracy, ""),
        ("right kind", scores.kind_accuracy, ""),
    ] {
        if let Some(accuracy) = accuracy {
            writeln!(out, "{}", format!("{name:24}{:9.1}  {of}", 100.0 * accuracy).trim_end())?;
        }
    }
    if let Some(rate) = scores.silence.claims_per_1000_words {
        let silent = count(scores.silence.articles, "article", "articles");
        writeln!(out, "{:24}{rate:9.2}  claims to 1,000 words on {silent} without any", "silence")?;
    }
    let kinds: Vec<String> =
        scores.by_kind.iter().map(|(kind, reached)| format!("{kind} {} of {}", reached.found, reached.gold)).collect();
    if scores.by_kind.keys().any(|kind| kind != "unknown") {
        writeln!(out, "\nfound, more than .8, by kind: {}", kinds.join(", "))?;
    }
    Ok(())
}

fn roles(by_role: &ByRole) -> [(&'static str, &Figures); 4] {
    [("content", &by_role.content), ("source", &by_role.source), ("cue", &by_role.cue), ("joint", &by_role.whole)]
}

fn write_figures(out: &mut impl Write, name: &str, figures: &Figures) -> io::Result<()> {
    let [p, r, f1] = [figures.p, figures.r, figures.f1].map(|figure| 100.0 * figure);
    writeln!(out, "{name:24}{p:9.1}{r:8.1}{f1:8.1}")
}

/// Prints how the rules did.
pub(crate) fn write_rules(out: &mut impl Write, rules: &[RuleScore]) -> io::Result<()> {
    let widest = rules.iter().map(|rule| rule.rule.len()).max().unwrap_or_default().max(4);
    writeln!(out, "\n{:widest$}  claims   found  complete   wrong", "rule")?;
    for rule in rules {
        let RuleScore { rule: name, claims, found, complete, .. } = rule;
        writeln!(out, "{name:widest$}{claims:8}{found:8}{complete:10}{:8}", rule.wrong())?;
    }
    Ok(())
}

/// Prints `most` mistakes of each sort.
pub(crate) fn write_mistakes(
    out: &mut impl Write,
    layout: &Layout,
    mistakes: &[Mistake],
    most: usize,
) -> io::Result<()> {
    for (fault, name) in FAULTS {
        let of_fault: Vec<&Mistake> = mistakes.iter().filter(|mistake| mistake.fault == fault).collect();
        if of_fault.is_empty() {
            continue;
        }
        writeln!(out, "\n{name}: {}", grouped(of_fault.len()))?;
        for mistake in of_fault.into_iter().take(most) {
            write_mistake(out, layout, mistake)?;
        }
    }
    Ok(())
}

/// The sorts of mistakes, in the order in which they are printed.
const FAULTS: [(Fault, &str); 5] = [
    (Fault::Missed, "missed"),
    (Fault::Invented, "invented"),
    (Fault::Extent, "content of another extent"),
    (Fault::Speaker, "another speaker"),
    (Fault::Polarity, "another polarity"),
];

fn write_mistake(out: &mut impl Write, layout: &Layout, mistake: &Mistake) -> io::Result<()> {
    let mut place = Paragraph::indented(2).foreign(first_strong(&mistake.article), Role::Dim, &mistake.article);
    if let Some(rule) = &mistake.rule {
        place = place.label(Role::Dim, &format!(" · {rule}"));
    }
    out.write_all(place.render(layout).as_bytes())?;
    let told =
        [("", Some(&mistake.content)), ("gold: ", mistake.expected.as_ref()), ("found: ", mistake.found.as_ref())];
    for (what, words) in told {
        if let Some(words) = words {
            let line = Paragraph::indented(4).hanging(6).label(Role::Dim, what);
            out.write_all(line.foreign(first_strong(words), Role::Plain, words).render(layout).as_bytes())?;
        }
    }
    Ok(())
}
