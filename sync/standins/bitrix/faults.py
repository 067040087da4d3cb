"""Faults on demand: what a portal, or the road to it, does wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.standins.bitrix.server import BitrixServer


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong, `times` times, after `skip` calls that match and pass.

    method: the REST method; "" is any request. A method inside a batch matches for status with `error`, and for `then`.
    status, error, description: an error body in place of the answer (inside a batch: that call's error).
    body: this text in place of the answer, with content_type (a page of HTML with status 200, say).
    truncate: only so many bytes of the body, with a Content-Length that agrees (cut by a proxy). drop: the connection closes half way.
    slow: seconds before the answer.
    then: done to the server after the answer is made, such as an edit between two pages.
    """

    method: str = ""
    status: int = 200
    error: str | int | None = None
    description: str = ""
    body: str | None = None
    content_type: str = "application/json; charset=utf-8"
    truncate: int | None = None
    drop: bool = False
    slow: float = 0.0
    then: Callable[[BitrixServer], None] | None = None
    times: int = 1
    skip: int = 0

    def takes(self, method: str) -> bool:
        """True when this call is one to go wrong; counts it."""
        if self.times <= 0 or self.method not in {"", method}:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True
