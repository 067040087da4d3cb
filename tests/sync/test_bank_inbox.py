"""A folder of statement files pulled by the real source: what becomes rows, what is told apart, what is turned away."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from sync.sources.bank import TABLES, source
from sync.standins.company import generate
from sync.standins.company.banking import BankLine, Statement, StatementDay
from sync.standins.company.model import Bank, BankAccount, Company, Org
from sync.standins.statements import write
from tests.sync.inbox import Pulled, pulled

IBAN = "KZ36722S000000000001"


def company(*statements: Statement) -> Company:
    return Company(
        "tiny",
        1,
        date(2026, 1, 31),
        orgs=[Org("org", "1", "Демо-Проба", 'ТОО "Демо-Проба"', "990140000017", "ДП", date(2020, 1, 1))],
        banks=[Bank("b", "1", "АО «Пример Банк»", "CASPKZKA", "990340000030")],
        bank_accounts=[BankAccount("own", "1", "org", True, IBAN, "b", "KZT")],
        statements=list(statements),
    )


def line(number: str, on: int, total: int, *, incoming: bool = True, purpose: str = "Оплата") -> BankLine:
    return BankLine(
        "own",
        datetime.fromisoformat(f"2026-01-{on:02d}T23:59"),
        incoming,
        total,
        number,
        "ТОО Пример",
        "990240000023",
        "KZ11601S000000000777",
        "HSBKKZKX",
        purpose,
        "710",
    )


def statement(
    file: str, first: int, last: int, lines: Iterable[BankLine], *, opening: int = 0, dialect: str = "kaspi"
) -> Statement:
    rows = tuple(lines)
    came, went = (sum(x.total for x in rows if x.incoming is side) for side in (True, False))
    day = StatementDay(date(2026, 1, first), opening, opening + came - went, came, went, rows)
    return Statement(file, dialect, "cp1251", "own", date(2026, 1, first), date(2026, 1, last), (day,))


def pull(inbox: Path, before: Pulled | None = None, *, full: bool = False) -> Pulled:
    return pulled(source(inbox), before, full=full)


def test_frames_have_the_declared_columns_and_types(tmp_path: Path) -> None:
    write(company(statement("a.txt", 1, 31, [line("1", 5, 12_345)])), tmp_path)
    got = pull(tmp_path)
    kinds = {"VARCHAR": pl.String, "DATE": pl.Date, "INTEGER": pl.Int32, "DECIMAL(18,2)": pl.Decimal(18, 2)}
    for table in TABLES:
        frame = got.rows[table.name]
        assert list(frame.schema.items()) == [("src_ref", pl.String), ("src_version", pl.String)] + [
            (n, kinds[t]) for n, t in table.columns.items()
        ]
        assert frame["src_ref"].null_count() == 0
    assert got.order[-1] == "file", "a file must not be known before its lines are in"
    sha = hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()
    assert got.rows["file"].row(0, named=True) == {
        "src_ref": sha, "src_version": sha, "name": "a.txt", "dialect": "kaspi", "encoding": "cp1251", "account": IBAN,
        "first_day": date(2026, 1, 1), "last_day": date(2026, 1, 31), "lines": 1,
    }  # fmt: skip
    assert got.rows["stmt"].row(0, named=True) == {
        "src_ref": f"{IBAN}|2026-01-01|2026-01-31", "src_version": None, "file_sha": sha, "account": IBAN, "currency": "KZT",
        "first_day": date(2026, 1, 1), "last_day": date(2026, 1, 31),
        "opening": Decimal("0.00"), "closing": Decimal("123.45"), "total_in": Decimal("123.45"), "total_out": Decimal("0.00"),
    }  # fmt: skip
    assert (got.done.watermark, got.done.data_to) == ("2026-01-31", "2026-01-31")


def test_equal_lines_of_one_file_stay_and_equal_lines_of_two_files_are_one(tmp_path: Path) -> None:
    twice = [line("7", 10, 500), line("7", 10, 500)]
    early = statement("early.txt", 1, 15, [line("1", 5, 100), *twice])
    late = statement("late.txt", 10, 31, [*twice, line("9", 20, 700)], opening=100)
    write(company(early, late), tmp_path)
    got = pull(tmp_path)
    assert sorted(got.rows["line"]["amount"].to_list()) == [
        Decimal("1.00"),
        Decimal("5.00"),
        Decimal("5.00"),
        Decimal("7.00"),
    ]
    assert sorted(ref.rpartition("#")[2] for ref in got.rows["line"]["src_ref"]) == ["1", "1", "1", "2"]
    assert got.rows["stmt"].height == 2


def test_the_same_movement_in_two_hands_of_one_bank_is_one_line(tmp_path: Path) -> None:
    one = line("7", 10, 500, purpose="Оплата  по СЧЕТУ 5")
    other = replace(one, purpose="оплата по счету 5")
    write(company(statement("a.txt", 1, 31, [one]), statement("b.txt", 1, 31, [other], dialect="ru")), tmp_path)
    assert pull(tmp_path).rows["line"].height == 1


@pytest.mark.parametrize(
    "change",
    [
        {"total": 501},
        {"number": "8"},
        {"purpose": "Возврат"},
        {"incoming": False},
        {"party_bin": "990540000049"},
        {"party_iban": ""},
    ],
)
def test_whatever_makes_a_movement_another_one_makes_another_line(tmp_path: Path, change: dict[str, object]) -> None:
    one = line("7", 10, 500)
    other = replace(one, **change)  # type: ignore[arg-type]
    write(company(statement("a.txt", 1, 31, [one]), statement("b.txt", 1, 31, [other])), tmp_path)
    assert pull(tmp_path).rows["line"].height == 2


def test_a_file_that_fails_is_turned_away_alone(tmp_path: Path) -> None:
    good = statement("z.txt", 1, 31, [line("1", 5, 100)])
    wrong = replace(good.days[0], total_in=200)
    write(company(replace(good, file="m.txt", days=(wrong,), flaw="totals"), good), tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 picture")
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04 sheet")
    got = pull(tmp_path)
    assert got.rows["file"]["name"].to_list() == ["z.txt"]
    assert [(r.table, r.text) for r in got.rejects] == [("file", "list.xlsx"), ("file", "m.txt"), ("file", "photo.jpg")]
    assert got.rejects[1].ref == hashlib.sha256((tmp_path / "m.txt").read_bytes()).hexdigest()
    assert (
        "m.txt, line 8: ВсегоПоступило is 2.00, but the documents add up to 1.00 (difference 1.00)"
        in got.rejects[1].reason
    )
    assert "Excel" in got.rejects[0].reason
    assert pull(tmp_path, got).rejects == got.rejects, "a file still there is still wrong"


def test_an_empty_statement_loads_its_balances(tmp_path: Path) -> None:
    write(company(statement("a.txt", 1, 31, [], opening=-5)), tmp_path)
    got = pull(tmp_path)
    assert "line" not in got.rows
    assert got.rows["stmt"]["closing"].to_list() == [Decimal("-0.05")]


@pytest.mark.parametrize("size", ["tiny", "demo"])
def test_every_movement_of_the_demo_company_comes_back_exactly_once(tmp_path: Path, size: str) -> None:
    now = generate(size, 7).now
    write(now, tmp_path)
    got = pull(tmp_path)
    assert len(got.rejects) == sum(s.flaw == "totals" for s in now.statements)
    accounts = {a.ref: a for a in now.bank_accounts}
    copies = {"totals", "overlap", "duplicate_file"}  # these files repeat what other files hold
    expected = Counter(
        (
            accounts[x.account].iban,
            accounts[x.account].currency,
            x.moment.date(),
            x.incoming,
            x.total,
            x.number,
            x.party_bin,
            x.party_iban,
            x.party_name,
            x.purpose,
        )
        for s in now.statements
        if s.flaw not in copies
        for d in s.days
        for x in d.lines
    )
    columns = (
        "account",
        "currency",
        "value_date",
        "direction",
        "amount",
        "doc_number",
        "cp_bin",
        "cp_iban",
        "cp_name",
        "purpose",
    )
    rows = got.rows["line"].select(columns).iter_rows()
    assert (
        Counter((a, c, d, side == "in", int(amount * 100), *rest) for a, c, d, side, amount, *rest in rows) == expected
    )
