"""What is free and when: the real marts on a few promises written by hand, and on random ones against a plan kept day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sql

DAY = date(2026, 1, 31)
TABLES = """
create table item (item_id varchar, name varchar, unit varchar);
create table warehouse (warehouse_id varchar, name varchar);
create table cp (cp_id varchar, name varchar);
create table stock_move (org_id varchar, item_id varchar, warehouse_id varchar, move_date date, qty decimal(18,3));
create table goods_order (doc_id varchar, type varchar, number varchar, order_date date, cp_id varchar, warehouse_id varchar,
    warehouse_to_id varchar, due_date date);
create table promise_move (kind varchar, order_id varchar, item_id varchar, warehouse_id varchar, move_date date, qty decimal(18,3));
create table lead_time (warehouse_id varchar, from_warehouse varchar, place varchar, lead_days integer);
insert into item values ('it_1', 'Арматура', 'т'), ('it_2', 'Лист', 'т');
insert into warehouse values ('a', 'Склад А'), ('b', 'Склад Б'), ('c', 'Склад В');
insert into cp values ('cp_1', 'Покупатель');
insert into lead_time values ('a', 'Склад А', 'Алматы', 3), ('b', 'Склад Б', 'Алматы', 1), ('a', 'Склад А', 'Склад Б', 4), ('c', 'Склад В', 'Склад А', 1);
"""
MODELS = ("in_unit", "stock_reserve", "order_demand", "supply_plan", "stock_available", "atp")


def day(offset: int | None) -> date | None:
    return None if offset is None else DAY + timedelta(days=offset)


class Plan:
    """Promises of goods; quantities are ints in thousandths, days are offsets from DAY."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute("set threads = 1")
        self.con.execute(TABLES)
        found = {d.name: d for d in sql.read("mart")}
        for name in MODELS:
            kind, body = found[name].facts["kind"], found[name].body
            if kind.startswith("scalar"):
                self.con.execute(f"create macro {name}(base_qty, unit_factor) as {body}")
            else:
                self.con.execute(f"create macro {name}{kind[5:]} as table {body}")

    def clear(self) -> None:
        for table in ("stock_move", "goods_order", "promise_move"):
            self.con.execute(f"delete from {table}")

    def stock(self, store: str, qty: int, item: str = "it_1", on: int = -5) -> None:
        self.con.execute(
            "insert into stock_move values ('org_1', ?, ?, ?, ?)", [item, store, day(on), Decimal(qty) / 1000]
        )

    def order(
        self, name: str, kind: str, store: str | None, due: int | None, to: str | None = None, on: int = -5
    ) -> None:
        self.con.execute("insert into goods_order values (?, ?, ?, ?, 'cp_1', ?, ?, ?)",
                         [name, kind, name, day(on), store, to, day(due)])  # fmt: skip

    def promise(self, kind: str, order: str, qty: int, store: str | None = None, on: int = -5) -> None:
        self.con.execute(
            "insert into promise_move values (?, ?, 'it_1', ?, ?, ?)",
            [kind, order, store, day(on), Decimal(qty) / 1000],
        )

    def ready(self, need: int, to: str | None = None, on: int = 0) -> dict[str, tuple[Any, ...]]:
        """By store: the first day as an offset, days to the place, arrival as an offset, reason, best."""
        rows = self.con.execute(
            "select warehouse_id, ready_on, lead_days, arrives_on, reason, is_best from atp('it_1', ?, ?, ?)",
            [Decimal(need) / 1000, to, day(on)],
        ).fetchall()
        return {r[0]: (_off(r[1]), r[2], _off(r[3]), r[4], r[5]) for r in rows}

    def available(self, *columns: str, on: int = 0) -> dict[str | None, tuple[Any, ...]]:
        """By store: columns of it_1, quantities in thousandths."""
        rows = self.con.execute(
            f"select warehouse_id, {', '.join(columns)} from stock_available(?) where item_id = 'it_1'", [day(on)]
        ).fetchall()
        return {r[0]: tuple(int(v * 1000) if isinstance(v, Decimal) else v for v in r[1:]) for r in rows}


def _off(when: date | None) -> int | None:
    return None if when is None else (when - DAY).days


@pytest.fixture(scope="module")
def shared() -> Iterator[Plan]:
    made = Plan()
    yield made
    made.con.close()


@pytest.fixture
def plan(shared: Plan) -> Plan:
    shared.clear()
    return shared


