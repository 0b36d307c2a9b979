"""Reads what `isnad export` wrote with the programs that people use, and fails where they find something else than it says.

usage: check.py FOLDER   (with annotations.json, schema.json, changes.atom, claims.parquet, claims.csv, changes.parquet,
changes.csv; openapi.json, answers.json and article.json as `isnad serve` answers)
A reader that is not installed is skipped, and named.
"""

import csv
import datetime
import doctest
import importlib.util
import json
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
OA = "http://www.w3.org/ns/oa#"


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
        assert len(items) == len(claims)
        for item in items:
            assert item["@type"] == [OA + "Annotation"], item["@type"]
            for target in item[OA + "hasTarget"]:
                kinds = [kind for selector in target[OA + "hasSelector"] for kind in selector["@type"]]
                assert kinds == [OA + "TextQuoteSelector", OA + "TextPositionSelector"], kinds
        # A key that the context does not know falls out of the expansion: as many must come back as went in.
        again = pyld.jsonld.compact(expanded, "http://www.w3.org/ns/anno.jsonld", {"documentLoader": local})
        assert keys(again) == keys(page), keys(page) ^ keys(again)
        in_vocabulary(expanded)


def in_vocabulary(expanded):
    """Fails where an expanded document has a term of the annotation model that its vocabulary does not define."""
    vocabulary = HERE.parent / "browser/node_modules/@vocabulary/oa/oa.nq"
    if not vocabulary.exists():
        print("skipped: the vocabulary of annotations is not installed (npm ci --prefix tests/browser)")
        return
    rdflib = reader("rdflib")
    if not rdflib:
        return
    defined = rdflib.Dataset().parse(data=vocabulary.read_text("utf-8"), format="nquads")
    known = {str(subject) for subject, _, _, _ in defined.quads((None, rdflib.RDF.type, None, None))}
    used = {key for key in keys(expanded) | values(expanded) if key.startswith(OA)}
    assert len(used) > 10, used
    assert used <= known, used - known


def values(value):
    """Every string of a JSON value."""
    if isinstance(value, dict):
        return {text for inner in value.values() for text in values(inner)}
    if isinstance(value, list):
        return {text for inner in value for text in values(inner)}
    return {value} if isinstance(value, str) else set()


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
    # rdflib lists the terms of the vocabulary.
    used = {str(term) for triple in graph for term in triple if str(term).startswith(str(of))}
    unknown = {term for term in used if term.removeprefix(str(of)) not in rdflib.SDO.__annotations__}
    assert len(used) > 15 and not unknown, unknown
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
    if not (folder / "claims.parquet").exists():
        print("skipped: this isnad writes no Parquet")
        return
    if not reader("pyarrow"):
        return
    import pyarrow.parquet

    for table in ("claims", "changes"):
        typed = pyarrow.parquet.read_table(folder / f"{table}.parquet")
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [{name: as_text(value) for name, value in row.items()} for row in typed.to_pylist()] == rows
        kinds = {field.name: str(field.type) for field in typed.schema}
        expected = {"claim": "int64", "confidence": "double", "headline": "bool", "content": "string"}
        if table == "changes":
            expected = {"event": "int64", "declared": "bool", "not_after": "timestamp[ms, tz=UTC]"}
        assert expected.items() <= kinds.items(), kinds
    # The example of the documentation.
    os.chdir(folder)
    page = (HERE.parents[1] / "docs/export.md").read_text("utf-8")
    for block in re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        example = doctest.DocTestParser().get_doctest(block, {}, "docs/export.md", None, None)
        failed, tried = doctest.DocTestRunner().run(example)
        assert tried > 0 and not failed


def as_text(value):
    """A typed value as the CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def openapi(folder, article):
    description = json.loads((folder / "openapi.json").read_text("utf-8"))
    validator = reader("openapi_spec_validator")
    if validator:
        validator.validate(description)
    jsonschema = reader("jsonschema")
    if not jsonschema:
        return
    answers = json.loads((folder / "answers.json").read_text("utf-8"))
    assert {path for path in description["paths"] if path.endswith(".json")} == set(answers)
    for path, answer in answers.items():
        schema = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        # Every field that comes out stands in the description.
        closed = {**closing(schema), "components": closing(description["components"])}
        errors = list(jsonschema.Draft202012Validator(closed).iter_errors(answer))
        assert not errors, (path, [f"{error.json_path}: {error.message[:300]}" for error in errors[:5]])


def closing(schema):
    """The schema with no fields but those it names."""
    if isinstance(schema, list):
        return [closing(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: closing(inner) for key, inner in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed["unevaluatedProperties"] = False
    return closed


def main():
    folder = Path(sys.argv[1]).resolve()
    article = json.loads((folder / "article.json").read_text("utf-8"))
    for check in (annotations, schema, atom, parquet, openapi):
        check(folder, article)
        print(f"read: {check.__name__}")


main()
