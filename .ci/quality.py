#!/usr/bin/env python3
"""Scores the extractor on the annotated corpora and fails where a figure lies below its floor in quality.toml.

usage: quality.py SHARED ISNAD

SHARED holds corpora/ and tools/score.py; ISNAD is the built command. Standard library only.
Floors only ever rise, and ceilings, for figures that are better when they are low, only fall.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

FLOORS = pathlib.Path(__file__).with_name("quality.toml")


def extract(isnad, corpus, target):
    with open(target, "wb") as output, open(corpus, "rb") as rows:
        command = [isnad, "extract", "--input", "jsonl", "--format", "jsonl", "-"]
        subprocess.run(command, stdin=rows, stdout=output, check=True)


def as_polnear(rows, claims):
    """Writes `claims` anew in PolNeAR's convention.

    To isnad a quotation that follows its attribution's sentence (`"…," she said. "…"`) is a claim of its own without a
    cue; PolNeAR counts it as a part of the one before, in the same paragraph. And where isnad leaves the complementiser
    between two clauses out (`said that …, and that …`), or what ties a topic to its description (`called … as …`),
    PolNeAR has one span.
    """
    texts = {str(row["id"]): row["text"] for row in map(json.loads, rows.read_text(encoding="utf-8").splitlines())}
    joined = []
    for line in claims.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        text, kept = texts[str(article["id"])], []
        for claim in article["claims"]:
            spans = claim["content"]["spans"]
            before = next((c for c in reversed(kept) if c["nested_in"] is None), None)
            between = text[last_end(before):spans[0]["start"]] if before else "\n"
            if claim["cue"] is None and claim["nested_in"] is None and "\n" not in between:
                before["content"]["spans"] += spans
            else:
                claim["content"]["spans"] = [dict(spans[0])]
                for span in spans[1:]:
                    last = claim["content"]["spans"][-1]
                    if re.fullmatch(r"\W*(?:and|or|but)?\W*(?:that|as)\W*", text[last["end"]:span["start"]]):
                        last["end"] = span["end"]
                    else:
                        claim["content"]["spans"].append(dict(span))
                kept.append(claim)
        joined.append(json.dumps({**article, "claims": kept}, ensure_ascii=False))
    claims.write_text("\n".join(joined) + "\n", encoding="utf-8")


def last_end(claim):
    spans = claim["content"]["spans"] + (claim["cue"] or {"spans": []})["spans"]
    return max(span["end"] for span in spans)


# Corpora that count claims otherwise than isnad does, with what brings isnad's claims to their convention.
CONVENTIONS = {"polnear-dev-joined": as_polnear}


def plain(scores, name):
    """`silence.claims_per_1000_words` → the figure as it is."""
    value = scores
    for key in name.split("."):
        # The thresholds of `found` hold a point themselves: found.0_8.f1
        value = value[key.replace("_", ".") if key[:1].isdigit() else key]
    return value


def figure(scores, name):
    """`overlap_micro.content.f1` → the figure in per cent."""
    return 100 * plain(scores, name)


def main():
    shared, isnad = pathlib.Path(sys.argv[1]), sys.argv[2]
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    failed = False
    for corpus, wanted in floors["extraction"].items():
        # `-joined`: brought to the corpus's own convention; without it, as the command gives the claims.
        gold = shared / "corpora" / f"{corpus.removesuffix('-joined')}.jsonl"
        if not gold.exists():
            print(f"{corpus}: not here, skipped")
            continue
        with tempfile.TemporaryDirectory() as folder:
            system = pathlib.Path(folder) / "claims.jsonl"
            extract(isnad, gold, system)
            if corpus in CONVENTIONS:
                CONVENTIONS[corpus](gold, system)
            score = [sys.executable, shared / "tools" / "score.py", gold, system, "--json"]
            scores = json.loads(subprocess.run(score, capture_output=True, check=True).stdout)
        for name, floor in wanted.items():
            value = figure(scores, name)
            # Floors are written with one decimal, rounded down.
            below = value < floor
            failed |= below
            print(f"{corpus:18} {name:28} {value:5.1f}  floor {floor:5.1f}  {'BELOW' if below else 'ok'}")
        for name, ceiling in floors["ceiling"].get(corpus, {}).items():
            value = plain(scores, name)
            above = value > ceiling
            failed |= above
            print(f"{corpus:18} {name:28} {value:5.2f}  at most {ceiling:.1f}  {'ABOVE' if above else 'ok'}")
    failed |= compares_below(shared, pathlib.Path(isnad), floors["comparison"])
    sys.exit(1 if failed else 0)


def compares_below(shared, isnad, floors):
    """Holds `altered or reworded` to its floors: what the example of isnad-diff prints, built beside the command."""
    altered, failed = isnad.parent / "examples" / "altered", False
    for corpus, wanted in floors.items():
        pairs = shared / "corpora" / f"{corpus}.csv"
        if not pairs.exists() or not altered.exists():
            print(f"{corpus}: not here or not built (cargo build -p isnad-diff --example altered), skipped")
            continue
        printed = subprocess.run([altered, pairs], capture_output=True, check=True, text=True).stdout
        lines = (line.split() for line in printed.splitlines())
        figures = {words[0]: words[1] for words in lines if len(words) > 1}
        for name, floor in wanted.items():
            value = float(figures[name])
            failed |= value < floor
            print(f"{corpus:18} {name:28} {value:5.1f}  floor {floor:5.1f}  {'BELOW' if value < floor else 'ok'}")
    return failed


main()
