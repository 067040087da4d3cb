"""Whatever happens to a statement file's bytes, it is read as a statement whose sums tie or refused with a typed error."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.sources.bank.exchange import read
from sync.sources.bank.statement import StatementRefused, tied
from sync.standins.company.banking import BankLine, Statement, StatementDay
from sync.standins.company.model import Bank, BankAccount, Company, Org
from sync.standins.statements.sides import Sides
from sync.standins.statements.write import encoded

DIALECTS = ("ru", "kaspi", "halyk", "bcc", "jusan")
COMPANY = Company(
    "tiny",
    1,
    date(2026, 1, 31),
    orgs=[Org("org", "1", "Демо-Проба", 'ТОО "Демо-Проба"', "990140000017", "ДП", date(2020, 1, 1))],
    banks=[Bank("b", "1", "АО «Пример Банк»", "CASPKZKA", "990340000030")],
    bank_accounts=[BankAccount("own", "1", "org", True, "KZ36722S000000000001", "b", "KZT")],
)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60
)  # a zero byte means a binary file


def line(number: str, total: int, purpose: str, name: str, on: int = 5) -> BankLine:
    return BankLine(
        "own",
        datetime.fromisoformat(f"2026-01-{on:02d}T09:00"),
        total > 0,
        abs(total),
        number,
        name,
        "990240000023",
        "KZ11601S000000000777",
        "HSBKKZKX",
        purpose,
        "710",
    )


def wire(dialect: str, encoding: str, *rows: BankLine) -> bytes:
    came, went = (sum(x.total for x in rows if x.incoming is side) for side in (True, False))
    day = StatementDay(date(2026, 1, 5), 1_000, 1_000 + came - went, came, went, rows)
    return encoded(
        Statement("f.txt", dialect, encoding, "own", date(2026, 1, 5), date(2026, 1, 5), (day,)), Sides(COMPANY)
    )


def whole(dialect: str, encoding: str) -> bytes:
    return wire(
        dialect,
        encoding,
        line("1", 12_345, "Оплата по счету № 234", "ТОО Пример"),
        line("2", -300, "Комиссия банка", "АО Пример"),
    )


def taken(data: bytes) -> bool:
    """Whether it was read; then its sums must tie by a count made here. Anything but a typed refusal is an error of the test."""
    try:
        got = tied(read(data, "f.txt"))
    except StatementRefused:
        return False
    for section in got.sections:
        mine = [
            x
            for x in got.lines
            if x.account == section.account and section.first_day <= x.value_date <= section.last_day
        ]
        came, went = (
            sum((x.amount for x in mine if x.direction == side), start=section.opening * 0) for side in ("in", "out")
        )
        assert (section.total_in, section.total_out) == (came, went)
        assert section.opening + came - went == section.closing
    return True


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_file_cut_at_any_line_is_refused(dialect: str) -> None:
    for encoding in ("utf-8", "cp1251"):
        data = whole(dialect, encoding)
        assert taken(data)
        pieces = data.splitlines(keepends=True)
        for count in range(len(pieces)):
            assert not taken(b"".join(pieces[:count])), count


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_file_without_one_of_its_lines_ties_or_is_refused(dialect: str) -> None:
    pieces = whole(dialect, "cp1251").splitlines(keepends=True)
    for left_out in range(len(pieces)):
        taken(b"".join(pieces[:left_out] + pieces[left_out + 1 :]))
        taken(b"".join(pieces[: left_out + 1] + pieces[left_out:]))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(DIALECTS), st.sampled_from(["utf-8", "cp1251", "cp866", "utf-8-sig"]), st.data())
def test_flipped_and_lost_bytes_tie_or_are_refused(dialect: str, encoding: str, draw: st.DataObject) -> None:
    data = bytearray(whole(dialect, encoding))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    taken(bytes(data[: draw.draw(st.integers(0, len(data)) | st.just(len(data)))]))


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(
        [b"", b"1CClientBankExchange\r\n", "СекцияРасчСчет\r\n".encode(), "СекцияДокумент=\r\n".encode("cp1251")]
    ),
)
def test_any_bytes_at_all_are_refused(data: bytes, head: bytes) -> None:
    assert not taken(head + data)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(DIALECTS),
    st.lists(st.tuples(st.integers(-(10**15), 10**15).filter(bool), TEXTS, TEXTS), min_size=1, max_size=4),
)
def test_any_words_and_any_amounts_survive_the_way(dialect: str, rows: list[tuple[int, str, str]]) -> None:
    made = [line(str(n), total, purpose, name) for n, (total, purpose, name) in enumerate(rows)]
    got = tied(read(wire(dialect, "utf-8", *made), "f.txt"))
    assert [(x.direction == "in", int(x.amount * 100)) for x in got.lines] == [(x.incoming, x.total) for x in made]
    assert all(x.purpose.isprintable() or not x.purpose.isascii() for x in got.lines)
