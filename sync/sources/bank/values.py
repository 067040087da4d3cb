"""Typed values of a block's keys. An absent or an empty key is None or ""; what cannot be read is refused with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sync.sources.bank import text
from sync.sources.bank.blocks import Block
from sync.sources.bank.text import plain, unquoted

T = TypeVar("T")

_NUMERIC = {
    "398": "KZT",
    "643": "RUB",
    "810": "RUB",
    "840": "USD",
    "978": "EUR",
    "156": "CNY",
    "826": "GBP",
    "417": "KGS",
}
_CODE = re.compile(r"[A-Z]{3}")
_RU_ACCOUNT = re.compile(r"[0-9]{5}([0-9]{3})[0-9]{12}")


def amount(block: Block, key: str) -> Decimal | None:
    """Money in hundredths."""
    return _value(block, key, text.amount, "an amount in hundredths")


def day(block: Block, key: str) -> date | None:
    """A date as the bank gave it."""
    return _value(block, key, text.day, "a date (dd.mm.yyyy)")


def currency(block: Block) -> str:
    """ISO letters from Валюта, whether the bank writes KZT or 398."""
    word = unquoted(block.get("валюта")).strip().upper()
    word = _NUMERIC.get(word, word)
    if word and not _CODE.fullmatch(word):
        raise block.refused(f"unknown currency {word[:20]!r}", key="валюта")
    return word


def account(word: str) -> str:
    """An account number without spaces, in capitals."""
    return plain("".join(unquoted(word).split())).upper()


def account_currency(number: str) -> str:
    """The currency in digits 6 to 8 of a Russian account number; "" for a Kazakh IBAN, which does not tell it."""
    found = _RU_ACCOUNT.fullmatch(number)
    return _NUMERIC.get(found[1], "") if found else ""


def _value(block: Block, key: str, parse: Callable[[str], T | None], meant: str) -> T | None:
    word = unquoted(block.get(key)).strip()
    if not word:
        return None
    value = parse(word)
    if value is None:
        raise block.refused(f"{key} is {word[:40]!r}, which is not {meant}", key=key)
    return value
