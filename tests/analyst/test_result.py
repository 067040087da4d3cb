"""Values reach the host exactly, and what is cut is said."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from analyst.result import Size, cut, payload, plain, shape

ROOM = Size(rows=10, bytes=10_000, cell_bytes=100, columns=5)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Decimal("9999999999999999.99"), "9999999999999999.99"),
        (Decimal("0E-10"), "0.0000000000"),
        (2**53, 2**53),
        (2**53 + 1, str(2**53 + 1)),
        (-(2**70), str(-(2**70))),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (1.5, 1.5),
        (True, True),
        (None, None),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 10, 0), "2026-01-31T10:00:00"),
        (time(10, 0), "10:00:00"),
        (timedelta(days=3, hours=1), "3 days 01:00:00"),
        (timedelta(microseconds=500_000), "0 days 00:00:00.500000"),
        ({"a\u200b": 1, "a": 2}, [["a", 1], ["a", 2]]),
        ({"…": 1}, [["…", 1]]),
        ("x\U000e0049\U000e0067y\u00adz\u3164\ufe00\u2028", "xyz"),
        (b"\x00\xff", "00ff"),
        ([Decimal("1.10"), None], ["1.10", None]),
        ({"a": date(2026, 1, 1)}, {"a": "2026-01-01"}),
        ("a\u202eb\u200b\x00c", "abc"),
        ("Қазақстан «₸»", "Қазақстан «₸»"),
    ],
)
@pytest.mark.promise("result.exact")
def test_a_cell_is_told_exactly(value: Any, told: Any) -> None:
    assert plain(value) == told
    assert json.loads(json.dumps(plain(value), allow_nan=False)) == told


@pytest.mark.promise("result.marked")
def test_text_is_cut_between_letters_and_says_how_much_is_missing() -> None:
    assert cut("ж" * 100, 11) == "жжжжж…[+190 bytes]"


@pytest.mark.promise("result.bounded", "result.marked")
def test_rows_stop_at_the_first_limit_reached() -> None:
    many = ((n, "x" * 50) for n in range(1000))
    by_rows = shape(["n", "x"], many, ROOM)
    assert (by_rows.shown, by_rows.more) == (10, True)
    by_bytes = shape(["n", "x"], ((n, "x" * 90) for n in range(1000)), Size(1000, 1000, 100, 5))
    assert by_bytes.more
    assert len(by_bytes.text.encode()) <= 1000
    assert by_bytes.cuts == ("rows stop at 1000 bytes: name fewer columns, or ask for more rows",)


@pytest.mark.promise("result.marked")
def test_one_row_is_shown_however_long() -> None:
    body = shape([f"c{n}" for n in range(50)], [["я" * 5000] * 50], Size(10, 4000, 2048, 50))
    assert body.shown == 1
    assert len(body.text.encode()) < 6000
    assert json.loads(f"{{{body.text}}}")["rows"][0][0].startswith("я")


@pytest.mark.promise("result.bounded")
def test_huge_cells_are_cut_without_being_copied_whole() -> None:
    body = shape(["t", "b"], [["x" * 50_000_000, b"y" * 50_000_000]], ROOM)
    cells = json.loads(f"{{{body.text}}}")["rows"][0]
    assert cells[0].endswith("[50000000 characters]")
    assert cells[1].endswith("[50000000 bytes]")


@pytest.mark.promise("result.marked")
def test_no_rows_are_no_rows_and_not_cut() -> None:
    body = shape(["a"], [], ROOM)
    assert (body.shown, body.more, body.cuts) == (0, False, ())
    assert json.loads(payload({"as_of": "x", "cut": ()}, body.text)) == {"as_of": "x", "columns": ["a"], "rows": []}


def test_a_list_cut_inside_a_cell_is_said_however_short_its_text() -> None:
    body = shape(["a", "b"], [({"in": [0] * 1015}, {"in": ["…"]})], Size(5, 64_000, 4096, 10))
    assert body.cuts == ("long cells are cut: a",)
