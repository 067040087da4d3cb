"""The shipped prompt templates, one .md file each; `analyst.template` says how such a file is written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from analyst import template
from analyst.template import Template


@cache
def contracts() -> Mapping[str, str]:
    """What every prompt ends with, by language."""
    return template.by_section(files(__name__).joinpath("contract.txt").read_text(encoding="utf-8"))


def read() -> dict[str, Template]:
    """Every shipped template by name."""
    found = sorted((f for f in files(__name__).iterdir() if f.name.endswith(".md")), key=lambda f: f.name)
    names = [f.name.removesuffix(".md") for f in found]
    return {
        name: template.parse(name, f.read_text(encoding="utf-8"), contracts())
        for name, f in zip(names, found, strict=True)
    }
