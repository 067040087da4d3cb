"""A small integer generator with a stream of its own for every entity.

Python's own `hash` differs between runs and one shared generator would let a new entity shift all later ones;
here a stream depends on nothing but (seed, kind, index), so what one entity draws never moves another.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15


def _mix(word: int) -> int:
    """The finaliser of splitmix64."""
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _MASK
    return word ^ (word >> 31)


@lru_cache(maxsize=256)
def _kind(seed: int, kind: str) -> int:
    """FNV-1a of the kind's UTF-8 bytes, mixed with the seed."""
    word = 0xCBF29CE484222325
    for byte in kind.encode():
        word = ((word ^ byte) * 0x100000001B3) & _MASK
    return _mix((word + seed * _STEP) & _MASK)


class Stream:
    """Numbers drawn for one entity: `Stream(seed, "contract", 17)`."""

    __slots__ = ("_state",)

    def __init__(self, seed: int, kind: str, *index: int) -> None:
        state = _kind(seed, kind)
        for part in index:
            state = _mix((state + (part + 1) * _STEP) & _MASK)
        self._state = state

    def word(self) -> int:
        """64 random bits."""
        self._state = state = (self._state + _STEP) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        return state ^ (state >> 31)

    def below(self, n: int) -> int:
        """An int in 0..n-1."""
        return (self.word() * n) >> 64

    def between(self, low: int, high: int) -> int:
        """An int in low..high, both included."""
        return low + ((self.word() * (high - low + 1)) >> 64)

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred draws."""
        return (self.word() * 100) >> 64 < percent

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[(self.word() * len(choices)) >> 64]

    def guid(self) -> str:
        """A GUID as 1C writes it, lower case."""
        text = f"{self.word():016x}{self.word():016x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
