"""The shared HTTP client: what is asked again, what is a no, what is checked before anybody parses it, what is never shown."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Iterator

import httpx
import pytest
import stamina

from sync import http
from sync.errors import SourceError, SourceRefused, SourceUnavailable

URL = "http://127.0.0.1:1/base/odata/standard.odata/"
JSON = {"Content-Type": "application/json;charset=utf-8"}
Answer = httpx.Response | Exception


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=5, cap=True):
        yield


class Wire:
    """Answers in turn, the last one for ever, and keeps the requests."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def opened(wire: Callable[[httpx.Request], httpx.Response], base: str = URL, password: str = "Секрет-7") -> http.Client:
    return http.client(base, ("Бухгалтер", password), transport=httpx.MockTransport(wire))


def ok(body: str | bytes = '{"value":[]}', **headers: str) -> httpx.Response:
    return httpx.Response(200, headers={**JSON, **headers}, content=body)


def ask(*answers: Answer, want: http.Want = "json", divisible: bool = False) -> tuple[bytes, int]:
    wire = Wire(*answers)
    with opened(wire) as client:
        return http.get(client, URL + "Set?$top=1", source="onec", want=want, divisible=divisible), len(wire.requests)


def fail(
    kind: type[SourceError], *answers: Answer, want: http.Want = "json", divisible: bool = False
) -> tuple[str, int]:
    wire = Wire(*answers)
    with opened(wire) as client, pytest.raises(kind) as caught:
        http.get(client, URL + "Set?$filter=Секрет-7", source="onec", want=want, divisible=divisible)
    assert "Секрет-7" not in str(caught.value)
    assert type(caught.value) is kind or kind is SourceUnavailable
    return str(caught.value), len(wire.requests)


# ---- what is asked again


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(status: int) -> None:
    assert ask(httpx.Response(status, text="busy"), httpx.Response(status), ok()) == (b'{"value":[]}', 3)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.ReadTimeout("slow"), httpx.ReadError("reset"),
        httpx.RemoteProtocolError("peer closed connection without sending complete message body"),
    ],
)  # fmt: skip
def test_a_lost_connection_is_asked_again(error: Exception) -> None:
    assert ask(error, ok())[1] == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 501])
def test_a_no_is_not_asked_again(status: int) -> None:
    told, requests = fail(SourceRefused, httpx.Response(status, text="нет"))
    assert requests == 1
    assert f"HTTP {status} нет" in told


def test_a_server_that_stays_busy_is_unavailable_after_the_last_attempt() -> None:
    told, requests = fail(SourceUnavailable, httpx.Response(502, text="bad gateway"))
    assert requests == http.ATTEMPTS
    assert "502" in told


@pytest.mark.parametrize("answer", [httpx.Response(500, text="device is full"), httpx.ReadTimeout("slow")])
def test_what_may_pass_in_halves_is_given_back_at_once(answer: Answer) -> None:
    assert fail(http.TooMuch, answer, divisible=True)[1] == 1


def test_nobody_waits_for_answers_that_were_given_up() -> None:
    wire = Wire(httpx.Response(503))
    with opened(wire) as client, pytest.raises(SourceUnavailable):
        http.get(client, URL, source="onec", given_up=lambda: True)
    assert len(wire.requests) == 1


@pytest.mark.parametrize(("named", "seconds"), [("7", 7.0), ("99999", http.LONGEST_WAIT), ("soon", 0.0), ("", 0.0)])
def test_the_wait_that_a_server_names_is_kept_within_reason(named: str, seconds: float) -> None:
    with (
        opened(Wire(httpx.Response(429, headers={"Retry-After": named}))) as client,
        pytest.raises(http.Later) as caught,
    ):
        http.get(client, URL, source="onec", attempts=1)
    assert caught.value.after == seconds


# ---- what is checked


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(
            200, headers={"Content-Type": "text/html"}, text="<html><style>p{}</style><p>Нет прав</p></html>"
        ),
        httpx.Response(200, headers=JSON, text="\ufeff  <!DOCTYPE html><p>Нет прав</p>"),
        httpx.Response(200, text="<HTML><body>Нет прав"),
    ],
)
@pytest.mark.parametrize("want", ["json", "xml", "text"])
def test_a_web_page_with_status_200_is_a_refusal_that_names_rights_and_publication(
    answer: httpx.Response, want: http.Want
) -> None:
    told, requests = fail(SourceRefused, answer, want=want)
    assert requests == 1
    assert "Нет прав" in told
    assert "rights" in told
    assert "publication" in told
    assert "p{}" not in told


def test_xml_where_json_was_asked_is_a_refusal() -> None:
    atom = httpx.Response(200, headers={"Content-Type": "application/atom+xml"}, text="<feed/>")
    assert "json was asked for" in fail(SourceRefused, atom)[0]


@pytest.mark.parametrize("body", ["", "  \n", '{"value":[{"a":1', '{"value":[{"a":1},'])
def test_a_cut_or_empty_body_is_asked_again_and_then_unavailable(body: str) -> None:
    assert fail(SourceUnavailable, ok(body))[1] == http.ATTEMPTS
    assert ask(ok(body), ok())[1] == 2