def test_what_is_free_may_be_taken_before_a_supply_brings_more(plan: Plan) -> None:
    plan.stock("a", 6120)
    plan.order("big", "order_out", "a", due=4)
    plan.promise("ordered_out", "big", 2500)
    plan.promise("reserve", "big", 1700, "a")
    plan.order("small", "order_out", "a", due=12)
    plan.promise("ordered_out", "small", 1000)
    plan.promise("reserve", "small", 1000, "a")
    plan.order("mill", "order_in", "a", due=6)
    plan.promise("ordered_in", "mill", 10_000)
    assert plan.available("on_hand", "reserved", "available", "not_reserved", "incoming") == {
        "a": (6120, 2700, 3420, 800, 10_000)
    }
    # free: 3.42, from day 4 on 2.62, from day 6 on 12.62
    assert plan.ready(2620, "Алматы")["a"] == (0, 3, 3, "now", True)
    assert plan.ready(2621, "Алматы")["a"] == (6, 3, 9, "after_orders", True)
    assert plan.ready(3421)["a"] == (6, None, 6, "after_supply", True)
    assert plan.ready(12_620)["a"][0] == 6
    assert plan.ready(12_621)["a"] == (None, None, None, "not_enough", False)


def test_a_reservation_is_gone_with_its_shipment_and_a_past_day_knows_it(plan: Plan) -> None:
    plan.stock("a", 5000, on=-9)
    plan.order("done", "order_out", "a", due=-2)
    plan.promise("ordered_out", "done", 2000)
    plan.promise("reserve", "done", 2000, "a")
    plan.stock("a", -2000, on=-2)
    plan.promise("ordered_out", "done", -2000, on=-2)
    plan.promise("reserve", "done", -2000, "a", on=-2)
    free = ("on_hand", "reserved", "available", "not_reserved")
    assert plan.available(*free) == {"a": (3000, 0, 3000, 0)}
    assert plan.available(*free, on=-3) == {"a": (5000, 2000, 3000, 0)}


@pytest.mark.parametrize("due", [None, -3, 0])
def test_an_order_without_a_day_or_with_one_that_has_passed_is_taken_at_once(plan: Plan, due: int | None) -> None:
    plan.stock("a", 1000)
    plan.order("now", "order_out", "a", due=due)
    plan.promise("ordered_out", "now", 1000)
    plan.order("mill", "order_in", "a", due=3)
    plan.promise("ordered_in", "mill", 1000)
    assert plan.ready(1000)["a"] == (3, None, 3, "after_orders", True)


def test_an_overdue_supply_is_not_counted_and_one_of_today_is(plan: Plan) -> None:
    for name, due in (("late", -1), ("today", 0), ("undated", None)):
        plan.order(name, "order_in", "a", due=due)
        plan.promise("ordered_in", name, 1000)
    plan.order("nowhere", "order_in", None, due=3)
    plan.promise("ordered_in", "nowhere", 1000)
    told = plan.con.execute("select number, is_counted, problem from supply_plan(?) order by number", [DAY]).fetchall()
    assert told == [("late", False, "eta_passed"), ("nowhere", False, "no_store"), ("today", True, None), ("undated", False, "no_eta")]  # fmt: skip
    assert plan.available("available", "incoming", "late") == {"a": (0, 1000, 2000), None: (0, 0, 1000)}
    assert plan.ready(1000)["a"][0] == 0
    assert plan.ready(1001)["a"][0] is None


def test_a_transfer_arrives_by_the_lead_time_between_its_stores_or_not_at_all(plan: Plan) -> None:
    plan.order("there", "transfer_out", "a", None, to="b", on=-1)
    plan.promise("in_transit", "there", 6000, "b", on=-1)
    plan.order("back", "transfer_out", "b", None, to="a", on=-1)  # nobody said how long b to a takes
    plan.promise("in_transit", "back", 500, "a", on=-1)
    rows = plan.con.execute("select number, eta, problem from supply_plan(?) order by number", [DAY]).fetchall()
    assert rows == [("back", None, "no_eta"), ("there", day(3), None)]
    assert plan.ready(6000, "Алматы")["b"] == (3, 1, 4, "after_supply", True)


def test_the_best_store_is_the_first_to_arrive_and_a_place_without_days_is_told(plan: Plan) -> None:
    plan.stock("a", 1000)
    plan.stock("b", 900)
    assert plan.ready(900, "алматы ") == {"a": (0, 3, 3, "now", False), "b": (0, 1, 1, "now", True)}
    assert plan.ready(1000, "Алматы")["a"][4] is True
    assert plan.ready(900, "Склад Б") == {"a": (0, 4, 4, "now", False), "b": (0, 0, 0, "now", True)}
    assert plan.ready(900, "Астана") == {"a": (0, None, None, "no_lead_time", False), "b": (0, None, None, "no_lead_time", False)}  # fmt: skip


def test_below_zero_and_over_reserved_are_kept_and_a_supply_fills_them_first(plan: Plan) -> None:
    plan.stock("a", 2000)
    plan.order("much", "order_out", "a", due=9)
    plan.promise("ordered_out", "much", 3500)
    plan.promise("reserve", "much", 3500, "a")
    plan.stock("b", -500)
    plan.order("mill", "order_in", "a", due=2)
    plan.promise("ordered_in", "mill", 2000)
    assert plan.available("available", "is_negative", "is_over_reserved") == {
        "a": (-1500, False, True), "b": (-500, True, False),
    }  # fmt: skip
    assert plan.ready(500)["a"][0] == 2
    assert plan.ready(501)["a"][0] is None


