"""A filter's tree as a test of records, and the quick ways in: dates by bisection, references by look-up."""

from __future__ import annotations

import operator
import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sync.standins.onec.field import EXACT, EntitySet, Field
from sync.standins.onec.grammar import Call, Compare, Join, Literal, Node, Not, Path
from sync.standins.onec.refusal import bad_option, incomparable, property_not_found

Test = Callable[[Any], bool]
Resolve = Callable[[str], Field]

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
MIRRORED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


def resolver(fields: Sequence[Field], sets: dict[str, EntitySet]) -> Resolve:
    """Return the look-up of a path among `fields`, through references where it has a slash."""
    names = {f.name: f for f in fields}
    links = {f.link: f for f in fields if f.to}

    def resolve(path: str) -> Field:
        head, _, rest = path.partition("/")
        if not rest and head in names:
            return names[head]
        link = links.get(head)
        target = sets.get(link.to) if link else None
        if not rest or link is None or target is None or target.find is None:
            raise property_not_found(path)
        there, find, get = resolver(target.fields, sets)(rest), target.find, link.get
        return Field(path, there.type, lambda r: there.get(found) if (found := find(get(r))) else None)

    return resolve


def condition(node: Node, resolve: Resolve, option: str = "$filter") -> Test:
    """Return the test of a record that a tree means.

    Raises: RefusalError for an unknown property, and 500 for references compared by greater or less.
    """
    match node:
        case Join(op, parts):
            tests = [condition(p, resolve, option) for p in parts]
            if op == "and":
                return lambda r: all(test(r) for test in tests)
            return lambda r: any(test(r) for test in tests)
        case Not(part):
            inner = condition(part, resolve, option)
            return lambda r: not inner(r)
        case Compare(op, Literal() as left, right) if not isinstance(right, Literal):
            return _comparison(MIRRORED.get(op, op), right, left, resolve, option)
        case Compare(op, left, Literal() as right):
            return _comparison(op, left, right, resolve, option)
        case Call() | Path():
            field = _value(node, resolve, option)
            if field.type == "Edm.Boolean":
                return lambda r: bool(field.get(r))
    raise bad_option(option, str(node))


def _comparison(op: str, left: Node, right: Literal, resolve: Resolve, option: str) -> Test:
    field = _value(left, resolve, option)
    get, compare = field.get, OPERATORS[op]
    equality = op in ("eq", "ne")
    if right.kind == "null":
        return lambda r: (get(r) is None) == (op == "eq")
    if field.composite:
        if not equality:
            raise incomparable()
        same = _composite_equals(field, right, resolve)
        return same if op == "eq" else lambda r: not same(r)
    if field.type == "Edm.Guid":
        return _reference(get, op, right)
    if field.type in ("Edm.Int64", "Edm.Double") and right.kind == "number":
        limit = Decimal(right.value)
        return lambda r: (v := get(r)) is not None and compare(_decimal(v), limit)
    expected = {"Edm.DateTime": "datetime", "Edm.Boolean": "boolean", "Edm.String": "string"}.get(field.type)
    if expected != right.kind:
        raise incomparable()
    wanted: Any = right.value == "true" if expected == "boolean" else right.value
    return lambda r: compare(get(r), wanted)


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value).removeprefix(EXACT))


def _composite_equals(field: Field, right: Literal, resolve: Resolve) -> Test:
    """A bare GUID never equals a value of several types; a typed one does."""
    if right.kind != "ref":
        return lambda _: False
    kind = resolve(field.name + "_Type").get
    get, key, wanted = field.get, right.value, f"StandardODATA.{right.target}"
    return lambda r: get(r) == key and kind(r) == wanted


def _reference(get: Callable[[Any], Any], op: str, right: Literal) -> Test:
    compare, key = OPERATORS[op], right.value
    if right.kind in ("guid", "ref"):
        if op not in ("eq", "ne"):
            raise incomparable()
        return lambda r: compare(get(r), key)
    if right.kind != "string":
        raise incomparable()
    if op in ("eq", "ne"):
        return lambda _: op == "ne"
    limit = zlib.crc32(key.encode())  # no error and no sense either, as measured on a live base
    return lambda r: compare(zlib.crc32(get(r).encode()), limit)


def _value(node: Node, resolve: Resolve, option: str) -> Field:
    """Return what a comparison's left side yields, as a field."""
    match node:
        case Path(name):
            return resolve(name)
        case Call("year" | "month" | "day" as part, (Path(name),)):
            get = resolve(name).get
            start, end = {"year": (0, 4), "month": (5, 7), "day": (8, 10)}[part]
            return Field(part, "Edm.Int64", lambda r: str(int(get(r)[start:end])))
        case Call("substringof", (Literal("string", piece), Path(name))):
            get = resolve(name).get
            return Field("substringof", "Edm.Boolean", lambda r: piece in (get(r) or ""))
        case Call("startswith" | "endswith" as method, (Path(name), Literal("string", piece))):
            get = resolve(name).get
            if method == "startswith":
                return Field(method, "Edm.Boolean", lambda r: (get(r) or "").startswith(piece))
            return Field(method, "Edm.Boolean", lambda r: (get(r) or "").endswith(piece))
        case Call("like", (Path(name), Literal("string", template))):
            get = resolve(name).get
            pattern = re.compile(
                "".join({"%": ".*", "_": "."}.get(c, re.escape(c)) for c in template), re.DOTALL | re.IGNORECASE
            )
            return Field("like", "Edm.Boolean", lambda r: pattern.fullmatch(get(r) or "") is not None)
    raise bad_option(option, str(node))


def candidates(entity: EntitySet, node: Node) -> Sequence[Any] | None:
    """Return the few records that can pass, found by reference or by date; None when there is no quick way."""
    parts = node.parts if isinstance(node, Join) and node.op == "and" else (node,)
    if entity.find is not None:
        for part in parts:
            keys = _keys(part)
            if keys is not None:
                return [found for key in dict.fromkeys(keys) if (found := entity.find(key)) is not None]
    if not entity.moment or entity.times is None:
        return None
    times = entity.times()
    low, high = 0, len(times)
    for part in parts:
        match part:
            case Compare("ge" | "gt" | "le" | "lt" | "eq" as op, Path(name), Literal("datetime", at)) if (
                name == entity.moment
            ):
                if op in ("ge", "gt", "eq"):
                    low = max(low, (bisect_right if op == "gt" else bisect_left)(times, at))
                if op in ("le", "lt", "eq"):
                    high = min(high, (bisect_left if op == "lt" else bisect_right)(times, at))
    return None if (low, high) == (0, len(times)) else entity.rows()[low:high]


def _keys(node: Node) -> list[str] | None:
    """Return the references of `Ref_Key eq guid'…' or …`, None when it is anything else."""
    match node:
        case Compare("eq", Path("Ref_Key"), Literal("guid", key)):
            return [key]
        case Join("or", parts):
            found: list[str] = []
            for part in parts:
                keys = _keys(part)
                if keys is None:
                    return None
                found.extend(keys)
            return found
    return None
