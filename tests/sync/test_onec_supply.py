"""Promises of goods: read whole where a base publishes them, left alone where it does not, never half of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
import stamina

from sync.errors import SourceRefused
from sync.sources.onec.reading import Reading
from sync.sources.onec.tables import OPTIONAL
from sync.standins.company import Company, Story, generate
from sync.standins.company.promising import balance
from sync.standins.onec import OnecServer
from tests.sync.onec_mirror import BEFORE, NOW, Mirror, asked, served

FIRST = datetime(2025, 12, 1)
READING = Reading(start=FIRST.date(), open_from=date(2026, 1, 1))
NAMES = tuple(s.table.name for s in OPTIONAL)
REGISTERS = ("reserve", "ordered_out", "ordered_in", "in_transit")
SETS = {s.table.path.removesuffix("_RecordType") for s in OPTIONAL}


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture(scope="module")
def story() -> Story:
    """The demo company with its promises, and of the rest only the documents that wrote them."""

    def bare(company: Company) -> Company:
        writers = {promise.doc for promise in company.promises}
        return replace(company, docs=[d for d in company.docs if d.ref in writers], entries=[], stock=[], rates=[])

    made = generate("demo", 7)
    return replace(made, before=bare(made.before), now=bare(made.now))


def mirrored(server: OnecServer, now: datetime, mirror: Mirror | None = None, *, full: bool = False) -> Mirror:
    kept = mirror or Mirror()
    kept.pull(server, now, full=full, reading=READING)
    return kept


def test_orders_units_and_registers_come_whole_with_the_balance_of_1c(story: Story) -> None:
    with served(story.now) as server:
        mirror = mirrored(server, NOW)
    company = story.now
    orders = {order.ref: order for order in company.orders}
    for kind, column in (("order_out", "ДатаОтгрузки"), ("order_in", "ДатаПоступления")):
        read = {ref: row[column].date() for ref, row in mirror.rows[kind].items()}
        assert read == {ref: order.day for ref, order in orders.items() if order.kind == kind}
        assert read
    assert {u["Коэффициент"] for u in mirror.rows["item_unit"].values()} == {
        Decimal("0.001"), Decimal("0.000888"), Decimal(2),
    }  # fmt: skip
    for register in REGISTERS:
        signs = {"Receipt": 1, "Expense": -1}
        moved = [signs[r["RecordType"]] * r["Количество"] for r in mirror.rows[register].values()]
        wanted = [p.qty if p.receipt else -p.qty for p in company.promises if p.register == register]
        assert sorted(moved) == sorted(Decimal(qty) / 1000 for qty in wanted), register
        assert mirror.totals[f"{register}.rows"] == str(len(wanted))
    told = {
        (r["Номенклатура_Key"], r["Склад_Key"], r["ДокументРезерва"]): r["КоличествоBalance"] * 1000
        for r in mirror.rows["reserve_balance"].values()
    }
    assert told == balance(company.promises, "reserve")


def test_the_next_pull_ends_with_what_a_full_one_reads_and_asks_nothing_of_closed_months(story: Story) -> None:
    with served(story.before) as server:
        mirror = mirrored(server, BEFORE)
        eta = {r["Number"]: r["ДатаПоступления"] for r in mirror.rows["order_in"].values()}
        server.load(story.now)
        mirrored(server, NOW, mirror)
        rows = asked(server, "ТоварыВРезервеНаСкладах_RecordType?")
        assert rows
        assert not [a for a in rows if "ge datetime'2025-12-01" in a and "lt datetime'2026-01-01" in a]
        whole = mirrored(server, NOW)
    for name in NAMES:
        assert mirror.rows[name] == whole.rows[name], name
    moved = {r["Number"] for r in mirror.rows["order_in"].values() if r["ДатаПоступления"] != eta[r["Number"]]}
    assert len(moved) == 1


def test_accounting_alone_is_read_without_promises(story: Story) -> None:
    with served(story.now) as server:
        server.unpublished |= SETS
        mirror = mirrored(server, NOW)
    assert not any(mirror.rows[name] for name in NAMES)
    assert not [name for name in mirror.totals if name.partition(".")[0] in NAMES]
    assert mirror.totals["sale.rows"] == "1"


def test_half_a_part_is_not_read_at_all(story: Story) -> None:
    with served(story.now) as server:
        server.unpublished.add("AccumulationRegister_ЗаказыПокупателей")
        mirror = mirrored(server, NOW)
    read = {name for name in NAMES if mirror.rows[name]}
    assert read == {"transfer", "in_transit", "item_unit"}


def test_a_part_that_vanished_is_a_lost_right_unless_all_is_read_anew(story: Story) -> None:
    with served(story.now) as server:
        mirror = mirrored(server, NOW)
        server.unpublished.add("Document_ЗаказПоставщику")
        with pytest.raises(SourceRefused, match=r"ТоварыВРезервеНаСкладах.*--full"):
            mirrored(server, NOW, mirror)
        mirrored(server, NOW, mirror, full=True)
    assert not any(mirror.rows[name] for name in ("order_out", "order_in", "reserve", "ordered_in", "reserve_balance"))
    assert mirror.rows["in_transit"]
