"""First drafts of an agent: most run at once, and what does not is put right by the one fix that its error gives."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analyst.desk import Desk
from analyst.errors import AnalystError
from analyst.worker import open_desk
from tests.analyst import drafts
from tests.analyst.test_cost import ERROR, tokens

# The share that runs at once is a fact about the drafts: one in eight guesses a name, one in ten speaks another dialect, on purpose.
AT_ONCE = 0.76
MENDED = 0.98
SAME = 0.95  # of the fixes give what was meant, not just something that runs
SIZE = {"rows": 300, "bytes": 1 << 20, "cell_bytes": 2048, "columns": 200}


@pytest.fixture(scope="module")
def desk(demo: Path) -> Iterator[Desk]:
    """What a worker answers with, in this process."""
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    folder, owner = demo / "snapshots" / current["snapshot"], current["roles"]["owner"]
    order = {
        "file": str(folder / owner["file"]),
        "catalog": str(folder / owner["catalog"]),
        "as_of": current["as_of"],
        "memory_mb": 512,
        "threads": 1,
        "seconds": 10.0,
    }
    opened = open_desk(order, limits=False)
    yield opened
    opened.con.close()


def test_there_are_drafts_on_every_topic() -> None:
    topics = Counter(draft.topic for draft in drafts.read())
    assert topics.total() >= 300
    assert len(topics) >= 12
    assert min(topics.values()) >= 15
    assert len({draft.sql for draft in drafts.read()}) == topics.total()


def test_drafts_run_at_once_as_often_as_is_said(desk: Desk) -> None:
    stopped = {}
    for draft in drafts.read():
        try:
            ready = desk.check(draft.sql, frozenset())
            desk.con.execute(ready.checked.core).fetchmany(5)
        except (AnalystError, duckdb.Error) as error:
            stopped[draft.sql] = str(error)
    known = {draft.sql for draft in drafts.read() if draft.meant}
    assert set(stopped) <= known, {sql: why for sql, why in stopped.items() if sql not in known}
    assert 1 - len(known) / len(drafts.read()) >= AT_ONCE


def rows(desk: Desk, sql: str) -> list[str]:
    return sorted(map(str, json.loads(f"{{{desk.answer({'sql': sql, 'size': SIZE})[1].decode()}}}")["rows"]))


def test_one_fix_puts_a_draft_right(desk: Desk) -> None:
    wrong = [draft for draft in drafts.read() if draft.meant]
    unmended, long = [], {}
    for draft in wrong:
        with pytest.raises(AnalystError) as told:
            desk.answer({"sql": draft.sql, "size": SIZE})
        if (cost := tokens(told.value.payload())) > ERROR:
            long[draft.sql] = cost
        fix = told.value.fix
        if fix != draft.meant and rows(desk, fix) != rows(desk, draft.meant):
            unmended.append((draft.sql, fix))
    assert long == {}
    assert 1 - len(unmended) / len(drafts.read()) >= MENDED, unmended
    assert 1 - len(unmended) / len(wrong) >= SAME, unmended
