"""Reads what `isnad export` wrote with the programs that people use, and fails where they find something else than it says.

usage: check.py FOLDER   (with annotations.json, schema.json, changes.atom, claims.parquet, claims.csv, articles.json)
A reader that is not installed is skipped, and named.
"""

import csv
import importlib.util
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent


def reader(name):
    """The module of that name, or None after saying that its check is skipped."""
    if importlib.util.find_spec(name) is None:
        print(f"skipped: {name} is not installed")
        return None
    return importlib.import_module(name)


def annotations(folder, article):
    page = json.loads((folder / "annotations.json").read_text("utf-8"))
    text = article["versions"][-1]["text"]
    claims = article["versions"][-1]["claims"]
    assert len(page["items"]) == len(claims), (len(page["items"]), len(claims))
    for item, claim in zip(page["items"], claims):
        found = []
        for target in item["target"]:
            quote, position = target["selector"]
            words = text[position["start"] : position["end"]]
            assert words == quote["exact"], (words, quote["exact"])
            assert text[: position["start"]].endswith(quote["prefix"])
            assert text[position["end"] :].startswith(quote["suffix"])
            found.append(words)
        assert " … ".join(found) == claim["content"]["text"]
    pyld = reader("pyld")
    if pyld:
        context = json.loads((HERE / "web-annotation-terms.json").read_text("utf-8"))

        def local(url, options):
            assert url == "http://www.w3.org/ns/anno.jsonld", url
            return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

        expanded = pyld.jsonld.expand(page, {"documentLoader": local})
        items = expanded[0]["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
        oa = "http://www.w3.org/ns/oa#"
        assert len(items) == len(claims)
        for item in items:
            assert item["@type"] == [oa + "Annotation"], item["@type"]
            for target in item[oa + "hasTarget"]:
                kinds = [kind for selector in target[oa + "hasSelector"] for kind in selector["@type"]]
                assert kinds == [oa + "TextQuoteSelector", oa + "TextPositionSelector"], kinds
        # A key that the context does not know falls out of the expansion: as many must come back as went in.
        again = pyld.jsonld.compact(expanded, "http://www.w3.org/ns/anno.jsonld", {"documentLoader": local})
        assert keys(again) == keys(page), keys(page) ^ keys(again)


def keys(value):
    """Every key of a JSON value."""
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys(inner)}
    return set()


def schema(folder, article):
    document = json.loads((folder / "schema.json").read_text("utf-8"))
    # The terms as the vocabulary has them; the context itself lies behind the network.
    document["@context"] = {"@vocab": "https://schema.org/"}
    rdflib = reader("rdflib")
    if not rdflib:
        return
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    of = rdflib.Namespace("https://schema.org/")
    kinds = lambda name: list(graph.subjects(rdflib.RDF.type, of[name]))
    histories = {claim["history"] for version in article["versions"] for claim in version["claims"]}
    assert len(kinds("Claim")) == len(histories), (len(kinds("Claim")), len(histories))
    assert len(kinds("NewsArticle")) == len(article["versions"]) + 1
    for claim in kinds("Claim"):
        assert (claim, of.text, None) in graph and (claim, of.appearance, None) in graph
    for review in kinds("ClaimReview"):
        assert graph.value(review, of.itemReviewed) in kinds("Claim")
        assert (review, of.reviewRating, None) not in graph


def atom(folder, article):
    feedparser = reader("feedparser")
    if not feedparser:
        return
    feed = feedparser.parse((folder / "changes.atom").read_bytes())
    assert not feed.bozo, feed.bozo_exception
    counted = [change for change in article["changes"] if change["status"] not in ("moved", "cosmetic")]
    assert len(feed.entries) == len(counted), (len(feed.entries), len(counted))
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    times = [entry.updated_parsed for entry in feed.entries]
    assert times == sorted(times, reverse=True)
    assert any("<del>" in entry.content[0].value and "<ins>" in entry.content[0].value for entry in feed.entries)


def parquet(folder, article):
    path = folder / "claims.parquet"
    if not path.exists():
        print("skipped: this isnad writes no Parquet")
        return
    if not reader("pyarrow"):
        return
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path).to_pylist()
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    as_text = lambda row: {name: "" if value is None else str(value) for name, value in row.items()}
    assert [as_text(row) for row in table] == rows
    assert all(isinstance(row["claim"], int) for row in table)


def main():
    folder = Path(sys.argv[1])
    article = json.loads((folder / "article.json").read_text("utf-8"))
    for check in (annotations, schema, atom, parquet):
        check(folder, article)
        print(f"read: {check.__name__}")


main()
