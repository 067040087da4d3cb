"""The two limits of a portal: requests a second per address, and working seconds per method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class LeakyBucket:
    """Fills by one with each request, leaks `rate` a second, spills over `burst`.

    clock: seconds, monotonic; given so that tests need not wait.
    """

    rate: float
    burst: int
    clock: Callable[[], float]
    level: float = 0.0
    at: float | None = None

    def admit(self) -> bool:
        """Let one request in, or say that it spills over (and leave the level as it is)."""
        now = self.clock()
        if self.at is not None:
            self.level = max(0.0, self.level - (now - self.at) * self.rate)
        self.at = now
        if self.level + 1 > self.burst:
            return False
        self.level += 1
        return True


@dataclass(slots=True)
class OperatingMeter:
    """Seconds that each method has worked in the current window; over `limit` the method is blocked until the window ends."""

    limit: float
    window: float
    clock: Callable[[], float]
    used: dict[str, tuple[float, float]] = field(default_factory=dict)  # method -> (window start, seconds)

    def blocked(self, method: str) -> bool:
        """True when the method has used up its window."""
        return self._current(method)[1] >= self.limit

    def spend(self, method: str, seconds: float) -> float:
        """Add working seconds; returns what the window holds now."""
        start, used = self._current(method)
        self.used[method] = (start, used + seconds)
        return used + seconds

    def resets_in(self, method: str) -> float:
        """Seconds until the method's window ends."""
        return self._current(method)[0] + self.window - self.clock()

    def _current(self, method: str) -> tuple[float, float]:
        now = self.clock()
        start, used = self.used.get(method, (now, 0.0))
        return (now, 0.0) if now - start >= self.window else (start, used)
