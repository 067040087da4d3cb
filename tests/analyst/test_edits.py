"""The fix of a long statement is told by what to replace in it: made wherever it stands, it gives the statement that runs."""

from __future__ import annotations

import random

import pytest

from analyst import edits
from analyst.errors import FIX_BYTES, QueryFailed

LONG = " AND number <> 'x'" * 20


@pytest.mark.parametrize(
    ("sql", "mended", "replace"),
    [
        ("SELECT amount, sum(amount) FROM doc", "SELECT sum_kzt, sum(sum_kzt) FROM doc", {"amount": "sum_kzt"}),
        ("SELECT amount, amount_doc FROM doc", "SELECT open_kzt, amount_doc FROM doc", {"amount,": "open_kzt,"}),
        ("SELECT a -- b\nFROM  doc", "SELECT c FROM doc", {"a -": "c -"}),
        ("SELECT a FROM doc", "SELECT a FROM doc", None),
    ],
)
def test_what_to_replace_is_a_run_of_whole_words(sql: str, mended: str, replace: dict[str, str] | None) -> None:
    told = edits.changes(sql, mended)
    if replace is None:
        assert not told
    else:
        assert told is not None
        assert edits.flat(edits.applied(sql, told)) == edits.flat(mended)
        assert len(told) == len(replace)


def test_whatever_is_told_gives_the_statement_that_was_meant() -> None:
    chance = random.Random(3)
    words = ["amount", "sum(amount)", "amount_doc", "date", "'amount'", "a.amount", "x", "(", ")", ",", "10"]
    told = 0
    for _ in range(300):
        old = " ".join(chance.choices(words, k=30))
        new = old.replace(
            *chance.choice([("amount", "open"), ("date", "doc_date"), ("x", "y AS x"), ("10", "")]),
            chance.choice([1, -1]),
        )
        if (found := edits.changes(old, new)) is not None:
            told += 1
            assert edits.flat(edits.applied(old, found)) == edits.flat(new)
    assert told > 150


def test_a_short_statement_is_told_whole_and_a_long_one_by_its_changes() -> None:
    error = QueryFailed("there is no column amount", fix="SELECT 1")
    short = error.with_mend("SELECT amount FROM doc", "SELECT sum_kzt -- one\nFROM doc")
    assert short is not None
    assert (short.fix, short.replace) == ("SELECT sum_kzt FROM doc", {})
    sql = f"SELECT amount FROM doc WHERE true{LONG}"
    long = error.with_mend(sql, sql.replace("amount", "sum_kzt"))
    assert long is not None
    assert (long.fix, long.replace) == ("", {"amount": "sum_kzt"})
    assert '"replace":{"amount":"sum_kzt"}' in long.payload()
    assert error.with_mend(sql, f"SELECT {', '.join(f'c{n}' for n in range(FIX_BYTES))} FROM doc") is None
