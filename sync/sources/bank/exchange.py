"""1CClientBankExchange in its Russian (1.02, 1.03) and Kazakh (Kaspi, Halyk, BCC, Jusan) forms to a typed statement.

Keys are compared casefolded, so the capitals of Halyk and Jusan read like the words of the others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sync.sources.bank import blocks
from sync.sources.bank.blocks import Block
from sync.sources.bank.documents import lines
from sync.sources.bank.statement import Line, Section, Statement, StatementRefused
from sync.sources.bank.text import decode
from sync.sources.bank.values import account, account_currency, amount, currency, day

CURRENCY = "KZT"  # of a Kazakh account about which a file says nothing
_OUTGOING = "It looks like payments sent from 1C to the bank; ask the bank's cabinet for a statement (выписка) instead"


def read(data: bytes, file: str) -> Statement:
    """A file's bytes as a statement; its sums are not proven yet, see `statement.tied`. file: the name, for messages.

    Raises: StatementRefused: with the line, what is wrong, and what to do.
    """
    text, encoding = decode(data, file)
    reader = _Reader(file)
    for block in blocks.split(text, file):
        reader.take(block)
    return Statement(file, reader.dialect(), encoding, reader.header.fields, *reader.finished())


class _Reader:
    """Turns blocks into records one by one; it holds only what a later document needs to know: the accounts seen so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.header = Block(file, blocks.HEADER, 1, "")
        self.accounts: dict[str, Section] = {}
        self.sections: list[Section] = []
        self.lines: list[Line] = []
        self.told: dict[str, set[str]] = defaultdict(set)
        self.first_account: Block | None = None
        self.first_document: Block | None = None

    def take(self, block: Block) -> None:
        if block.kind == blocks.ACCOUNT:
            self.first_account = self.first_account or block
            section = _section(block)
            self.sections.append(section)
            self.accounts[section.account] = section
            self.told[section.account].add(section.currency)
        elif block.kind == blocks.DOCUMENT:
            self.first_document = self.first_document or block
            if not self.sections:
                raise block.refused("a document before any section with balances (СекцияРасчСчет)", _OUTGOING)
            for line in lines(block, self.accounts, self.sections[-1]):
                self.lines.append(line)
                self.told[line.account].add(line.currency)
        else:
            self.header = block

    def finished(self) -> tuple[tuple[Section, ...], tuple[Line, ...]]:
        if not self.sections:
            raise StatementRefused(self.file, None, "no section with balances (СекцияРасчСчет)", _OUTGOING)
        named = {account(word) for word in self.header.get("расчсчет").split("\n")} - {""}
        for section in self.sections:
            if named and section.account not in named:
                what = f"balances of account {section.account}, while the header names {', '.join(sorted(named))}"
                raise StatementRefused(self.file, section.at, what)
        currencies = {number: self._currency_of(number) for number in self.accounts}
        sections = (replace(s, currency=currencies[s.account]) for s in self.sections)
        return tuple(sections), tuple(
            line if line.currency else replace(line, currency=currencies[line.account]) for line in self.lines
        )

    def _currency_of(self, number: str) -> str:
        """What the sections and documents of an account say, else the header, else the number of the account, else tenge."""
        told = self.told[number] - {""}
        if len(told) > 1:
            what = f"account {number} has amounts in several currencies ({', '.join(sorted(told))})"
            raise StatementRefused(
                self.file, self.accounts[number].at, what, "Ask the bank for a statement of each currency on its own"
            )
        return next(iter(told), "") or currency(self.header) or account_currency(number) or CURRENCY

    def dialect(self) -> str:
        """Whose hand it is, by the habits that facts are known of; `other` when none of them shows."""
        document, account = self.first_document, self.first_account
        version = self.header.get("версияформата")
        if document.get("плательщиксчет", "получательсчет") if document else version.startswith(("1.02", "1.03")):
            return "ru"
        if account and account.opening.startswith("СЕКЦИЯ"):
            # Jusan shouts only the words of sections, Halyk nearly everything.
            return "jusan" if version else "halyk"
        if (document.value or "").startswith('"') if document else version == "2.0":
            return "bcc"
        return "kaspi" if version == "1.01" else "other"


def _section(block: Block) -> Section:
    number = account(block.get("расчсчет"))
    if not number:
        raise block.refused("the section with balances names no account (РасчСчет)")
    if not (number.isascii() and number.isalnum()):
        raise block.refused(f"{number[:40]!r} is not an account number", key="расчсчет")
    first = day(block, "датаначала")
    last = day(block, "датаконца") or first
    opening = amount(block, "начальныйостаток")
    closing = amount(block, "конечныйостаток")
    total_in, total_out = amount(block, "всегопоступило"), amount(block, "всегосписано")
    if first is None or last is None:
        raise block.refused("the section with balances has no ДатаНачала")
    if last < first:
        raise block.refused(f"the section ends on {last}, before it begins on {first}", key="датаконца")
    if opening is None or (closing is None and (total_in is None or total_out is None)):
        what = "the section lacks balances: it needs НачальныйОстаток, and КонечныйОстаток or both ВсегоПоступило and ВсегоСписано"
        raise block.refused(what, _OUTGOING)
    return Section(block.at, number, first, last, opening, total_in, total_out, closing, currency(block))
