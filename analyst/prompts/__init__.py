"""Prompt templates: one .md file each, its head naming the arguments and where their completions come from.

In the text `{name}` is an argument, and `{name:before {} after}` appears only when that argument is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

_ARGUMENT = re.compile(r"(?P<name>\w+)(?P<optional>\?)?\s+(?P<description>[^\[]+?)\s*(?:\[(?P<completion>\w+)\])?")
_OPTIONAL = re.compile(r"\{(\w+):([^{}]*(?:\{\}[^{}]*)?)\}")
_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a template. completion: what kind of thing it names, empty when nothing is offered."""

    name: str
    description: str
    required: bool
    completion: str


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt: its texts and arguments."""

    name: str
    title: str
    description: str
    arguments: tuple[Argument, ...]
    text: str

    def render(self, given: Mapping[str, str]) -> str:
        """The prompt with these arguments; what callers typed stays on one line."""
        values = {a.name: " ".join(given.get(a.name, "").split())[:_LENGTH] for a in self.arguments}

        def optional(found: re.Match[str]) -> str:
            value = values.get(found[1], "")
            return found[2].replace("{}", value) if value else ""

        text = _OPTIONAL.sub(optional, self.text)
        return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def _template(name: str, text: str, contract: str) -> Template:
    head, _, body = text.partition("\n\n")
    facts: dict[str, str] = {}
    arguments = []
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        if key != "argument":
            facts[key] = value
        elif found := _ARGUMENT.fullmatch(value):
            arguments.append(
                Argument(found["name"], found["description"], not found["optional"], found["completion"] or "")
            )
    return Template(
        name, facts["title"], facts["description"], tuple(arguments), body.strip() + "\n" + contract.rstrip()
    )


def read() -> dict[str, Template]:
    """Every template by name."""
    place = files(__name__)
    contract = place.joinpath("contract.txt").read_text(encoding="utf-8")
    found = sorted((f for f in place.iterdir() if f.name.endswith(".md")), key=lambda f: f.name)
    return {
        f.name.removesuffix(".md"): _template(f.name.removesuffix(".md"), f.read_text(encoding="utf-8"), contract)
        for f in found
    }
