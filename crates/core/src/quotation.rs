//! Quotation marks of a block, paired: any style, nested, with recovery where one is missing or typed the wrong way round.

use smallvec::SmallVec;

use crate::token::Tokens;

/// Words between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// The first token inside the marks.
    pub(crate) start: usize,
    /// The token after the last one inside the marks: the closing mark, or the block's end.
    pub(crate) end: usize,
    /// The token of the opening mark.
    pub(crate) open: usize,
    /// The token after the closing mark; the same as `end` if it is missing.
    pub(crate) close: usize,
    /// How many quotations hold this one.
    pub(crate) depth: u8,
    /// Whether a closing mark was found.
    pub(crate) closed: bool,
}

impl Quotation {
    /// How many tokens stand between the marks.
    pub(crate) const fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

/// Marks that can stand for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
    Paren,
}

/// What a mark can be at its place.
#[derive(Debug, Clone, Copy)]
struct Mark {
    token: usize,
    /// How many tokens the mark takes: `((` and `''` are two.
    width: usize,
    family: Family,
    opens: bool,
    closes: bool,
}

/// The quotations of the block that `tokens` holds, in the order of their opening marks.
pub(crate) fn pair(tokens: &Tokens<'_>, quotations: &mut Vec<Quotation>) {
    quotations.clear();
    let mut open: SmallVec<[Mark; MAX_DEPTH]> = SmallVec::new();
    for mark in marks(tokens) {
        // Marks opened inside this one and never closed were no quotation marks, or lost their partner.
        let partner = open.iter().rposition(|opened| opened.family == mark.family);
        match partner {
            // Each paragraph of a long quotation opens with the mark again.
            Some(_) if mark.opens && opens_line(tokens, mark.token) => {}
            Some(at) if mark.closes => {
                let depth = at;
                let opened = open[at];
                open.truncate(at);
                push(quotations, opened, mark.token, mark.token + mark.width, depth, true);
            }
            _ if mark.opens => {
                if open.len() == MAX_DEPTH {
                    // An apostrophe that opened nothing must not keep a quotation from being seen.
                    let stray = open.iter().position(|opened| opened.family == Family::Single);
                    open.remove(stray.unwrap_or(0));
                }
                open.push(mark);
            }
            _ => {}
        }
    }
    // A double mark that is never closed runs to the end of its block: a quotation that goes on in the
    // next paragraph, or whose end was forgotten. Single marks are too often apostrophes.
    if let Some(at) = open.iter().position(|mark| matches!(mark.family, Family::Double | Family::Guillemet)) {
        let mark = open[at];
        quotations.retain(|q| q.open < mark.token);
        push(quotations, mark, tokens.len(), tokens.len(), 0, false);
    }
    quotations.sort_by_key(|q| (q.open, std::cmp::Reverse(q.close)));
    set_depths(quotations);
}

/// Whether a line of the block begins with the token at `at`.
fn opens_line(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.opens_line)
}

/// Quotations in quotations in quotations do not occur in news; deeper marks are strays.
const MAX_DEPTH: usize = 4;

fn push(quotations: &mut Vec<Quotation>, opened: Mark, end: usize, close: usize, depth: usize, closed: bool) {
    let start = opened.token + opened.width;
    if start < end {
        let depth = u8::try_from(depth).unwrap_or(u8::MAX);
        quotations.push(Quotation { start, end, open: opened.token, close, depth, closed });
    }
}

fn set_depths(quotations: &mut [Quotation]) {
    let mut ends: SmallVec<[usize; MAX_DEPTH]> = SmallVec::new();
    for quotation in quotations {
        ends.retain(|end| *end > quotation.open);
        quotation.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        ends.push(quotation.close);
    }
}

/// The marks of the block, each with what it can be.
fn marks(tokens: &Tokens<'_>) -> impl Iterator<Item = Mark> {
    let reversed = guillemets_point_inwards(tokens);
    let mut next = 0;
    tokens.marks().iter().filter_map(move |&at| {
        let mark = tokens.mark(at).filter(|_| at >= next).and_then(|mark| read_mark(tokens, at, mark, reversed))?;
        next = at + mark.width;
        Some(mark)
    })
}

fn read_mark(tokens: &Tokens<'_>, at: usize, mark: char, reversed: bool) -> Option<Mark> {
    let doubled = tokens.mark(at + 1) == Some(mark) && tokens.touches_next(at);
    let (family, width, opens, closes) = match mark {
        '"' | '″' | '＂' => (Family::Double, 1, true, true),
        '“' | '„' | '‟' => (Family::Double, 1, true, mark == '“'),
        '”' => (Family::Double, 1, true, true),
        '«' => (Family::Guillemet, 1, !reversed, reversed),
        '»' => (Family::Guillemet, 1, reversed, !reversed),
        '‹' => (Family::Single, 1, true, false),
        '›' => (Family::Single, 1, false, true),
        '\'' | '`' | '´' | '’' | '‘' if doubled => (Family::Double, 2, true, true),
        '\'' | '‘' | '’' | '‚' => (Family::Single, 1, mark != '’', mark != '‚'),
        '(' if doubled => (Family::Paren, 2, true, false),
        ')' if doubled => (Family::Paren, 2, false, true),
        _ => return None,
    };
    let space_before = at == 0 || !tokens.touches_next(at - 1);
    let space_after = !tokens.touches_next(at + width - 1);
    let word_before = at > 0 && !space_before && (tokens.is_word(at - 1) || tokens.is_number(at - 1));
    let word_after = !space_after && (tokens.is_word(at + width) || tokens.is_number(at + width));
    // Arabic writes a preposition on to the mark: بـ"…".
    let particle_before = !space_before
        && (matches!(tokens.word(at - 1), "ب" | "ل" | "و" | "ف" | "ك" | "ال")
            || (tokens.sets_marks_apart() && tokens.word(at - 1).ends_with('\'')));
    let attached = matches!(family, Family::Double | Family::Single);
    // French types « " text " »: such a mark opens where none is open.
    let spaced = mark == '"' && space_before && tokens.sets_marks_apart();
    let opens = opens && !(attached && space_after && !spaced) && !(attached && word_before && !particle_before);
    let closes = closes
        && !(attached && space_before && !space_after && (!spaced || word_after))
        && !(attached && particle_before);
    // 6'2" and 80's: a straight mark right after a number, with no quotation open, is resolved by the stack.
    let closes = closes && !(attached && word_before && word_after && family == Family::Single);
    Some(Mark { token: at, width, family, opens, closes })
}

