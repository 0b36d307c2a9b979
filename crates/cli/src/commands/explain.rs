//! `isnad explain`: why the claims of an article are as they are.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use isnad_core::extract::{Candidate, Explained, Explanation, UnusedCue, Verdict};
use isnad_core::{Article, Claim, OffsetMap, ResolvedBy, Source, Span, extract_explained};
use serde::Serialize;

use super::Context;
use super::listing::print_text;
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::claim::{Page, write_claim};
use crate::output::grounds::{Fact, read_from_content, write_paragraphs};
use crate::output::json::{Document, Engine, write_pretty};
use crate::output::words::name;
use crate::packs::LanguageArgs;
use crate::reading::{Origin, Reader};
use crate::terminal::{Layout, Paragraph, Role, first_strong};

/// Explain each claim: its rule, its evidence, how its speaker was found and who was passed over.
///
/// Words that can attribute but opened no claim are listed, too: that is where a claim is missed, or
/// where there is none to find.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// An article as plain text or HTML, or one line of it; `-` is the standard input
    #[arg(value_name = "FILE[:LINE]")]
    place: PathBuf,
    #[command(flatten)]
    language: LanguageArgs,
    /// How to print: text for people, json for programs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  isnad explain article.txt
      every claim with its grounds
  isnad explain article.txt:12
      the claims that touch line 12, and what opened none there
  isnad explain --pack own.toml --format json article.txt
      with a language pack of your own, as data";

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A claim with its grounds as data.
#[derive(Debug, Serialize)]
struct ExplainedData {
    #[serde(flatten)]
    claim: Claim,
    grounds: GroundsData,
}

#[derive(Debug, Serialize)]
struct GroundsData {
    /// Where the speaker is named most fully.
    named_at: Option<Span>,
    passed_over: Vec<CandidateData>,
    also_found_by: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CandidateData {
    name: String,
    start: usize,
    end: usize,
    verdict: Verdict,
}

/// A word that opened no claim, as data.
#[derive(Debug, Serialize)]
struct UnusedData {
    text: String,
    lemma: String,
    start: usize,
    end: usize,
}

/// The document of [`Document`] with the words that opened no claim.
#[derive(Debug, Serialize)]
struct ExplanationData<'a> {
    #[serde(flatten)]
    document: Document<'a, ExplainedData>,
    unused_cues: Vec<UnusedData>,
}

/// Explains.
pub(crate) fn run(args: &ExplainArgs, context: &Context) -> Result<Outcome, CommandError> {
    let (origin, line) = place(&args.place);
    let (language, packs) = args.language.resolve()?;
    let reader = Reader { language, packs, ..Reader::default() };
    let read = reader.read(&origin).map_err(CommandError::Input)?;
    for warning in &read.warnings {
        context.terminal.note(warning);
    }
    let article = &read.article;
    let mut explanation = extract_explained(article, &read.pack);
    if let Some(line) = line {
        let Some(on_line) = line_span(article.text(), line) else {
            let lines = article.text().lines().count();
            let message = Message::new(format_args!("{} has no line {line}: it has {lines}", origin.name()));
            return Err(CommandError::Usage(message.advise("FILE for the whole, or a number up to that")));
        };
        narrow(&mut explanation, on_line);
    }
    for explained in &mut explanation.claims {
        explained.claim = explained.claim.clone().dated(article.metadata.day());
    }
    match args.format {
        Format::Text => print_text(context, &text(article, &explanation, &context.terminal.layout)?)?,
        Format::Json => {
            let mut out = context.terminal.data();
            let map = OffsetMap::new(article.text(), context.offsets);
            let claims = explanation.claims.into_iter().map(|claim| explained_data(claim, &map)).collect();
            let unused_cues =
                explanation.unused.into_iter().map(|cue| unused_data(cue, article.text(), &map)).collect();
            let document = Document::new(article, Engine::this(&read.pack), claims);
            write_pretty(&mut out, &ExplanationData { document, unused_cues })?;
            out.flush()?;
        }
    }
    Ok(Outcome::Done)
}

/// The file and line that `path` names: `article.txt:12`, unless a file has that very name.
fn place(path: &Path) -> (Origin, Option<usize>) {
    let whole = (Origin::from(&path.to_path_buf()), None);
    let Some((file, line)) = path.to_str().filter(|_| !path.exists()).and_then(|text| text.rsplit_once(':')) else {
        return whole;
    };
    match line.parse() {
        Ok(line) if !file.is_empty() => (Origin::from(&PathBuf::from(file)), Some(line)),
        _ => whole,
    }
}

/// The bytes of the line of this number, from 1.
fn line_span(text: &str, number: usize) -> Option<Span> {
    let mut lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(Span::new(start, *at))
    });
    lines.nth(number.checked_sub(1)?)
}

/// Keeps what touches `line`.
fn narrow(explanation: &mut Explanation, line: Span) {
    let touches = |claim: &Claim| {
        let cue = claim.cue.iter().flat_map(|cue| &cue.spans);
        claim.content.spans.iter().chain(cue).any(|span| span.overlaps(line))
    };
    explanation.claims.retain(|explained| touches(&explained.claim));
    explanation.unused.retain(|cue| line.contains(cue.span));
}

