"""Questions to 1C as text: its literals, its encoding, its limits."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import unquote
from uuid import uuid4

import httpx
import pytest

from sync.sources.onec import query
from sync.sources.onec.tables import TABLES

ROOT = "http://127.0.0.1:1/base/odata/standard.odata/"


def test_a_space_is_percent_20_and_quotes_stay() -> None:
    built = query.url(ROOT, "Catalog_Валюты", {"$filter": "Code eq '398'", "$top": "5"})
    assert built == ROOT + "Catalog_%D0%92%D0%B0%D0%BB%D1%8E%D1%82%D1%8B?$format=json&$filter=Code%20eq%20'398'&$top=5"
    assert "+" not in built


@pytest.mark.parametrize("text", ["a+b", "a&b", "a#b", "a%b", "a?b"])
def test_characters_that_would_end_or_change_the_query_are_encoded(text: str) -> None:
    built = query.url(ROOT, "S", {"$filter": f"X eq '{text}'"})
    assert httpx.URL(built).params["$filter"] == f"X eq '{text}'"


def test_json_is_asked_for_unless_another_format_is_named() -> None:
    assert query.url(ROOT, "S").endswith("S?$format=json")
    assert query.url(ROOT, "$metadata", {"$format": ""}) == ROOT + "$metadata"
    assert query.url(ROOT, "S/$count", {"$format": "", "$filter": ""}) == ROOT + "S/$count"


def test_httpx_sends_the_url_as_built() -> None:
    built = query.url(ROOT, "S", {"$filter": query.within("Date", datetime(2025, 1, 1), datetime(2025, 2, 1))})
    assert str(httpx.Request("GET", built).url) == built


def test_windows_are_half_open_wall_clock_literals() -> None:
    assert query.within("Date", datetime(2025, 1, 1), datetime(2025, 1, 31, 23, 59, 59)) == (
        "Date ge datetime'2025-01-01T00:00:00' and Date lt datetime'2025-01-31T23:59:59'"
    )
    assert query.moment(datetime(1, 1, 1)) == "datetime'0001-01-01T00:00:00'"


def test_a_batch_of_keys_stays_below_what_iis_takes_as_a_query() -> None:
    built = query.url(ROOT, "S", {"$filter": query.any_of(str(uuid4()) for _ in range(query.MOST_KEYS))})
    assert unquote(built).count("Ref_Key eq guid'") == query.MOST_KEYS
    assert len(httpx.URL(built).query) < 2048


def test_no_path_has_a_segment_that_iis_refuses() -> None:
    period = {"StartPeriod": query.moment(datetime(2025, 1, 1)), "EndPeriod": query.moment(datetime(2025, 2, 1))}
    for table in TABLES:
        if not table.parent:
            query.url(ROOT, table.path + "/$count")
    query.url(ROOT, query.call("AccountingRegister_Типовой", "BalanceAndTurnovers", period))
    with pytest.raises(ValueError, match="261 characters"):
        query.url(ROOT, "S/" + "x" * 261)
