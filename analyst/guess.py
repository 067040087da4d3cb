"""A name that somebody guessed, and the published one that it can only mean: relations, and columns of one relation.

What a word means is written down in guesses.csv. Where it fits two names, or one that says less or more than the word does, there is no
answer, and the caller is asked. A party word (customers, suppliers) is only a part of the counterparties: see Named.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analyst import concepts
from analyst.catalog import Catalog, Relation

_CAMEL = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])")
_DRESSED = re.compile(r"^(?:dim|fact|fct|tbl|vw?|mart)_|_(?:table|view|tbl|list)$")
_AMOUNT = re.compile(r"_(?:amount|sum|total|value|amt)$|^(?:amount|sum|total|amt)_")
# A name that a relation lacks beside the id that it has: the relation of that id, and its column.
KEYS: Mapping[str, tuple[str, str, str]] = {
    "counterparty": ("cp_id", "cp", "name"), "bin_iin": ("cp_id", "cp", "bin_iin"), "is_intercompany": ("cp_id", "cp", "is_intercompany"),
    "item": ("item_id", "item", "name"), "warehouse": ("warehouse_id", "warehouse", "name"), "org": ("org_id", "org", "name"),
    "contract": ("contract_id", "contract", "number"), "iban": ("bank_account_id", "bank_account", "iban"),
    "doc_number": ("doc_id", "doc", "number"), "ddc_item": ("ddc_item_id", "ddc_item", "name"),
}  # fmt: skip
# What each id that other relations hold is the key of.
IDS: Mapping[str, str] = {
    "cp_id": "cp", "item_id": "item", "doc_id": "doc", "contract_id": "contract", "org_id": "org", "warehouse_id": "warehouse",
    "bank_account_id": "bank_account", "deal_id": "deal", "esf_id": "esf", "cash_desk_id": "cash_desk", "order_id": "goods_order",
}  # fmt: skip
_AGED = ("ageing", "ap_ageing", "aged")
# A unit of the one day that a row is of.
_UNITS: Mapping[str, str] = {
    "year": "year({0})", "quarter": "quarter({0})", "month": "CAST(date_trunc('month', {0}) AS DATE)", "год": "year({0})",
    "месяц": "CAST(date_trunc('month', {0}) AS DATE)", "period": "CAST(date_trunc('month', {0}) AS DATE)",
    "day": "{0}", "день": "{0}", "week": "CAST(date_trunc('week', {0}) AS DATE)", "ym": "strftime({0}, '%Y-%m')", "year_month": "strftime({0}, '%Y-%m')", "квартал": "quarter({0})",
}  # fmt: skip
_MORE_KEYS: Mapping[str, frozenset[str]] = {
    "org": frozenset({"organization", "organisation", "legal_entity", "организация"}),
    "contract": frozenset({"contract_number", "contract_no", "договор", "номер_договора"}),
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a word means. part: only some of the rows, so that it may stand where they are looked up by key, not where they are listed.

    rows: the condition that those rows fulfil, where there is one.
    """

    name: str
    part: bool = False
    rows: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """What guesses.csv says.

    relations: word to relation; parts: the same for a part of its rows; rows: the same with their condition; columns: word to columns and the relations they hold for (all where
    empty); constants: word to relations and the constant that it is there; made: word to what can be made of the relation's columns;
    maybe: word to relations, one of which it may mean; instead: relation to those that tell more of the same matter.
    """

    relations: Mapping[str, str]
    parts: Mapping[str, str]
    rows: Mapping[str, tuple[str, str]]
    columns: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    constants: Mapping[str, tuple[str, frozenset[str]]]
    made: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    maybe: Mapping[str, tuple[str, ...]]
    instead: Mapping[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    relations: dict[str, str] = {}
    parts: dict[str, str] = {}
    rows: dict[str, tuple[str, str]] = {}
    columns: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    constants: dict[str, tuple[str, frozenset[str]]] = {}
    made: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    maybe: dict[str, list[str]] = defaultdict(list)
    instead: dict[str, list[str]] = defaultdict(list)
    text = files("analyst").joinpath("guesses.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        where = frozenset(row["where"].split())
        for word in row["words"].split():
            if row["kind"] == "column":
                columns[word].append((row["name"], where))
            elif row["kind"] == "maybe":
                maybe[word].append(row["name"])
            elif row["kind"] == "instead":
                instead[word].append(row["name"])
            elif row["kind"] == "made":
                made[word].append((row["name"], where))
            elif row["kind"] == "rows":
                rows[word] = row["name"], row["where"]
            elif row["kind"] in ("true", "false"):
                constants[word] = (row["kind"], where)
            else:
                (relations if row["kind"] == "relation" else parts)[word] = row["name"]
    return _Words(
        relations,
        parts,
        rows,
        {word: tuple(found) for word, found in columns.items()},
        constants,
        {word: tuple(found) for word, found in made.items()},
        {word: tuple(found) for word, found in maybe.items()},
        {word: tuple(found) for word, found in instead.items()},
    )


def plain(name: str) -> str:
    """A name in lower case and snake case."""
    return re.sub(r"\W+", "_", _CAMEL.sub("_", name)).strip("_").casefold()


def _singular(name: str) -> Iterable[str]:
    """Forms of a name in the singular."""
    yield name
    if name.endswith("ies"):
        yield name[:-3] + "y"
    if name.endswith("es"):
        yield name[:-2]
    if name.endswith("s"):
        yield name[:-1]


def relation(name: str, catalog: Catalog) -> Named | None:
    """The published relation that a name means; None when there is none, or not exactly one."""
    if not re.fullmatch(r"\w+", name):
        return None  # a name of its own kind, in quotes
    word = plain(name)
    words = _words()
    found: list[Named] = []
    for form in dict.fromkeys((word, _DRESSED.sub("", word))):
        forms = tuple(_singular(form))
        found += (Named(one) for one in (*forms, f"{form}s"))
        for one in forms:
            found += [Named(words.relations[one])] if one in words.relations else []
            found += [Named(words.parts[one], part=True)] if one in words.parts else []
            found += [Named(words.rows[one][0], rows=words.rows[one][1])] if one in words.rows else []
    return next((named for named in found if named.name in catalog.relations), None)


def candidates(name: str, catalog: Catalog) -> list[str]:
    """The published relations that a name may mean, likeliest first."""
    words = _words()
    forms = [form for one in (plain(name), _DRESSED.sub("", plain(name))) for form in _singular(one)]
    found = [other for form in forms for other in words.maybe.get(form, ())]
    found += [words.parts[form] for form in forms if form in words.parts]
    return [one for one in dict.fromkeys(found) if one in catalog.relations]


def instead(relation: str) -> tuple[str, ...]:
    """The relations that tell more of the same matter than this one."""
    return _words().instead.get(relation, ())


def columns(name: str, of: Relation) -> frozenset[str]:
    """The columns of a relation that a name can mean."""
    word = plain(name)
    known = {c.name: c.type for c in of.columns}
    if word in known:
        return frozenset({word})
    if of.name in _AGED and (bucket := _bucket(word)):
        return frozenset({bucket})
    if found := _told(word, of, known):
        return found
    if word == "id" and of.grain in known:
        return frozenset({of.grain})
    return _put_together(word, of, known) or concepts.columns(word, of)


def _told(word: str, of: Relation, known: Mapping[str, str]) -> frozenset[str]:
    """The columns that guesses.csv tells for a word, in any of its forms."""
    # A name of something is text, an amount of something a number.
    forms = {word: "", re.sub(r"_(?:name|title)$", "", word): "VARCHAR", _AMOUNT.sub("", word): "DECIMAL"}
    forms |= {f"{word}_kzt": "DECIMAL"} if "_" in word else {}
    for form, kind in {**forms, word: ""}.items():
        told = _words().columns.get(form, ())
        found = {c for c, where in told if c in known and known[c].startswith(kind) and (not where or of.name in where)}
        if found:
            return frozenset(found)
    return frozenset()


def _put_together(word: str, of: Relation, known: Mapping[str, str]) -> frozenset[str]:
    """The columns that a word names with what it is of, with the kind of it, or without its currency."""
    found = set[str]()
    for prefix in _called(of):
        if word.startswith(f"{prefix}_") and (rest := word.removeprefix(f"{prefix}_")) in known:
            found.add(rest)
    if (base := re.sub(r"_(?:name|code|title)$", "", word)) in known and known[base] == "VARCHAR":
        found.add(base)
    for form in (word, _AMOUNT.sub("", word)):
        # A balance beside a bank_balance and a book_balance does not say which of them.
        others = any(column.endswith(f"_{form}") and kind.startswith("DECIMAL") for column, kind in known.items())
        if f"{form}_kzt" in known and not others:
            found.add(f"{form}_kzt")
    return frozenset(found)


def _bucket(word: str) -> str:
    """The column of an ageing that holds these days: overdue_31_60, days_over_90, bucket_91_plus; empty for anything else."""
    told = re.fullmatch(r"(?:d|b|bucket|days?|overdue|late|from|aged?|past_due|_)*(\d+)_?(?:to_)?(\d+|plus|more)?(?:_days)?(?:_kzt)?", word)  # fmt: skip
    over = re.fullmatch(r"(?:\w+_)?(?:over|more_than|above|gt)_?90(?:_days)?(?:_kzt)?", word)
    if over or (told and told[1] in ("90", "91") and told[2] in ("plus", "more")):
        return "d91_plus_kzt"
    return {("1", "30"): "d1_30_kzt", ("31", "60"): "d31_60_kzt", ("61", "90"): "d61_90_kzt"}.get((told[1], told[2]) if told else ("", ""), "")  # fmt: skip


def _called(of: Relation) -> set[str]:
    """What a row of a relation is called, whichever row it is."""
    return {of.name, *(word for word, name in _words().relations.items() if name == of.name)}


def constant(name: str, of: Relation) -> str:
    """What a column of 1C would always hold in a relation that has only rows that count: TRUE, FALSE, or empty when it is no such column."""
    value, where = _words().constants.get(plain(name), ("", frozenset()))
    return value.upper() if of.name in where else ""


def made(name: str, of: Relation, as_of: str) -> tuple[str, ...]:
    """Expressions over a relation that a word may mean where it has no such column; {of} stands for the relation's name in the statement."""
    told = _words().made.get(plain(name), ())
    known = {c.name for c in of.columns}
    if (form := _UNITS.get(plain(name))) and not told and len(days := columns("date", of)) == 1:
        return (form.format(*days),)
    return tuple(
        text.replace("{as_of}", as_of)
        for text, where in told
        if (of.name in where) or (not where and set(re.findall(r"\{of\}\.(\w+)", text)) <= known)
    )


def looked_up(name: str, of: Relation, catalog: Catalog) -> tuple[str, ...]:
    """What a name means in the one relation that has it of those whose ids this one holds; amounts aside, which a lookup would repeat."""
    found: list[str] = []
    known = {c.name for c in of.columns}
    ids = [
        (key, there)
        for key, other in IDS.items()
        if key in known and (there := catalog.relations.get(other)) and there is not of
    ]
    for key, there in ids:
        types = {c.name: c.type for c in there.columns}
        word = plain(name)
        own = concepts.of(word) & concepts.of(there.name)  # it says of which relation it is
        meant = columns(name, there) if own or (word in types and (len(ids) == 1 or not concepts.plain(word))) else ()
        if len(meant) == 1 and not types[min(meant)].startswith(("DECIMAL", "DOUBLE")):
            found.append(f"(SELECT n_.{min(meant)} FROM {there.name} n_ WHERE n_.{there.grain} = {{of}}.{key})")
    return tuple(found) if len(found) == 1 else ()


def key(name: str, of: Relation) -> str:
    """The name in KEYS that a word means in a relation, where it has the id and lacks the name; empty otherwise."""
    word = re.sub(r"_(?:name|title)$", "", plain(name))
    meant = {c for c, where in _words().columns.get(word, ()) if not where and c in KEYS}
    meant |= {c for c, more in _MORE_KEYS.items() if word in more} | ({word} & KEYS.keys())
    known = {c.name for c in of.columns}
    fitting = [c for c in meant if KEYS[c][0] in known and KEYS[c][1] != of.name]
    return fitting[0] if len(fitting) == 1 else ""


def in_tenge(name: str, column: str, of: Relation) -> bool:
    """Whether a word leaves open which currency was meant, and the tenge was taken."""
    known = {c.name for c in of.columns}
    foreign = {column.replace("_kzt", "_doc"), "amount"} & known
    return column.endswith("_kzt") and "kzt" not in plain(name) and "тенге" not in plain(name) and bool(foreign)
