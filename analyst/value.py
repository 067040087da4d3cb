"""A value of an argument of a metric in its plain form, and the call that would have fitted where it does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from analyst.errors import Ambiguous, AnalystError, BadArgument, NotKnown
from analyst.period import FORMS, Period

if TYPE_CHECKING:
    from analyst.metrics import Metric, Parameter
    from analyst.snapshot import Snapshot

LONGEST = 200  # characters of a text argument: an answer carries it
_MOST = Decimal(10) ** 15
_WHOLE = re.compile(r"\+?[0-9]{1,9}")
SAMPLES = {
    "counterparty": "cp_1",
    "text": "234",
    "int": "2026",
    "money": "1000000.00",
    "date": "2026-01-31",
    "period": "2025-Q4",
    "quarter": "2025-Q4",
    "quantity": "5",
    "item": "it_1",
    "good": "it_1",
    "unit": "т",
    "place": "Алматы",
    "org": "org_1",
}


def text(metric: Metric, parameter: Parameter, value: Any) -> str:
    """What was given as text. Raises BadArgument for one too long to be told back."""
    plain = str(value).strip()
    if len(plain) > LONGEST:
        raise BadArgument(f"{parameter.name} has {len(plain)} characters, {LONGEST} are allowed", fix=metric.example())
    return plain


def typed(metric: Metric, parameter: Parameter, value: Any, given: Mapping[str, Any]) -> tuple[str, str]:
    """A value as a worker takes it: its type and its text. given: all arguments, for the call that fits. Raises BadArgument."""
    said = text(metric, parameter, value)
    try:
        if parameter.type == "date":
            return "date", date.fromisoformat(said).isoformat()
        if parameter.type == "int":
            return "int", str(_whole(parameter, said))
        if parameter.type == "money":
            return "money", format(_number(said), "f")
        if parameter.type == "quantity":
            return "money", format(_quantity(said), "f")
    except (ValueError, InvalidOperation):
        why = f"{parameter.name} must be {parameter.wanted()}, not {said[:40]!r}"
        raise BadArgument(why, fix=metric.call(dict(given) | {parameter.name: _sample(parameter, said)})) from None
    return "text", said


def _sample(parameter: Parameter, text: str) -> str:
    """A value like the one meant: a day written with dots in its plain form, a number within its limits, else an example."""
    if parameter.type == "date" and (dotted := re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", text)):
        try:
            return date(*map(int, dotted.groups()[::-1])).isoformat()
        except ValueError:
            return SAMPLES["date"]
    if parameter.type == "int":
        return parameter.default or str(min(max(parameter.least, 1), parameter.most))
    return SAMPLES[parameter.type]


def _whole(parameter: Parameter, text: str) -> int:
    """Digits as a person types them; `int` takes other alphabets and underscores, too. Raises ValueError."""
    if not _WHOLE.fullmatch(text) or not parameter.least <= int(text) <= parameter.most:
        raise ValueError(text)
    return int(text)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))


def _quantity(text: str) -> Decimal:
    """Above zero, to the thousandth: what DECIMAL(18,3) holds. Raises ValueError."""
    number = _number(text)
    if not number.is_finite() or not 0 < number < _MOST or number != round(number, 3):
        raise ValueError(text)
    return round(number, 3)


def kept(metric: Metric, arguments: Mapping[str, Any], unknown: set[str]) -> str:
    """A call with the arguments that it does take; its example where one that it needs is not among them."""
    kept = {name: value for name, value in arguments.items() if name not in unknown}
    needed = {p.name for p in metric.parameters if not p.optional and p.default is None}
    call = metric.call(kept)
    return call if needed <= set(kept) and AnalystError.holds(call) else metric.example()


def period(metric: Metric, parameter: Parameter, text: str, snapshot: Snapshot, given: Mapping[str, Any]) -> Period:
    """The span that was meant. Raises BadArgument with a call that fits."""
    try:
        return Period.read(text, snapshot.as_of)
    except BadArgument as error:
        fix = metric.call(dict(given) | {parameter.name: SAMPLES[parameter.type]})
        raise BadArgument(f"{error.why}: {FORMS}", near=error.near, fix=fix) from None


async def whole_call(meant: Awaitable[str], metric: Metric, given: Mapping[str, Any]) -> str:
    """What a name means; where that is not certain, the one argument that the error proposes is told as a call with those given."""
    try:
        return await meant
    except (Ambiguous, BadArgument, NotKnown) as error:
        try:
            better = json.loads(f"{{{error.fix}}}")
        except ValueError:
            raise error from None
        call = metric.call(dict(given) | better)
        raise (error.with_fix(call) if AnalystError.holds(call) else error) from None
