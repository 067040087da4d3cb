"""Receipts on the disk: written by several processes, torn, changed, many; found all the same or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from analyst import receipts
from analyst.errors import AuditFailed
from analyst.receipts import Receipts

BOUND: dict[str, Any] = {"as_of": ("date", "2026-01-31"), "item": ("text", "Труба «Ø»\n57"), "counterparty": None}
SNAPSHOT = "20260131T020000Z"
SIZE = {"rows": 20, "bytes": 780, "cell_bytes": 2048, "columns": 200}


@pytest.fixture
def kept(tmp_path: Path) -> Receipts:
    return Receipts(tmp_path / "receipts", "owner")


def the_file(kept: Receipts) -> Path:
    (file,) = kept.folder.iterdir()
    return file


def test_a_receipt_is_found_as_it_was_written_also_after_a_restart_and_in_any_case(kept: Receipts) -> None:
    made = kept.keep("metric", SNAPSHOT, "stock v1", BOUND, size={"rows": 20}, total=3, answer="rows")
    for wanted in (made, made.lower(), f" {made[2:]} "):
        found = Receipts(kept.folder, "owner").find(wanted)
        assert found is not None
        assert (found.receipt, found.tool, found.snapshot, found.definition) == (made, "metric", SNAPSHOT, "stock v1")
        assert (found.size, found.total, found.answer) == ({"rows": 20}, 3, receipts.digest("rows"))
        assert found.arguments == {
            "as_of": ["date", "2026-01-31"],
            "item": ["text", "Труба «Ø»\n57"],
            "counterparty": None,
        }


def test_the_same_question_is_written_once_and_another_one_has_another_name(kept: Receipts) -> None:
    first = kept.keep("query", SNAPSHOT, "query", {"sql": "SELECT 1"})
    assert kept.keep("query", SNAPSHOT, "query", {"sql": "SELECT 1"}) == first
    assert the_file(kept).read_text().count("SELECT 1") == 1
    assert kept.keep("query", SNAPSHOT, "query", {"sql": "SELECT 1 "}) != first
    assert kept.keep("query", "20260201T020000Z", "query", {"sql": "SELECT 1"}) != first


def test_what_looks_like_a_receipt_inside_a_statement_is_none(kept: Receipts) -> None:
    wanted = kept.keep("query", SNAPSHOT, "query", {"sql": "SELECT 2"})
    line = the_file(kept).read_text()
    the_file(kept).unlink()
    kept.keep("query", SNAPSHOT, "query", {"sql": f"SELECT '{line}\n'"})
    assert kept.find(wanted) is None


@pytest.mark.parametrize(
    "wanted", ["", "R-", "R-AAAAAAAAAA", "R-AAAAAAAA", "../../etc/passwd", "R-АААААААААА", "x" * 9999]
)
def test_what_nobody_got_is_not_found(kept: Receipts, wanted: str) -> None:
    assert kept.find(wanted) is None  # before there is a folder
    kept.keep("query", SNAPSHOT, "query", {"sql": "SELECT 1"})
    assert kept.find(wanted) is None


def test_a_torn_line_is_lost_alone(kept: Receipts) -> None:
    before, torn = (kept.keep("query", SNAPSHOT, "query", {"sql": sql}) for sql in ("SELECT 1", "SELECT 2"))
    whole = the_file(kept).read_bytes()
    for cut in (1, 10, 100):
        the_file(kept).write_bytes(whole[:-cut])
        after = Receipts(kept.folder, "owner").keep("query", SNAPSHOT, "query", {"sql": f"SELECT {cut}0"})
        again = Receipts(kept.folder, "owner")
        assert again.find(torn) is None
        assert [bool(again.find(name)) for name in (before, after)] == [True, True]


@pytest.mark.promise("audit.receipts")
def test_a_changed_receipt_and_that_of_another_role_are_not_found(kept: Receipts) -> None:
    made = kept.keep("metric", SNAPSHOT, "stock v1", BOUND)
    assert Receipts(kept.folder, "seller").find(made) is None
    line = json.loads(the_file(kept).read_text())
    changes: list[dict[str, Any]] = [
        {"snapshot": "20260201T020000Z"},
        {"definition": "stock v2"},
        {"arguments": {}},
        {"more": 1},
    ]
    for change in changes:
        the_file(kept).write_text("\n" + json.dumps(line | change, separators=(",", ":")))
        assert kept.find(made) is None
    the_file(kept).write_text("\n" + json.dumps(line, separators=(",", ":")))
    assert kept.find(made) is not None


def test_two_processes_append_to_one_folder_and_lose_nothing(kept: Receipts) -> None:
    program = (
        "import sys; from pathlib import Path; from analyst.receipts import Receipts\n"
        "kept = Receipts(Path(sys.argv[1]), 'owner')\n"
        "for n in range(300): print(kept.keep('query', '1', 'query', {'sql': sys.argv[2] * 200 + str(n)}))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", program, str(kept.folder), word], stdout=subprocess.PIPE, text=True)
        for word in ("a", "b")
    ]
    told = [name for process in both for name in process.communicate()[0].split()]
    assert [process.returncode for process in both] == [0, 0]
    assert len(set(told)) == 600
    assert [name for name in told if kept.find(name) is None] == []


def test_one_of_a_hundred_thousand_costs_little_more_than_reading_the_file_once(kept: Receipts) -> None:
    first = kept.keep("metric", SNAPSHOT, "stock v1", BOUND)
    line = (the_file(kept).read_text().strip() + " " * 60).encode()
    with the_file(kept).open("ab") as file:
        file.writelines(b"\n" + line.replace(first.encode(), b"R-%010d" % n) for n in range(100_000))
    last = kept.keep("query", SNAPSHOT, "query", {"sql": "SELECT 1"})
    once = least(lambda: the_file(kept).read_bytes().find(b"no such text"))
    for wanted, there in ((first, True), (last, True), ("R-AAAAAAAAAA", False)):
        assert (kept.find(wanted) is not None) is there
        assert least(partial(kept.find, wanted)) <= 3 * once, wanted


def least(work: Callable[[], object]) -> float:
    """Seconds of CPU that the best of five runs takes."""
    spent = []
    for _ in range(5):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def test_the_oldest_days_are_removed_when_a_new_one_begins(kept: Receipts, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.folder.mkdir()
    days = [f"2020-01-{day:02}.jsonl" for day in range(1, 6)]
    for day in days:
        (kept.folder / day).write_bytes(b"")
    monkeypatch.setattr(receipts, "KEPT_DAYS", 3)
    kept.keep("query", SNAPSHOT, "query", {"sql": "SELECT 1"})
    *old, new = sorted(path.name for path in kept.folder.iterdir())
    assert old == days[2:]
    assert new.startswith(f"{datetime.now(UTC):%Y-}")


def test_nothing_is_answered_whose_receipt_cannot_be_kept(kept: Receipts) -> None:
    kept.folder.write_text("a file stands in the way")
    with pytest.raises(AuditFailed) as raised:
        kept.keep("query", SNAPSHOT, "query", {"sql": "SELECT 1"})
    assert str(kept.folder.parent) not in raised.value.payload()


@pytest.mark.promise("audit.receipts")
@pytest.mark.parametrize(
    "change",
    [
        {"arguments": None},
        {"arguments": []},
        {"snapshot": None},
        {"snapshot": 5},
        {"tool": 5},
        {"size": "x"},
        {"size": {"rows": "20", "bytes": 780, "cell_bytes": 2048, "columns": 200}},
    ],
)
def test_a_receipt_with_a_damaged_part_is_none(kept: Receipts, change: dict[str, object]) -> None:
    made = kept.keep("query", "s", "query", {"sql": "SELECT 1"}, size=SIZE, total=1)
    (file,) = kept.folder.glob("*.jsonl")
    line = json.loads(file.read_text(encoding="utf-8")) | change
    if line["arguments"]:
        line["receipt"] = made = receipts.name(line["snapshot"], line["definition"], line["arguments"])
    file.write_text("\n" + json.dumps(line, separators=(",", ":")), encoding="utf-8")
    assert kept.find(made) is None
    file.write_text(f'\n{{"receipt":"{made}","role":{"[" * 200_000}', encoding="utf-8")
    assert kept.find(made) is None


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_receipts_are_not_written_through_a_link(kept: Receipts, tmp_path: Path) -> None:
    kept.folder.mkdir(parents=True, exist_ok=True)
    bait = tmp_path / "bait.txt"
    bait.write_text("as it was", encoding="utf-8")
    (kept.folder / f"{datetime.now(UTC):%Y-%m-%d}.jsonl").symlink_to(bait)
    with pytest.raises(AuditFailed):
        kept.keep("query", "s", "query", {"sql": "SELECT 1"}, size=SIZE)
    assert bait.read_text(encoding="utf-8") == "as it was"
