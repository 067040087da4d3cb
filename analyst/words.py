"""What columns, codes and set phrases are called in Russian, Kazakh and English. What has no word here keeps its own name."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _all() -> Mapping[tuple[str, str], Mapping[str, str]]:
    text = files("analyst").joinpath("words.csv").read_text(encoding="utf-8")
    return {(row["kind"], row["key"]): row for row in csv.DictReader(text.splitlines())}


def of(kind: str, key: str, language: str) -> str:
    """The word for a key, empty when there is none. kind: say, argument, column, value or source."""
    return _all().get((kind, key), {}).get(language, "")


def say(key: str, language: str, *parts: object) -> str:
    """A set phrase with its parts filled in."""
    return of("say", key, language).format(*parts)


def column(name: str, language: str) -> str:
    """The heading of a column."""
    return of("column", name, language) or name
