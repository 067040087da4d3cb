"""The loopback 1C server: real HTTP on 127.0.0.1, Basic auth, sessions, and faults on demand."""

from __future__ import annotations

import base64
import socket
import struct
import sys
import threading
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from sync.standins.company.model import Company
from sync.standins.onec import query
from sync.standins.onec.faults import (
    Fault,
    Html200,
    InsertBetweenPages,
    Reset,
    Slow,
    Status,
    TooLarge,
    Truncated,
    struck,
)
from sync.standins.onec.refusal import RefusalError, device_full, read_only
from sync.standins.onec.service import Answer, Service
from sync.standins.onec.session import Sessions

USER = "Администратор"
PASSWORD = "Пароль-1С"  # noqa: S105  # of a server that lives on loopback for the length of a test
BASE = "/demo"
ROOT = BASE + "/odata/standard.odata/"
LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
IIS_BAD_URL = (
    b'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"><HTML><HEAD><TITLE>Bad Request</TITLE></HEAD>'
    b"<BODY><h2>Bad Request - Invalid URL</h2><hr><p>HTTP Error 400. The request URL is invalid.</p></BODY></HTML>"
)


class OnecServer:
    """«Бухгалтерия для Казахстана 3.0» of a company, published over OData on a free port of 127.0.0.1.

    requests: (method, decoded address, status) of everything served so far, in order of completion.
    faults: list of faults still to strike; append to it at any time.
    unpublished: names of sets the administrator left out: 404, and absent from `$metadata`.
    hidden: references under row level security: 401/20, or silently missing with allowedOnly=true.
    lacking: names of properties that the release of this base does not have: absent from `$metadata` and from rows.
    sessions: the pool of `IBSession`; see `session`.
    """

    def __init__(
        self, company: Company, *, user: str = USER, password: str = PASSWORD, faults: Iterable[Fault] = ()
    ) -> None:
        self.faults: list[Fault] = list(faults)
        self.requests: list[tuple[str, str, int]] = []
        self.unpublished: set[str] = set()
        self.hidden: set[str] = set()
        self.lacking: set[str] = set()
        self.sessions = Sessions()
        self.credentials = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._http = _Http(self)
        self.url = f"http://127.0.0.1:{self._http.server_port}{ROOT}"
        self.service = Service(company, self.url, self.unpublished, self.hidden, self.lacking)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.close_connections()
        self._http.server_close()
        self._thread.join()

    def load(self, company: Company) -> None:
        """Swap in another state of the company, between two requests."""
        self.service = Service(company, self.url, self.unpublished, self.hidden, self.lacking, previous=self.service)

    def touch(self, ref: str) -> None:
        """Rewrite an object without a change: its DataVersion moves on and nothing else does."""
        bumps = self.service.books.bumps
        bumps[ref] = bumps.get(ref, 0) + 1

    def strike(self, address: str) -> Fault | None:
        """Return the fault that this request meets, having taken it off the list when it is spent."""
        with self._lock:
            for n, fault in enumerate(self.faults):
                if isinstance(fault, TooLarge) or not fault.matches(address):
                    continue
                left = struck(fault)
                self.faults[n : n + 1] = [left] if left else []
                if not fault.after:
                    return fault
        return None

    def too_large(self, address: str, rows: int) -> bool:
        """Say whether a page of so many rows breaks the server."""
        with self._lock:
            for n, fault in enumerate(self.faults):
                if isinstance(fault, TooLarge) and rows > fault.rows and fault.matches(address):
                    left = struck(fault)
                    self.faults[n : n + 1] = [left] if left else []
                    return not fault.after
        return False


class _Http(ThreadingHTTPServer):
    """The listening socket; it remembers its connections to close those a client keeps alive."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, server: OnecServer) -> None:
        self.onec = server
        self.open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def close_connections(self) -> None:
        """End the connections clients keep alive, so that their threads end too."""
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was quicker
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet about connections a client or a fault has broken; anything else is a mistake of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Microsoft-IIS/10.0"
    sys_version = ""
    disable_nagle_algorithm = True
    timeout = 600
    server: _Http

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the parent's name
        """Say nothing; the server keeps `requests`."""

    def do_GET(self) -> None:
        onec = self.server.onec
        address = unquote(self.path)
        fault = onec.strike(address)
        match fault:
            case Slow(seconds=seconds):
                onec.stopping.wait(seconds)
            case InsertBetweenPages(change=change):
                onec.load(change(onec.service.books.company))
            case Status(code=code, body=body, content_type=kind, headers=extra):
                self._send(Answer(code, kind, body.encode()), dict(extra))
                return
            case Html200(body=body):
                self._send(Answer(200, "text/html;charset=utf-8", body.encode()))
                return
        answer, headers = self._answer(address)
        self._send(answer, headers, fault)

    def _answer(self, address: str) -> tuple[Answer, dict[str, str]]:
        onec = self.server.onec
        path, _, text = self.path.partition("?")
        if query.too_long(path):
            return Answer(400, "text/html;charset=us-ascii", IIS_BAD_URL), {"Connection": "close"}
        if self.headers.get("Authorization") != onec.credentials:
            body = "Идентификация пользователя не выполнена".encode()
            return Answer(401, "text/plain;charset=utf-8", body), {"WWW-Authenticate": 'Basic realm="1C:Enterprise"'}
        plain = unquote(path)
        if not (plain + "/").startswith(ROOT):
            return Answer(404, "text/html;charset=utf-8", b"<html><body><h1>404 Not Found</h1></body></html>"), {}
        status, headers = onec.sessions.enter(self.headers.get("IBSession", ""), self.headers.get("Cookie", ""), BASE)
        if status != 200:
            return Answer(status, "text/plain;charset=utf-8", "Сеанс не найден или не может быть начат".encode()), {}
        rest = path.partition("standard.odata")[2]
        answer = onec.service.answer(rest, text, self.headers.get("Accept", ""))
        if answer.rows and onec.too_large(address, answer.rows):
            error = device_full()
            answer = Answer(error.status, "application/json;charset=utf-8", error.body())
        return answer, headers

    def _refuse(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        error: RefusalError = read_only()
        self._send(Answer(error.status, "application/json;charset=utf-8", error.body()), {"Allow": "GET"})

    do_HEAD = do_POST = do_PUT = do_PATCH = do_MERGE = do_DELETE = _refuse  # noqa: N815  # http.server's names

    def _send(self, answer: Answer, headers: dict[str, str] | None = None, fault: Fault | None = None) -> None:
        body, length = answer.body, len(answer.body)
        match fault:
            case Truncated(honest=honest):
                body = body[: length // 2]
                length = len(body) if honest else length
            case Reset():
                body = body[: length // 2]
        self.server.onec.requests.append((self.command, unquote(self.path), answer.status))
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(length))
        self.send_header("DataServiceVersion", "3.0")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if len(body) < length:
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        if isinstance(fault, Reset):
            # linger of zero makes the close an RST instead of a polite end
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER)
            self.close_connection = True
