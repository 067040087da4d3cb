"""What a set of the service consists of: fields, tabular sections, the set itself.

A field knows its OData type and how to take its wire value from a record, so that `$metadata`, rows and
filters come from one declaration. Wire values: Edm.Int64 is text, Edm.Double a number, Edm.DateTime ISO text
without a zone, Edm.Guid and references lower case text.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sync.standins.company.model import EMPTY_REF

Get = Callable[[Any], Any]

EMPTY_DATE = "0001-01-01T00:00:00"
UNDEFINED = "StandardODATA.Undefined"
EXACT = "\ue000"  # marks text that `wire` writes as a bare number: more digits than a double holds


@dataclass(frozen=True, slots=True)
class Field:
    """A property. `to` names the set a reference leads to, `composite` says that X_Type stands beside it."""

    name: str
    type: str
    get: Get
    to: str = ""
    composite: bool = False

    @property
    def link(self) -> str:
        """Name of the navigation property, empty for a plain value."""
        if self.composite:
            return self.name
        return self.name.removesuffix("_Key") if self.to else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A tabular section, or the RecordSet of a register. `rows` makes row records of a parent record."""

    name: str
    row_type: str
    fields: tuple[Field, ...]
    rows: Callable[[Any], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class EntitySet:
    """A set of the service.

    keys: names of the key properties. rows: all records, ordered by `moment` when there is one.
    moment: name of the date property that orders `rows`; times: those dates, parallel to `rows`.
    find: record by Ref_Key or None. presentation: what `$orderby=Ref_Key` sorts by.
    """

    name: str
    keys: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Callable[[], Sequence[Any]]
    presentation: Get
    sections: tuple[Section, ...] = ()
    moment: str = ""
    times: Callable[[], Sequence[str]] | None = None
    find: Callable[[str], Any] | None = None
    functions: tuple[Function, ...] = ()

    def field(self, name: str) -> Field | None:
        """Return the field of that name."""
        return next((f for f in self.fields if f.name == name), None)

    def without(self, names: Collection[str]) -> EntitySet:
        """Return the set of a release that lacks properties of these names, in the head and in the sections."""

        def kept(fields: tuple[Field, ...]) -> tuple[Field, ...]:
            return tuple(f for f in fields if f.name not in names)

        sections = tuple(replace(s, fields=kept(s.fields)) for s in self.sections)
        return replace(self, fields=kept(self.fields), sections=sections)


@dataclass(frozen=True, slots=True)
class Function:
    """A virtual table bound to a set. `run` takes the parameters' values and the columns asked for."""

    name: str
    params: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    run: Callable[[dict[str, str], tuple[str, ...]], tuple[tuple[Field, ...], Sequence[Any]]]
    skippable: bool = True


def text(name: str, get: Get) -> Field:
    """Text, or the name of an enum's value; "" is empty."""
    return Field(name, "Edm.String", get)


def flag(name: str, get: Get) -> Field:
    """Булево."""
    return Field(name, "Edm.Boolean", get)


def whole(name: str, get: Callable[[Any], int]) -> Field:
    """An integer, which travels as text."""
    return Field(name, "Edm.Int64", lambda r: str(get(r)))


def amount(name: str, get: Callable[[Any], int | None], scale: int = 100) -> Field:
    """A fraction given in `scale`-ths; None stays null."""
    if scale == 100:
        return Field(name, "Edm.Double", lambda r: number(get(r), 100))
    return Field(name, "Edm.Double", lambda r: number(get(r), scale))


def stamp(name: str, get: Callable[[Any], datetime | date | None]) -> Field:
    """A date, whole seconds, no zone; None is 1C's empty date."""
    return Field(name, "Edm.DateTime", lambda r: iso(get(r)))


def ref(name: str, to: str, get: Callable[[Any], str | None]) -> Field:
    """A reference to one set; None is the empty GUID."""
    return Field(name + "_Key", "Edm.Guid", lambda r: get(r) or EMPTY_REF, to=to)


def composite(name: str, get: Callable[[Any], tuple[str, str]]) -> tuple[Field, Field]:
    """A reference to one of several sets; `get` returns (guid, set name), ("", "") when undefined."""

    def kind(record: Any) -> str:
        target = get(record)[1]
        return "StandardODATA." + target if target else UNDEFINED

    return (
        Field(name, "Edm.String", lambda r: get(r)[0], composite=True),
        Field(name + "_Type", "Edm.String", kind),
    )


def number(value: int | None, scale: int) -> int | float | str | None:
    """Return `value / scale` so that JSON shows the exact decimal: 150129 or 110860.5."""
    if value is None:
        return None
    if value % scale == 0:
        return value // scale
    if -(10**15) < value < 10**15:
        return value / scale
    digits = len(str(scale)) - 1
    sign, value = ("-", -value) if value < 0 else ("", value)
    fraction = f"{value % scale:0{digits}}".rstrip("0")
    return f"{EXACT}{sign}{value // scale}.{fraction}"


def iso(moment: datetime | date | None) -> str:
    """Return a moment as the wire has it."""
    if moment is None:
        return EMPTY_DATE
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() + "T00:00:00"


def version(number_of_writes: int) -> str:
    """Return DataVersion: base64 of eight bytes, the counter first."""
    return base64.b64encode(number_of_writes.to_bytes(4, "big") + b"\0\0\0\0").decode()


def flatten(*parts: Field | Iterable[Field]) -> tuple[Field, ...]:
    """Join fields and groups of fields into one tuple."""
    fields: list[Field] = []
    for part in parts:
        if isinstance(part, Field):
            fields.append(part)
        else:
            fields.extend(part)
    return tuple(fields)
