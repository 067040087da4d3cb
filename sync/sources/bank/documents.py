"""One document of a statement to its movements.

The two families of banks differ in how a side is told: Kazakh ones fill СуммаПриход or СуммаРасход, Russian ones give one Сумма with
ДатаСписано or ДатаПоступило and the accounts of both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from sync.sources.bank.blocks import Block
from sync.sources.bank.statement import ZERO, Line, Section
from sync.sources.bank.text import plain, unquoted
from sync.sources.bank.values import account, amount, currency, day

PAYER, PAYEE = "плательщик", "получатель"
IN, OUT = "in", "out"
_RU_NAME = re.compile(r"(?:ИНН|БИН|ИИН)\s*([0-9]{10,12})[\s,/]*(.*)", re.IGNORECASE | re.DOTALL)
_NUMBERS, _ACCOUNTS, _BICS = ("бин_иин", "бин", "иин", "инн", "рнн"), ("иик", "расчсчет", "счет"), ("банкбик", "бик")
_SIDE_KEYS = ("наименование", "1", "", *_NUMBERS, *_ACCOUNTS, *_BICS)
_READ = frozenset(who + key for who in (PAYER, PAYEE) for key in _SIDE_KEYS) | {
    "номердокумента", "номер", "датадокумента", "дата", "виддокумента", "датаоперации", "датавалютирования", "датасписано", "датапоступило",
    "сумма", "суммаприход", "суммарасход", "валюта", "кодназначенияплатежа", "кодназплатежа",
    *(f"назначениеплатежа{n}" for n in ("", 1, 2, 3, 4, 5, 6)),
}  # fmt: skip


def lines(block: Block, accounts: Mapping[str, Section], latest: Section) -> Iterator[Line]:
    """A document's line, or two when it moves money between two accounts of the same file.

    accounts: the own accounts that the file has named so far; latest: its last section, whose account is meant when no side is an own one.
    Raises: StatementRefused: no amount, no date, or the side cannot be told.
    """
    for direction, own, total in _movements(block, accounts, latest):
        value_date = _value_date(block, direction)
        if value_date is None:
            raise block.refused(
                "the document has no date of operation (ДатаОперации, ДатаСписано or ДатаПоступило, ДатаДокумента)"
            )
        if total < 0:
            what = f"a negative amount {total}: whether it is a reversal or an error cannot be told"
            raise block.refused(what, "Ask the bank for the statement with reversals shown as documents of their own")
        name, number, iban, bic = _party(block, PAYER if direction == IN else PAYEE)
        yield Line(
            at=block.at,
            account=own,
            value_date=value_date,
            direction=direction,
            amount=total,
            currency=currency(block),
            doc_number=plain(block.get("номердокумента", "номер")),
            doc_date=day(block, "датадокумента") or day(block, "дата"),
            doc_kind=plain(unquoted(block.get("виддокумента") or block.value or "")),
            cp_name=name,
            cp_bin=number,
            cp_iban=iban,
            cp_bic=bic,
            knp=plain(block.get("кодназначенияплатежа", "кодназплатежа")),
            purpose=_purpose(block),
            extra={key: value for key, value in block.fields.items() if key not in _READ},
        )


def _movements(block: Block, accounts: Mapping[str, Section], latest: Section) -> Iterator[tuple[str, str, Decimal]]:
    """(direction, own account, amount) of a document."""
    came, went = amount(block, "суммаприход"), amount(block, "суммарасход")
    if came and went:
        raise block.refused(f"both СуммаПриход={came} and СуммаРасход={went} in one document")
    paid = _own(block, PAYER, accounts)
    got = _own(block, PAYEE, accounts)
    if came is not None or went is not None:
        if went or came is None:
            yield OUT, paid or latest.account, went or ZERO
        else:
            yield IN, got or latest.account, came
        return
    total = amount(block, "сумма")
    if total is None:
        raise block.refused("the document has no amount (СуммаПриход, СуммаРасход or Сумма)")
    debited, credited = day(block, "датасписано"), day(block, "датапоступило")
    both = bool(debited) == bool(credited)
    if paid and got and paid != got and both:
        yield OUT, paid, total
        yield IN, got, total
    elif bool(paid) != bool(got):
        yield (OUT if paid else IN), (paid or got), total
    elif not both:
        yield (OUT if debited else IN), (paid if debited else got) or latest.account, total
    else:
        what = f"whether money came or went cannot be told: neither side is account {', '.join(accounts)}, and ДатаСписано and ДатаПоступило do not say"
        raise block.refused(what)


def _value_date(block: Block, direction: str) -> date | None:
    booked = "датасписано" if direction == OUT else "датапоступило"
    for key in ("датаоперации", booked, "датавалютирования", "датадокумента", "дата"):
        if found := day(block, key):
            return found
    return None


def _own(block: Block, who: str, accounts: Mapping[str, Section]) -> str:
    """The account of this side, when it is one of the statement's own; else ""."""
    told = (account(block.get(who + key)) for key in _ACCOUNTS)
    return next((number for number in told if number in accounts), "")


def _party(block: Block, who: str) -> tuple[str, str, str, str]:
    """Name, BIN or IIN, account and BIC of one side as the bank spells them. `Плательщик=ИНН 7700000005 ООО …` is taken apart."""
    name = unquoted(block.get(f"{who}наименование", f"{who}1", who))
    number, iban, bic = (block.get(*(who + key for key in keys)) for keys in (_NUMBERS, _ACCOUNTS, _BICS))
    if found := _RU_NAME.fullmatch(name):
        name, number = found[2], number or found[1]
    return plain(name), plain(unquoted(number)), account(iban), plain(unquoted(bic))


def _purpose(block: Block) -> str:
    """НазначениеПлатежа, joined with its numbered parts unless one of the two already holds the other."""
    whole = block.get("назначениеплатежа")
    parts = [part for n in range(1, 7) if (part := block.get(f"назначениеплатежа{n}"))]
    if not parts:
        return plain(whole)
    joined = " ".join(parts)
    seen, told = "".join(whole.split()), "".join(joined.split())
    if told in seen:
        return plain(whole)
    return plain(joined if told.startswith(seen) else f"{whole} {joined}")
