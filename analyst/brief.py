"""What a template asks, answered: its tables with their receipts, the warnings that belong before them, and the sentence that leads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from analyst import reconcile, span, words
from analyst.errors import Ambiguous, AnalystError, BadArgument, NotKnown
from analyst.figure import shown
from analyst.period import Period
from analyst.snapshot import Snapshot
from analyst.template import Table, Template
from analyst.tools import Analyst

_MISUSE = (BadArgument, NotKnown, Ambiguous)
OLD = timedelta(hours=36)
NOTHING = (None, "", 0, False, "0", "0.00", "0.000")
_PLACE = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_PART = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Section:
    """One table as it was answered: header as the tool tells it, columns, rows as JSON has them; or the error in its place."""

    table: Table
    heading: str
    header: Mapping[str, Any] = field(default_factory=dict)
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    error: AnalystError | None = None

    @property
    def total(self) -> str:
        """How many rows there are, as the answer says."""
        return str(self.header.get("shown", "0 of 0")).rpartition(" of ")[2]

    @property
    def reason(self) -> str:
        """Why there is nothing to list, when the only row says just that."""
        if self.total != "1" or not self.rows or "reason" not in self.columns:
            return ""
        named = [c for c in (self.table.columns or self.columns) if c != "reason" and c in self.columns]
        return str(self.first("reason") or "") if all(self.first(c) in NOTHING for c in named) else ""

    def first(self, column: str) -> Any:
        """A value of the first row; `rows` is how many there are."""
        if column == "rows":
            return int(self.total) if self.total.isdigit() else self.total
        return self.rows[0][self.columns.index(column)] if self.rows and column in self.columns else None


@dataclass(frozen=True, slots=True)
class Brief:
    """The answer of a template. day: of the snapshot, or the one that was asked for; given: what was asked, as it is shown."""

    template: Template
    language: str
    day: date
    given: Mapping[str, str]
    warnings: Sequence[str]
    leads: Sequence[str]
    sections: Sequence[Section]
    snapshot: Snapshot

    @property
    def whole(self) -> bool:
        """Whether every table was answered."""
        return all(section.error is None for section in self.sections)


async def ask(
    analyst: Analyst,
    template: Template,
    given: Mapping[str, str],
    *,
    language: str,
    now: datetime,
    rows: int = 0,
    day: date | None = None,
) -> Brief:
    """Ask every metric of a template. rows: of each table, 0: as the template says. now: aware, what the age of the data is counted to.

    day: what words like «квартал» are counted from, and the day of a template that takes none; the snapshot's when None.
    Raises BadArgument, NotKnown or Ambiguous for an argument, MirrorMissing when nothing is published.
    """
    snapshot = analyst.mirror.current()
    base = day or snapshot.as_of
    values = template.check(given, base)
    told = dict(values)
    used = {str(g["other"] or g["name"]) for t in template.tables for g in t.given if g["word"] is None}
    if unused := sorted(set(values) - used - {"lang"}):
        raise BadArgument(
            f"{unused[0]} narrows an answer in a chat only: no metric of {template.name} takes it", near=sorted(used)
        )
    for one in template.arguments:
        if one.type == "counterparty" and one.name in values:
            values[one.name], told[one.name] = await analyst.party(values[one.name])
    sections = [await _section(analyst, table, values, base, language, rows) for table in template.asked(values)]
    wrong = [section.error for section in sections if isinstance(section.error, _MISUSE)]
    if wrong and len(wrong) == len(sections):
        raise wrong[0]  # an item or a store that fits several: nothing here can be answered before it is chosen
    leads = [_lead(template, sections, told, language)]
    for one in template.arguments:
        if one.type == "period" and (beside := Period.beside(given.get(one.name, "") or one.default, base)):
            then = values | {one.name: str(beside)}
            before = [await _section(analyst, table, then, base, language, 1) for table in _leading(template)]
            lead = _lead(template, before, told | {one.name: str(beside)}, language)
            leads.append(f"{words.say('beside', language)}. {lead}" if lead else "")
    return Brief(
        template,
        language,
        date.fromisoformat(values["as_of"]) if "as_of" in values else base,
        told,
        list(_warnings(snapshot, sections, language, now)),
        [lead for lead in leads if lead],
        sections,
        snapshot,
    )


async def _section(
    analyst: Analyst, table: Table, values: Mapping[str, str], day: date, language: str, rows: int
) -> Section:
    heading = table.headings.get(language) or next(iter(table.headings.values()), "")
    arguments = table.arguments(values, day)
    if day != analyst.mirror.current().as_of and analyst.metrics[table.metric].dated:
        arguments.setdefault("as_of", day.isoformat())
    try:
        answer = json.loads(await analyst.metric(table.metric, arguments, rows or table.rows))
    except AnalystError as error:
        return Section(table, heading, error=error)
    return Section(table, heading, answer, answer.get("columns", ()), answer.get("rows", ()))


def _leading(template: Template) -> list[Table]:
    """The tables that the lead speaks of."""
    named = {name for text in template.leads.values() for name in _named(text)}
    return [table for table in template.tables if table.name in named]


def _named(lead: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\.", lead))


def _text(template: Template, sections: Sequence[Section], language: str) -> str:
    one = template.leads_of_one if sections and sections[0].total == "1" else {}
    return one.get(language) or template.leads.get(language) or next(iter(template.leads.values()), "")


def _lead(template: Template, sections: Sequence[Section], given: Mapping[str, str], language: str) -> str:
    """The leading sentence; empty when what it speaks of was not answered."""
    by_name = {section.table.name: section for section in sections}

    def value(found: re.Match[str]) -> str:
        name, column = found[1], found[2]
        if column is None:
            return shown(name, given.get(name, ""), language)
        return shown(column, by_name[name].first(column) if name in by_name else None, language) or "—"

    def empty(found: re.Match[str]) -> bool:
        if found[2] is None:
            return not given.get(found[1])
        told = by_name[found[1]].first(found[2]) if found[1] in by_name else None
        return told is not False and told in NOTHING  # a «no» is an answer

    def part(found: re.Match[str]) -> str:
        return "" if any(map(empty, _PLACE.finditer(found[1]))) else found[1]

    text = _text(template, sections, language)
    spoken_of = [section for section in sections if section.table.name in _named(text)]
    if any(section.error for section in spoken_of):
        return ""
    # An empty list has no number to lead with; why it is empty leads instead.
    reason = next((section.reason for section in spoken_of if section.reason), "")
    since = f"{shown('period', given['period'], language)}: " if given.get("period") else ""
    said = f"{since}{shown('reason', reason, language)}." if reason else _PLACE.sub(value, _PART.sub(part, text))
    said = re.sub(" +", " ", said).strip()
    return said[:1].upper() + said[1:]


def _unknown_days(header: Mapping[str, Any], language: str) -> Iterator[str]:
    """Days asked about that the mirror does not know, as a metric has warned of them."""
    for told in header.get("warn", ()):
        phrase, day = span.read(told)
        yield words.say(phrase, language, shown("", day, language)) if phrase else told


def _warnings(snapshot: Snapshot, sections: Sequence[Section], language: str, now: datetime) -> list[str]:
    """What must be known before the numbers: old data, sources that failed, differences that touch an answer."""
    found = []
    made = datetime.fromisoformat(snapshot.created_at)
    if now - made > OLD:
        found.append(words.say("old", language, shown("", made.date().isoformat(), language)))
    for source in snapshot.sources:
        if source.status != "ok":
            last = shown("", source.last_ok_at[:10], language) if source.last_ok_at else words.say("never", language)
            data_to = (
                f", {words.say('data_to', language, shown('', source.data_to, language))}" if source.data_to else ""
            )
            name = words.of("source", source.name, language) or source.name
            found.append(words.say("stale", language, name, words.say("last_good", language, last) + data_to))
    touched = [str(told) for section in sections for told in section.header.get("checks", ())]
    by_id = {check.id: check for check in snapshot.reconciliations}
    for told in dict.fromkeys(touched):
        line = reconcile.read_back(told)
        check = by_id.get(line.id) if line else None
        label = check and (check.labels.get(language) or check.labels.get("en"))
        if line is None or not label:
            found.append(told)
        else:
            # A difference of things that are no money has no amount.
            phrase = "check" if Decimal(line.amount) else "check_rows"
            days = [shown("", day, language) for day in dict.fromkeys((line.first, line.last)) if day]
            when = f" ({'–'.join(days)})" if days else ""
            found.append(words.say(phrase, language, label, line.rows, shown("amount", line.amount, language), when))
    for section in sections:
        found += _unknown_days(section.header, language)
    return list(dict.fromkeys(found))
