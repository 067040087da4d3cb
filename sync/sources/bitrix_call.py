"""Calls to a Bitrix24 portal through an incoming webhook: batches, the portal's rate, retries, and what each refusal means.

The address of a webhook is its password. It is held here and nowhere else; no text that leaves this module shows it.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

import httpx
import stamina
from pyrate_limiter import GCRA, Limiter, Rate, SingleBucketFactory, StateBucket

from sync.errors import SourceError, SourceRefused, SourceUnavailable
from sync.http import readable, redact
from sync.sources.bitrix_words import HINTS, LATER, NEW_WEBHOOK

NAME = "bitrix"
BATCH = 20  # of the 50 that are allowed: one request must end within 60 s
ATTEMPTS = 6
BURST = 40  # the portal blocks at 50; the rest is left to whoever else calls from this address
UNKNOWN_RESET = 60.0
LONGEST_WAIT = 700.0  # the window of working seconds is 10 minutes

Call = tuple[str, Mapping[str, Any]]  # REST method and parameters
Calls = Mapping[str, Call]

_FORM = "https://portal/rest/user/secret/"
_WEBHOOK = re.compile(r"https?://[^/\s]+/rest/\d+/[^/\s]+/?")


@dataclass(frozen=True, slots=True)
class Reply:
    """What one call of a batch gave. next: the start of the next page; total and next are None where the portal left them out."""

    result: Any
    total: int | None
    next: int | None


Answered = tuple[dict[str, Reply], datetime]


class _Wait(SourceUnavailable):
    """A failure that passes. after: seconds that the portal named, 0 to let the back-off choose."""

    after: float = 0.0


class Webhook:
    """An incoming webhook of one portal.

    client: any httpx client; it needs no base address. rate: requests a second.
    Raises: SourceRefused: the address is not that of a webhook.
    """

    def __init__(self, client: httpx.Client, address: str, rate: float) -> None:
        if not _WEBHOOK.fullmatch(address):
            raise SourceRefused(NAME, f"the address is not an incoming webhook ({_FORM})", NEW_WEBHOOK)
        self._client = client
        self._address = address.rstrip("/") + "/"
        self._secrets = (self._address.rstrip("/").rpartition("/")[2],)
        bucket = StateBucket([Rate(max(1, round(rate * 10)), 10_000, burst=BURST)], GCRA())
        self._limiter = Limiter(SingleBucketFactory(bucket, schedule_leak=False))
        self._resets: dict[str, float] = {}
        logging.getLogger("httpx").addFilter(_masked)

    def __repr__(self) -> str:
        return f"Webhook({redact(self._address, self._secrets)!r})"

    def batch(self, calls: Calls, *, may_fail: AbstractSet[str] = frozenset()) -> Answered:
        """Run calls by key, in as few requests as fit; returns the replies and the portal's time at the first request.

        may_fail: keys whose replies are left out when the portal refuses them.

        Raises:  SourceUnavailable: after the last attempt. SourceRefused: a refusal that only a person can end.
        """
        named = list(calls.items())
        replies: dict[str, Reply] = {}
        started: datetime | None = None
        for first in range(0, len(named), BATCH):
            some, at = self._patiently(dict(named[first : first + BATCH]), may_fail)
            replies |= some
            started = started or at
        if started is None:
            raise ValueError("a batch needs a call")
        return replies, started

    def _patiently(self, calls: Calls, may_fail: AbstractSet[str]) -> Answered:
        tries = stamina.retry_context(on=_pause, attempts=ATTEMPTS, timeout=None, wait_initial=0.5, wait_max=30.0)
        for attempt in tries:
            with attempt:
                return self._once(calls, may_fail)
        raise AssertionError("a retry loop ends with an answer or an error")

    def _once(self, calls: Calls, may_fail: AbstractSet[str]) -> Answered:
        self._limiter.try_acquire(NAME)
        commands = {key: _command(method, params) for key, (method, params) in calls.items()}
        body = self._post("batch", {"halt": 0, "cmd": commands})
        parts = _map(body.get("result"))
        self._note_resets(calls, _map(parts.get("result_time")))
        for key, error in _errors(parts.get("result_error")):
            if key in may_fail:
                continue
            methods = [calls[key][0]] if key in calls else sorted({method for method, _ in calls.values()})
            raise self._failure(None, error, " or ".join(methods))
        results, totals, nexts = (_map(parts.get(name)) for name in ("result", "result_total", "result_next"))
        if missing := [method for key, (method, _) in calls.items() if key not in results and key not in may_fail]:
            raise SourceUnavailable(NAME, f"no answer to {missing[0]} in the batch")
        given = [key for key in calls if key in results]
        replies = {key: Reply(results[key], _count(totals.get(key)), _count(nexts.get(key))) for key in given}
        return replies, _started(body)

    def _post(self, method: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer = self._client.post(self._address + method, json=payload, headers={"Accept": "application/json"})
        except httpx.TimeoutException as error:
            raise _Wait(NAME, f"{method}: no answer in time ({type(error).__name__})") from None
        except (httpx.RequestError, httpx.InvalidURL) as error:  # from None: the cause may hold the address
            raise _Wait(NAME, f"{method}: {redact(f'{type(error).__name__} {error}', self._secrets)}") from None
        body = _parsed(answer.content)
        if isinstance(body, dict) and "error" not in body and answer.is_success:
            return body
        if isinstance(body, dict):
            raise self._failure(answer.status_code, body, method)
        raise self._not_json(answer, method)

    def _failure(self, status: int | None, body: Mapping[str, Any], method: str) -> SourceError:
        """The error for an error body. The word decides and not the status: 503 is both "slower" and "blocked by hand".

        status: None for a call inside a batch, which has none.
        """
        words = redact(str(body.get("error_description") or ""), self._secrets)[:200]
        word = str(body.get("error") or "") or ("ACCESS_DENIED" if "access denied" in words.lower() else "")
        told = word or ("an error without a name" if status is None else f"HTTP {status}")
        what = f"{method}: {told}{f' ({words})' if words else ''}"
        if word in LATER or (word not in HINTS and _passing(status)):
            later = _Wait(NAME, what)
            if word == "OPERATION_TIME_LIMIT":
                named = [self._resets[name] for name in method.split(" or ") if name in self._resets]
                later.after = min(max(named, default=UNKNOWN_RESET), LONGEST_WAIT)
            return later
        return SourceRefused(NAME, what, HINTS.get(word, f"The portal refuses this. {NEW_WEBHOOK}"))

    def _not_json(self, answer: httpx.Response, method: str) -> SourceError:
        text = answer.content.lstrip()[:1]
        if answer.is_success and text in {b"{", b""}:
            return _Wait(NAME, f"{method}: the answer is cut off after {len(answer.content)} bytes")
        if _passing(answer.status_code):
            return _Wait(NAME, f"{method}: HTTP {answer.status_code} without JSON")
        if answer.is_redirect:
            return SourceRefused(NAME, f"{method}: redirected elsewhere", f"The portal has moved. {NEW_WEBHOOK}")
        words = redact(readable(self._client, answer.content), self._secrets)[:120]
        hint = "Something between here and the portal blocks it, or the address is not a portal's: open the portal in a browser"
        return SourceRefused(NAME, f"{method}: a web page instead of data (HTTP {answer.status_code}: {words})", hint)

    def _note_resets(self, calls: Calls, times: Mapping[str, Any]) -> None:
        """Remember in how many seconds each method's working time starts anew, by the portal's own clock."""
        for key, (method, _) in calls.items():
            block = _map(times.get(key))
            reset, finish = _seconds(block.get("operating_reset_at")), _seconds(block.get("finish"))
            if reset is not None and finish is not None:
                self._resets[method] = max(0.0, reset - finish)


def _passing(status: int | None) -> bool:
    """Too many requests, or a fault of the server."""
    return status is not None and (status == httpx.codes.TOO_MANY_REQUESTS or httpx.codes.is_server_error(status))


def _pause(error: Exception) -> bool | float:
    if not isinstance(error, _Wait):
        return False
    return error.after or True


def _masked(record: logging.LogRecord) -> bool:
    """Mask the addresses in what httpx logs of its calls."""
    record.msg, record.args = redact(record.getMessage()), ()
    return True


def _command(method: str, params: Mapping[str, Any]) -> str:
    """A call of a batch: `method?query`, the query as PHP's http_build_query writes it."""
    pairs = (f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in _flat("", params))
    return f"{method}?{'&'.join(pairs)}"


