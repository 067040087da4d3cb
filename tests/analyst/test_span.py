"""A metric says of which days it knows nothing, in an answer and in a letter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analyst import metrics, span, words
from analyst.audit import Audit
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def company(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    chosen = Settings(data=demo, audit=tmp_path_factory.mktemp("span") / "audit")
    made = Analyst(
        chosen, Mirror(demo, chosen.role), Pool(chosen), Audit(chosen.audit_folder, "test", chosen.role), metrics.read()
    )
    yield made
    made.pool.close()
    made.audit.close()


@pytest.mark.promise("result.known_days")
@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("revenue", {"period": "2030"}, ["ends"]),
        ("revenue", {"period": "2026-Q1"}, ["ends"]),
        ("revenue", {"period": "2021"}, ["begins"]),
        ("revenue", {"period": "2021-10-01..2022-03-31"}, ["begins"]),
        ("revenue", {"period": "2000-01-01..2040-01-01"}, ["ends", "begins"]),
        ("sales_change", {"period": "2026-Q1"}, ["ends"]),
        ("ar_total", {"as_of": "2027-01-31"}, ["ends"]),
        ("ar_total", {"as_of": "1999-01-31"}, ["begins"]),
        ("revenue", {"period": "2026-01"}, []),
        ("revenue", {"period": "quarter"}, []),
        ("revenue", {"period": "2023"}, []),
        ("ar_total", {}, []),
        ("cash_by_week", {"horizon": "30"}, []),
    ],
)
async def test_days_outside_the_mirror_are_told(
    company: Analyst, name: str, given: dict[str, str], said: list[str]
) -> None:
    answer = json.loads(await company.metric(name, given))
    told = [span.read(line)[0] for line in answer.get("warn", ())]
    assert told == said


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_a_letter_says_it_in_its_language(language: str) -> None:
    for line in span.Span(date(2021, 1, 1), date(2027, 1, 1)).told(date(2026, 1, 31), date(2022, 1, 1)):
        phrase, day = span.read(line)
        assert day in words.say(phrase, language, day)