fn text(article: &Article, explanation: &Explanation, layout: &Layout) -> io::Result<Vec<u8>> {
    let page = Page::new(article);
    let mut text = Vec::new();
    for explained in &explanation.claims {
        if !text.is_empty() {
            text.push(b'\n');
        }
        write_claim(&mut text, layout, &page, &explained.claim)?;
        text.push(b'\n');
        write_paragraphs(&mut text, layout, article, &explained.claim)?;
        text.push(b'\n');
        for fact in facts(explained, &page) {
            fact.write(&mut text, layout)?;
        }
    }
    if explanation.claims.is_empty() {
        writeln!(text, "no claim")?;
    }
    if !explanation.unused.is_empty() {
        writeln!(text, "\nwords that can attribute, and opened no claim:")?;
    }
    for cue in &explanation.unused {
        let words = cue.span.of(article.text());
        let line = Paragraph::indented(4)
            .label(Role::Dim, &format!("line {}: ", page.line_at(cue.span.start)))
            .foreign(first_strong(words), Role::Cue, words)
            .label(Role::Dim, ", of ")
            .foreign(first_strong(&cue.lemma), Role::Dim, &cue.lemma);
        text.extend(line.render(layout).into_bytes());
    }
    Ok(text)
}

/// The grounds of a claim, one after the other.
fn facts(explained: &Explained, page: &Page<'_>) -> Vec<Fact> {
    let Explained { claim, named_at, passed_over, also_found_by, .. } = explained;
    let mut facts = vec![Fact::told("rule", &claim.rule)];
    facts.extend(also_found_by.iter().map(|rule| Fact::told("also found by", rule)));
    facts.push(match &claim.cue {
        Some(cue) => {
            let stance = format!(" ({})", name(&cue.stance));
            Fact::quoted("cue", &cue.text).and(", of ").and_quoted(&cue.lemma).and(&stance)
        }
        None => Fact::told("cue", "none: a quotation that stands alone"),
    });
    match &claim.source {
        Some(source) => facts.extend(speaker_facts(source, *named_at, page)),
        None => facts.push(Fact::told("source", "none: nobody is named on purpose")),
    }
    facts.extend(passed_over.iter().map(|candidate| told(candidate, page)));
    facts.extend(read_from_content(claim));
    facts.push(Fact::told("confidence", claim.confidence.to_string()));
    facts
}

fn speaker_facts(source: &Source, named_at: Option<Span>, page: &Page<'_>) -> [Fact; 2] {
    let kind = format!(" ({})", name(&source.kind));
    let written = match source.text.as_str() {
        "" => Fact::told("source", "only in the verb"),
        text => Fact::quoted("source", text),
    };
    let how = match source.resolved_by {
        ResolvedBy::Clause => "stands beside the cue",
        ResolvedBy::Pronoun => "meant by the pronoun",
        ResolvedBy::Ellipsis => "goes on from before",
        ResolvedBy::Alias => "a fuller form of the same",
        ResolvedBy::Floating => "has the floor",
        _ => "found otherwise",
    };
    let speaker = match &source.speaker {
        Some(speaker) => {
            let line = named_at.map(|at| format!(" (line {})", page.line_at(at.start))).unwrap_or_default();
            Fact::quoted("speaker", speaker).and(&format!("{line}: {how}"))
        }
        None => Fact::told("speaker", "nobody: no one fits, or several fit as well as each other"),
    };
    [written.and(&kind), speaker]
}

fn told(candidate: &Candidate, page: &Page<'_>) -> Fact {
    let ground = match candidate.verdict {
        Verdict::Disagrees => "the pronoun or verb asks for another gender or number",
        Verdict::Quoted => "speaks only inside the words of another",
        Verdict::Carrier => "carries the words of others",
        Verdict::Displaced => "the text has turned to another since",
        Verdict::Addressee => "is spoken to",
        Verdict::InsideContent => "stands inside what is said",
        Verdict::NotAPerson => "is no person",
        Verdict::LessProminent => "another is the subject of that sentence",
        Verdict::Rival => "fits as well as another",
        _ => "was passed over",
    };
    let line = page.line_at(candidate.named_at.start);
    Fact::quoted("passed over", &candidate.name).and(&format!(" (line {line}): {ground}"))
}

fn explained_data(explained: Explained, map: &OffsetMap<'_>) -> ExplainedData {
    let Explained { claim, named_at, passed_over, also_found_by, .. } = explained;
    let candidate = |candidate: Candidate| {
        let Span { start, end, .. } = map.span_from_bytes(candidate.named_at);
        CandidateData { name: candidate.name, start, end, verdict: candidate.verdict }
    };
    let grounds = GroundsData {
        named_at: named_at.map(|span| map.span_from_bytes(span)),
        passed_over: passed_over.into_iter().map(candidate).collect(),
        also_found_by,
    };
    ExplainedData { claim: claim.with_offsets(map), grounds }
}

fn unused_data(cue: UnusedCue, text: &str, map: &OffsetMap<'_>) -> UnusedData {
    let Span { start, end, .. } = map.span_from_bytes(cue.span);
    UnusedData { text: cue.span.of(text).to_owned(), lemma: cue.lemma, start, end }
}
