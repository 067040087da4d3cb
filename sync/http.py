"""One way to ask a server for bytes: keep-alive, retries, and answers checked before anybody parses them.

Whatever goes wrong becomes a `SourceError` whose text names the place and never a secret. Query strings are written into
the URL by the caller: httpx encodes a space of `params=` as `+`, which 1C does not decode, and an empty `params={}` drops
the query of a next link altogether.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

import httpx
import stamina

from sync.errors import SourceError, SourceRefused, SourceUnavailable

ATTEMPTS = 5
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 60.0
SHOWN_TEXT = 300
BOM = b"\xef\xbb\xbf"

Want = Literal["json", "xml", "text"]
Explain = Callable[[httpx.Response], SourceError | None]


class TooMuch(SourceUnavailable):
    """The server gave up on this question: HTTP 500 or a read time-out. A smaller one may pass, so it is not repeated."""


class Later(SourceUnavailable):
    """The server asks to wait. after: seconds that it named, or 0."""

    def __init__(self, source: str, what: str, after: float) -> None:
        super().__init__(source, what, "Try later, or ask with fewer connections at a time")
        self.after = after


class Client(httpx.Client):
    """An httpx.Client that knows which texts must never be shown."""

    secrets: tuple[str, ...] = ()


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that httpx trusts, read once: 20 ms for each client otherwise."""
    return httpx.create_ssl_context()


def client(
    base_url: str,
    auth: tuple[str, str] | None = None,
    *,
    secrets: Collection[str] = (),
    headers: Mapping[str, str] | None = None,
    connections: int = 4,
    read_timeout: float = 180.0,
    transport: httpx.BaseTransport | None = None,
) -> Client:
    """Open a keep-alive client with cookies. The caller closes it.

    auth: login and password for HTTP Basic; sent as UTF-8, so a Cyrillic login works.
    secrets: further texts to keep out of every message (a webhook's code); the password is kept out anyway.
    read_timeout: seconds without a byte; the first answer of an idle 1C takes half a minute, a virtual table longer.
    """
    # Their INFO lines are whole URLs, and a webhook's URL is its password.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    host = urlsplit(base_url).hostname or ""
    # Unpacking costs five times the CPU of plain bytes: worth it over a line, not on the same machine.
    coding = "identity" if host == "localhost" or host.startswith("127.") else "gzip, deflate"
    made = Client(
        base_url=base_url,
        auth=httpx.BasicAuth(*auth) if auth else None,
        headers={"Accept-Encoding": coding, "User-Agent": "analyst-mirror", **(headers or {})},
        timeout=httpx.Timeout(30.0, read=read_timeout, pool=None),
        limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=60.0),
        transport=transport,
        verify=_trusted(),
    )
    made.secrets = (*secrets, *(auth[1:] if auth else ()))
    return made


def get(
    client: httpx.Client,
    url: str,
    *,
    source: str,
    want: Want = "json",
    explain: Explain | None = None,
    divisible: bool = False,
    headers: Mapping[str, str] | None = None,
    attempts: int = ATTEMPTS,
    given_up: Callable[[], bool] = lambda: False,
) -> bytes:
    """Read a URL whole and return its body without a byte-order mark, checked to be what was wanted.

    Retried with growing waits: network failures, time-outs, truncated bodies, 408, 425, 429, 5xx except 501.
    explain: gives the error of a source's own error body, or None to leave it to the rules here.
    divisible: the caller can ask for less, so 500 and a read time-out raise TooMuch at once.
    given_up: says that nobody waits for the answer any more, so it is not asked for again.

    Raises:  SourceUnavailable: after the last attempt. SourceRefused: the answer is a no that repeating will not change.
    """

    def again(error: Exception) -> bool | float:
        return not given_up() and _again(error)

    for attempt in stamina.retry_context(on=again, attempts=attempts, timeout=None, wait_initial=0.5, wait_max=30.0):
        with attempt:
            answer = _send(client, url, source, headers, divisible=divisible)
            if answer.is_success:
                return _checked(client, answer, source, want)
            raise _failure(client, answer, source, explain, divisible=divisible)
    raise AssertionError("a retry loop ends with an answer or an error")


