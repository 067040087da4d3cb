"""Every certified metric says all of itself wherever it is served: its card, its resource and docs/catalog.md."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from mcp.types import TextResourceContents

import sql
from analyst import metrics, page, record
from tests.analyst.test_cost import asked, connected

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
METRICS = metrics.read()
FIELDS = {
    "metric", "id", "version", "changed_on", "owner", "resource", "title", "synonyms", "summary", "unit", "basis", "grain", "formula", "needs", "reads", "arguments", "call",
    "columns", "documents", "sql", "tests",
}  # fmt: skip
RELATIONS = {d.name for folder in ("core", "settlement", "mart") for d in sql.read(folder)}
KAZAKH, RUSSIAN = re.compile("[әғқңөұүһі]", re.IGNORECASE), re.compile("[а-яё]", re.IGNORECASE)


async def test_card_and_resource_of_every_metric_hold_the_whole_record(demo: Path, tmp_path: Path) -> None:
    async with connected(demo, tmp_path) as (client, analyst):
        assert set(analyst.metrics) == set(METRICS)
        for name, metric in METRICS.items():
            (content,) = (await client.read_resource(f"analyst://metric/{name}")).contents
            assert isinstance(content, TextResourceContents)
            served = json.loads(content.text)
            del served["as_of"]
            assert served == record.of(metric)
            assert served.keys() == FIELDS
            card = json.loads(await asked(client, "describe", name=name, full=True))
            assert served in (card.get("definition"), card.get("metric"), {k: card.get(k) for k in served})


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_metric_has_names_in_three_languages_reads_what_there_is_and_is_held_by_tests_that_are(
    metric: metrics.Metric,
) -> None:
    assert metric.titles.keys() == {"ru", "kk", "en"}
    kazakh = {word for word in metric.synonyms if KAZAKH.search(word)}
    assert kazakh
    assert {word for word in metric.synonyms if RUSSIAN.search(word)} - kazakh
    assert [word for word in metric.synonyms if not RUSSIAN.search(word) and not KAZAKH.search(word)]
    assert record.reads(metric)
    assert set(record.reads(metric)) <= RELATIONS
    for test in metric.tests:
        file, _, name = test.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        found = [node for node in ast.walk(ast.parse(text)) if getattr(node, "name", "") == name]
        source = "\n".join(
            ast.get_source_segment(text, part) or "" for n in found for part in (n, *getattr(n, "decorator_list", ()))
        )
        assert re.search(rf"[\"']{metric.id}[\"']", source), f"{test} does not ask {metric.id}"


def test_the_page_tells_of_every_metric_what_its_record_does() -> None:
    text = page.catalog().partition("## Metrics\n")[2].partition("## Checks\n")[0]
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL))
    assert sections.keys() == METRICS.keys()
    for name, metric in METRICS.items():
        told = set(re.findall(r"^- ([a-z_.]+):", sections[name], re.MULTILINE))
        assert told >= {"id", "version", "changed_on", "owner", "title.ru", "title.kk", "title.en", "synonyms", "unit", "basis", "grain", "formula", "needs", "tests", "reads", "documents", "sql", "resource"}  # fmt: skip
        assert "params" in told
        assert metric.summary in sections[name]
    for kind in metrics.TYPES:
        assert f"- `{kind}`: " in text