/// Whether the block writes »…« : its first guillemet points at what it encloses.
fn guillemets_point_inwards(tokens: &Tokens<'_>) -> bool {
    let mut guillemets =
        tokens.marks().iter().filter_map(|&at| tokens.mark(at)).filter(|mark| matches!(mark, '«' | '»'));
    guillemets.next() == Some('»') && guillemets.any(|mark| mark == '«')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Language, LanguagePack, Span};

    fn quoted(text: &str) -> Vec<String> {
        quoted_in(Language::ARABIC, text)
    }

    fn quoted_in(language: Language, text: &str) -> Vec<String> {
        let mut tokens = Tokens::new(LanguagePack::builtin(language).unwrap());
        tokens.read(text, Span::new(0, text.len()));
        let mut quotations = Vec::new();
        pair(&tokens, &mut quotations);
        quotations.iter().map(|q| tokens.span(q.start, q.end).of(text).to_owned()).collect()
    }

    #[test]
    fn every_style_is_paired() {
        for text in [
            "قال «نعم» ثم",
            "said \"yes\" then",
            "said “yes” then",
            "sagte „ja“ dann",
            "sagte »ja« dann",
            "قال ((نعم)) ثم",
        ] {
            assert_eq!(quoted(text).len(), 1, "{text}");
        }
        assert_eq!(quoted("a ‘nested “one” here’ b"), ["nested “one” here", "one"]);
    }

    #[test]
    fn marks_typed_the_wrong_way_round_are_paired() {
        assert_eq!(quoted("قال إنه بـ”مسار جديد” هنا"), ["مسار جديد"]);
        assert_eq!(quoted("وصف ”الوضع“ بأنه"), ["الوضع"]);
    }

    #[test]
    fn french_marks_may_stand_apart_and_after_an_elided_word() {
        let french = "fr".parse().unwrap();
        assert_eq!(quoted_in(french, "a dit \" oui \", puis \" non \"."), ["oui", "non"]);
        assert_eq!(quoted_in(french, "assure qu'\"il part\" et l’“accord” tient"), ["il part", "accord"]);
    }

    #[test]
    fn apostrophes_and_inches_are_no_quotations() {
        assert!(quoted("the workers’ rights and the dogs' home").is_empty());
        assert!(quoted("don't you 'never").is_empty());
        assert!(quoted("he is 6'2\" tall").is_empty());
        assert_eq!(quoted("from the '60s, '70s, '80s and '90s he said: “We lost it all”"), ["We lost it all"]);
    }

    #[test]
    fn a_mark_repeated_on_the_next_line_opens_nothing_new() {
        assert_eq!(quoted("قال: «وعدنا.\n«وسنفي».").len(), 1);
        assert_eq!(quoted("she said: “One.\n“Two.”").len(), 1);
        assert_eq!(quoted("قال: «نعم».\n«لا»").len(), 2);
    }

    proptest! {
        #[test]
        fn quotations_lie_in_one_another_or_apart(
            pieces in prop::collection::vec(prop::sample::select(
                ["\"", "“", "”", "„", "«", "»", "'", "‘", "’", "((", "))", " ", " ", "\n", "ب", "6", "word", "."].to_vec()
            ), 0..40),
            language in prop::sample::select(["ar", "de", "en", "fr"].to_vec()),
        ) {
            let text = pieces.concat();
            let mut tokens = Tokens::new(LanguagePack::builtin(language.parse().unwrap()).unwrap());
            tokens.read(&text, Span::new(0, text.len()));
            let mut quotations = Vec::new();
            pair(&tokens, &mut quotations);
            for (at, inner) in quotations.iter().enumerate() {
                prop_assert!(inner.open < inner.start && inner.start < inner.end);
                prop_assert!(inner.end <= inner.close && inner.close <= tokens.len());
                prop_assert_eq!(inner.closed, inner.end < inner.close);
                let before = &quotations[..at];
                prop_assert!(before.iter().all(|outer| outer.open < inner.open));
                prop_assert!(before.iter().all(|outer| outer.close <= inner.open || inner.close <= outer.end));
                let holding = before.iter().filter(|outer| inner.open < outer.end).count();
                prop_assert_eq!(usize::from(inner.depth), holding);
            }
        }
    }

    #[test]
    fn a_missing_end_reaches_to_the_end_of_the_block() {
        assert_eq!(quoted("قال: «سنعود غدا"), ["سنعود غدا"]);
    }
}
