//! Where a content ends, and of how many pieces it is.

use super::group::is_lone_and;
use super::opening::{Marker, Opening};
use super::{is_comma, is_complementiser, is_verb_cue};
use crate::claim::{Polarity, Stance};
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::{Draft, Subject};
use crate::language::WordClass as C;
use crate::language::arabic::Proclitics;
use crate::language::cue::Features;
use crate::span::Span;

/// The content of an opening, not past `limit`; `None` if nothing is left of it.
pub(super) fn of(block: &BlockLayers<'_>, sentence: Range, opening: &Opening<'_>, limit: usize) -> Option<Vec<Span>> {
    let start = opening.marker.content_start();
    let ranges = match opening.marker {
        Marker::QuotationBefore(end) => split_quotation(block, sentence, opening, end),
        Marker::Quotation(open) => quotation(block, open)?,
        Marker::Colon(at) => after_colon(block, at, limit)?,
        Marker::Clause(at) => clause(block, opening, at, limit),
        Marker::Question(at) => vec![Range::new(at, clause_end(block, at, limit))],
        Marker::Nominal(at) => vec![Range::new(at, nominal_end(block, opening, at, limit))],
    };
    let topic = opening.topic.into_iter();
    let spans: Vec<Span> = topic.chain(ranges).filter_map(|range| block.trimmed(range)).collect();
    (!spans.is_empty() && start <= limit.max(start)).then_some(spans)
}

/// «“…”، يقول فلان، “…”»: the quotation before the verb, and the one after its subject if there is one.
fn split_quotation(block: &BlockLayers<'_>, sentence: Range, opening: &Opening<'_>, end: usize) -> Vec<Range> {
    let Some(first) = block.quotation_closed_before(end) else {
        // «أنا بريء" هذا ما صرح به فلان»: the opening mark was forgotten.
        let unopened = block.is_unopened_mark(end.saturating_sub(1));
        return if unopened { vec![Range::new(sentence.start, end - 1)] } else { Vec::new() };
    };
    let mut ranges = vec![Range::new(first.start, first.end)];
    let second =
        (opening.group.end..sentence.end.min(opening.group.end + 16)).find_map(|at| block.quotation_opened_at(at));
    if let Some(second) =
        second.filter(|second| second.open > 0 && is_comma(block, second.open - 1) && second.end - second.start > 2)
    {
        ranges.push(Range::new(second.start, second.end));
    }
    ranges
}

/// «نفى الوزير الاتهامات: الخطة لم تتغير»: what whoever denies something says after a colon, which is not denied.
pub(super) fn after_denial(
    block: &BlockLayers<'_>,
    opening: &Opening<'_>,
    denial: &Draft,
    limit: usize,
) -> Option<Draft> {
    if !opening.denies() || !matches!(opening.marker, Marker::Nominal(_)) {
        return None;
    }
    let colon = block.tokens_in(denial.extent()).end;
    if block.tokens.mark(colon) != Some(':') {
        return None;
    }
    let content: Vec<Span> =
        after_colon(block, colon + 1, limit)?.into_iter().filter_map(|range| block.trimmed(range)).collect();
    (!content.is_empty()).then(|| Draft {
        rule: "colon-after-denial",
        content,
        cue: vec![block.tokens.span(colon, colon + 1)],
        lemma: ":".to_owned(),
        stance: Stance::Report,
        polarity: Polarity::Affirmed,
        source: Subject::SameAs(denial.anchor().start),
        channel: None,
        ..denial.clone()
    })
}

/// The quotation opened at `open`: a piece for each line that repeats its opening mark.
fn quotation(block: &BlockLayers<'_>, open: usize) -> Option<Vec<Range>> {
    let quotation = block.any_quotation_opened_at(open)?;
    let mark = block.tokens.mark(open);
    let repeated = (quotation.start..quotation.end)
        .filter(|&at| block.tokens.get(at).is_some_and(|token| token.opens_line) && block.tokens.mark(at) == mark);
    let mut ranges = Vec::new();
    let mut from = open;
    for again in repeated {
        ranges.push(Range::new(from, again));
        from = again + 1;
    }
    ranges.push(Range::new(from, quotation.close));
    Some(ranges)
}

/// After a colon: a quotation, or words without marks up to the end of the sentence.
fn after_colon(block: &BlockLayers<'_>, at: usize, limit: usize) -> Option<Vec<Range>> {
    match block.any_quotation_opened_at(at) {
        Some(_) => quotation(block, at),
        None => Some(vec![Range::new(at, limit)]).filter(|_| at < limit),
    }
}

/// A clause, in as many pieces as complementisers of its kind open: «إن …، وإن …».
fn clause(block: &BlockLayers<'_>, opening: &Opening<'_>, start: usize, limit: usize) -> Vec<Range> {
    let end = clause_end(block, start, limit);
    let mut ranges = Vec::new();
    let mut from = start;
    let opener = start.checked_sub(1).map(|at| family(block.tokens.word(at))).unwrap_or_default();
    // «… بادرت إلى تأكيد أن الطريق مفتوح | وإن المصنع مغلق»: what «قال إن» reports beside it.
    let hamza = |at: usize| block.raw(Range::new(at, at + 1)).chars().find(|&letter| matches!(letter, 'أ' | 'إ'));
    let above = start > 0 && hamza(start - 1) == Some('أ');
    let mut at = start;
    while at < end {
        let other = above && at > start && is_complementiser(block, at) && hamza(at) == Some('إ');
        if other && again(block, at, opener, opening) {
            break;
        }
        if at > start && again(block, at, opener, opening) {
            ranges.push(Range::new(from, at));
            from = block.tokens.after(at);
        }
        at = block.step(at);
    }
    ranges.push(Range::new(from, at.min(end)));
    // A first piece inside marks that is followed by nothing is a direct quotation after a complementiser.
    ranges
}

