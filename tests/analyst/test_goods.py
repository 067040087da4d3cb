"""Which good, which unit, which place was meant: on the demo company, below the protocol. Nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analyst import metrics
from analyst.audit import Audit
from analyst.errors import Ambiguous, AnalystError, BadArgument, MirrorMissing, NotKnown
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror, Snapshot
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio

REBAR = "Арматура А500С 12 мм (пример)"
Row = dict[str, Any]


@pytest.fixture
def shop(demo: Path, tmp_path: Path) -> Iterator[Analyst]:
    """An Analyst over the demo company with the real metrics."""
    chosen = Settings(data=demo, audit=tmp_path / "audit")
    made = Analyst(
        chosen, Mirror(demo, chosen.role), Pool(chosen), Audit(chosen.audit_folder, "test", chosen.role), metrics.read()
    )
    yield made
    made.pool.close()
    made.audit.close()


async def told(shop: Analyst, name: str, **arguments: object) -> list[Row]:
    answer = json.loads(await shop.metric(name, arguments, rows=20))
    return [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]


async def refused(shop: Analyst, kind: type[AnalystError], **arguments: object) -> AnalystError:
    with pytest.raises(kind) as caught:
        await shop.metric("can_ship", arguments)
    return caught.value


async def test_a_good_is_meant_by_its_name_code_id_and_in_either_alphabet(shop: Analyst) -> None:
    (row,) = await told(shop, "can_ship", item=REBAR, qty=5, to="алматы")
    code = json.loads(await shop.query(f"select code, article from item where item_id = '{row['item_id']}'"))["rows"][0]
    for words in ("арматура a500c 12 мм (пример)", row["item_id"], *code, "лист 4 мм"):
        (found, *_) = await told(shop, "can_ship", item=words, qty="0,5")
        assert (found["item_id"] == row["item_id"]) is (words != "лист 4 мм")


async def test_a_name_that_fits_two_goods_is_asked_back_with_both(shop: Analyst) -> None:
    error = await refused(shop, Ambiguous, item="A500C 12", qty=5)
    assert len(error.near) == 2
    assert all("А500С 12 мм" in name for name in error.near)
    assert (await refused(shop, NotKnown, item="Балка двутавровая", qty=5)).fix


async def test_metres_become_tonnes_by_the_factor_of_the_good_and_by_nothing_else(shop: Analyst) -> None:
    (row,) = await told(shop, "can_ship", item=REBAR, qty=3000, unit="метров", to="Алматы", by_date="2026-02-08")
    # 3000 m × 0.000888 t; free now, but an order of 4 February takes 0.8 t of it first
    assert (row["need"], row["unit"], row["reason"]) == ("2.664", "т", "after_orders")
    assert (row["shortage"], row["arrives_on"], row["in_time"]) == ("0.000", "2026-02-09", False)
    (row,) = await told(shop, "can_ship", item=REBAR, qty=5, by_date="2026-02-06")
    assert row["in_time"] is True
    (row,) = await told(shop, "stock_available", item=REBAR, unit="kg")
    assert (row["unit"], row["available"], row["item_available"]) == ("кг", "3420.000", "3420.000")
    lot = "Арматура А500С 12 мм, отрезки (пример)"
    error = await refused(shop, BadArgument, item=lot, qty=5, unit="тонн")
    assert "no factor" in error.why
    assert error.near == ("м",)
    with pytest.raises(BadArgument, match="a unit needs an item"):
        await shop.metric("stock_available", {"unit": "т"})


async def test_a_place_without_a_lead_time_is_not_guessed(shop: Analyst) -> None:
    error = await refused(shop, NotKnown, item=REBAR, qty=5, to="Астана")
    assert "Алматы" in error.near
    assert "lead_time.csv" in error.fix
    (row,) = await told(shop, "can_ship", item=REBAR, qty=1, to="Склад логистики")  # a store that nothing is said of
    assert (row["reason"], row["ready_on"], row["arrives_on"]) == ("no_lead_time", "2026-01-31", None)


async def test_what_is_promised_by_many_reasons_is_told_by_store(shop: Analyst) -> None:
    rows = await told(shop, "can_ship", item="Лист горячекатаный", qty=6, to="Алматы")
    assert [(r["warehouse"], r["available"], r["reason"], r["arrives_on"], r["is_best"]) for r in rows] == [
        ("Площадка Өзен", "0.000", "after_supply", "2026-02-07", True),
        ("Основной склад", "-1.500", "not_enough", None, False),
    ]
    assert "2026-01-20" in rows[1]["late_supplies"]
    assert rows[1]["shortage"] == "7.500"
    flags = {r["warehouse"]: r["flag"] for r in await told(shop, "stock_available", item="Лист горячекатаный")}
    assert flags == {"Площадка Өзен": None, "Основной склад": "over_reserved"}
    assert {row["all_available"] for row in rows} == {"-1.500"}


async def test_a_service_is_in_no_store_and_is_refused(shop: Analyst) -> None:
    for name, more in (("can_ship", {"qty": 1}), ("stock_available", {})):
        with pytest.raises(BadArgument, match="is a service") as raised:
            await shop.metric(name, {"item": "Пусконаладка", **more})
        assert raised.value.fix == 'metric {"name":"stock","arguments":{}}'


async def test_stock_of_nothing_says_why(shop: Analyst) -> None:
    asked = [{"item": "Пусконаладка"}, {"item": "цемент М400"}, {"item": REBAR, "as_of": "2021-06-01"}]
    found = [await told(shop, "stock", **arguments) for arguments in asked]
    assert [[row["reason"] for row in rows] for rows in found] == [["service"], ["no_such_item"], ["none_on_hand"]]
    assert all(row["reason"] is None and row["item_id"] for row in await told(shop, "stock"))


@pytest.mark.parametrize("qty", ["0", "-5", "5 т 3", "1,200", "1.2345", "NaN", "1e400", "1000000000000000"])
async def test_a_quantity_is_above_zero_and_to_the_thousandth(shop: Analyst, qty: str) -> None:
    assert "qty" in (await refused(shop, BadArgument, item=REBAR, qty=qty)).why


async def test_where_orders_were_never_read_nothing_is_called_free(demo: Path) -> None:
    snapshot = Mirror(demo, "owner").current()
    known = metrics.read()

    async def never(*_: object) -> str:
        raise AssertionError

    bare = [source for source in snapshot.sources if source.name == "onec"]
    assert bare[0].parts
    for name in ("can_ship", "stock_available"):
        absent = metrics.bind(known[name], {}, _without_parts(snapshot), never)
        with pytest.raises(MirrorMissing, match="orders and reservations"):
            await absent
    bound = await metrics.bind(known["stock"], {}, _without_parts(snapshot), never)
    assert bound["item"] is None


def _without_parts(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, sources=tuple(replace(source, parts=()) for source in snapshot.sources))


@pytest.mark.promise("result.same_good")
@pytest.mark.parametrize(
    "other",
    ["Кабель ВВГ 5х16", "Кабель ВВГ 5,6", "Лист горячекатаный 40 мм", "Болт М120", "Арматура А500С 13 мм, отрезки"],
)
async def test_a_good_of_another_size_is_another_good(shop: Analyst, other: str) -> None:
    for metric, more in (("can_ship", {"qty": "5"}), ("stock_available", {})):
        with pytest.raises((NotKnown, Ambiguous)) as caught:
            await shop.metric(metric, {"item": other} | more)
        assert any(other.split(maxsplit=1)[0].lower() in name.lower() for name in caught.value.near)


@pytest.mark.parametrize("same", ["кабель ввг 3 x 2.50", "ВВГ 3*2,5", "болт м12", "M12 болт"])
async def test_a_size_is_the_same_however_it_is_written(shop: Analyst, same: str) -> None:
    (row, *_) = await told(shop, "can_ship", item=same, qty="5")
    assert row["item"] in ("Кабель ВВГ 3х2,5 (пример)", "Болт М12 (пример)")


@pytest.mark.promise("result.same_good")
async def test_stock_takes_a_number_as_a_whole(shop: Analyst) -> None:
    for part, whole in (("Болт М1", "болт м12"), ("А500С 1 мм", "а500с 10 мм"), ("Профнастил С2", "профнастил с21")):
        (nothing,) = await told(shop, "stock", item=part)
        assert (nothing["item_id"], nothing["reason"]) == (None, "no_such_item")
        assert {
            row["item"].lower().removesuffix(" (пример)")[-4:] for row in await told(shop, "stock", item=whole)
        } == {whole[-4:]}
