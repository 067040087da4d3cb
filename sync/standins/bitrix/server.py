"""A Bitrix24 portal on the loopback, in the form of an incoming webhook.

It has: crm.item.list and crm.item.fields (deals, contacts, companies, smart invoices), crm.category.list, crm.status.list, user.get,
crm.requisite.list, crm.requisite.bankdetail.list and batch with `$result[…]`; pages of 50 with total and next, start=-1 without a count; filters and orders
that refuse unknown fields; the bucket of 2 requests a second with room for 50 (503 QUERY_LIMIT_EXCEEDED), working seconds per method (429
OPERATION_TIME_LIMIT); 401 for a wrong secret, 404 for an unknown method; `[]` for an empty map in a batch; amounts as JSON numbers; numbers
as text in the older upper-case methods; dates as 00:00 UTC written in the portal's offset; and faults on demand.
It lacks: OAuth, REST 3.0, events, product rows, payments, stage history, nested OR filters.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import RLock, Thread
from typing import Any, Self
from urllib.parse import urlsplit

from sync.standins.bitrix.bucket import LeakyBucket, OperatingMeter
from sync.standins.bitrix.faults import Fault
from sync.standins.bitrix.php import parse_str
from sync.standins.bitrix.portal import Portal, run_batch
from sync.standins.bitrix.query import Refusal
from sync.standins.company.model import Company

SECRET = "k0nf1dent1al0demo"  # noqa: S105 - the demo portal's webhook, made up
_SETTLED = timedelta(minutes=2)


class BitrixServer:
    """A portal that serves one company at a time; a context manager.

    secret: the last part of the webhook. rate, burst: the bucket, in requests a second and requests.
    operating_limit, operating_window: working seconds a method may use, and in how many.
    at: the portal's time of day, aware; by default two minutes after the last edit of the company. From there it runs.
    clock: the time of day instead, read at each call.
    monotonic: seconds for the limits. offset: hours that the portal writes its moments in.
    references: whether a call of a batch may use the results of those before it.
    requests: (HTTP method, path without the secret, status) of every request; calls: (REST method, parameters), batches opened up.
    """

    def __init__(
        self,
        company: Company,
        *,
        secret: str = SECRET,
        rate: float = 2.0,
        burst: int = 50,
        operating_limit: float = 480.0,
        operating_window: float = 600.0,
        at: datetime | None = None,
        clock: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        offset: int = 3,
        references: bool = True,
        faults: Iterable[Fault] = (),
    ) -> None:
        self.requests: list[tuple[str, str, int]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults = list(faults)
        self.zone = timezone(timedelta(hours=offset))
        self._secret = secret
        self._references = references
        self._clock = clock
        self._monotonic = monotonic
        self._bucket = LeakyBucket(rate, burst, monotonic)
        self._meter = OperatingMeter(operating_limit, operating_window, monotonic)
        self._lock = RLock()
        self.load(company, at)
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.portal = self
        self._thread = Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, name="bitrix", daemon=True
        )

    @property
    def url(self) -> str:
        """The webhook: a secret, as on a real portal."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/rest/1/{self._secret}/"

    @property
    def company(self) -> Company:
        """The state that is served."""
        return self.portal.company

    def load(self, company: Company, at: datetime | None = None) -> None:
        """Serve another state from the next call on, the portal's clock set to `at`. Call it again after a change of the same object."""
        with self._lock:
            self.portal = Portal(company, self.zone)
            self._epoch = (at or _last_edit(company) + _SETTLED, self._monotonic())

    def now(self) -> datetime:
        """The portal's time of day."""
        if self._clock is not None:
            return self._clock()
        start, since = self._epoch
        return start + timedelta(seconds=self._monotonic() - since)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, path: str, params: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body for a request to `path`."""
        with self._lock:
            try:
                method = self._admitted(path)
                if method != "batch":
                    return 200, self._call(method, params)
                body = run_batch(params, self._call, references=self._references)
                return 200, {**body, "time": self._time(self.now(), 0.0, None)}
            except Refusal as refusal:
                return refusal.status, refusal.body()

    def _admitted(self, path: str) -> str:
        """The REST method of a request that may pass. Raises Refusal."""
        parts = urlsplit(path).path.strip("/").split("/")
        if len(parts) != 4 or parts[0] != "rest" or parts[2] != self._secret:  # rest/user/secret/method
            raise Refusal(401, "NO_AUTH_FOUND", "Wrong authorization data")
        if not self._bucket.admit():
            raise Refusal(503, "QUERY_LIMIT_EXCEEDED", "Too many requests")
        return parts[3].removesuffix(".json")

    def _call(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        self.calls.append((method, dict(params)))
        fault = next((f for f in self.faults if f.method and (f.error is not None or f.then) and f.takes(method)), None)
        if fault is not None and fault.error is not None:
            raise Refusal(fault.status, fault.error, fault.description)
        if self._meter.blocked(method):
            raise Refusal(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.")
        began, started = self.now(), time.perf_counter()
        body = self.portal.call(method, params)
        body["time"] = self._time(began, time.perf_counter() - started, method)
        if fault is not None and fault.then is not None:
            fault.then(self)
        return body

    def _time(self, began: datetime, seconds: float, method: str | None) -> dict[str, Any]:
        start = began.timestamp()
        block: dict[str, Any] = {
            "start": start,
            "finish": start + seconds,
            "duration": seconds,
            "processing": seconds,
            "date_start": began.astimezone(self.zone).isoformat(timespec="seconds"),
            "date_finish": (began + timedelta(seconds=seconds)).astimezone(self.zone).isoformat(timespec="seconds"),
        }
        if method is not None:
            block["operating"] = self._meter.spend(method, seconds)
            block["operating_reset_at"] = math.ceil(start + self._meter.resets_in(method))
        return block

    def note(self, verb: str, path: str, status: int) -> None:
        """Keep a request in `requests`, its secret masked."""
        self.requests.append((verb, path.replace(self._secret, "***"), status))

    def transport_fault(self, path: str) -> Fault | None:
        """The fault of the road for this request, if one waits: anything but an error of one call."""
        method = urlsplit(path).path.rstrip("/").rpartition("/")[2].removesuffix(".json")
        with self._lock:
            waiting = (
                f for f in self.faults if (f.error is None and f.then is None) or not f.method or f.method == "batch"
            )
            return next((f for f in waiting if f.takes(method)), None)


def _last_edit(company: Company) -> datetime:
    moments = (
        row.updated_at
        for rows in (company.deals, company.contacts, company.companies, company.crm_invoices)
        for row in rows
    )
    return max(moments, default=datetime(company.today.year, company.today.month, company.today.day, tzinfo=UTC))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    portal: BitrixServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # headers and body in one packet: two would wait for each other's acknowledgement
    server: _Server

    def do_POST(self) -> None:
        """JSON or form fields in the body."""
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8")
        as_json = "json" in (self.headers.get("Content-Type") or "")
        self._reply((json.loads(text or "{}") if as_json else parse_str(text)) or {})

    def do_GET(self) -> None:
        """Parameters in the query string."""
        self._reply(parse_str(urlsplit(self.path).query))

    def _reply(self, params: Mapping[str, Any]) -> None:
        portal = self.server.portal
        fault = portal.transport_fault(self.path)
        if fault is not None and fault.slow:
            time.sleep(fault.slow)
        content_type = "application/json; charset=utf-8"
        if fault is not None and (fault.error is not None or fault.body is not None):
            status, content_type = fault.status, fault.content_type
            body = {"error": fault.error, "error_description": fault.description}
            raw = (fault.body if fault.body is not None else json.dumps(body)).encode("utf-8")
        else:
            status, answer = portal.answer(self.path, params)
            raw = json.dumps(answer, ensure_ascii=False).encode("utf-8")
        if fault is not None and fault.truncate is not None:
            raw = raw[: fault.truncate]
        portal.note(self.command, self.path, status)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        if fault is not None and fault.drop:
            self.wfile.write(raw[: len(raw) // 2])
            self.close_connection = True
            return
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Nothing: standard error belongs to the sync."""