/// The complementiser without particles and pronouns: `ان` for إن and أن alike.
fn family(word: &str) -> &'static str {
    if word.contains("ان") { "ان" } else { "" }
}

/// Whether the word at `at` opens a further piece: a complementiser with «و» on it, before a noun or pronoun.
fn again(block: &BlockLayers<'_>, at: usize, opener: &str, opening: &Opening<'_>) -> bool {
    let written_on = block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::AND));
    let joined = written_on || is_lone_and(block, at - 1);
    if !joined || !is_complementiser(block, at) || block.quotation_around(at).is_some() || opener.is_empty() {
        return false;
    }
    // «وأن ينهي»: a verb in the subjunctive goes on with a clause inside the content.
    let says = opening.entry.lemma == "قال";
    let raw_hamza_below = block.raw(Range::new(at, at + 1)).contains('إ');
    let subjunctive =
        block.tokens.word(at).trim_start_matches(['و', 'ف']) == "ان" && looks_imperfect(block.tokens.word(at + 1));
    !subjunctive && (!says || raw_hamza_below || !block.writes_hamza())
}

/// Whether an unknown word has the shape of an imperfect verb.
fn looks_imperfect(word: &str) -> bool {
    word.starts_with(['ي', 'ت', 'ن']) && word.chars().count() >= 4 && !word.ends_with('ة')
}

/// Where a clause ends: at `limit`, or where the narrator speaks again.
fn clause_end(block: &BlockLayers<'_>, start: usize, limit: usize) -> usize {
    let mut at = start;
    while at < limit {
        let next = block.step(at);
        if is_comma(block, at) && returns(block, next) {
            return at;
        }
        at = next;
    }
    limit
}

/// Whether what stands after a comma is the narrator's again.
fn returns(block: &BlockLayers<'_>, at: usize) -> bool {
    block.is(at, C::NarratorReturn)
        || block.is(at, C::FalseComplementiser) && block.tokens.word(at).starts_with("الا")
        || block.is(at, C::Adversative) && (at..at + NO_STATEMENT_REACH).any(|near| block.is(near, C::NoStatement))
}

/// How far after «لكن» it may stand that somebody gave no statement: «لكن الشركة رفضت التعليق».
const NO_STATEMENT_REACH: usize = 8;

/// «، والذي», «، وهذا»: what follows a comma and a conjunction is added by the narrator.
pub(super) fn is_joined_pronoun(block: &BlockLayers<'_>, at: usize) -> bool {
    (block.is(at, C::Relative) || block.is(at, C::Demonstrative))
        && block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION))
}

/// Where a nominal content ends: also at a subordinate clause, or a comma before a verb or circumstance.
fn nominal_end(block: &BlockLayers<'_>, opening: &Opening<'_>, start: usize, limit: usize) -> usize {
    let mut at = start;
    while at < limit {
        let next = block.step(at);
        let classes = block.tokens.classes(at);
        // «تنفي ما تردد عن …: "لم يتصل بي أحد"»
        let quotes = || block.any_quotation_opened_at(at + 1).is_some();
        if block.tokens.mark(at) == Some(':') && (opening.denies() || quotes()) {
            return at;
        }
        // «حتى عام 2027» goes on, «لأن …» explains.
        let explains = classes.has(C::Subordinator) && !classes.has(C::Preposition);
        if at > start && (explains || classes.has(C::FalseComplementiser)) {
            return at;
        }
        if is_comma(block, at)
            && (returns(block, next)
                || is_verb_cue(block, next, Features::FINITE)
                || block.is(next, C::Subordinator)
                || is_joined_pronoun(block, next))
        {
            return at;
        }
        at = next;
    }
    // «نفت صحة الاتهامات | مرارا»: how often or how it was said; «طالب بمحاكمته علنا» says how to do it.
    let shaped = |word: &str| word.ends_with('ا') || word.starts_with('ب');
    let manner = |at: usize| block.is(at, C::Adverb) && !block.is(at, C::Time) && shaped(block.tokens.word(at));
    let last = (start..limit).rev().find(|&at| block.tokens.is_word(at)).unwrap_or(start);
    if last > start && opening.judges() && manner(last) { last } else { limit }
}

#[cfg(test)]
mod tests {
    use crate::{Article, Language, LanguagePack, extract};

    fn contents(text: &str) -> Vec<String> {
        let article = Article::from_text(text, Some(Language::ARABIC));
        let pack = LanguagePack::builtin(Language::ARABIC).unwrap();
        extract(&article, pack).into_iter().map(|claim| claim.content.text).collect()
    }

    #[test]
    fn a_clause_ends_where_the_narrator_returns() {
        assert_eq!(contents("وقال الوزير إن الباب مفتوح، وقد عبر منه ألف شخص."), ["الباب مفتوح"]);
        assert_eq!(contents("وقال الوزير إن الباب مفتوح، إلا أنه من غير المتوقع أن يعبر."), ["الباب مفتوح"]);
    }

    #[test]
    fn a_noun_phrase_ends_where_the_narrator_explains() {
        assert_eq!(contents("وأكد النادي تجديد العقد، وهذا يعني أنه باق."), ["تجديد العقد"]);
    }

    #[test]
    fn two_complementisers_make_two_pieces() {
        assert_eq!(contents("وقالت الوزارة إن الطريق مغلق، وإنها ستفتحه."), ["الطريق مغلق … ستفتحه"]);
    }

    #[test]
    fn each_paragraph_of_a_quotation_is_a_piece() {
        assert_eq!(contents("قال العمدة: «وعدنا.\n«وسنفي بالوعد»."), ["وعدنا … وسنفي بالوعد"]);
    }
}