def test_a_byte_order_mark_is_dropped() -> None:
    assert ask(ok(b"\xef\xbb\xbf12", **{"Content-Type": "text/plain"}), want="text")[0] == b"12"
    assert ask(ok(b'\xef\xbb\xbf{"value":[]}\r\n'))[0] == b'{"value":[]}\r\n'


def test_a_redirect_is_told_as_a_wrong_address() -> None:
    assert "redirected" in fail(SourceRefused, httpx.Response(302, headers={"Location": "/login"}))[0]


def test_a_source_may_explain_its_own_errors() -> None:
    with opened(Wire(httpx.Response(500))) as client, pytest.raises(SourceRefused, match="own words"):
        http.get(
            client, URL, source="onec", explain=lambda answer: SourceRefused("onec", f"own words {answer.status_code}")
        )


# ---- what goes out


def test_a_cyrillic_login_goes_as_utf8() -> None:
    wire = Wire(ok())
    with opened(wire) as client:
        http.get(client, URL, source="onec")
    assert (
        wire.requests[0].headers["Authorization"] == "Basic " + base64.b64encode("Бухгалтер:Секрет-7".encode()).decode()
    )


def test_a_query_in_the_url_goes_out_as_written() -> None:
    """`params={}` would drop it, so that page 2 becomes page 1 again and a loop never ends; `params=` would send + for a space."""
    wire = Wire(ok())
    address = URL + "Set?$filter=Date%20ge%20datetime'2025-01-01T00:00:00'&$skip=1000"
    with opened(wire) as client:
        http.get(client, address, source="onec")
        assert wire.requests[0].url.raw_path.decode() == address.removeprefix("http://127.0.0.1:1")
        assert client.build_request("GET", address, params={}).url.query == b""  # the trap, still there


def test_cookies_are_kept() -> None:
    wire = Wire(ok(**{"Set-Cookie": "ibsession=1; path=/base"}), ok())
    with opened(wire) as client:
        http.get(client, URL, source="onec")
        http.get(client, URL, source="onec")
    assert wire.requests[1].headers["Cookie"] == "ibsession=1"


@pytest.mark.parametrize(
    ("base", "coding"),
    [("http://127.0.0.1:1/", "identity"), ("http://localhost/", "identity"), ("https://1c.example/", "gzip, deflate")],
)
def test_bodies_are_packed_over_a_line_only(base: str, coding: str) -> None:
    with http.client(base) as client:
        assert client.headers["Accept-Encoding"] == coding


def test_the_time_to_wait_for_a_slow_1c_is_two_minutes_at_least() -> None:
    with http.client(URL) as client:
        assert client.timeout.read is not None
        assert client.timeout.read >= 120


# ---- what is never shown


@pytest.mark.parametrize(
    "text",
    [
        "https://user:hunter2@host/x", "http://h/rest/1/hunter2/crm.item.list", "Authorization: Basic aHVudGVyMg==hunter2",
        "Bearer hunter2hunter2", "/x?auth=hunter2&a=1", "/x?a=1&access_token=hunter2", "plain hunter2 word",
    ],
)  # fmt: skip
@pytest.mark.promise("sync.secrets_not_in_errors", "sync.secrets_not_in_logs")
def test_secrets_are_blanked_out(text: str) -> None:
    assert "hunter2" not in http.redact(text, ["hunter2"] if "plain" in text else [])


@pytest.mark.promise("sync.secrets_not_in_errors")
def test_a_secret_is_found_percent_encoded_too() -> None:
    assert http.redact("x%D0%A1%D0%B5%D0%BA%D1%80%D0%B5%D1%82y", ["Секрет"]) == "x…y"


def test_an_empty_secret_blanks_nothing() -> None:
    assert http.redact("text", [""]) == "text"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404, text="нет такого: Секрет-7"), httpx.Response(500, text="Секрет-7"), ok("Секрет-7"),
        httpx.ConnectError("cannot reach Секрет-7"), httpx.Response(200, headers={"Content-Type": "text/html"}, text="<p>Секрет-7</p>"),
    ],
)  # fmt: skip
@pytest.mark.promise("sync.secrets_not_in_errors")
def test_a_server_that_echoes_the_password_does_not_put_it_into_a_message(answer: Answer) -> None:
    fail(SourceUnavailable if isinstance(answer, Exception) or answer.status_code == 500 else SourceRefused, answer)


@pytest.mark.promise("sync.secrets_not_in_errors", "sync.secrets_not_in_logs")
def test_a_webhook_is_in_no_message_and_in_no_log_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    base = "http://127.0.0.1:1/rest/1/hunter2/"
    with http.client(
        base, secrets=["hunter2"], transport=httpx.MockTransport(Wire(httpx.Response(403, text="no")))
    ) as client:
        for address in (base + "crm.item.list", base + "hunter2"):
            with pytest.raises(SourceRefused) as caught:
                http.get(client, address, source="bitrix")
            assert "hunter2" not in str(caught.value)
    assert "hunter2" not in caplog.text