def test_another_unit_is_worth_what_its_factor_says_exactly(plan: Plan) -> None:
    asked = [("5.000", "0.000888", "5630.631"), ("-5.000", "2", "-2.500"), ("0.001", "2", "0.001"), ("0.001", "3", "0.000"),
             ("999999999999.999", "0.001", "999999999999999.000"), ("0", "0.000001", "0.000")]  # fmt: skip
    for qty, factor, wanted in asked:
        found = plan.con.execute("select in_unit(?::decimal(18,3), ?::decimal(18,6))", [qty, factor]).fetchone()
        assert found == (Decimal(wanted),), (qty, factor)


# Random promises against a plan kept day by day


@dataclass(frozen=True)
class Asked:
    """A customer's order: store, what is ordered, what of it is kept in each store, when it ships."""

    store: str
    ordered: int
    kept: dict[str, int]
    due: int | None


@dataclass(frozen=True)
class Coming:
    store: str
    qty: int
    due: int | None


qty = st.integers(1, 9).map(lambda n: n * 500)
stores = st.sampled_from(["a", "b"])
due = st.none() | st.integers(-2, 6)
orders = st.lists(st.builds(Asked, stores, qty, st.dictionaries(stores, qty, max_size=2), due), max_size=4)
supplies = st.lists(st.builds(Coming, stores, qty, due), max_size=3)
on_hand = st.fixed_dictionaries(
    {"a": st.integers(-2, 9).map(lambda n: n * 500), "b": st.integers(-2, 9).map(lambda n: n * 500)}
)


def levels(held: dict[str, int], asked: list[Asked], coming: list[Coming], store: str) -> list[int]:
    """What is free in a store on each of ten days: one pile, out of which each promise is taken exactly once."""
    free = []
    for n in range(10):
        pile = held[store]
        for order in asked:
            pile -= order.kept.get(store, 0)
            open_part = max(order.ordered - sum(order.kept.values()), 0)
            if order.store == store and (order.due is None or order.due <= n):
                pile -= open_part
        pile += sum(s.qty for s in coming if s.store == store and s.due is not None and 0 <= s.due <= n)
        free.append(pile)
    return free


def first(free: list[int], need: int) -> int | None:
    days = [n for n in range(len(free)) if min(free[n:]) >= need]
    return days[0] if days else None


def put(plan: Plan, held: dict[str, int], asked: list[Asked], coming: list[Coming]) -> None:
    plan.clear()
    for store, amount in held.items():
        plan.stock(store, amount)
    for n, order in enumerate(asked):
        plan.order(f"o{n}", "order_out", order.store, order.due)
        plan.promise("ordered_out", f"o{n}", order.ordered)
        for store, kept in order.kept.items():
            plan.promise("reserve", f"o{n}", kept, store)
    for n, supply in enumerate(coming):
        plan.order(f"s{n}", "order_in", supply.store, supply.due)
        plan.promise("ordered_in", f"s{n}", supply.qty)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(held=on_hand, asked=orders, coming=supplies)
def test_no_promise_is_taken_twice_and_more_is_never_ready_sooner(
    shared: Plan, held: dict[str, int], asked: list[Asked], coming: list[Coming]
) -> None:
    put(shared, held, asked, coming)
    plan = shared.available("available", "not_reserved", "incoming")
    for store in ("a", "b"):
        free = levels(held, asked, coming, store)
        here = plan.get(store, (0, 0, 0))
        assert here[0] == held[store] - sum(order.kept.get(store, 0) for order in asked)
        assert here[0] - here[1] + here[2] == free[-1]
    before = {"a": -1, "b": -1}
    for need in (1000, 3000):
        found = shared.ready(need)
        for store in ("a", "b"):
            ready = found[store][0] if store in found else None
            assert ready == first(levels(held, asked, coming, store), need)
            assert (99 if ready is None else ready) >= before[store]
            before[store] = 99 if ready is None else ready


@settings(max_examples=12, deadline=None, derandomize=True)
@given(held=on_hand, asked=orders, coming=supplies, more=qty, part=st.integers(0, 9))
def test_reserving_what_was_ordered_takes_nothing_more_from_the_store_in_the_end(
    shared: Plan, held: dict[str, int], asked: list[Asked], coming: list[Coming], more: int, part: int
) -> None:
    put(shared, held, [*asked, Asked("a", more, {}, 3)], coming)
    columns = ("available", "not_reserved", "incoming")
    without = shared.available(*columns).get("a", (0, 0, 0))
    kept = min(part * 500, more)
    if kept:
        shared.promise("reserve", f"o{len(asked)}", kept, "a")
    with_it = shared.available(*columns).get("a", (0, 0, 0))
    assert with_it[0] == without[0] - kept
    assert with_it[0] - with_it[1] + with_it[2] == without[0] - without[1] + without[2]
