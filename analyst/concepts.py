"""What a name is made of: `customer_payment_date` and `pay_date` share words of one meaning, whatever each calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from analyst.catalog import Column, Relation

# Words of one meaning, a group each; a word that stands in none is its own meaning.
_GROUPS = """
    date day on at dt dated time timestamp
    amount sum total value amt summa
    number no num nr
    late overdue delay delayed delinquent
    expect expected expects planned plan forecast forecasted projected
    close closed closing closes
    begin started start starts beginning begins
    create created creation
    update updated modified changed edited
    issue issued issuance
    register registered registration reg
    ship shipped shipment shipping ships shipments
    arrive arrives arrived arrival
    pay paid payment payments pays
    quantity qty
    receivable receivables ar
    payable payables ap
    advance advances prepayment prepaid prepayments
    credit credits
    debit debits
    difference diff discrepancy delta variance
    remain remaining rest left
    reserve reserved reservation
    available free
    incoming inbound
    settle settled settlement
    expire expires expiry expiration
    ordered order orders
    weight weighted
    collect collected collections
    doubtful doubt
    run running cumulative
    effective valid
    move movement moves moved
    due maturity
    book booked bookkeeping ledger
    warehouse store
    item product good
    doc document
    probability prob chance
    count items cnt
    receive received
    file filename
    last latest
    tax vat nds
    seller supplier vendor
    buyer customer client
"""
_MEANS: Mapping[str, str] = {word: line.split()[0] for line in _GROUPS.strip().splitlines() for word in line.split()}
_IDLE = frozenset({"kzt", "tenge", "the", "of", "in", "is", "by", "to", "for", "total"})
# What says too little alone: there are several of them in most relations.
_PLAIN = frozenset({"date", "amount", "number", "name", "id", "count", "quantity", "doc", "type", "status", "kind"})
# What makes another amount of one: a debit turnover is no debit balance.
_APART = frozenset(
    {
        "turnover",
        "open",
        "opening",
        "close",
        "closing",
        "limit",
        "balance",
        "paid",
        "cost",
        "gain",
        "loss",
        "tax",
        "number",
    }
)
_NEGATIONS = frozenset({"not", "non", "un", "no", "without"})
_DAYS = frozenset({"date", "day", "on", "at"})
ALIKE = 0.8  # of two names that differ by a slip of the fingers
# What says no more than that an amount, a day or a text is meant.
BARE = frozenset({"date", "amount", "balance", "text", "description", *_IDLE})


@lru_cache(maxsize=4096)
def of(name: str) -> frozenset[str]:
    """The meanings in a name of snake case."""
    words = [word for word in re.split(r"_+", name) if word]
    kept = [word for word in words if word not in _IDLE] or words
    return frozenset(_MEANS.get(word) or _MEANS.get(word.removesuffix("s"), word.removesuffix("s")) for word in kept)


def plain(name: str) -> bool:
    """Whether a name says too little to tell of which relation it is."""
    return of(name) <= _PLAIN


def alike(name: str, column: Column) -> bool:
    """Whether a column that looks like a name may be it: of the kind that the name says, and no other of that kind: a due_date is no pay_date."""
    if name.endswith("_id") and not of(name) <= of(column.name):
        return False
    if SequenceMatcher(None, name, column.name).ratio() >= ALIKE:
        return same_kind(name, column)
    if not (asked := of(name) - _PLAIN - _IDLE):
        return bool(of(name) & of(column.name)) and same_kind(name, column)
    has = of(column.name) - _PLAIN - _IDLE
    both_deny = bool(_NEGATIONS & {*name.split("_")}) == bool(_NEGATIONS & {*column.name.split("_")})
    shared = not name.isascii() or (bool(asked & has) and not asked & _APART - has)
    return shared and both_deny and same_kind(name, column) and (column.type != "BOOLEAN" or name.startswith("is_"))


def same_kind(name: str, column: Column) -> bool:
    """Whether a column is a day, an amount or an id where the last word of a name says so."""
    said, told = name.rsplit("_", 1)[-1], column.type.split("(")[0]
    if said in _DAYS:
        return told in ("DATE", "TIMESTAMP")
    if said == "kzt":
        return told == "DECIMAL" and column.name.endswith("_kzt")
    if said in ("amount", "sum", "qty"):
        return told in ("DECIMAL", "BIGINT", "DOUBLE")
    if name.startswith(("is_", "has_")):
        return told == "BOOLEAN"
    return said != "id" or column.name.endswith("_id")


def _parts(column: Column) -> frozenset[str]:
    """The meanings in a column's name; what ends in _doc is an amount of the document's currency, not a document."""
    name = column.name.removesuffix("_doc") if column.type.startswith("DECIMAL") else column.name
    return of(name)


def columns(name: str, relation: Relation) -> frozenset[str]:
    """The columns of a relation whose names say exactly what this one says; tenge before the currency of the document."""
    asked = of(name)
    amounts = {column.name for column in relation.columns if column.type.startswith("DECIMAL")}
    if asked <= _PLAIN or any(amount.endswith(f"_{name}") for amount in amounts):
        return frozenset()
    money = asked - {"amount"}
    found = {
        column.name
        for column in relation.columns
        if (
            _parts(column) == asked
            or (column.type.startswith("DECIMAL") and money != asked and _parts(column) == money)
        )
        and _fits(name, column)
    }
    return frozenset(n for n in found if not (n.endswith("_doc") and f"{n.removesuffix('_doc')}_kzt" in found))


def _fits(name: str, column: Column) -> bool:
    """Whether a column is of the kind and of the currency that a name asks for where it says so."""
    if name.endswith("_kzt") and (not column.type.startswith("DECIMAL") or column.name.endswith("_doc")):
        return False
    if name.endswith("_doc") and column.name.endswith("_kzt"):
        return False
    return not name.startswith("is_") or column.type == "BOOLEAN"
