#!/usr/bin/env python3
"""Scores the extractor on the annotated corpora and fails where a figure lies below its floor in quality.toml.

usage: quality.py SHARED ISNAD

SHARED holds corpora/ and tools/score.py; ISNAD is the built command. Standard library only.
Floors only ever rise: where a figure exceeds its floor, the line to write is printed.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib

FLOORS = pathlib.Path(__file__).with_name("quality.toml")


def extract(isnad, corpus, target):
    with open(target, "wb") as output, open(corpus, "rb") as rows:
        command = [isnad, "extract", "--input", "jsonl", "--format", "jsonl", "-"]
        subprocess.run(command, stdin=rows, stdout=output, check=True)


def figure(scores, name):
    """`overlap_micro.content.f1` → the figure in per cent."""
    value = scores
    for key in name.split("."):
        # The thresholds of `found` hold a point themselves: found.0_8.f1
        value = value[key.replace("_", ".") if key[:1].isdigit() else key]
    return 100 * value


def main():
    shared, isnad = pathlib.Path(sys.argv[1]), sys.argv[2]
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    failed = False
    for corpus, wanted in floors["extraction"].items():
        gold = shared / "corpora" / f"{corpus}.jsonl"
        if not gold.exists():
            print(f"{corpus}: not here, skipped")
            continue
        with tempfile.TemporaryDirectory() as folder:
            system = pathlib.Path(folder) / "claims.jsonl"
            extract(isnad, gold, system)
            score = [sys.executable, shared / "tools" / "score.py", gold, system, "--json"]
            scores = json.loads(subprocess.run(score, capture_output=True, check=True).stdout)
        for name, floor in wanted.items():
            value = figure(scores, name)
            # Floors are written with one decimal, rounded down.
            below = value < floor
            failed |= below
            print(f"{corpus:12} {name:28} {value:5.1f}  floor {floor:5.1f}  {'BELOW' if below else 'ok'}")
    sys.exit(1 if failed else 0)


main()
