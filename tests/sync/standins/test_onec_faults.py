"""What goes wrong with the loopback 1C on demand: sessions, cut and slow answers, a company that changes meanwhile."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import quote

import httpx
import pytest

from sync.standins.company.model import (
    Company,
)
from sync.standins.onec import (
    PASSWORD,
    USER,
    Fault,
    Html200,
    InsertBetweenPages,
    Reset,
    Slow,
    Status,
    TooLarge,
    Truncated,
)
from tests.sync.standins.onec_company import PARTIES, PAYMENTS, SALES, Client, ref, small_company


def strike(client: Client, fault: Fault) -> None:
    client.server.faults.append(fault)


def test_sessions_start_fill_up_and_go_stale(onec: Client) -> None:
    start = {"IBSession": "start"}
    url = f"{onec.server.url}{quote(PARTIES)}?$format=json"
    onec.server.sessions.size = 1
    first = onec.http.get(url, headers=start)
    assert first.headers["Set-Cookie"].startswith("ibsession=")
    assert onec.http.get(url).status_code == 200
    assert httpx.get(url, headers=start, auth=httpx.BasicAuth(USER, PASSWORD)).status_code == 406
    onec.server.sessions.expire()
    assert onec.http.get(url).status_code == 400
    assert onec.http.get(url, headers=start).status_code == 200
    assert onec.http.get(url, headers={"IBSession": "finish"}).status_code == 200
    assert not onec.server.sessions.live


def test_a_rewrite_without_a_change_moves_the_version_only(onec: Client) -> None:
    before = onec.rows(SALES, orderby="Date")[0]
    onec.server.touch(ref(100))
    after = onec.rows(SALES, orderby="Date")[0]
    assert {k for k in before if before[k] != after[k]} == {"DataVersion"}


def test_a_vanished_document_leaves_a_broken_reference(onec: Client) -> None:
    company = small_company()
    company.docs = [d for d in company.docs if d.ref != ref(100)]
    onec.server.load(company)
    row = onec.rows(PAYMENTS)[0]["РасшифровкаПлатежа"][0]
    assert (row["Сделка"], row["Сделка_Type"]) == (ref(100), f"StandardODATA.{SALES}")
    assert onec.error(f"{SALES}(guid'{ref(100)}')") == (404, "9")


def test_faults_strike_as_often_as_told_and_where_told(onec: Client) -> None:
    strike(onec, Status(503, "занято", where=SALES, times=2, after=1))
    codes = [onec.get(path).status_code for path in (SALES, PARTIES, SALES, SALES, SALES)]
    assert codes == [200, 200, 503, 503, 200]
    assert onec.server.faults == []
    assert onec.server.requests[2][0::2] == ("GET", 503)
    assert SALES in onec.server.requests[2][1]


def test_html_with_status_200_is_served(onec: Client) -> None:
    strike(onec, Html200())
    response = onec.get(PARTIES)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html;charset=utf-8")
    assert response.content.startswith(b"<")


def test_bodies_are_cut_with_and_without_saying_so(onec: Client) -> None:
    strike(onec, Truncated(honest=True))
    with pytest.raises(json.JSONDecodeError):
        onec.get(PARTIES).json()
    strike(onec, Truncated())
    with pytest.raises(httpx.RemoteProtocolError):
        onec.get(PARTIES)
    strike(onec, Reset())
    with pytest.raises(httpx.TransportError):
        onec.get(PARTIES)
    assert onec.get(PARTIES).status_code == 200


def test_a_slow_answer_outlasts_an_impatient_client(onec: Client) -> None:
    strike(onec, Slow(30))
    with pytest.raises(httpx.ReadTimeout):
        onec.http.get(f"{onec.server.url}{quote(PARTIES)}?$format=json", timeout=0.1)


def test_large_pages_fill_the_disk(onec: Client) -> None:
    strike(onec, TooLarge(rows=2, where=SALES))
    full = onec.get(SALES)
    assert full.status_code == 500
    assert "device is full" in full.json()["odata.error"]["message"]["value"]
    assert len(onec.rows(SALES, top="2", orderby="Date")) == 2
    assert onec.get(SALES, top="3", orderby="Date").status_code == 500


def test_the_company_changes_between_two_pages(onec: Client) -> None:
    def insert(company: Company) -> Company:
        changed = small_company()
        changed.parties = [*company.parties, replace(company.parties[0], ref=ref(12), name="Айва выдуманная")]
        return changed

    strike(onec, InsertBetweenPages(insert, where=PARTIES, after=1))
    names = [onec.rows(PARTIES, orderby="Ref_Key", top="1", skip=s)[0]["Description"] for s in ("0", "1", "2")]
    assert names == ["Абрикос выдуманный", "Айва выдуманная", "Яблоня выдуманная"]
