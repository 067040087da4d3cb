"""Exact figures of the oracle: Decimal in, Fraction between, Decimal out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import floor
from typing import Any


def dec(value: Any) -> Decimal:
    """A number of the wire, which may be text, an integer, a Decimal or nothing."""
    return Decimal(str(value)) if value not in (None, "") else Decimal(0)


def tiyn(value: Fraction) -> Decimal:
    """To the tiyn, half away from zero."""
    cents = floor(abs(value) * 100 + Fraction(1, 2))
    return Decimal(cents if value >= 0 else -cents) / 100


@cache  # the same debts are reckoned again for every day asked
def in_kzt(amount: Decimal, rate: Decimal, mult: Decimal) -> Decimal:
    """Tenge of an amount at a rate quoted for `mult` units."""
    return tiyn(Fraction(amount) * Fraction(rate) / Fraction(mult))


def day_of(text: str | None) -> date | None:
    """The day of a wire date; None for the empty one."""
    if not text or text.startswith("0001-"):
        return None
    return date.fromisoformat(text[:10])


def total(amounts: Any) -> Decimal:
    """Sum of Decimals, zero for none."""
    return sum(amounts, Decimal(0))
