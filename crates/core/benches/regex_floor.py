#!/usr/bin/env python3
"""The regex floor of extraction.rs as most such tools have it: in Python, on the same articles. Prints MB/s a language.

usage: python3 crates/core/benches/regex_floor.py
"""

import re
import time
from pathlib import Path

ARTICLES = Path(__file__).resolve().parents[3] / "fixtures" / "articles"
NAMES = {
    "ar": ["ar-dam-talks", "ar-hospital-strike", "ar-port-fire"],
    "en": ["en-border-treaty", "en-clinic-breach", "en-ferry-inquiry"],
}
FLOOR = re.compile(
    r'[«“"]([^»”"\n]+)[»”"]|\b(?:said|says|told|added|denied|قال|قالت|وقال|وأضاف|وأكد|نفى)\b([^.\n]+)'
)
RUNS = 300


def seconds(texts):
    """The fastest of many runs over all texts."""
    fastest = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        for text in texts:
            sum(1 for _ in FLOOR.finditer(text))
        fastest = min(fastest, time.perf_counter() - start)
    return fastest


for language, names in NAMES.items():
    texts = [(ARTICLES / name / "v3.txt").read_text(encoding="utf-8") for name in names]
    size = sum(len(text.encode()) for text in texts)
    print(f"{language}: {size / seconds(texts) / 1e6:.1f} MB/s")
