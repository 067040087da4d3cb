"""A brief as text: a letter in markdown for a person, CSV or JSON for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from analyst import words
from analyst.brief import Brief, Section
from analyst.figure import inert, is_number, shown
from analyst.metrics import Metric

WIDE = 8
_FORMULA = ("=", "+", "-", "@", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # full-width ones, too


def markdown(brief: Brief, metrics: Mapping[str, Metric]) -> str:
    """The letter: what must be known first, the sentence with the number, tables, and where it all comes from."""
    return "\n".join(_lines(brief, metrics)).rstrip() + "\n"


def _lines(brief: Brief, metrics: Mapping[str, Metric]) -> Iterator[str]:
    language = brief.language
    yield f"# {brief.template.title(language)}"
    yield ""
    yield _about(brief)
    if brief.warnings:
        yield f"\n**{words.say('warning', language)}**\n"
        yield from (f"- {warning}" for warning in brief.warnings)
    for lead in brief.leads:
        yield f"\n{lead}"
    for section in brief.sections:
        if section.heading or section.error:
            yield f"\n## {section.heading or _title(section, metrics, language)}\n"
            yield from _table(section, metrics, language)
    note = brief.template.notes.get(language) or next(iter(brief.template.notes.values()), "")
    yield f"\n---\n{note}\n{_sources(brief)}" if note else f"\n---\n{_sources(brief)}"


def _about(brief: Brief) -> str:
    """What was asked, and for which day."""
    language = brief.language
    day = shown("", brief.day.isoformat(), language)
    parts = [f"{day} {words.say('as_of', language)}" if language == "kk" else f"{words.say('as_of', language)} {day}"]
    parts += [
        f"{_argument(name, brief)}: {shown(name, value, language)}"
        for name, value in brief.given.items()
        if name not in ("as_of", "date", "lang")
    ]
    return " · ".join(parts)


def _argument(name: str, brief: Brief) -> str:
    label = words.of("column", name, brief.language) or words.of("say", name, brief.language)
    return label or words.of("argument", name, brief.language) or name


def _table(section: Section, metrics: Mapping[str, Metric], language: str) -> Iterator[str]:
    if section.error is not None:
        near = f" ({', '.join(section.error.near)})" if section.error.near else ""
        yield f"{words.say('failed', language)}: {inert_long(section.error.why)}{near}"
        return
    kept = _kept(section)
    # One row reads better down the page than across it.
    wide = _is_value(section, metrics) or len(kept) > WIDE
    grid = not (section.total == "1" and len(section.rows) == 1 and len(kept) > 1 and wide)
    if section.reason:
        yield shown("reason", section.reason, language)
    elif not section.rows or not kept:
        yield words.say("nothing", language)
    elif not grid:
        for i in kept:
            yield f"- {_heading(section, i, metrics, language)}: {shown(section.columns[i], section.rows[0][i], language)}"
    else:
        yield from _grid(section, kept, metrics, language)
    yield f"\n{_provenance(section, language, grid=grid and not section.reason)}"


def _kept(section: Section) -> list[int]:
    """The columns to show: those that the template names, or all; without any that is empty throughout.

    Amounts in the currency and in tenge stand beside each other only where they differ.
    """
    named = [section.columns.index(c) for c in section.table.columns if c in section.columns]
    wanted = named or list(range(len(section.columns)))
    places = {section.columns[i]: i for i in wanted}
    twice = {i: places[doc] for name, i in places.items() if (doc := name.removesuffix("_kzt") + "_doc") in places}
    if all(row[i] == row[doc] for i, doc in twice.items() for row in section.rows):
        wanted = [i for i in wanted if i not in twice]
    return [i for i in wanted if any(row[i] not in (None, "") for row in section.rows)]


def _is_value(section: Section, metrics: Mapping[str, Metric]) -> bool:
    metric = metrics.get(section.table.metric)
    return metric is not None and metric.shape == "value"


def _grid(section: Section, kept: Sequence[int], metrics: Mapping[str, Metric], language: str) -> Iterator[str]:
    heads = [_heading(section, i, metrics, language) for i in kept]
    # of a row that a flag cannot be true or false of, silence would read as no
    empty = {i: "—" for i in kept if any(isinstance(row[i], bool) for row in section.rows)}
    body = [[shown(section.columns[i], row[i], language) or empty.get(i, "") for i in kept] for row in section.rows]
    right = [all(is_number(row[i]) for row in section.rows if row[i] not in (None, "")) for i in kept]
    widths = [max(3, len(head), *(len(row[n]) for row in body)) for n, head in enumerate(heads)]
    lines = [_row(heads, widths, right)]
    lines.append(
        "|" + "|".join(f"{'-' * (w + 1)}{':' if r else '-'}" for w, r in zip(widths, right, strict=True)) + "|"
    )
    yield from [*lines, *(_row(row, widths, right) for row in body)]


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True))
    return f"| {' | '.join(padded)} |"


def _heading(section: Section, index: int, metrics: Mapping[str, Metric], language: str) -> str:
    name = section.columns[index]
    own = words.of("column", f"{section.table.metric}.{name}", language)
    return own or (_title(section, metrics, language) if name == "value" else words.column(name, language))


def _title(section: Section, metrics: Mapping[str, Metric], language: str) -> str:
    metric = metrics.get(section.table.metric)
    return (metric.titles.get(language) or metric.titles.get("en") if metric else None) or section.table.metric


def _provenance(section: Section, language: str, *, grid: bool) -> str:
    """The line that makes a table checkable: rows shown of all, definition, receipt."""
    rows = len(section.rows)
    all_shown = [words.say("rows", language, rows)] if grid else []
    parts = all_shown if str(rows) == section.total else [words.say("shown", language, rows, section.total)]
    if section.header.get("cut") and str(rows) == section.total:
        parts.append(words.say("cut", language))
    parts += [
        str(section.header.get("def", "")),
        f"{words.say('receipt', language)} {section.header.get('receipt', '')}",
    ]
    return f"_{' · '.join(parts)}_"


def _sources(brief: Brief) -> str:
    language, zone = brief.language, brief.snapshot.timezone
    parts = [
        f"{words.of('source', s.name, language) or s.name} {_moment(s.last_ok_at, zone, language)}"
        for s in brief.snapshot.sources
    ]
    return f"{words.say('sources', language)}: {', '.join(parts)} · {words.say('snapshot', language)} {brief.snapshot.name}"


def _moment(text: str, zone: str, language: str) -> str:
    if not text:
        return words.say("never", language)
    from zoneinfo import ZoneInfo  # noqa: PLC0415 (only a letter needs it)

    local = datetime.fromisoformat(text).astimezone(ZoneInfo(zone)) if zone else datetime.fromisoformat(text)
    return shown("", f"{local:%Y-%m-%dT%H:%M}", language)


def inert_long(text: str) -> str:
    """An error's text, whole."""
    return " ".join(inert(word) for word in text.split())


