"""Counterparties of every day, their bank accounts, contracts and the share of work each contract gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sync.standins.company import names, tax
from sync.standins.company.flow import Flow
from sync.standins.company.ground import FIRST, Ground
from sync.standins.company.model import BankAccount, Contract, Party
from sync.standins.company.stream import Stream

_STAGES = "30% через 0 дней, 50% через 30 дней, 20% через 60 дней"
_FORMS = ("ТОО",) * 12 + ("ИП",) * 4 + ("АО", "ЖШС", "ГУ", "ТОО")
_KINDS = {"ТОО": "company", "АО": "company", "ЖШС": "company", "ИП": "entrepreneur", "ГУ": "state"}
_TERMS = (0, 5, 7, 10, 14, 15, 20, 30, 30, 30, 45, 60, 90)
_BANK_CODES = ("722", "601", "856", "998", "900")


@dataclass(slots=True)
class Circle:
    """Parties with what belongs to them."""

    parties: list[Party] = field(default_factory=list)
    accounts: list[BankAccount] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)


def party(seed: int, serial: int, form: str, name: str, *, key: str = "party") -> Party:
    """A card with a right BIN or IIN; `serial` makes the code and the number, `key` names the stream of its ref."""
    stream = Stream(seed, key, serial)
    number = tax.iin_of(serial) if form == "ИП" else tax.bin_of(serial)
    shown = f"{form} {name}" if form == "ИП" else f"{form} «{name}»"
    return Party(
        stream.guid(),
        f"{serial:09d}",
        shown,
        shown.replace(form, names.FULL_FORMS[form], 1),
        number,
        _KINDS[form],
        kbe={"ИП": "19", "ГУ": "12"}.get(form, "17"),
    )


def account(ground: Ground, owner: Party, serial: int, currency: str = "KZT") -> BankAccount:
    """The bank account of a party."""
    stream = Stream(ground.seed, "party account", serial, *currency.encode())
    bank = stream.below(len(ground.banks))
    iban = tax.iban_of(_BANK_CODES[bank], 2_000_000_000 + serial * 10 + (currency != "KZT"))
    return BankAccount(stream.guid(), f"{serial:09d}", owner.ref, False, iban, ground.banks[bank].ref, currency)


def make(ground: Ground, count: int, documents: int, *, orgs: int = 3, services_only: bool = False) -> Circle:
    """`count` parties whose contracts share `documents` documents; one party in a hundred has 40 % of the turnover."""
    circle = Circle()
    leaders = max(count // 100, 1)
    weights: list[int] = []
    for serial in range(1, count + 1):
        stream = Stream(ground.seed, "bulk", serial)
        form = stream.pick(_FORMS)
        if form == "ИП":
            last, first = names.person(stream)[::-1]
            name = f"{last} {first} {serial}"
        else:
            name = names.company(stream, serial)
        card = party(ground.seed, serial, form, name)
        leader = serial <= leaders
        customer = leader or stream.below(100) < 64
        circle.parties.append(card)
        circle.accounts.append(account(ground, card, serial))
        contracts = 1 + (stream.below(4) == 0) + (stream.below(9) == 0)
        base = stream.between(8, 100) ** 2 // 60 + 4
        for number in range(contracts):
            agreed = _contract(ground, card, (serial, number), stream, orgs, sale=customer, leader=leader)
            circle.contracts.append(agreed)
            scale = stream.between(30, 300) * 1_000_000
            weights.append(base * 10)
            if leader:
                scale = 235 * 1_000_000
            if agreed.currency == "USD":
                scale = scale // 400
            circle.flows.append(Flow(agreed, 0, scale, serial * 10 + number, services_only))
    _share(circle, weights, documents, {card.ref for card in circle.parties[:leaders]})
    return circle


def _contract(
    ground: Ground, card: Party, key: tuple[int, int], stream: Stream, orgs: int, *, sale: bool, leader: bool
) -> Contract:
    serial, number = key
    org = 0 if number == 0 and stream.chance(55) else stream.below(orgs)
    foreign = number == 1 and stream.chance(30)
    signed = FIRST + timedelta(days=0 if leader else stream.below(900) if stream.chance(60) else stream.below(60))
    days = stream.pick(_TERMS)
    staged = sale and not foreign and not leader and stream.chance(5)
    unset = not staged and stream.chance(10)
    dummy = number == 2 and stream.chance(40)
    trust = Stream(ground.seed, "limit", serial, number)
    text = "Без договора" if dummy else f"{'П' if sale else 'З'}-{serial}/{number + 1}"
    return Contract(
        stream.guid(),
        f"{serial * 10 + number:09d}",
        card.ref,
        ground.orgs[0 if foreign else org].ref,
        text,
        signed,
        "USD" if foreign else "KZT",
        "sale" if sale else "purchase",
        None if staged or unset or dummy else days,
        _STAGES if staged else "",
        "by_document" if stream.chance(8) else "by_contract",
        dummy,
        limit=trust.between(1, 40) * 100_000_000 if sale and not dummy and trust.chance(40) else None,
    )


def _share(circle: Circle, weights: list[int], documents: int, leaders: set[str]) -> None:
    """Divide the documents: a fifth to the leaders (their deals are larger too), the rest by weight, none lost."""
    groups = [
        [i for i, flow in enumerate(circle.flows) if (flow.contract.party in leaders) is lead] for lead in (True, False)
    ]
    fifth = documents * 22 // 100
    for group, total in zip(groups, (fifth, documents - fifth), strict=True):
        whole = sum(weights[i] for i in group)
        given = walked = 0
        for i in group:
            walked += weights[i]
            share = total * walked // whole - given
            given += share
            flow = circle.flows[i]
            circle.flows[i] = Flow(flow.contract, share, flow.scale, flow.serial, flow.services_only)


def contract(
    ground: Ground,
    stream: Stream,
    owner: Party,
    kind: str,
    number: str,
    *,
    org: int = 0,
    currency: str = "KZT",
    pay_days: int | None = 30,
    terms: str = "",
    settle_mode: str = "by_contract",
    signed: date = FIRST,
    limit: int | None = None,
) -> Contract:
    """A contract of a planted party."""
    return Contract(
        stream.guid(),
        number[:9],
        owner.ref,
        ground.orgs[org].ref,
        number,
        signed,
        currency,
        kind,
        pay_days,
        terms,
        settle_mode,
        limit=limit,
    )
