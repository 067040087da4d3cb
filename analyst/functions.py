"""The frozen list of engine functions that a caller may use: one file an engine version, written by `python -m analyst.functions`.

A version without a file is not served: a new engine brings new functions, and each must be looked at before it is allowed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from analyst.tree import fold

# What a denied function would give away or cost; the rest of the engine's scalar and aggregate functions compute on their arguments only.
DENIED_PREFIXES = (
    "__",
    "collate_",
    "icu_",
    "pg_",
    "has_",
    "inet_",
    "current_",
    "json_serialize",
    "json_deserialize",
    "json_copy",
    "st_",
)
DENIED = frozenset(
    [
        # dynamic SQL, statistics, settings, identity, catalog
        *(
            "query",
            "query_table",
            "stats",
            "getvariable",
            "in_search_path",
            "txid_current",
            "version",
            "user",
            "session_user",
        ),
        *(
            "format_pg_type",
            "format_type",
            "obj_description",
            "col_description",
            "shobj_description",
            "map_to_pg_oid",
            "get_block_size",
        ),
        *("hive_partition_component", "parse_duckdb_log_message", "vector_type"),
        # side effects, state, waiting
        *("nextval", "currval", "setval", "setseed", "write_log", "sleep_ms", "checkpoint"),
        # errors that print their argument
        *("error", "assert_true"),
        # engine internals
        *(
            "create_sort_key",
            "invoke",
            "make_type",
            "cast_to_type",
            "finalize",
            "combine",
            "combine_aggr",
            "to_aggregate_state",
            "replace_type",
        ),
        *(
            "remap_struct",
            "constant_or_null",
            "get_type",
            "can_cast_implicitly",
            "bitstring_byte_comparable",
            "timetz_byte_comparable",
        ),
        *(
            "index_key",
            "variant_bytes_to_variant",
            "variant_to_parquet_variant",
            "variant_comparator",
            "variant_normalize",
        ),
        *("variant_group_object", "variant_group_array"),
        # one cheap call that makes gigabytes or runs for minutes
        *(
            "repeat",
            "lpad",
            "rpad",
            "printf",
            "format",
            "bitstring",
            "factorial",
            "damerau_levenshtein",
        ),
        *(
            "list_resize",
            "array_resize",
            "bar",
            "to_base",
            "range",
            "generate_series",
            "equi_width_bins",
            "overlay",
        ),
        *("!__postfix", "reservoir_quantile"),
    ]
)
# The grammar's own, and the dates that the engine reads from the clock: harmless, and analysts write them.
ADDED = ("unnest", "current_date", "current_localtimestamp", "current_localtime", "get_current_timestamp")


def choose(names: Iterable[str]) -> list[str]:
    """The allowed among an engine's function names, as calls are compared, sorted."""
    kept = {fold(n) for n in names if n not in DENIED and not n.startswith(DENIED_PREFIXES)}
    return sorted(kept | set(ADDED))


def _file_name(version: str) -> str:
    return f"functions-{version.removeprefix('v')}.txt"


@cache
def allowed(version: str) -> frozenset[str] | None:
    """The frozen list of one engine version, None when that version was never examined."""
    place = files(__package__).joinpath(_file_name(version))
    if not place.is_file():
        return None
    return frozenset(place.read_text(encoding="utf-8").split("\n")) - {""}


def main() -> None:
    """Write the list of the installed engine beside this module; look at the difference before keeping it."""
    import duckdb  # noqa: PLC0415 (the server imports this module and must not load the engine)

    with duckdb.connect() as con:
        kinds = ["scalar", "aggregate", "macro", "window"]
        rows = con.execute(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN (SELECT unnest(?))", [kinds]
        ).fetchall()
        (version,) = con.execute("SELECT version()").fetchone() or ("",)
    names = choose(row[0] for row in rows)
    path = Path(__file__).with_name(_file_name(version))
    path.write_text("\n".join(names) + "\n", encoding="utf-8", newline="\n")
    sys.stderr.write(f"{path.name}: {len(names)} of {len(rows)} functions\n")


if __name__ == "__main__":
    main()
