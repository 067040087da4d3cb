"""Whether a statement asks the clock: then the same text over the same data has another answer at another moment."""

from __future__ import annotations

from collections.abc import Iterable

from analyst.tree import Site, fold

# Functions, and names that the engine turns into functions, whose value is of the moment. `age` of one argument is counted from today.
MOMENT = frozenset(
    "age ago current_date current_localtime current_localtimestamp current_time current_timestamp get_current_time get_current_timestamp "  # noqa: SIM905
    "localtime localtimestamp now today transaction_timestamp".split()
)


def asked(sites: Iterable[Site]) -> bool:
    """Whether any place of a statement is, or could be read as, a call of one of them."""
    for site in sites:
        if site.kind in ("FUNCTION", "WINDOW"):
            name = site.node["function_name"]
        elif site.kind == "COLUMN_REF":
            name = site.node["column_names"][-1]
        else:
            continue
        if fold(name) in MOMENT:
            return True
    return False
