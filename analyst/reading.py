"""What a statement that does not run was meant to be, where that is certain: mended one slip after another until it runs.

The worker runs what comes of it, after the guard has judged that very text, and the answer tells every change. What is not certain is no
business of these modules: the error offers it as a fix, and the caller decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from analyst import dialect, elsewhere, fields, lateral, macro, operands, parsed, places
from analyst import likely as likely_
from analyst.catalog import Catalog
from analyst.errors import AnalystError, QueryFailed, Refused
from analyst.parsed import Mend, Parsed

READABLE = 10_000  # characters of a statement that is read again
ROUNDS = 12  # slips of one statement
NOTE = 100  # characters of what was changed
# Refusals that a slip explains. After any other one the statement is not touched.
_RULES = frozenset(
    "relations table_functions macro_arguments functions function_paths types sizes".split()  # noqa: SIM905
)
SLIPS: tuple[Callable[[Parsed, str], Mend | None], ...] = (
    places.relations, macro.arguments, places.aliases, fields.columns, fields.using, fields.grouping,
    operands.days, operands.patterns, operands.counted, operands.joined,
)  # fmt: skip


LIKELY: tuple[Callable[[Parsed, str], Iterator[Mend]], ...] = (
    elsewhere.relations,
    likely_.columns,
    likely_.relations,
    likely_.values,
    lateral.neighbours,
    macro.completed,
)
# Certain as well, but a promise of the guard stands against it: the caller is shown the other name.
OFFERED: tuple[Callable[[Parsed, str], Mend | None], ...] = (places.ctes,)


def offered(sql: str, error: AnalystError, catalog: Catalog, as_of: str, serialize: Callable[[str], str]) -> str | None:
    """A text to show the caller of one that was refused; None where there is none."""
    if len(sql) > READABLE or error.rule != "guard.cte_names":
        return None
    if (now := parsed.parse(sql, catalog, as_of, serialize)) is None:
        return None
    return next((mend.sql for slip in OFFERED if (mend := slip(now, error.why)) is not None), None)


def _readable(sql: str, error: AnalystError) -> bool:
    """Whether a text is short enough, and was stopped by what a slip explains: the parser meets no other one."""
    explained = not isinstance(error, Refused) or error.rule.removeprefix("guard.") in _RULES
    return len(sql) <= READABLE and isinstance(error, QueryFailed | Refused) and explained


def likely(
    sql: str, error: AnalystError, catalog: Catalog, as_of: str, serialize: Callable[[str], str]
) -> Iterator[str]:
    """Texts that may be what was meant, likeliest first, each with one slip less; none of them is checked."""
    if not _readable(sql, error) or (now := parsed.parse(sql, catalog, as_of, serialize)) is None:
        return
    with suppress(
        KeyError, TypeError, AttributeError, IndexError
    ):  # a shape of the parse that these readers were not written for
        for slip in LIKELY:
            yield from (mend.sql for mend in slip(now, error.why) if mend.sql != sql)


def mended(sql: str, error: AnalystError, catalog: Catalog, as_of: str, serialize: Callable[[str], str]) -> Mend | None:
    """A text that means the same as this one with one kind of slip less; None where nothing is certain. error: what was said of it.

    serialize: runs the engine's json_serialize_sql on a text that the guard has let through to the parser.
    """
    if not _readable(sql, error):
        return None
    here, notes = dialect.here(sql)
    if notes:
        return Mend(here, notes)
    if (now := parsed.parse(sql, catalog, as_of, serialize)) is None:
        return None
    found = (slip(now, error.why) for slip in SLIPS)
    return next((mend for mend in found if mend is not None and mend.sql != sql), None)


def short(note: str) -> str:
    """A note that costs few tokens whatever it tells of; the receipt holds the whole statement."""
    return note if len(note) <= NOTE else f"{note[: NOTE - 1]}…"
