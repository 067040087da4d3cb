"""Sessions of the publication: `IBSession: start` gives a cookie, the cookie keeps the session, the pool ends."""

from __future__ import annotations

import itertools
import threading
from http.cookies import SimpleCookie

POOL_SIZE = 10


class Sessions:
    """A pool of at most `size` sessions. `stale` is the status a cookie nobody knows is answered with."""

    def __init__(self, size: int = POOL_SIZE, stale: int = 400) -> None:
        self.size = size
        self.stale = stale
        self.live: set[str] = set()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def expire(self) -> None:
        """End every session, as the server does after `sessionMaxAge`: their cookies are stale from now on."""
        with self._lock:
            self.live.clear()

    def enter(self, wish: str, cookies: str, path: str) -> tuple[int, dict[str, str]]:
        """Return the status (200 to go on) and the headers for a request.

        wish: the IBSession header: start, finish or "". A request with neither wish nor cookie runs in a
        session of its own that ends with it.
        """
        jar: SimpleCookie = SimpleCookie(cookies)
        given = jar["ibsession"].value if "ibsession" in jar else ""
        with self._lock:
            if wish == "start":
                if given in self.live:
                    return 200, {}
                if len(self.live) >= self.size:
                    return 406, {}
                session = f"00000000-0000-4000-8000-{next(self._numbers):012x}"
                self.live.add(session)
                return 200, {"Set-Cookie": f"ibsession={session}; path={path}; HttpOnly"}
            if given and given not in self.live:
                return self.stale, {}
            if wish == "finish":
                self.live.discard(given)
                return 200, {"Set-Cookie": f"ibsession=; path={path}; Max-Age=0"}
        return 200, {}
