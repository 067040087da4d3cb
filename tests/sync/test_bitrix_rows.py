"""Values of the CRM as they come, and as they are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.sources.bitrix_rows import day, flag, frame, integer, moment, money, text
from sync.sources.bitrix_tables import DEAL
from sync.table import KEY, VERSION


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("2026-01-31T03:00:00+03:00", date(2026, 1, 31)),  # midnight UTC by a portal at +3
        ("2026-01-31T05:00:00+05:00", date(2026, 1, 31)),
        ("2026-01-30T19:00:00-05:00", date(2026, 1, 31)),  # midnight UTC west of it
        ("2026-01-31T00:00:00+05:00", date(2026, 1, 31)),  # midnight by the portal
        ("2026-01-31T00:00:00+00:00", date(2026, 1, 31)),
        ("2026-01-31", date(2026, 1, 31)),
        ("", None),
        (None, None),
        ([], None),
    ],
)
def test_dates_dressed_as_moments(given_text: object, expected: date | None) -> None:
    assert day(given_text) == expected


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (money, Decimal("19999.989999999998"), Decimal("19999.99")),
        (money, 19000, Decimal("19000.00")),
        (money, "0.1", Decimal("0.10")),
        (money, "", None),
        (integer, "12", 12),
        (integer, 0, 0),
        (integer, None, None),
        (text, [], None),
        (text, 234, "234"),
        (text, "", ""),
        (flag, "Y", True),
        (flag, False, False),
        (moment, "2026-01-12T09:00:00+03:00", datetime(2026, 1, 12, 6, tzinfo=UTC).replace(tzinfo=None)),
    ],
)
def test_values_are_read_as_they_come(reader: Callable[[object], object], value: object, expected: object) -> None:
    assert reader(value) == expected


@given(tiyn=st.integers(-(10**14), 10**14))
def test_an_amount_survives_the_wire_exactly(tiyn: int) -> None:
    exact = Decimal(tiyn).scaleb(-2)
    assert money(exact) == exact == money(str(exact))


@pytest.mark.parametrize(
    "broken",
    [
        {"opportunity": Decimal("1.005")},
        {"opportunity": True},
        {"companyId": "ТОО"},
        {"updatedTime": "2026-01-12T09:00:00"},
        {"title": {"a": 1}},
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_and_the_rest_goes_on(broken: dict[str, object]) -> None:
    good = {"id": 1, "title": "Сделка"}
    typed, rejects = frame(DEAL, [good, {"id": 2, **broken}], lambda row: str(row["id"]), "updatedTime")
    assert typed["id"].to_list() == [1]
    assert [reject.ref for reject in rejects] == ["2"]


@settings(max_examples=30)
@given(st.lists(st.integers(1, 10**9), unique=True, max_size=5))
def test_an_empty_page_has_the_same_columns(numbers: list[int]) -> None:
    typed, rejects = frame(DEAL, [{"id": n} for n in numbers], lambda row: str(row["id"]), "updatedTime")
    assert typed.columns == [KEY, VERSION, *DEAL.columns]
    assert typed.height == len(numbers)
    assert rejects == []
