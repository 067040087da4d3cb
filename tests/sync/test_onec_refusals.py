"""What the 1C source says when it cannot read: one clear message, no zero rows, no secret."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import stamina

from sync import http
from sync.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable
from sync.sources.onec import Reading, source
from sync.sources.onec.tables import SETS
from sync.standins.company import generate
from sync.standins.onec import PASSWORD, USER, Fault, Html200, OnecServer, Reset, Status, Truncated
from sync.table import Item, Reject, Since, Total
from tests.sync.onec_mirror import GENTLE, NOW, Mirror, asked, recent, served


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def server() -> Iterator[OnecServer]:
    with served(recent(generate("tiny", 7).before)) as running:
        yield running


@pytest.fixture(scope="module")
def calm() -> Mirror:
    """What an undisturbed pull of the same company reads."""
    mirror = Mirror()
    with served(recent(generate("tiny", 7).before)) as running:
        mirror.pull(running, NOW)
    return mirror


def pull(server: OnecServer, password: str = PASSWORD, reading: Reading = GENTLE) -> list[Item | Any]:
    with http.client(server.url, (USER, password), connections=reading.connections) as client:
        return list(source(client, "main", reading).pull(Since(True, NOW, None, {})))


def refusal(server: OnecServer, kind: type[SourceError], password: str = PASSWORD) -> str:
    with pytest.raises(kind) as caught:
        pull(server, password)
    told = str(caught.value)
    assert PASSWORD not in told
    assert password not in told
    assert told.startswith("onec: ")
    return told


@pytest.mark.promise("sync.secrets_not_in_errors")
def test_a_wrong_password_is_told_at_the_first_request_and_not_shown(server: OnecServer) -> None:
    told = refusal(server, SourceRefused, "неверный-пароль")
    assert "401" in told
    assert "password" in told
    assert len(server.requests) == 1


def test_an_unpublished_set_is_refused_by_name_with_the_way_to_publish_it(server: OnecServer) -> None:
    server.unpublished |= {"Document_КорректировкаДолга", "Catalog_Кассы"}
    told = refusal(server, SourceRefused)
    assert "Document_КорректировкаДолга" in told
    assert "Catalog_Кассы" in told
    assert "УстановитьСоставСтандартногоИнтерфейсаOData" in told


def test_a_set_that_a_base_may_do_without_is_passed_by_and_the_rest_is_read(
    server: OnecServer, calm: Mirror, capsys: pytest.CaptureFixture[str]
) -> None:
    optional = {s.table.name: s.table.path for s in SETS if s.optional}
    server.unpublished |= set(optional.values())
    mirror = Mirror()
    mirror.pull(server, NOW)
    assert not any(asked(server, path) for path in optional.values())
    assert {name: rows for name, rows in mirror.rows.items() if name not in optional} == {
        name: rows for name, rows in calm.rows.items() if name not in optional
    }
    said = capsys.readouterr()
    assert all(path in said.out + said.err for path in optional.values())


ITEM = "СтатьяДвиженияДенежныхСредств_Key"


def test_a_release_without_cash_flow_items_is_read_as_if_nobody_had_named_one(server: OnecServer, calm: Mirror) -> None:
    server.lacking.add(ITEM)
    server.unpublished.add("Catalog_СтатьиДвиженияДенежныхСредств")
    mirror = Mirror()
    mirror.pull(server, NOW)
    for name, rows in calm.rows.items():
        if name != "ddc_item":
            unnamed = {ref: row | ({ITEM: None} if ITEM in row else {}) for ref, row in rows.items()}
            assert mirror.rows[name] == unnamed
    named = [line[ITEM] for lines in calm.lines["bank_out_split"].values() for line in lines]
    read = [line[ITEM] for lines in mirror.lines["bank_out_split"].values() for line in lines]
    assert any(named)
    assert read == [None] * len(named)


def test_an_unpublished_register_is_refused(server: OnecServer) -> None:
    server.unpublished.add("AccountingRegister_Типовой")
    assert "AccountingRegister_Типовой" in refusal(server, SourceRefused)


def test_a_set_unpublished_while_it_is_read_is_refused_and_not_empty(server: OnecServer) -> None:
    body = json.dumps(
        {"odata.error": {"code": "8", "message": {"lang": "ru", "value": "Сущность «Catalog_Банки» не найдена"}}}
    )
    server.faults.append(Status(404, body, where="Catalog_Банки", times=None))
    assert "УстановитьСостав" in refusal(server, SourceRefused)


def test_row_level_security_is_refused_because_a_part_is_not_the_whole(server: OnecServer) -> None:
    server.hidden.add(server.service.books.company.contracts[0].ref)
    told = refusal(server, SourceRefused)
    assert "Row-level security" in told
    assert not asked(server, "allowedOnly")


@pytest.mark.parametrize(
    "where", ["$metadata", "Catalog_Организации?", "Document_РеализацияТоваровУслуг?", "RecordsWith"]
)
def test_a_web_page_with_status_200_is_a_refusal(server: OnecServer, where: str) -> None:
    server.faults.append(Html200(where=where, times=None))
    told = refusal(server, SourceRefused)
    assert "web page" in told
    assert "rights" in told
    assert "publication" in told
    assert "нет прав на выполнение операции" in told


@pytest.mark.parametrize(
    "fault",
    [
        Truncated(where="Document_РеализацияТоваровУслуг?"),
        Truncated(where="Document_РеализацияТоваровУслуг?", honest=True),
        Truncated(where="$metadata"),
        Truncated(where="$metadata", honest=True),
        Reset(where="Catalog_Контрагенты?"),
        Status(503, "busy", "text/plain", where="Catalog_", headers=(("Retry-After", "1"),), times=2),
        Status(429, "slow down", "text/plain", where="BalanceAndTurnovers"),
        Status(502, "<html>bad gateway</html>", "text/html", where="RecordsWith"),
        Status(406, "", "text/plain"),
    ],
    ids=lambda fault: (
        f"{type(fault).__name__} {getattr(fault, 'code', '')} {fault.where} {getattr(fault, 'honest', '')}"
    ),
)
def test_what_passes_by_itself_is_asked_for_again(server: OnecServer, calm: Mirror, fault: Fault) -> None:
    shaken = Mirror()
    server.faults.append(fault)
    shaken.pull(server, NOW)
    assert shaken.rows == calm.rows
    assert shaken.lines == calm.lines
    assert not server.faults


@pytest.mark.parametrize("honest", [True, False])
def test_a_page_that_is_always_cut_is_unavailable_and_not_short(server: OnecServer, *, honest: bool) -> None:
    server.faults.append(Truncated(where="Catalog_Номенклатура?", honest=honest, times=None))
    told = refusal(server, SourceUnavailable)
    assert "Catalog_Номенклатура" in told


def test_a_page_cut_just_after_a_brace_is_noticed_too(server: OnecServer) -> None:
    server.faults.append(
        Status(200, '{"odata.metadata":"x","value":[{"Ref_Key":"1"}', where="Catalog_Валюты?", times=None)
    )
    assert "not a page of rows" in refusal(server, SourceUnavailable)
    assert len(asked(server, "Catalog_Валюты?")) == 3


def test_no_licence_for_a_session_is_told_as_such(server: OnecServer) -> None:
    server.sessions.size = 0
    told = refusal(server, SourceUnavailable)
    assert "licence" in told


def test_a_count_that_never_agrees_is_unavailable(server: OnecServer) -> None:
    server.faults.append(Status(200, "\ufeff999", "text/plain", where="Catalog_Номенклатура/$count", times=None))
    assert "19 rows were read of 999" in refusal(server, SourceUnavailable)


def test_a_month_whose_entries_do_not_come_to_its_turnovers_is_unavailable(server: OnecServer) -> None:
    books = server.service.books.company
    month = f"{books.entries[-1].moment:%Y-%m}"
    body = b'{"odata.metadata":"x","value":[]}'.decode()
    server.faults.append(Status(200, body, where=lambda a: "RecordsWith" in a and f"'{month}" in a, times=None))
    told = refusal(server, SourceUnavailable)
    assert month in told
    assert "turnovers" in told


def test_a_business_error_of_1c_is_not_repeated(server: OnecServer) -> None:
    body = json.dumps({"odata.error": {"code": "-1", "message": {"lang": "ru", "value": "Деление на 0"}}})
    server.faults.append(Status(500, body, where="/Balance(", times=None))
    assert "Деление на 0" in refusal(server, SourceRefused)
    assert len(asked(server, "/Balance(")) == 1


def page_of(server: OnecServer, where: str) -> tuple[str, dict[str, Any]]:
    """A question asked before whose page has rows, and that page."""
    with http.client(server.url, (USER, PASSWORD)) as client:
        pages = [(a, json.loads(client.get(httpx.URL(server.url).join(a)).content)) for a in asked(server, where)]
    return next((address, page) for address, page in pages if page["value"])


def answer(server: OnecServer, address: str, page: dict[str, Any], times: int | None = None) -> None:
    body = json.dumps(page, ensure_ascii=False)
    server.faults.append(Status(200, body, where=lambda a: a == address, times=times))


def spoil(server: OnecServer, where: str, change: dict[str, object], *, every: bool = False) -> None:
    """Answer a question asked before with its own page, its first row (or every one) changed."""
    address, page = page_of(server, where)
    for row in page["value"][: None if every else 1]:
        row.update(change)
    answer(server, address, page)


def test_a_window_that_lacks_a_row_is_asked_again_and_then_unavailable(server: OnecServer) -> None:
    mirror = Mirror()
    mirror.pull(server, NOW)
    address, page = page_of(server, "Document_РеализацияТоваровУслуг?$format=json&$filter=Date ge datetime'2025")
    calm = mirror.rows["sale"]
    page["value"].pop()
    answer(server, address, page, times=1)
    mirror.pull(server, NOW, full=True)
    assert mirror.rows["sale"] == calm
    assert len([a for a in asked(server, address) if a == address]) == 2
    answer(server, address, page)
    assert "were read of" in refusal(server, SourceUnavailable)


def test_a_pull_that_is_given_up_asks_for_no_more(server: OnecServer) -> None:
    with http.client(server.url, (USER, PASSWORD)) as client:
        items = iter(source(client, "main", GENTLE).pull(Since(True, NOW, None, {})))
        next(items)
        items.close()  # type: ignore[attr-defined]
    assert len(server.requests) < 5


def test_one_broken_row_is_rejected_alone_and_the_mirror_knows_how_many_to_expect(server: OnecServer) -> None:
    mirror = Mirror()
    mirror.pull(server, NOW)
    calm = mirror.rows["item"]
    spoil(server, "Catalog_Номенклатура?", {"Услуга": "возможно"})
    items = pull(server)
    rejected = [i for i in items if isinstance(i, Reject)]
    assert len(rejected) == 1
    assert rejected[0].ref in calm
    assert "Услуга" in rejected[0].reason
    assert "возможно" in rejected[0].text
    assert Total("item", "rows", str(len(calm) - 1)) in items


def test_a_broken_entry_is_rejected_and_its_month_is_read_again_next_time(server: OnecServer) -> None:
    mirror = Mirror()
    mirror.pull(server, NOW)
    calm = len(mirror.rows["gl"])
    spoil(server, "RecordsWith", {"Сумма": "много"})
    mirror.pull(server, NOW, full=True)
    assert len(mirror.rows["gl"]) == calm - 1
    assert len(mirror.rejects) == 1
    server.faults.clear()
    mirror.pull(server, NOW)
    assert len(mirror.rows["gl"]) == calm


def test_a_column_that_fits_in_no_row_is_a_changed_source(server: OnecServer) -> None:
    mirror = Mirror()
    mirror.pull(server, NOW)
    spoil(server, "Catalog_СтавкиНДС?", {"Ставка": "двенадцать"}, every=True)
    told = refusal(server, SourceChanged)
    assert "vat_rate.Ставка" in told
