"""What has one value in every row is told once: more rows fit, none is lost, and what fits already stays as it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analyst import alike, metrics, result
from analyst.audit import Audit
from analyst.pool import Pool, Reply
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst

COLUMNS = ("number", "amount", "total", "reason")
ROWS = [[f"{n:011}", f"{n}.00", "123456789.00", None] for n in range(30)]
USUAL = result.Size(20, 500, 2048, 200)


@pytest.fixture
def reply(published: Path) -> Reply:
    return Reply(Mirror(published, "owner").current(), 0, 30, (), (), (), "")


def made(reply: Reply, rows: Sequence[Sequence[Any]], columns: Sequence[str] = COLUMNS) -> Reply:
    """As the worker gives it, with room for more than is told."""
    body = result.shape(columns, rows, replace(USUAL, bytes=alike.ROOM * USUAL.bytes))
    return replace(reply, text=body.text, shown=body.shown, cuts=body.cuts)


def read(reply: Reply, same: dict[str, Any]) -> list[dict[str, Any]]:
    columns, rows = alike.unfolded(json.loads(f"{{{reply.text}}}") | {"same": same})
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_columns_of_one_value_are_told_once_so_that_more_rows_fit(reply: Reply) -> None:
    told, same = alike.fitted(made(reply, ROWS), USUAL)
    assert same == {"total": "123456789.00", "reason": None}
    assert len((told.text + result.dumps({"same": same})).encode()) <= USUAL.bytes
    assert told.shown > result.shape(COLUMNS, ROWS, USUAL).shown
    assert read(told, same) == [dict(zip(COLUMNS, row, strict=True)) for row in ROWS[: told.shown]]
    assert told.cuts == (f"rows stop at {told.shown}: ask for more with `rows`",)


def test_what_fits_or_has_nothing_alike_stays_as_it_is(reply: Reply) -> None:
    short = made(reply, ROWS[:3])
    assert alike.fitted(short, USUAL) == (short, {})
    differing = [[*row[:2], str(n), n] for n, row in enumerate(ROWS)]
    told, same = alike.fitted(made(reply, differing), USUAL)
    assert (same, told.shown) == ({}, result.shape(COLUMNS, differing, USUAL).shown)
    long = made(reply, [[*ROWS[0][:2], "x" * 600, None]])
    told, same = alike.fitted(long, USUAL)
    assert (same, told.shown, told.cuts) == ({}, 1, ("long cells are cut: total",))
    equal = made(reply, [ROWS[0]] * 20)
    assert alike.fitted(equal, USUAL)[1] == {}


def test_rows_that_the_worker_stopped_at_are_still_said_to_be_missing(reply: Reply) -> None:
    many = [[n, 1, "y" * 60, "z" * 60] for n in range(30)]
    told, same = alike.fitted(made(reply, many), USUAL)
    assert len(same) == 3
    assert told.shown == len(json.loads(f"{{{made(reply, many).text}}}")["rows"]) < 30
    assert told.cuts == (f"rows stop at {told.shown}: ask for more with `rows`",)


@pytest.mark.anyio
async def test_an_act_is_whole_without_asking_for_rows_and_its_receipt_replays(
    demo: Path, truth: dict[str, Any], tmp_path: Path
) -> None:
    chosen = Settings(data=demo, audit=tmp_path)
    log = Audit(chosen.audit_folder, "test", chosen.role)
    analyst = Analyst(chosen, Mirror(demo, chosen.role), Pool(chosen), log, metrics.read())
    asked = {"counterparty": truth["facts"]["16"]["party"], "period": "2025-Q4"}
    answer = json.loads(await analyst.metric("act_of_reconciliation", asked))
    whole = json.loads(await analyst.metric("act_of_reconciliation", asked, rows=20))
    assert (answer["shown"], whole["shown"], "same" in whole) == ("4 of 4", "4 of 4", False)
    assert answer["same"]["closing_kzt"] == truth["facts"]["16"]["open_kzt"][asked["counterparty"]]
    columns, rows = alike.unfolded(answer)
    assert [dict(zip(columns, row, strict=True)) for row in rows] == [
        dict(zip(whole["columns"], row, strict=True)) for row in whole["rows"]
    ]
    assert json.loads(await analyst.explain(answer["receipt"]))["replayed"] == "same"
    analyst.pool.close()
    analyst.audit.close()
