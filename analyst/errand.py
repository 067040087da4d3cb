"""`analyst run`: a template asked once, for cron or a terminal, and printed. The command line of a template is made of its arguments."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path

import anyio

from analyst import brief, letter, reconcile
from analyst.argument import parse
from analyst.audit import Audit
from analyst.brief import Brief
from analyst.errors import Ambiguous, AnalystError, BadArgument, NotKnown
from analyst.extension import Definitions, read
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror, Pinned
from analyst.template import Template
from analyst.tools import Analyst

OK, MISUSE, MISSING = 0, 2, 3
_CALL = re.compile(r"(?:find|describe|metric|query|explain) \{")
_AS_OF = parse("as_of date?")
_PLAIN_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Errand:
    """What the command line asked for. given: `--argument name=value`; words: the flags that are the template's own; rows: of each table."""

    template: str
    given: Sequence[str] = ()
    words: Sequence[str] = ()
    as_of: str = ""
    lang: str = ""
    form: str = "md"
    table: str = ""
    rows: int = 0
    data: Path | None = None


def run(errand: Errand, settings: Settings, now: datetime | None = None) -> int:
    """Print the answer on stdout, what went wrong on stderr. Returns 0; 2 for wrong arguments; 3 when something has no answer."""
    # One question after another, each of one snapshot: one worker is enough.
    settings = replace(settings, data=errand.data or settings.data, caller="run", workers=1, spares=0)
    for stream in (sys.stdout, sys.stderr):
        # A pipe of Windows speaks the code page of the machine unless told otherwise.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    known = read(settings.extensions_folder)
    if not errand.template:
        sys.stdout.write("\n".join(listed(known.templates, errand.lang or settings.lang)) + "\n")
        return OK
    try:
        told = anyio.run(_ask, errand, settings, known, now or datetime.now(UTC))
    except (BadArgument, NotKnown, Ambiguous) as error:
        sys.stderr.write(_complaint(error))
        return MISUSE
    except AnalystError as error:
        sys.stderr.write(_complaint(error))
        return MISSING
    sys.stdout.write(_printed(told, errand, known))
    if errand.form == "csv":
        sys.stderr.write("".join(f"{warning}\n" for warning in told.warnings))
    return OK if told.whole else MISSING


def listed(templates: Mapping[str, Template], language: str) -> list[str]:
    """A line for each template: how it is called and with what."""
    widest = max(map(len, templates), default=0)
    return [
        f"{one.name:<{widest}}  {one.title(language)} ({', '.join(a.told() for a in one.arguments if a.name != 'lang')})"
        for one in templates.values()
    ]


async def _ask(errand: Errand, settings: Settings, known: Definitions, now: datetime) -> Brief:
    template = known.templates.get(errand.template)
    if template is None:
        near = get_close_matches(errand.template, known.templates, n=5, cutoff=0.4) or list(known.templates)
        raise NotKnown(f"there is no template {errand.template[:60]!r}", near=near, fix="analyst run")
    if errand.table and errand.table not in [t.name for t in template.tables]:
        raise BadArgument(f"there is no table {errand.table[:40]!r}", near=[t.name for t in template.tables])
    given, day = arguments(template, errand)
    audit = Audit(settings.audit_folder, settings.caller, settings.role)
    analyst = Analyst(
        settings,
        Pinned(settings.data, settings.role, snapshot=Mirror(settings.data, settings.role).current()),
        Pool(settings),
        audit,
        known.metrics,
        reconcile.read(known.metrics),
        known.templates,
    )
    try:
        return await brief.ask(
            analyst,
            template,
            given,
            language=given.get("lang") or settings.lang,
            now=now,
            rows=errand.rows or (0 if errand.form == "md" else _PLAIN_ROWS),
            day=day,
        )
    finally:
        analyst.pool.close()
        audit.close()


def arguments(template: Template, errand: Errand) -> tuple[dict[str, str], date | None]:
    """The template's arguments as the command line gives them, and the day of a template that takes none. Raises BadArgument."""
    given: dict[str, str] = {}
    for pair in errand.given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadArgument(f"--argument {pair[:40]} is not name=value", fix="--argument period=2025-Q4")
        given[name.strip().replace("-", "_")] = value
    words = list(errand.words)
    while words:
        flag = words.pop(0)
        name, equals, value = flag.removeprefix("--").partition("=")
        if not flag.startswith("--") or not (equals or words):
            known = [f"--{a.name.replace('_', '-')}" for a in template.arguments]
            raise BadArgument(f"{flag[:40]!r} is no flag with a value", near=known)
        given[name.replace("-", "_")] = value if equals else words.pop(0)
    if errand.lang:
        given["lang"] = errand.lang
    if not errand.as_of:
        return given, None
    for one in template.arguments:
        if one.type == "date" and one.name in ("as_of", "date"):
            given.setdefault(one.name, errand.as_of)
            return given, None
    return given, date.fromisoformat(_AS_OF.typed(errand.as_of, date.min))


def _printed(told: Brief, errand: Errand, known: Definitions) -> str:
    if errand.form == "json":
        return letter.as_json(told)
    if errand.form == "csv":
        return letter.as_csv(told, errand.table)
    return letter.markdown(told, known.metrics)


def _complaint(error: AnalystError) -> str:
    near = f" ({'; '.join(error.near)})" if error.near else ""
    fix = _in_a_shell(error.fix)
    return f"analyst run: {error.why}{near}" + (f"; try: {fix}" if fix else "") + "\n"


def _in_a_shell(fix: str) -> str:
    """A fix as a person types it here: arguments as flags, and no call of a tool that only a chat has."""
    try:
        return " ".join(f"--{name} {shlex.quote(str(value))}" for name, value in json.loads(f"{{{fix}}}").items())
    except ValueError:
        return "" if _CALL.match(fix) else fix
