"""find as a whole: what it costs the workers, what it offers of a number with a slip, and what it does with a mirror of another release."""

from __future__ import annotations

import json
from typing import Any

import pytest

from analyst import metrics, topics
from analyst.spelling import LEAST, word
from analyst.tools import Analyst
from tests.analyst.conftest import Make, Place


@pytest.mark.anyio
async def test_all_looks_of_a_find_are_in_one_worker(make: Make) -> None:
    analyst = make(workers=2)
    found = json.loads(await analyst.find("счёт 234 Алмаз Строй"))
    assert {row[0] for row in found["rows"]} >= {"counterparty", "document"}
    assert len(analyst.pool.workers()) == 1


@pytest.mark.parametrize("slip", ["22222222227", "2222222222227", "222222222272"])
@pytest.mark.anyio
async def test_a_tax_number_with_a_slip_is_offered_and_not_picked(analyst: Analyst, slip: str) -> None:
    found = json.loads(await analyst.find(slip, "counterparty"))
    assert found["rows"][0][1] == "cp_2"
    assert "pick" not in found


@pytest.mark.parametrize(
    ("text", "pick"), [("ПС-00000234", "d_234"), ("0000-000234", "d_234"), ("ПС-00000234/1", ""), ("234/25", "")]
)
@pytest.mark.anyio
async def test_a_number_of_several_parts_is_not_taken_for_its_last(analyst: Analyst, text: str, pick: str) -> None:
    assert json.loads(await analyst.find(text, "document")).get("pick", "") == pick


@pytest.mark.anyio
async def test_a_mirror_of_an_older_release_still_knows_tax_numbers(place: Place, make: Make) -> None:
    place.publish("20260131T020000Z", extra="ALTER TABLE known_name DROP COLUMN title;\n")
    older = make(place.data)
    assert json.loads(await older.find("222222222227", "counterparty"))["pick"] == "cp_2"
    assert json.loads(await older.find("Ромашка Трейд", "counterparty"))["rows"] == []


@pytest.mark.parametrize("typed", ["тебиторка", "дибиторка", "дебеторка"])
def test_a_metric_is_found_by_a_mistyped_word(typed: str) -> None:
    known = metrics.read()

    def named(text: str) -> list[Any]:
        return [candidate.id for candidate in topics.metrics(text, known)]

    assert named(typed)[:1] == named("дебиторка")[:1] != []


def test_words_are_alike_or_have_nothing_to_do_with_each_other() -> None:
    said = "ромашка рамашка машка ромб трейд треид склад складной клад казахстан казахтан объект субъект".split()  # noqa: SIM905
    alike = [word(one, other) for one in said for other in said]
    assert all(value == 0 or LEAST <= value <= 1 for value in alike)
    assert word("ромашка", "рамашка") > word("ромашка", "ромаха") >= LEAST