def redact(text: str, secrets: Collection[str] = ()) -> str:
    """Blank out given secrets (also percent-encoded), passwords in URLs, Authorization headers and webhook codes."""
    for secret in sorted((s for s in secrets if s), key=len, reverse=True):
        text = text.replace(secret, "…").replace(quote(secret, safe=""), "…")
    text = re.sub(r"//[^/@\s]+@", "//…@", text)
    text = re.sub(r"(/rest/\d+)/[^/\s?]+", r"\1/…", text)
    text = re.sub(r"(?i)\b(basic|bearer)\s+[\w+/=.~-]{6,}", r"\1 …", text)
    return re.sub(r"(?i)([?&](?:auth|access_token|password|token)=)[^&\s]+", r"\1…", text)


def place(client: httpx.Client, url: str) -> str:
    """Name a URL in a message: its path and query in readable letters, shortened, without secrets."""
    parts = urlsplit(url)
    text = unquote(parts.path) + (f"?{unquote(parts.query)}" if parts.query else "")
    return redact(text, _secrets(client))[:SHOWN_TEXT]


def readable(client: httpx.Client, body: bytes) -> str:
    """The words of an error body, HTML tags removed, shortened, without secrets."""
    text = re.sub(r"(?s)<(style|script).*?</\1>|<[^>]*>", " ", body[:20_000].decode("utf-8", "replace"))
    return redact(" ".join(text.split()), _secrets(client))[:SHOWN_TEXT]


def _secrets(client: httpx.Client) -> tuple[str, ...]:
    return client.secrets if isinstance(client, Client) else ()


def _again(error: Exception) -> bool | float:
    if isinstance(error, Later) and error.after:
        return error.after
    return isinstance(error, SourceUnavailable) and not isinstance(error, TooMuch)


def _send(
    client: httpx.Client, url: str, source: str, headers: Mapping[str, str] | None, *, divisible: bool
) -> httpx.Response:
    try:
        return client.get(url, headers=headers)
    except httpx.TimeoutException as error:
        slow = divisible and isinstance(error, httpx.ReadTimeout)
        raise (TooMuch if slow else SourceUnavailable)(source, f"{place(client, url)}: no answer in time") from error
    except (httpx.RequestError, httpx.InvalidURL) as error:
        words = redact(f"{type(error).__name__} {error}", _secrets(client)).strip()
        raise SourceUnavailable(source, f"{place(client, url)}: {words}") from error


def _failure(
    client: httpx.Client, answer: httpx.Response, source: str, explain: Explain | None, *, divisible: bool
) -> SourceError:
    where, status = place(client, str(answer.request.url)), answer.status_code
    if explain and (error := explain(answer)):
        return error
    words = f"{where}: HTTP {status} {readable(client, answer.content)}".rstrip()
    if divisible and status in {500, 504}:
        return TooMuch(source, words)
    if status in RETRIED:
        return Later(source, words, _named_wait(answer)) if status in {429, 503} else SourceUnavailable(source, words)
    if status in {401, 403}:
        return SourceRefused(source, words, "Check the login, the password and the rights of this user")
    if answer.is_redirect:
        return SourceRefused(
            source, f"{where}: redirected elsewhere", "Check the address in the settings (https, path, port)"
        )
    return SourceRefused(source, words)


def _named_wait(answer: httpx.Response) -> float:
    text = answer.headers.get("Retry-After", "")
    return min(float(text), LONGEST_WAIT) if text.isdigit() else 0.0


def _checked(client: httpx.Client, answer: httpx.Response, source: str, want: Want) -> bytes:
    """Return the body if it is of the wanted kind and whole; a web page with status 200 is a refusal in disguise."""
    where, body = place(client, str(answer.request.url)), answer.content.removeprefix(BOM)
    kind, start, end = answer.headers.get("Content-Type", ""), body[:200].lstrip()[:100].lower(), body[-50:].rstrip()
    if "html" in kind or start.startswith((b"<!doctype html", b"<html")):
        raise SourceRefused(
            source,
            f"{where}: a web page instead of data: {readable(client, body)}",
            "Usually the user has no rights, or the address leads to a login page: "
            "check the rights, the address and the publication of the service",
        )
    if not start:
        raise SourceUnavailable(source, f"{where}: an empty answer")
    first, last = {"json": (b"{", b"}"), "xml": (b"<", b">"), "text": (b"", b"")}[want]
    if not start.startswith(first):
        raise SourceRefused(
            source, f"{where}: {want} was asked for, the answer is {kind or 'unnamed'}: {readable(client, body)}",
            "Check that the address is the service itself and not a page about it",
        )  # fmt: skip
    if not end.endswith(last):
        raise SourceUnavailable(source, f"{where}: the answer is cut off after {len(body)} bytes")
    return body
