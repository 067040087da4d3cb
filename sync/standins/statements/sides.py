"""Payer and payee of a statement line, and the words both hands share: figures, days, one-line text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sync.standins.company.banking import BankLine, Statement
from sync.standins.company.model import Company


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a movement as a bank prints it."""

    name: str
    bin: str
    kbe: str
    account: str
    bank: str
    bic: str


class Sides:
    """Who stands on either side of a company's bank lines."""

    def __init__(self, company: Company) -> None:
        self._banks = {b.ref: b for b in company.banks}
        self._bank_names = {b.bic: b.name for b in company.banks}
        self._orgs = {o.ref: o for o in company.orgs}
        self._accounts = {a.ref: a for a in company.bank_accounts if a.owner_is_org}
        self._kbe = {p.bin: p.kbe for p in company.parties if p.bin}

    def own(self, account: str) -> Side:
        """The company's own side, by the ref of its account."""
        held = self._accounts[account]
        org, bank = self._orgs[held.owner], self._banks[held.bank]
        return Side(org.full_name, org.bin, "17", held.iban, bank.name, bank.bic)

    def payer_and_payee(self, line: BankLine) -> tuple[Side, Side]:
        """Both sides of a line, payer first."""
        own = self.own(line.account)
        bank = self._bank_names.get(line.party_bic, "")
        other = Side(
            line.party_name, line.party_bin, self._kbe.get(line.party_bin, ""), line.party_iban, bank, line.party_bic
        )
        return (other, own) if line.incoming else (own, other)

    def currency(self, account: str) -> str:
        """The currency of an own account, by its ref."""
        return self._accounts[account].currency


def day(moment: date) -> str:
    """dd.mm.yyyy."""
    return f"{moment:%d.%m.%Y}"


def full(tiyn: int) -> str:
    """An amount with two places: 4000.00."""
    sign, rest = ("-" if tiyn < 0 else ""), abs(tiyn)
    return f"{sign}{rest // 100}.{rest % 100:02d}"


def short(tiyn: int) -> str:
    """An amount without trailing zeros: 202742.8, 160000."""
    return full(tiyn).rstrip("0").rstrip(".")


def one_line(text: str) -> str:
    """Text as a bank's form holds it: without line ends."""
    return " ".join(text.replace("\r", "\n").split("\n"))


def whole_period(statement: Statement) -> tuple[int, int, int, int]:
    """Opening, in, out and closing of a statement with one section, from its days."""
    days = statement.days
    return days[0].opening, sum(d.total_in for d in days), sum(d.total_out for d in days), days[-1].closing
