//! From drafts to claims: order, nesting, kinds, speakers, facets.

use super::block::BlockLayers;
use super::continuation;
use super::draft::Draft;
use super::explain::Grounds;
use super::facet::Facets;
use super::resolve::{self, Mentions};
use crate::claim::{Claim, Cue, Kind, Passage, Source};
use crate::span::Span;
use crate::{Article, LanguagePack};

/// The claims that the drafts make.
pub(super) fn claims(
    article: &Article,
    pack: &LanguagePack,
    mut drafts: Vec<Draft>,
    (facets, mentions, quoted): (&Facets, Mentions, &Quoted),
    grounds: Option<&mut Grounds>,
) -> Vec<Claim> {
    drafts.retain(|draft| draft.content.iter().any(|span| !span.is_empty()));
    drafts.sort_by_key(|draft| {
        (draft.extent().start.min(draft.anchor().start), draft.extent().start, draft.extent().end)
    });
    let sources = match grounds {
        None => {
            drafts.dedup_by(|later, earlier| later.content == earlier.content);
            resolve::sources(article, pack, &drafts, &mentions)
        }
        Some(grounds) => {
            grounds.drop_same(pack.language().as_str(), &mut drafts);
            let (sources, considered) = resolve::sources_considered(article, pack, &drafts, &mentions);
            grounds.considered = considered;
            sources
        }
    };
    // Who is who is known: what it was found by makes room for the claims.
    drop(mentions);
    let outer = nesting(&drafts);
    (drafts.into_iter().zip(sources).zip(outer).enumerate())
        .map(|(at, ((draft, source), outer))| {
            let claim = claim(article, pack, draft, source, (facets, quoted));
            Claim { id: number(at), nested_in: outer.map(number), ..claim }
        })
        .collect()
}

/// The claim that a draft makes, without what the others tell of it: its number and the claim that holds it.
fn claim(
    article: &Article,
    pack: &LanguagePack,
    mut draft: Draft,
    mut source: Option<Source>,
    (facets, quoted): (&Facets, &Quoted),
) -> Claim {
    let text = article.text();
    for spans in [&mut draft.content, &mut draft.cue].into_iter().chain(source.as_mut().map(|it| &mut it.spans)) {
        continuation::cut(article, draft.block, spans);
    }
    let quoted = quoted.inside(&draft.content);
    let cue = (!draft.cue.is_empty()).then(|| {
        let passage = Passage::new(text, draft.cue);
        Cue { text: passage.text, spans: passage.spans, lemma: draft.lemma, stance: draft.stance }
    });
    Claim {
        id: 0,
        kind: kind(text, &draft.content, &quoted),
        mode: draft.mode,
        quantities: facets.quantities(&draft.content),
        dates: facets.dates(&draft.content),
        hedges: facets.hedges(&draft.content),
        content: Passage::new(text, draft.content),
        cue,
        source,
        channel: draft.channel.map(|span| {
            let mut spans = vec![span];
            continuation::cut(article, draft.block, &mut spans);
            Passage::new(text, spans)
        }),
        polarity: draft.polarity,
        realised: draft.realised,
        quoted,
        nested_in: None,
        headline: article.blocks().get(draft.block).is_some_and(|block| block.role.is_headline()),
        rule: [pack.language().as_str(), "/", draft.rule].concat(),
        confidence: draft.confidence,
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// For each draft, the innermost draft before it whose content holds its cue and content.
fn nesting(drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut nesting = Vec::with_capacity(drafts.len());
    for (at, draft) in drafts.iter().enumerate() {
        let whole =
            Span::new(draft.extent().start.min(draft.anchor().start), draft.extent().end.max(draft.anchor().end));
        open.retain(|&outer| drafts.get(outer).is_some_and(|outer| outer.extent().end > whole.start));
        // One content may be another's words from end to end, if what attributes it stands outside.
        let holds = |outer: &&usize| {
            drafts.get(**outer).is_some_and(|outer| {
                let inside = |span: &Span| span.contains(whole) && (*span != whole || !span.contains(outer.anchor()));
                outer.content.iter().any(inside)
            })
        };
        nesting.push(open.iter().rev().find(holds).copied());
        open.push(at);
    }
    nesting
}

/// The words in quotation marks of an article, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Quoted(Vec<Span>);

impl Quoted {
    /// Reads a block; blocks come in the order of the text.
    pub(super) fn read(&mut self, block: &BlockLayers<'_>) {
        let outermost = block.quotations.iter().filter(|quotation| quotation.depth == 0);
        self.0.extend(outermost.map(|quotation| block.tokens.span(quotation.start, quotation.end)));
    }

    /// The parts of `content` inside marks.
    pub(super) fn inside(&self, content: &[Span]) -> Vec<Span> {
        let from = content.first().map_or(0, |first| self.0.partition_point(|quoted| quoted.end <= first.start));
        let upto = content.last().map_or(0, |last| last.end);
        let near = self.0.iter().skip(from).take_while(|quoted| quoted.start < upto);
        near.flat_map(|quoted| {
            content
                .iter()
                .filter(|span| span.overlaps(*quoted))
                .map(|span| Span::new(span.start.max(quoted.start), span.end.min(quoted.end)))
        })
        .collect()
    }
}

/// Direct if every word of the content is inside marks, indirect if none is. `quoted` are the parts of it inside marks.
pub(super) fn kind(text: &str, content: &[Span], quoted: &[Span]) -> Kind {
    let has_words = |span: Span| span.of(text).chars().any(char::is_alphanumeric);
    let has_words_outside = |span: &Span| {
        let mut from = span.start;
        for part in quoted.iter().filter(|part| span.contains(**part)) {
            if has_words(Span::new(from, part.start)) {
                return true;
            }
            from = part.end;
        }
        has_words(Span::new(from, span.end))
    };
    match () {
        () if !quoted.iter().any(|part| has_words(*part)) => Kind::Indirect,
        () if content.iter().any(has_words_outside) => Kind::Mixed,
        () => Kind::Direct,
    }
}
