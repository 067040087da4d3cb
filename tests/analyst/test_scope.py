"""A certified number of one own entity, over the protocol: named as people name it, explained with its own documents, refused where it cannot be."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import TextContent

from analyst import documents, extension, reconcile, scope, server
from analyst.audit import Audit
from analyst.catalog import Catalog
from analyst.errors import BadArgument
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio
SHOP, SITE = "ТОО «Демо-Торг»", "ТОО «Демо-Монтаж»"


@pytest.fixture
async def client(demo: Path, tmp_path: Path) -> AsyncIterator[Client]:
    settings = Settings(data=demo, audit=tmp_path, workers=1, spares=0)
    known = extension.read(settings.extensions_folder)
    analyst = Analyst(
        settings,
        Mirror(demo, "owner"),
        Pool(settings),
        Audit(tmp_path, "test", "owner"),
        known.metrics,
        reconcile.read(known.metrics),
        known.templates,
        documents=documents.read(),
    )
    async with Client(server.build(analyst, "0")) as made:
        yield made


async def told(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    (content,) = (await client.call_tool(tool, arguments)).content
    assert isinstance(content, TextContent)
    answer: dict[str, Any] = json.loads(content.text)
    return answer


async def test_an_entity_is_named_in_any_way_and_its_number_is_explained_by_its_documents(client: Client) -> None:
    orgs = await told(client, "query", sql="SELECT name, org_id, bin FROM org")
    ids = {name: (one, number) for name, one, number in orgs["rows"]}
    overdue: dict[str, Any] = {"name": "ar_overdue"}
    of_all = await told(client, "metric", **overdue)
    answers = []
    for said in (*ids[SHOP], SHOP, "Демо-Торг", f"{SHOP} ({ids[SHOP][1]})", f" {ids[SHOP][0].upper()} ,"):
        answers.append(await told(client, "metric", **overdue, arguments={"org": said}))
        assert answers[-1]["arguments"] == {"org": ids[SHOP][0]}
    assert [answer.pop("meant", None) for answer in answers] == [None if i == 2 else {"org": SHOP} for i in range(6)]
    assert [answer.pop("untrusted", None) for answer in answers] == [None if i == 2 else ["meant"] for i in range(6)]
    assert len({json.dumps(answer) for answer in answers}) == 1
    assert answers[0]["scope"] == "chosen own entities alone; the others count as outsiders"
    assert answers[0]["checks"] == of_all["checks"]
    assert "scope" not in of_all
    both = await told(client, "metric", **overdue, arguments={"org": f"{SITE}; {SHOP}"})
    assert set(both["arguments"]["org"].split(",")) == {ids[SHOP][0], ids[SITE][0]}

    behind = await told(client, "explain", receipt=answers[0]["receipt"])
    assert behind["replayed"] == "same"
    assert behind["adds_up"] is True
    assert behind["values"]["rows"][0] == answers[0]["rows"][0]
    assert "main.open_span where org_id in" in behind["sql"]
    page = await told(client, "explain", receipt=answers[0]["receipt"], part="value", rows=50)
    listed = ", ".join(f"'{row[0]}'" for row in page["rows"])
    owners = await told(client, "query", sql=f"SELECT DISTINCT org_id FROM doc WHERE doc_id IN ({listed})")
    assert owners["rows"] == [[ids[SHOP][0]]]


async def test_what_own_entities_owe_each_other_is_included_when_asked_and_explained_by_its_documents(
    client: Client,
) -> None:
    plain = await told(client, "metric", name="ap_total", arguments={"include_intercompany": False})
    wide = await told(client, "metric", name="ap_total", arguments={"include_intercompany": True})
    inner = await told(
        client, "query", sql="SELECT sum(open_kzt) FROM ap_open(DATE '2026-01-31') WHERE is_intercompany"
    )
    assert Decimal(inner["rows"][0][0]) > 0
    assert Decimal(wide["rows"][0][0]) == Decimal(plain["rows"][0][0]) + Decimal(inner["rows"][0][0])
    assert wide["scope"] == "what own entities owe each other is included"
    assert "scope" not in plain
    behind = await told(client, "explain", receipt=wide["receipt"])
    assert (behind["replayed"], behind["adds_up"]) == ("same", True)


async def test_an_entity_that_is_none_is_refused_with_those_there_are(client: Client) -> None:
    wrong = await told(client, "metric", name="ar_total", arguments={"org": "ТОО «Другая»"})
    assert wrong["what"] == "Unknown name"
    assert any(SHOP in name for name in wrong["near"])
    half = await told(client, "metric", name="ar_total", arguments={"org": f"{SHOP}, Другая"})
    assert "'Другая'" in half["why"]
    never = await told(client, "metric", name="pipeline", arguments={"org": SHOP})
    assert "not org" in never["why"]


def test_a_relation_of_the_company_that_says_not_whose_its_rows_are_is_not_asked_of_one_entity(demo: Path) -> None:
    known = Mirror(demo, "owner").current().catalog
    payer = replace(known.relations["fx_rate"], name="payer")
    owned = replace(known.relations["bank_line"], name="own_line")
    extended = Catalog({**known.relations, "payer": payer, "own_line": owned})
    asked = {"org": ("text", "org_1")}
    assert "main.own_line where bank_account_id in" in scope.narrowed("select * from own_line", extended, asked)
    assert scope.narrowed("select * from fx_rate", extended, asked)
    assert scope.narrowed("select * from payer", extended, {"org": None}) == "select * from payer"
    with pytest.raises(BadArgument, match="payer does not say whose its rows are"):
        scope.narrowed("select * from payer", extended, asked)
