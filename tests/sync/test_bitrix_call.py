"""What the CRM source does when the portal, or the road to it, fails; and that it keeps to the portal's rate."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
import stamina

from sync.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable
from sync.sources.bitrix import source
from sync.sources.bitrix_call import Webhook
from sync.standins.bitrix import BitrixServer, Fault
from sync.standins.company.model import Company
from tests.sync.crm_mirror import SECRET, Mirror, portal
from tests.sync.standins.crm_company import DEALS, small_company


@pytest.fixture
def company() -> Company:
    return small_company()


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


FAILURES: list[tuple[Fault, type[SourceError], str]] = [
    (Fault(status=503, error="QUERY_LIMIT_EXCEEDED", description="Too many requests"), SourceUnavailable, "QUERY_LIMIT_EXCEEDED"),
    (Fault(status=503, error="OVERLOAD_LIMIT", description="REST API is blocked due to overload"), SourceRefused, "Bitrix24 support"),
    (Fault(status=401, error="NO_AUTH_FOUND", description="Wrong authorization data"), SourceRefused, "Make a new incoming webhook"),
    (Fault(status=401, error="expired_token", description="The access token has expired"), SourceRefused, "has expired"),
    (Fault(status=403, error="insufficient_scope", description="higher privileges"), SourceRefused, "rights crm and user_brief"),
    (Fault(status=403, error="ACCESS_DENIED", description="only on commercial plans"), SourceRefused, "commercial plan"),
    (Fault(status=400, error="INVALID_ARG_VALUE", description="Invalid filter"), SourceRefused, "does not take this question"),
    (Fault(status=400, error="", description=""), SourceRefused, "HTTP 400"),
    (Fault("crm.requisite.list", status=400, error=0, description="Access denied."), SourceRefused, "crm.requisite.list: ACCESS_DENIED"),
    (Fault("user.get", status=403, error="insufficient_scope", description=""), SourceRefused, "user.get: insufficient_scope"),
    (Fault(status=500, error="INTERNAL_SERVER_ERROR", description=""), SourceUnavailable, "INTERNAL_SERVER_ERROR"),
    (Fault(status=502, body="<html>Bad Gateway</html>", content_type="text/html"), SourceUnavailable, "HTTP 502"),
    (Fault(status=429, body="slow down", content_type="text/plain"), SourceUnavailable, "HTTP 429"),
    (Fault(status=200, body="<html><title>Войти</title></html>", content_type="text/html"), SourceRefused, "a web page instead of data"),
    (Fault(status=403, body="<html>Blocked</html>", content_type="text/html"), SourceRefused, "a web page instead of data"),
    (Fault(status=301, body=""), SourceRefused, "moved|redirected"),
    (Fault(truncate=120), SourceUnavailable, "cut off after 120 bytes"),
    (Fault(drop=True), SourceUnavailable, "RemoteProtocolError"),
    (Fault(body="{}"), SourceUnavailable, "no answer to"),
]  # fmt: skip


def name_of(value: object) -> str:
    if not isinstance(value, Fault):
        return ""
    return f"{value.status}-{value.error or value.body or value.truncate or 'drop'}"[:30]


@pytest.mark.parametrize(("fault", "kind", "words"), FAILURES, ids=name_of)
@pytest.mark.promise("sync.secrets_not_in_errors", "sync.secrets_not_in_logs")
def test_each_failure_is_told_by_who_can_mend_it_and_without_the_secret(
    company: Company,
    fault: Fault,
    kind: type[SourceError],
    words: str,
    *,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with portal(company) as (server, crm):
        server.faults.append(replace(fault, times=100))
        with pytest.raises(kind, match=words) as raised:
            Mirror().pull(crm)
        if not fault.method:
            assert len(server.requests) == (3 if kind is SourceUnavailable and words != "no answer to" else 1)
    told = (
        "".join(traceback.format_exception(raised.value))
        + repr(raised.value)
        + caplog.text
        + "".join(capsys.readouterr())
    )
    assert SECRET not in told
    assert not isinstance(raised.value, SourceRefused) or raised.value.hint


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=503, error="QUERY_LIMIT_EXCEEDED"),
        Fault(status=502, body="<html></html>"),
        Fault(truncate=50),
        Fault(drop=True),
        Fault("crm.item.list", status=429, error="OPERATION_TIME_LIMIT"),
        Fault("crm.item.list", status=500, error="ERROR_UNEXPECTED_ANSWER"),
    ],
    ids=["503", "502", "truncated", "dropped", "429 in a batch", "500 in a batch"],
)
def test_what_passes_by_itself_is_asked_again(company: Company, fault: Fault) -> None:
    with portal(company) as (server, crm):
        server.faults.append(replace(fault, skip=1))
        got = Mirror().pull(crm)
    assert len(got.rows["deal"]) == DEALS
    assert got.totals["deal"] == str(DEALS)


def test_a_blocked_method_is_waited_for_until_the_portal_said(company: Company) -> None:
    waits: list[float] = []
    with (
        stamina.set_testing(False),
        BitrixServer(company, secret=SECRET, rate=1000, burst=1000, operating_window=0.2) as server,
    ):
        stamina.instrumentation.set_on_retry_hooks([lambda details: waits.append(details.wait_for)])
        server.faults.append(Fault("crm.item.list", status=429, error="OPERATION_TIME_LIMIT", skip=8))
        try:
            with httpx.Client(verify=False) as client:
                got = Mirror().pull(source(client, server.url, rate=1000))
        finally:
            stamina.instrumentation.set_on_retry_hooks(None)
    assert len(got.rows["deal"]) == DEALS
    assert len(waits) == 1
    assert 0 < waits[0] <= 1.3


def test_no_answer_in_time_is_unavailable(company: Company) -> None:
    with (
        BitrixServer(company, secret=SECRET, faults=[Fault(slow=0.3, times=3)]) as server,
        httpx.Client(verify=False, timeout=0.05) as client,
        pytest.raises(SourceUnavailable, match="no answer in time") as raised,
    ):
        Mirror().pull(source(client, server.url))
    assert SECRET not in "".join(traceback.format_exception(raised.value))


def test_a_portal_that_is_not_there_is_unavailable(company: Company) -> None:
    with BitrixServer(company, secret=SECRET) as server:
        url = server.url
    with httpx.Client(verify=False) as client, pytest.raises(SourceUnavailable, match="ConnectError") as raised:
        Mirror().pull(source(client, url))
    assert SECRET not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize(
    "address",
    ["", "https://portal.example/rest/", f"ftp://portal.example/rest/1/{SECRET}/", f"https://portal.example/{SECRET}"],
)
@pytest.mark.promise("sync.secrets_not_in_errors")
def test_an_address_that_is_no_webhook_is_refused_at_once(address: str) -> None:
    with httpx.Client(verify=False) as client, pytest.raises(SourceRefused, match="not an incoming webhook") as raised:
        source(client, address)
    assert SECRET not in str(raised.value)


@pytest.mark.promise("sync.secrets_not_in_errors")
def test_nothing_that_can_be_printed_shows_the_webhook(company: Company) -> None:
    with portal(company) as (server, crm), httpx.Client(verify=False) as client:
        assert SECRET not in repr(crm)
        assert SECRET not in repr(Webhook(client, server.url, 2.0))


@pytest.mark.promise("sync.secrets_not_in_logs")
def test_httpx_may_log_its_calls_without_the_secret(company: Company, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")
    with portal(company) as (_, crm):
        Mirror().pull(crm)
    assert "HTTP Request: POST" in caplog.text
    assert SECRET not in caplog.text


def without(server: BitrixServer, field: str) -> None:
    deals = server.portal.items[2]
    server.portal.items[2] = replace(deals, fields={name: kind for name, kind in deals.fields.items() if name != field})


def test_a_standard_field_that_is_gone_stops_the_source(company: Company) -> None:
    with portal(company) as (server, crm):
        without(server, "opportunity")
        with pytest.raises(SourceChanged, match=r"deal\.opportunity"):
            Mirror().pull(crm)


def test_a_custom_field_that_nobody_made_is_null(company: Company) -> None:
    with portal(company) as (server, crm):
        without(server, "ufCrmInvoiceNumber")
        got = Mirror().pull(crm)
    assert {row["ufCrmInvoiceNumber"] for row in got.rows["deal"].values()} == {None}


def test_the_limiter_keeps_the_portal_from_ever_saying_too_many() -> None:
    big = small_company(600)
    with BitrixServer(big, secret=SECRET, rate=20, burst=50) as server, httpx.Client(verify=False) as client:
        crm = source(client, server.url, rate=20)
        mirror = Mirror()
        for _ in range(8):
            mirror = mirror.pull(crm)
    assert len(server.requests) > 50
    assert {status for _, _, status in server.requests} == {200}


def test_without_a_limiter_the_same_portal_does_say_it(company: Company) -> None:
    with (
        BitrixServer(company, secret=SECRET, rate=0.001, burst=3) as server,
        httpx.Client(verify=False) as client,
        pytest.raises(SourceUnavailable, match="QUERY_LIMIT_EXCEEDED"),
    ):
        Mirror().pull(source(client, server.url, rate=1000))
