"""A value of an argument of a metric in its plain form, and the call that would have fitted where it does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analyst import quantity, speech
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


def text(metric: Metric, parameter: Parameter, value: Any, given: Mapping[str, Any]) -> str:
    """What was given as text. given: all arguments. Raises BadArgument for one too long to be told back."""
    plain = str(value).strip()
    if len(plain) > LONGEST:
        sample = _sample(parameter, date.fromisoformat(SAMPLES["date"]))
        why = f"{parameter.name} has {len(plain)} characters, {LONGEST} are allowed; {sample} is an example"
        raise BadArgument(why, fix=changed(metric, given, {parameter.name: sample}))
    return plain


def changed(metric: Metric, given: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """The call with what was given but for these arguments; an example stands for what it lacks, and alone where it would be too long."""
    short = {name: value for name, value in given.items() if len(str(value)) <= LONGEST}
    call = metric.call(metric.samples() | short | dict(other))
    return (
        call
        if AnalystError.holds(call)
        else metric.example(**{k: v for k, v in other.items() if len(str(v)) <= LONGEST})
    )


def parted(metric: Metric, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The arguments with the unit of a quantity, as in «25 т», in its own argument. Raises BadArgument where two units are said."""
    unit = next((p.name for p in metric.parameters if p.type == "unit"), None)
    for parameter in metric.parameters if unit else ():
        if parameter.type != "quantity" or not (said := quantity.parted(str(given.get(parameter.name, ""))))[1]:
            continue
        stated = str(given.get(unit) or "")  # type: ignore[arg-type]
        if stated and not quantity.same_unit(stated, said[1]):
            why = f"{parameter.name} is in {said[1]} and {unit} is {stated[:20]}: say one of them; the fix has {stated[:20]} for example"
            raise BadArgument(why, near=(said[1], stated), fix=changed(metric, given, {parameter.name: said[0]}))
        return {**given, parameter.name: said[0], unit: stated or said[1]}  # type: ignore[dict-item]
    return given


def typed(metric: Metric, parameter: Parameter, value: Any, given: Mapping[str, Any], day: date) -> tuple[str, str]:
    """A value as a worker takes it: its type and its text. given: all arguments; day: of the snapshot, what «вчера» is counted from.

    Raises BadArgument with a call that keeps all other values.
    """
    said = text(metric, parameter, value, given)
    try:
        if parameter.type == "date":
            return "date", _day(said, day).isoformat()
        if parameter.type == "int":
            return "int", str(_whole(parameter, said))
        if parameter.type == "money":
            return "money", format(quantity.money(said), "f")
        if parameter.type == "quantity":
            return "money", format(_quantity(said), "f")
    except ValueError:
        near, why = _unread(parameter, said, day)
        example = near[0] if near else _sample(parameter, day)
        why = f"{parameter.name} {why}; the fix has {example} for example"
        raise BadArgument(why, near=near, fix=changed(metric, given, {parameter.name: example})) from None
    return "text", said


def _unread(parameter: Parameter, said: str, day: date) -> tuple[tuple[str, ...], str]:
    """Values that may have been meant, and why none of them is taken."""
    if parameter.type == "date":
        if years := speech.years(said, day):
            return tuple(map(str, years)), f"{said[:40]!r} has no year"
        if span := speech.span(said, day):
            return tuple(map(str, dict.fromkeys((span[1], span[0])))), f"must be one day, {said[:40]!r} has several"
    if parameter.type in ("money", "quantity") and (ways := quantity.two_ways(said)):
        return ways, f"{said[:40]!r} is {ways[0]} to one reader and {ways[1]} to another"
    return (), f"must be {parameter.wanted()}, not {said[:40]!r}"


def _day(text: str, day: date) -> date:
    """Raises ValueError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        if (found := speech.on(text, day)) is None:
            raise
        return found


def _sample(parameter: Parameter, day: date) -> str:
    """A value of the type."""
    if parameter.type == "int":
        return parameter.default or str(min(max(parameter.least, 1), parameter.most))
    return day.isoformat() if parameter.type == "date" else SAMPLES[parameter.type]


def _whole(parameter: Parameter, text: str) -> int:
    """Digits as a person types them; `int` takes other alphabets and underscores, too. Raises ValueError."""
    if not _WHOLE.fullmatch(text) or not parameter.least <= int(text) <= parameter.most:
        raise ValueError(text)
    return int(text)


def _quantity(text: str) -> Decimal:
    """Above zero, to the thousandth: what DECIMAL(18,3) holds. Raises ValueError."""
    number = quantity.number(text)
    if not 0 < number < _MOST or number != round(number, 3):
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
        example = SAMPLES[parameter.type] if error.fix == FORMS else error.fix
        why = f"{error.why}; the fix has {example} for example, and these are read too: {FORMS}"
        raise BadArgument(why, near=error.near, fix=changed(metric, given, {parameter.name: example})) from None


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
