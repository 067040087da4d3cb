"""A prompt template: one .md file, its head naming what it is called, what it takes, and the certified metrics it leans on.

    title.ru: Карточка клиента                 also .kk and .en; about.en is what a host lists
    synonyms: карточка клиента, client card
    argument: counterparty counterparty from customer
      ru: имя, БИН или код                     kk, en; the words of words.csv when there are none
    argument: as_of date?
    argument: horizon_days int = 14 of 7|14|30
    table: debt = client_receivables(counterparty, as_of)
      ru: Неоплаченные документы               the heading; without one the table serves only the lead
      columns: number, due_date, open_kzt
      rows: 10
      when: as_of                              asked only when this argument is given
    lead.ru: Долг {debt.client_open_kzt} ₸[, аванс {debt.client_advances_kzt} ₸].     lead_one.ru instead, when the first table has one row
    note.ru: Авансы в долг не вошли.           what is not included or assumed

Below the first empty line is the prompt itself, a section a language (`## ru`). In it `{name}` is an argument, `{name:before {} after}`
stands only when that argument is given, and `{calls}` becomes the calls of the metrics. In a lead `[…]` is left out when what it
names is empty or zero. An argument of a metric is a prompt's argument of the same name, `name=other`, `name='word'`, `day=as_of-30`,
`period=period.previous`, `period=period.year_ago`, `day=period.last` or `period=day.twelve_months`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from analyst import argument, result
from analyst.argument import Argument
from analyst.errors import BadArgument
from analyst.period import Period, year_ago
from analyst.settings import LANGUAGES

ROWS = 10
SPOKEN = argument.parse("lang choice? of ru|kk|en")

_TABLE = re.compile(r"(?:(?P<name>\w+)\s*=\s*)?(?P<metric>\w+)\s*\((?P<given>[^()]*)\)")
_GIVEN = re.compile(
    r"(?P<name>\w+)(?:\s*=\s*(?:'(?P<word>[^']*)'|(?P<other>\w+)(?:-(?P<back>\d+)|\.(?P<span>previous|year_ago|last|twelve_months))?))?"
)
_LINE = re.compile(r"(?P<key>[a-z_]+(?:\.[a-z]+)?):\s*(?P<value>.*)")
_SECTION = re.compile(r"^## (\w+)\s*$", re.MULTILINE)
_OPTIONAL = re.compile(r"\{(\w+):([^{}]*(?:\{\}[^{}]*)?)\}")
_FACTS = ("title", "about", "lead", "lead_one", "note")


class TemplateError(ValueError):
    """A template that cannot be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class Table:
    """A metric that the template asks. given: how its arguments are made of the template's; columns: shown, all when empty."""

    name: str
    metric: str
    given: tuple[Mapping[str, str | None], ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    rows: int = ROWS
    when: str = ""

    def arguments(self, values: Mapping[str, str], day: date) -> dict[str, str]:
        """The metric's arguments; what the template was not given is left out. day: of the snapshot."""
        made = {}
        for one in self.given:
            if (value := _made(one, values, day)) is not None:
                made[str(one["name"])] = value
        return made


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt: its texts by language, arguments, and the metrics behind it. own: it comes from the extension folder."""

    name: str
    titles: Mapping[str, str]
    abouts: Mapping[str, str]
    synonyms: tuple[str, ...]
    arguments: tuple[Argument, ...]
    tables: tuple[Table, ...]
    leads: Mapping[str, str]
    leads_of_one: Mapping[str, str]
    notes: Mapping[str, str]
    texts: Mapping[str, str]
    own: bool = False

    def check(self, given: Mapping[str, str], day: date) -> dict[str, str]:
        """What was given, each value in its plain form; defaults filled in. day: what words like «квартал» are counted from.

        Raises BadArgument for an argument that is missing, unknown or not of its type.
        """
        known = {a.name: a for a in self.arguments}
        if unknown := sorted(set(given) - set(known)):
            raise BadArgument(f"{self.name} has no argument {', '.join(unknown)[:60]}", near=known)
        values = {}
        for one in known.values():
            text = " ".join(given.get(one.name, "").split())
            if text or one.default:
                values[one.name] = one.typed(text or one.default, day)
            elif one.required:
                raise BadArgument(f"{self.name} needs {one.name}: {one.told()}", fix=one.example())
        return values

    def asked(self, values: Mapping[str, str]) -> list[Table]:
        """The tables that these arguments ask for."""
        return [table for table in self.tables if not table.when or values.get(table.when)]

    def calls(self, values: Mapping[str, str], day: date) -> list[str]:
        """The calls of the tool `metric` that answer it, none twice."""
        made = [
            f'metric {{"name":"{t.metric}","arguments":{result.dumps(t.arguments(values, day))}}}'
            for t in self.asked(values)
        ]
        return list(dict.fromkeys(made))

    def render(self, given: Mapping[str, str], day: date, language: str = "en") -> str:
        """The prompt. language: when `lang` is not given. Raises BadArgument."""
        values = self.check(given, day)
        text = _in(self.texts, values.get("lang", language))
        shown = {a.name: " ".join(given.get(a.name, "").split()) or values.get(a.name, "") for a in self.arguments}

        def optional(found: re.Match[str]) -> str:
            value = shown.get(found[1], "")
            return found[2].replace("{}", value) if value else ""

        calls = "\n".join(f"{n}. {call}" for n, call in enumerate(self.calls(values, day), start=1))
        # Arguments go in last and in one step: what a caller typed is never read as a template.
        text = _OPTIONAL.sub(optional, text)
        return re.sub(r"\{(\w+)\}", lambda found: (shown | {"calls": calls}).get(found[1], found[0]), text)

    def title(self, language: str) -> str:
        """What it is called."""
        return _in(self.titles, language) or self.name

    def about(self, language: str) -> str:
        """What it answers, in a sentence."""
        return _in(self.abouts, language)

    def card(self) -> dict[str, Any]:
        """What a caller must know to use it."""
        return {
            "prompt": self.name,
            "title": dict(self.titles),
            "summary": self.about("en"),
            "arguments": [a.told() for a in self.arguments if a.name != "lang"],
            "metrics": list(dict.fromkeys(f"{t.metric}({', '.join(map(_told, t.given))})" for t in self.tables)),
            "run": f"ask these metrics, or get the prompt {self.name}, or in a shell: analyst run {self.name}",
            "own": self.own or None,
        }


def parse(name: str, text: str, contracts: Mapping[str, str], *, own: bool = False) -> Template:
    """A template from its file. contracts: what every prompt ends with, by language. Raises TemplateError."""
    head, _, body = text.replace("\r\n", "\n").strip("\n").partition("\n\n")
    facts: dict[str, dict[str, str]] = {fact: {} for fact in _FACTS}
    synonyms: tuple[str, ...] = ()
    arguments: list[Argument] = []
    tables: list[Table] = []
    inside = ""
    for number, line in enumerate(head.splitlines(), start=1):
        if (found := _LINE.fullmatch(line.strip())) is None:
            raise TemplateError(f"line {number}: {line.strip()[:60]!r} is not `key: value`")
        key, value = found["key"], found["value"].strip()
        fact, _, language = key.partition(".")
        try:
            if line[:1].isspace():
                _deeper(inside, key, value, arguments, tables)
            elif key == "argument":
                inside = key
                arguments.append(argument.parse(value))
            elif key == "table":
                inside = key
                tables.append(_table(value))
            elif key == "synonyms":
                synonyms = _words(value)
            elif fact in facts and language in LANGUAGES:
                facts[fact][language] = value
            else:
                raise TemplateError(f"there is no key {key!r}")  # noqa: TRY301 (told with its line below)
        except (TemplateError, ValueError) as wrong:
            raise TemplateError(f"line {number}: {wrong}") from None
    if not facts["title"]:
        raise TemplateError("it has no title.ru, title.kk or title.en")
    made = Template(
        name, facts["title"], facts["about"], synonyms, (*arguments, SPOKEN), tuple(tables), facts["lead"], facts["lead_one"], facts["note"], _sections(body, contracts), own
    )  # fmt: skip
    _hold(made)
    return made


def _hold(made: Template) -> None:
    """Names that a table or a text uses are names of arguments, and no two arguments or tables have the same."""
    names = [a.name for a in made.arguments]
    tables = [t.name for t in made.tables]
    if double := [n for part in (names, tables) for n in part if part.count(n) > 1]:
        raise TemplateError(f"two arguments or tables are called {double[0]!r}")
    used = {str(g["other"] or g["name"]) for t in made.tables for g in t.given if g["word"] is None} - {"as_of"}
    used |= {t.when for t in made.tables if t.when}
    for text in made.texts.values():
        used |= set(re.findall(r"\{(\w+)[:}]", text)) - {"calls"}
    if unknown := sorted(used - set(names)):
        raise TemplateError(f"it uses {', '.join(unknown)}, which is no argument of it")
    for lead in (*made.leads.values(), *made.leads_of_one.values()):
        for table in re.findall(r"\{(\w+)\.", lead):
            if table not in tables:
                raise TemplateError(f"a lead uses the table {table!r}, which it has not")


def _deeper(inside: str, key: str, value: str, arguments: list[Argument], tables: list[Table]) -> None:
    """A line that belongs to the argument or the table above it."""
    if inside == "argument" and key in LANGUAGES:
        arguments[-1] = replace(arguments[-1], descriptions={**arguments[-1].descriptions, key: value})
    elif inside == "table" and key in LANGUAGES:
        tables[-1] = replace(tables[-1], headings={**tables[-1].headings, key: value})
    elif inside == "table" and key == "columns":
        tables[-1] = replace(tables[-1], columns=_words(value))
    elif inside == "table" and key == "rows":
        tables[-1] = replace(tables[-1], rows=int(value))
    elif inside == "table" and key == "when":
        tables[-1] = replace(tables[-1], when=value)
    else:
        raise TemplateError(f"{key!r} belongs to no argument or table")


def _table(text: str) -> Table:
    if (form := _TABLE.fullmatch(text)) is None:
        raise TemplateError(f"table: {text[:60]!r} is not `metric(argument, …)`")
    given = []
    for part in _words(form["given"]):
        if (one := _GIVEN.fullmatch(part)) is None:
            raise TemplateError(f"table: {part[:40]!r} is not an argument of a metric")
        given.append(one.groupdict())
    return Table(form["name"] or form["metric"], form["metric"], tuple(given))


def _made(one: Mapping[str, str | None], values: Mapping[str, str], day: date) -> str | None:
    if one["word"] is not None:
        return one["word"]
    source = str(one["other"] or one["name"])
    value = values.get(source)
    if one["back"]:
        return (date.fromisoformat(value or day.isoformat()) - timedelta(days=int(one["back"]))).isoformat()
    if one["span"] == "twelve_months":
        last = date.fromisoformat(value or day.isoformat())
        return str(Period(year_ago(last) + timedelta(days=1), last))
    if one["span"] and value:
        span = Period.read(value, day)
        return span.last.isoformat() if one["span"] == "last" else str(getattr(span, one["span"]))
    return value


def _told(one: Mapping[str, str | None]) -> str:
    if one["word"] is not None:
        return f"{one['name']}='{one['word']}'"
    tail = f"-{one['back']} days" if one["back"] else f" {one['span']}" if one["span"] else ""
    return f"{one['name']}={one['other']}{tail}" if one["other"] else str(one["name"])


def _sections(body: str, contracts: Mapping[str, str]) -> dict[str, str]:
    parts = _SECTION.split(body)
    texts = {}
    for language, text in zip(parts[1::2], parts[2::2], strict=True):
        if language not in LANGUAGES:
            raise TemplateError(f"## {language} is none of {', '.join(LANGUAGES)}")
        whole = text.strip() if "{calls}" in text else f"{text.strip()}\n\n{{calls}}"
        texts[language] = f"{whole}\n\n{contracts.get(language, '')}".strip()
    if not texts:
        raise TemplateError("it has no text: a section `## ru`, `## kk` or `## en` below the head")
    return texts


def _in(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in the nearest that there is."""
    return next((texts[one] for one in (language, "ru", "en", "kk") if one in texts), "")


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in text.split(","))))


def by_section(text: str) -> dict[str, str]:
    """Texts by language from a file of sections."""
    parts = _SECTION.split(text)
    return {language: part.strip() for language, part in zip(parts[1::2], parts[2::2], strict=True)}
