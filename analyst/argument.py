"""An argument of a prompt: its type, what may be offered for it, and the plain form of what a person typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from analyst import quantity, speech, words
from analyst.errors import BadArgument
from analyst.period import FORMS, Period

TYPES = ("date", "period", "counterparty", "number", "int", "year", "money", "qty", "choice", "text")
SOURCES = (
    "day", "period", "customer", "supplier", "counterparty", "org", "number", "year", "manager", "owner", "account", "item", "unit",
    "warehouse", "place", "contract",
)  # fmt: skip
LONGEST = 200
YEARS = range(1990, 2101)
_OWN_SOURCE = {"date": "day", "period": "period", "counterparty": "counterparty", "number": "number", "year": "year"}
_EXAMPLES = {
    "date": "2026-01-31", "period": FORMS, "counterparty": "Ромашка", "number": "234", "int": "14", "year": "2026",
    "money": "100000", "qty": "5", "text": "…",
}  # fmt: skip
_FORM = re.compile(
    r"(?P<name>[a-z_]\w*)\s+(?P<type>[a-z]+)(?P<optional>\?)?(?:\s*=\s*(?P<default>[^\s|]+))?"
    r"(?:\s+from\s+(?P<source>[a-z]+))?(?:\s+of\s+(?P<choices>\S+))?"
)
_LABEL = re.compile(r".*\((\d{12}|[a-z]+_\w+)(?:,[^()]*)?\)")


@dataclass(frozen=True, slots=True)
class Argument:
    """name, type, whether it must be given, what it is when it is not; source: what a host may offer; choices: fixed values."""

    name: str
    type: str
    required: bool
    default: str
    source: str
    choices: tuple[str, ...]
    descriptions: Mapping[str, str] = field(default_factory=dict)

    def told(self) -> str:
        """As a caller reads it."""
        form = "|".join(self.choices) if self.type == "choice" else self.type
        return f"{self.name} {form}" + (f"={self.default}" if self.default else "" if self.required else "?")

    def about(self, language: str) -> str:
        """What it is, in a language."""
        known = self.descriptions.get(language) or words.of("argument", self.name, language) or self.name
        return f"{known}: {', '.join(self.choices)}" if self.choices else known

    def example(self) -> str:
        """A value that it takes."""
        return self.choices[0] if self.choices else _EXAMPLES[self.type]

    def typed(self, text: str, day: date) -> str:
        """A value in its plain form: ISO days, a period as first..last, digits with a point. day: of the snapshot. Raises BadArgument."""
        try:
            value = self._read(text, day)
        except ValueError:
            raise BadArgument(
                f"{self.name} must be {self._wanted()}, not {text[:40]!r}", near=self.choices, fix=self.example()
            ) from None
        if not value or len(value) > LONGEST:
            raise BadArgument(f"{self.name} must be {self._wanted()} of at most {LONGEST} characters")
        return value

    def _wanted(self) -> str:
        return {"int": "a whole number", "qty": "a number", "money": "a number", "choice": "one of its values"}.get(
            self.type, f"a {self.type}"
        )

    def _read(self, text: str, day: date) -> str:
        if self.type in ("date", "period"):
            return self._time(text, day)
        if self.type in ("int", "year", "money", "qty"):
            return self._amount(text)
        if self.type == "choice":
            return next((c for c in self.choices if c.casefold() == text.casefold()), "") or _none(text)
        if self.type == "number" and not any(map(str.isdigit, text)):
            raise ValueError(text)
        # «name (BIN)» is what completion offers.
        return labelled[1] if (labelled := _LABEL.fullmatch(text)) else text

    def _time(self, text: str, day: date) -> str:
        if self.type == "date":
            return _year(speech.on(text, day) or date.fromisoformat(text)).isoformat()
        period = Period.read(text, day)
        _year(period.first)
        _year(period.last)
        return str(period)

    def _amount(self, text: str) -> str:
        if self.type in ("int", "year"):
            whole = int(text)
            if whole < 0 or (self.type == "year" and whole not in YEARS):
                raise ValueError(text)
            return str(whole)
        said, unit = quantity.parted(text) if self.type == "qty" else (text, "")
        amount = quantity.number(said) if self.type == "qty" else quantity.money(said)
        if amount < 0:
            raise ValueError(text)
        return f"{amount:f} {unit}".strip()


def _year(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(day)
    return day


def _none(text: str) -> str:
    raise ValueError(text)


def parse(text: str) -> Argument:
    """An argument from its line in a template. Raises ValueError saying what is wrong."""
    if (form := _FORM.fullmatch(text)) is None or form["type"] not in TYPES:
        raise ValueError(
            f"argument: {text[:60]!r} is not `name type[?] [= default] [from source] [of a|b]`; types: {', '.join(TYPES)}"
        )
    source = form["source"] or _OWN_SOURCE.get(form["type"], "")
    if source and source not in SOURCES:
        raise ValueError(f"argument: there is no source {source!r}; there are {', '.join(SOURCES)}")
    choices = tuple(form["choices"].split("|")) if form["choices"] else ()
    if form["type"] == "choice" and not choices:
        raise ValueError(f"argument: the choice {form['name']} names no values: `of a|b`")
    default = form["default"] or ""
    return Argument(form["name"], form["type"], not (form["optional"] or default), default, source, choices)
