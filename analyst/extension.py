"""What a company adds without Python: `prompts/*.md`, `metrics/*.sql` and `documents/*.sql` of its folder, read when the server starts.

A file that cannot be read, or that takes a name already given, is left out and named; the rest serves. Their SQL goes the way of
every statement: through the guard, into a worker with its limits. Relations (`mart/*.sql`) are built by the sync.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import sql
from analyst import documents, metrics, prompts, template
from analyst.documents import Documents
from analyst.metrics import Metric
from analyst.template import Template, TemplateError

BYTES = 64 * 1024
_NAME = re.compile(r"[a-z][a-z0-9_]{1,59}")
_T = TypeVar("_T", Metric, Template, Documents)

log = logging.getLogger("analyst.extension")


@dataclass(frozen=True, slots=True)
class Definitions:
    """Every metric with its documents, and every template, shipped ones and the company's own.

    faults: a sentence about each file that was left out.
    """

    metrics: Mapping[str, Metric]
    templates: Mapping[str, Template]
    documents: Mapping[str, Documents]
    faults: tuple[str, ...] = ()


def read(folder: Path) -> Definitions:
    """The shipped definitions and those of the folder, which may be absent."""
    faults: list[str] = []
    known = metrics.read()
    shipped = prompts.read()
    relations = frozenset().union(*map(sql.names, ("core", "settlement", "mart")))
    known |= _added(folder / "metrics", ".sql", known.keys() | shipped.keys() | relations, faults, _metric)

    def held(name: str, text: str) -> Template:
        return _template(name, text, known)

    def behind(name: str, text: str) -> Documents:
        return _documents(name, text, known)

    templates = shipped | _added(folder / "prompts", ".md", shipped.keys(), faults, held)
    listed = documents.read()
    listed |= _added(folder / documents.FOLDER, ".sql", listed.keys(), faults, behind)
    for fault in faults:
        log.warning("extension left out: %s", fault)
    return Definitions(known, templates, listed, tuple(faults))


def _added(
    folder: Path, ending: str, taken: AbstractSet[str], faults: list[str], parse: Callable[[str, str], _T]
) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for path in _files(folder, ending):
        place = f"{folder.name}/{path.name}"
        name = path.name.removesuffix(ending)
        try:
            if not _NAME.fullmatch(name):
                raise TemplateError("its name must be small Latin letters, digits and _")  # noqa: TRY301 (told with its file below)
            if name in taken:
                raise TemplateError(f"{name} is a shipped name; give the file another")  # noqa: TRY301
            made = parse(name, _text(path))
        except (TemplateError, sql.HeaderError, UnicodeError, OSError) as wrong:
            faults.append(f"{place}: {_told(wrong, place)}")
            continue
        found[name] = made
    return found


def _text(path: Path) -> str:
    """A file as a person sees it. Raises TemplateError: a complaint about a link would print what it leads to."""
    if path.is_symlink():
        raise TemplateError("it is a link; put the file itself here")
    if path.stat().st_size > BYTES:
        raise TemplateError(f"it is larger than {BYTES} bytes")
    text = path.read_text(encoding="utf-8-sig")
    if unseen := sql.unseen(text):
        raise TemplateError(f"it holds a character that cannot be seen, {unseen}")
    return text


def _files(folder: Path, ending: str) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.name.endswith(ending) and path.is_file())
    except OSError:
        return  # there is no such folder


def _told(wrong: Exception, place: str) -> str:
    if isinstance(wrong, UnicodeError):
        return "it is not UTF-8"
    if isinstance(wrong, OSError):
        return wrong.strerror or type(wrong).__name__
    return str(wrong).removeprefix(f"{place}:").removeprefix(place).strip()


def _metric(name: str, text: str) -> Metric:
    definition = sql.parse(name, "metrics", text)
    if definition.facts.get("id", name) != name:
        raise sql.HeaderError("its id differs from the file's name")
    if not definition.summary or not definition.columns or not definition.body:
        raise sql.HeaderError("it needs a summary, a line for each column, and a SELECT below the header")
    return metrics.defined(definition, own=True)


def _documents(name: str, text: str, known: Mapping[str, Metric]) -> Documents:
    made = documents.defined(sql.parse(name, documents.FOLDER, text))
    if (metric := known.get(name)) is None:
        raise sql.HeaderError(f"there is no metric {name!r}")
    if wrong := set(made.parts) - {column.name for column in metric.columns}:
        raise sql.HeaderError(f"the metric {name} has no column {', '.join(sorted(wrong))}")
    return made


def _template(name: str, text: str, known: Mapping[str, Metric]) -> Template:
    made = template.parse(name, text, prompts.contracts(), own=True)
    for table in made.tables:
        metric = known.get(table.metric)
        if metric is None:
            raise TemplateError(f"there is no metric {table.metric!r}")
        if (
            wrong := {str(g["name"]) for g in table.given}
            - {p.name for p in metric.parameters}
            - ({"as_of"} if metric.dated else set())
        ):
            raise TemplateError(f"the metric {metric.id} has no argument {', '.join(sorted(wrong))}")
    return made
