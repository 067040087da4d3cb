"""Faults on demand: what goes wrong with which request, how often, and after how many good ones.

Every record says `where` (a piece of the decoded address; "" is any), `times` (None: for ever) and `after`
(matching requests served well before it strikes). A server takes a fault off its list when it is spent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from sync.standins.company.model import Company

HTML = (
    "<!DOCTYPE html><html><head><title>1C:Enterprise 8 application error</title></head>"
    "<body><h1>1C:Enterprise 8 application error</h1><p>by reason: нет прав на выполнение операции</p></body></html>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What all faults share."""

    where: str | Callable[[str], bool] = ""
    times: int | None = 1
    after: int = 0

    def matches(self, address: str) -> bool:
        """Say whether the request is one of those the fault is for."""
        return self.where in address if isinstance(self.where, str) else self.where(address)


@dataclass(frozen=True, slots=True)
class Status(Fault):
    """An answer with a status and a body of one's own."""

    code: int
    body: str = ""
    content_type: str = "application/json;charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Html200(Fault):
    """A web page with status 200, as a hosted base answers on missing rights."""

    body: str = HTML


@dataclass(frozen=True, slots=True)
class Truncated(Fault):
    """Half a body. With `honest` its Content-Length is that of the half, so only the JSON shows the cut."""

    honest: bool = False


@dataclass(frozen=True, slots=True)
class Slow(Fault):
    """An answer that comes late."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Reset(Fault):
    """The connection is reset in the middle of the body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLarge(Fault):
    """500 «device is full» for pages of more than `rows` rows; lasts unless told otherwise."""

    rows: int
    times: int | None = None


@dataclass(frozen=True, slots=True)
class InsertBetweenPages(Fault):
    """The company changes before the request is answered: `after=1` is between the first page and the second."""

    change: Callable[[Company], Company]


F = TypeVar("F", bound=Fault)


def struck(fault: F) -> F | None:
    """Return what is left of a fault after it met a request it matches; None when it is spent."""
    if fault.after:
        return replace(fault, after=fault.after - 1)
    if fault.times is None:
        return fault
    return replace(fault, times=fault.times - 1) if fault.times > 1 else None