def _flat(name: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        inner: Sequence[tuple[object, object]] = list(value.items())
    elif isinstance(value, (list, tuple)):
        inner = list(enumerate(value))
    else:
        return [(name, str(value))]
    return [pair for key, one in inner for pair in _flat(f"{name}[{key}]" if name else str(key), one)]


def _parsed(content: bytes) -> object:
    """JSON with exact decimals; None when it is no JSON."""
    try:
        return json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None


def _map(value: object) -> dict[str, Any]:
    """PHP writes an empty map as `[]`."""
    return value if isinstance(value, dict) else {}


def _errors(value: object) -> list[tuple[str, Mapping[str, Any]]]:
    """Errors of a batch: a map by key, or a list that no longer says which call failed (its keys are empty)."""
    found = [("", one) for one in value] if isinstance(value, list) else list(_map(value).items())
    return [(key, one) for key, one in found if isinstance(one, dict)]


def _count(value: object) -> int | None:
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdigit()) else None


def _seconds(value: object) -> float | None:
    """A unix time; one documented sample of operating_reset_at is ISO text."""
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value).timestamp()
        except ValueError:
            pass
    try:
        return float(Decimal(str(value)))
    except InvalidOperation:
        return None


def _started(body: Mapping[str, Any]) -> datetime:
    """The portal's clock when it took the request, with its offset."""
    try:
        started = datetime.fromisoformat(str(_map(body.get("time"))["date_start"]))
    except (KeyError, ValueError):
        raise SourceUnavailable(NAME, "the answer does not say the portal's time") from None
    if started.tzinfo is None:
        raise SourceUnavailable(NAME, "the portal's time comes without an offset")
    return started
