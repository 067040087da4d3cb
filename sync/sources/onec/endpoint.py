"""The OData service of one 1C base: pages, counts, its own error bodies and its sessions.

A session costs a licence, so one is started by the first request and kept by its cookie. `allowedOnly` is never sent: under
row-level security it would leave rows out in silence, and a mirror must not.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx

from sync import http
from sync.errors import SourceError, SourceRefused, SourceUnavailable
from sync.sources.onec import page, query
from sync.sources.onec.metadata import PUBLISH, SOURCE
from sync.sources.onec.shape import BrokenPageError, Rows, Shape
from sync.sources.onec.tables import CATALOGS

COOKIE = "ibsession"
REREADS = 3
RIGHTS, NO_SET, BUSINESS = "20", "8", "-1"  # 1C's own error codes
INCOMPARABLE = "Нельзя сравнивать"


class StaleSessionError(SourceRefused):
    """The kept session is gone and the question is asked again in a new one. cookie: what the request carried."""

    def __init__(self, cookie: str) -> None:
        super().__init__(SOURCE, "the 1C session is gone")
        self.cookie = cookie


@dataclass(slots=True)
class Endpoint:
    """A service whose address is the client's base_url (…/odata/standard.odata/).

    counts: whether /$count has answered so far; some bases do not have it.
    given_up: set when nobody waits for answers any more.
    """

    client: httpx.Client
    counts: bool = True
    given_up: threading.Event = field(default_factory=threading.Event)
    _asked: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def root(self) -> str:
        """The address with its closing slash."""
        return f"{str(self.client.base_url).rstrip('/')}/"

    def metadata(self) -> bytes:
        """The service's $metadata (XML only)."""
        return self._get(query.url(self.root, "$metadata", {"$format": ""}), "xml")

    def rows(self, path: str, options: Mapping[str, str], shape: Shape, *, divisible: bool = False) -> Rows:
        """Read one page. A body that is no page was cut off on its way and is asked for again.

        Raises: http.TooMuch: with divisible, when a smaller page may pass. SourceUnavailable, SourceRefused, SourceChanged.
        """
        url = query.url(self.root, path, options)
        for _ in range(REREADS):
            body = self._get(url, "json", divisible=divisible)
            try:
                return page.read(body, shape)
            except BrokenPageError as broken:
                reason = f"{http.place(self.client, url)}: {broken}, {len(body)} bytes"
        raise SourceUnavailable(SOURCE, reason)

    def count(self, path: str, filter_: str = "") -> int:
        """How many rows the filter finds now; by /$count, or by reading the keys where a base has no /$count."""
        if self.counts:
            try:
                body = self._get(query.url(self.root, f"{path}/$count", {"$format": "", "$filter": filter_}), "text")
                return int(body.decode().strip("\ufeff \r\n"))
            except (SourceRefused, ValueError):
                self.counts = False
        column = "Ref_Key" if path.startswith(("Catalog_", "Document_", "ChartOf")) else "Period"
        keys = Shape(path, {column: "VARCHAR"}, (column,))
        return self.rows(path, {"$select": column, "$filter": filter_}, keys).count

    def finish(self) -> None:
        """Give the session and its licence back; a base that does not answer keeps it until it ends by itself."""
        if not self._cookie():
            return
        url = query.url(self.root, f"{CATALOGS[0].table.path}/$count", {"$format": ""})
        with suppress(SourceError):
            http.get(self.client, url, source=SOURCE, want="text", headers={"IBSession": "finish"}, attempts=1)
        self.client.cookies.clear()

    def _get(self, url: str, want: http.Want, *, divisible: bool = False) -> bytes:
        ask = partial(
            http.get, self.client, url, source=SOURCE, want=want, divisible=divisible, given_up=self.given_up.is_set
        )
        try:
            return ask(explain=partial(self._explain, kept=True, divisible=divisible), headers=self._session())
        except StaleSessionError as stale:
            with self._lock:
                first = self._cookie() == stale.cookie
                if first:
                    self.client.cookies.clear()
            again = {"IBSession": "start"} if first else {}
            return ask(explain=partial(self._explain, kept=False, divisible=divisible), headers=again)

    def _cookie(self) -> str:
        return next((f"{c.name}={c.value}" for c in list(self.client.cookies.jar) if c.name.lower() == COOKIE), "")

    def _session(self) -> dict[str, str]:
        with self._lock:
            first, self._asked = not self._asked, True
        return {"IBSession": "start"} if first else {}

    def _explain(self, answer: httpx.Response, *, kept: bool, divisible: bool) -> SourceError | None:
        """The error of 1C's own error body. Inside a kept session 400, 404 and 500 without 1C's words mean that it is gone."""
        code, words = odata_error(answer.content)
        if answer.status_code == httpx.codes.NOT_ACCEPTABLE:
            return SourceUnavailable(
                SOURCE, "1C could not start a session (HTTP 406): no free licence or session pool",
                "Try later, at night, or with fewer connections",
            )  # fmt: skip
        if not words:
            cookie = answer.request.headers.get("Cookie", "")
            gone = kept and answer.status_code in {400, 404, 500} and COOKIE in cookie.lower()
            return StaleSessionError(cookie) if gone else None
        where = http.place(self.client, str(answer.request.url))
        told = f"{where}: HTTP {answer.status_code}, code {code}: {http.readable(self.client, words.encode())}"
        hint = _hint(answer.status_code, code, words, divisible=divisible)
        return SourceRefused(SOURCE, told, hint) if hint else None


def _hint(status: int, code: str, words: str, *, divisible: bool) -> str:
    """What a person should do about 1C's refusal; nothing for those that the common rules tell as well."""
    if status == httpx.codes.UNAUTHORIZED and code == RIGHTS:
        return (
            "Row-level security hides rows from this user. Give it a role that reads every row: "
            "a part of the rows is not mirrored as if it were all of them"
        )
    if status == httpx.codes.NOT_FOUND and code == NO_SET:
        return PUBLISH
    if INCOMPARABLE in words:
        return "The question itself is wrong for 1C; report it"
    if status == httpx.codes.INTERNAL_SERVER_ERROR and code == BUSINESS and not divisible:
        return "1C itself failed and would fail again: see its event log and the room on the server's disk"
    return ""


def odata_error(body: bytes) -> tuple[str, str]:
    """Code and words of 1C's error body, JSON or the older exception form; empty texts for any other body."""
    try:
        told: Any = json.loads(body)
        error = told.get("odata.error", told)
        message = error.get("message", error.get("descr", error.get("exception", "")))
        value = message.get("value", message.get("descr", "")) if isinstance(message, dict) else message
        return str(error.get("code", "")), str(value)
    except (ValueError, AttributeError):
        return "", ""
