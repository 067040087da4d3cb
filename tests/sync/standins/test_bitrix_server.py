"""The stand-in portal answers as a real one does, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from sync.standins.bitrix import BitrixServer, Fault
from tests.sync.standins.crm_company import DEALS, small_company


@pytest.fixture
def server() -> Iterator[BitrixServer]:
    with BitrixServer(small_company(), rate=1000) as running:
        yield running


def call(server: BitrixServer, method: str, params: dict[str, Any] | None = None) -> httpx.Response:
    with httpx.Client(verify=False) as client:  # plain http on the loopback
        return client.post(server.url + method, json=params or {})


def items(server: BitrixServer, **params: Any) -> dict[str, Any]:
    answer = call(server, "crm.item.list", {"entityTypeId": 2, **params})
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def test_a_counted_page_has_fifty_rows_with_total_and_next(server: BitrixServer) -> None:
    body = items(server, start=0)
    assert (len(body["result"]["items"]), body["total"], body["next"]) == (50, DEALS, 50)
    last = items(server, start=100)
    assert (len(last["result"]["items"]), last["total"]) == (DEALS - 100, DEALS)
    assert "next" not in last


def test_start_minus_one_counts_nothing(server: BitrixServer) -> None:
    body = items(server, start=-1, filter={">id": 201}, order={"id": "ASC"})
    assert body["total"] == 0
    assert "next" not in body
    assert [row["id"] for row in body["result"]["items"]] == list(range(203, 2 * DEALS + 2, 2))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({">id": 239}, {241}),
        ({">=id": 239}, {239, 241}),
        ({"<id": 5}, {3}),
        ({"<=id": 5}, {3, 5}),
        ({"=id": 7}, {7}),
        ({"id": 7}, {7}),
        ({"@id": [7, 9, 1000]}, {7, 9}),
        ({"=ufCrmInvoiceNumber": "ТМ-00005"}, {11}),
        ({"<opportunity": "1000000000.75"}, {3, 5}),
        ({">=updatedTime": "2026-01-14T09:00:00+03:00", "<id": 205}, {201, 203}),
    ],
)
def test_filters_compare_by_type(server: BitrixServer, condition: dict[str, Any], expected: set[int]) -> None:
    assert {row["id"] for row in items(server, start=-1, filter=condition)["result"]["items"]} == expected


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"filter": {">=editedAt": 1}}, "field 'editedAt' is not allowed in filter"),
        ({"filter": {">id": "x"}}, "field 'id' has invalid value"),
        ({"order": {"nothing": "ASC"}}, "field 'nothing' is not allowed in order"),
        ({"order": {"id": "UP"}}, "allowed sort directions"),
    ],
)
def test_unknown_fields_are_refused(server: BitrixServer, params: dict[str, Any], words: str) -> None:
    answer = call(server, "crm.item.list", {"entityTypeId": 2, **params})
    assert answer.status_code == 400
    assert answer.json()["error"] == "INVALID_ARG_VALUE"
    assert words in answer.json()["error_description"]


def test_amounts_are_json_numbers_and_dates_are_midnight_utc_in_the_portals_offset(server: BitrixServer) -> None:
    text = call(server, "crm.item.list", {"entityTypeId": 2, "filter": {"=id": 3}}).text
    assert '"opportunity": 1000000000.37' in text
    row = json.loads(text)["result"]["items"][0]
    assert row["closedate"] == "2026-01-31T03:00:00+03:00"
    assert row["updatedTime"] == "2026-01-12T09:00:00+03:00"


def test_phones_come_only_with_every_field(server: BitrixServer) -> None:
    every = call(server, "crm.item.list", {"entityTypeId": 3}).json()["result"]["items"][0]
    assert every["fm"][0]["typeId"] == "PHONE"
    chosen = call(server, "crm.item.list", {"entityTypeId": 3, "select": ["id", "fm"]}).json()["result"]["items"][0]
    assert set(chosen) == {"id"}


def test_older_methods_give_numbers_as_text(server: BitrixServer) -> None:
    requisite = call(server, "crm.requisite.list", {"filter": {"ENTITY_TYPE_ID": 4}}).json()["result"][0]
    assert (requisite["ID"], requisite["ENTITY_ID"]) == ("1001", "1")
    stage = call(server, "crm.status.list", {"filter": {"ENTITY_ID": "DEAL_STAGE"}}).json()["result"]
    assert [(s["SORT"], s["SEMANTICS"], s["EXTRA"]["SEMANTICS"]) for s in stage] == [
        ("10", None, "process"), ("20", "S", "success"), ("30", "F", "failure"),
    ]  # fmt: skip
    assert [u["ACTIVE"] for u in call(server, "user.get").json()["result"]] == [True, False]
    detail = call(server, "crm.requisite.bankdetail.list").json()["result"][0]
    assert (detail["RQ_IIK"], detail["RQ_BIK"]) == ("KZ000000000000000001", "ZZZZKZKA")


def test_a_bin_stands_in_the_field_that_fits_it(server: BitrixServer) -> None:
    rows = call(server, "crm.requisite.list").json()["result"]
    filled = {int(r["ENTITY_ID"]): [n for n in ("RQ_BIN", "RQ_IIN", "RQ_INN") if r[n]] for r in rows}
    assert filled[1] == ["RQ_BIN"]
    assert filled[5] == ["RQ_INN"]
    assert filled[12] == []


def test_pipelines_and_fields_are_told(server: BitrixServer) -> None:
    pipes = call(server, "crm.category.list", {"entityTypeId": 2}).json()["result"]["categories"]
    assert [(p["id"], p["isDefault"]) for p in pipes] == [(0, "Y"), (3, "N")]
    fields = call(server, "crm.item.fields", {"entityTypeId": 31}).json()["result"]["fields"]
    assert fields["opportunity"]["type"] == "double"
    assert call(server, "crm.category.list", {"entityTypeId": 3}).json()["error"] == "ENTITY_TYPE_NOT_SUPPORTED"


def test_a_batch_runs_its_calls_and_writes_empty_maps_as_lists(server: BitrixServer) -> None:
    body = call(
        server,
        "batch",
        {"halt": 0, "cmd": {"a": "crm.item.list?entityTypeId=2&filter[%3Eid]=239&select[]=id&start=-1"}},
    ).json()
    assert body["result"]["result"]["a"]["items"] == [{"id": 241}]
    assert body["result"]["result_error"] == []
    assert body["result"]["result_next"] == []
    assert body["result"]["result_total"] == {"a": 0}
    assert {"operating", "operating_reset_at", "date_start"} <= set(body["result"]["result_time"]["a"])
    assert datetime.fromisoformat(body["time"]["date_start"]).utcoffset() is not None


def test_errors_in_a_batch_leave_the_status_200(server: BitrixServer) -> None:
    commands = {"a": "crm.item.list?entityTypeId=99", "b": "no.such", "c": "batch?cmd[]=x", "d": "user.get"}
    answer = call(server, "batch", {"cmd": commands})
    assert answer.status_code == 200
    errors = answer.json()["result"]["result_error"]
    assert {key: error["error"] for key, error in errors.items()} == {
        "a": "NOT_FOUND", "b": "ERROR_METHOD_NOT_FOUND", "c": "ERROR_BATCH_METHOD_NOT_ALLOWED",
    }  # fmt: skip
    assert set(answer.json()["result"]["result"]) == {"d"}
    long = call(server, "batch", {"cmd": {str(n): "user.get" for n in range(51)}})
    assert (long.status_code, long.json()["error"]) == (400, "ERROR_BATCH_LENGTH_EXCEEDED")


def test_a_wrong_secret_is_unauthorised_and_never_kept(server: BitrixServer) -> None:
    with httpx.Client(verify=False) as client:  # plain http on the loopback
        answer = client.post(server.url.replace(server.url.split("/")[-2], "wrongsecret") + "user.get")
    assert (answer.status_code, answer.json()["error"]) == (401, "NO_AUTH_FOUND")
    call(server, "user.get")
    assert server.requests[-1] == ("POST", "/rest/1/***/user.get", 200)


def test_the_bucket_spills_over_and_leaks_by_the_given_clock() -> None:
    seconds = [0.0]
    with BitrixServer(small_company(1), rate=2, burst=3, monotonic=lambda: seconds[0]) as server:
        assert [call(server, "user.get").status_code for _ in range(4)] == [200, 200, 200, 503]
        assert call(server, "user.get").json() == {
            "error": "QUERY_LIMIT_EXCEEDED",
            "error_description": "Too many requests",
        }
        seconds[0] = 1.0
        assert [call(server, "user.get").status_code for _ in range(3)] == [200, 200, 503]


def test_a_method_that_used_its_working_time_is_blocked_until_its_window_ends() -> None:
    seconds = [0.0]
    with BitrixServer(
        small_company(1), operating_limit=1e-9, operating_window=600, monotonic=lambda: seconds[0]
    ) as server:
        first = call(server, "user.get").json()["time"]
        assert first["operating_reset_at"] - first["start"] >= 600
        blocked = call(server, "user.get")
        assert (blocked.status_code, blocked.json()["error"]) == (429, "OPERATION_TIME_LIMIT")
        assert call(server, "crm.item.fields", {"entityTypeId": 2}).status_code == 200
        seconds[0] = 600.0
        assert call(server, "user.get").status_code == 200


def test_faults_come_as_often_as_asked_and_after_what_they_let_pass(server: BitrixServer) -> None:
    server.faults.append(
        Fault(
            "user.get",
            status=503,
            error="OVERLOAD_LIMIT",
            description="REST API is blocked due to overload",
            skip=1,
            times=2,
        )
    )
    assert [call(server, "user.get").status_code for _ in range(4)] == [200, 503, 503, 200]
    server.faults.append(Fault(body="<html>Вход</html>", content_type="text/html"))
    assert call(server, "user.get").text == "<html>Вход</html>"
    server.faults.append(Fault(truncate=10))
    with pytest.raises(json.JSONDecodeError):
        call(server, "user.get").json()
    server.faults.append(Fault(drop=True))
    with pytest.raises(httpx.RemoteProtocolError):
        call(server, "user.get")


def test_another_state_is_served_after_load_and_its_clock_follows(server: BitrixServer) -> None:
    now = server.now()
    assert now > datetime(2026, 1, 30, 9, tzinfo=UTC)
    server.load(small_company(5))
    assert items(server, start=0)["total"] == 5
    evening = datetime(2026, 1, 31, 15, tzinfo=UTC)
    server.load(small_company(5), at=evening)
    assert 0 <= (server.now() - evening).total_seconds() < 60