def as_json(brief: Brief) -> str:
    """Everything, with amounts as exact text and days as ISO."""
    document = {
        "template": brief.template.name,
        "title": brief.template.title(brief.language),
        "as_of": brief.day.isoformat(),
        "arguments": dict(brief.given),
        "warnings": list(brief.warnings),
        "lead": list(brief.leads),
        "fresh": brief.snapshot.fresh,
        "snapshot": brief.snapshot.name,
        "tables": [_record(section) for section in brief.sections],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _record(section: Section) -> dict[str, Any]:
    if section.error is not None:
        return {
            "table": section.table.name,
            "metric": section.table.metric,
            "error": json.loads(section.error.payload()),
        }
    kept = ("def", "arguments", "on", "unit", "basis", "shown", "cut", "untrusted", "checks", "receipt")
    told = {key: section.header[key] for key in kept if key in section.header}
    return {
        "table": section.table.name,
        "metric": section.table.metric,
        "heading": section.heading,
        **told,
        "columns": list(section.columns),
        "rows": [list(row) for row in section.rows],
    }


def as_csv(brief: Brief, only: str = "") -> str:
    """Every table under a line `# table; definition; rows; receipt`, an empty line between them. only: one table, without such a line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for section in brief.sections:
        if only and section.table.name != only:
            continue
        if section.error is not None:
            out.write(f"# {section.table.name}; {section.error.payload()}\n\n")
            continue
        if not only:
            header = section.header
            out.write(f"# {section.table.name}; {header.get('def')}; {header.get('shown')}; {header.get('receipt')}\n")
        writer.writerow(section.columns)
        writer.writerows([plain(value) for value in row] for row in section.rows)
        out.write("" if only else "\n")
    return out.getvalue()


def plain(value: Any) -> Any:
    """A cell that a spreadsheet does not take for a formula. A lone carriage return would begin a row, and is not quoted by csv."""
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, str) and value.startswith(_FORMULA) and not is_number(value):
        return f"'{value}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
