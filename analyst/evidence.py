"""What a selfcheck found, as a record and as a page for an auditor: names and counts, no path of the host, no value of a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analyst.corpus import Case
from analyst.promises import PROMISES, Promise

Ending = Literal["refused", "failed", "bounded", "answered", "late", "broken"]
ATTACK_ENDINGS = ("refused", "failed", "bounded", "leaked")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case ended. held: as strongly as the case expects. rule: the guard's, when it refused."""

    case: Case
    ending: Ending
    held: bool
    rule: str = ""

    @property
    def counted(self) -> str:
        """The column of the report it belongs to."""
        if not self.held:
            return "leaked"
        return self.ending if self.ending in ("refused", "failed") else "bounded"


@dataclass(frozen=True, slots=True)
class Report:
    """about: what was checked, in pairs. found: sentences by promise that was measured, none when it held. outcomes: in the corpus's order."""

    about: Mapping[str, str]
    outcomes: Sequence[Outcome]
    found: Mapping[str, Sequence[str]]
    seconds: float

    @property
    def attacks(self) -> list[Outcome]:
        """The outcomes of attacks."""
        return [o for o in self.outcomes if o.case.kind == "attack"]

    @property
    def legal(self) -> list[Outcome]:
        """The outcomes of honest statements."""
        return [o for o in self.outcomes if o.case.kind == "legal"]

    @property
    def leaked(self) -> list[Outcome]:
        """Attacks that ended more weakly than promised."""
        return [o for o in self.attacks if not o.held]

    @property
    def ok(self) -> bool:
        """No leak, every honest statement allowed, no promise broken."""
        return all(o.held for o in self.outcomes) and not any(self.found.values())

    def state(self, promise: Promise) -> tuple[str, str]:
        """Of one promise: held, broken or by tests (not tried on this mirror); and by what."""
        tried = [o for o in self.attacks if o.case.topic in promise.topics]
        refusals = sum(o.rule == promise.id for o in self.attacks)
        wrong = [f"attack {o.case.id}" for o in tried if not o.held] + list(self.found.get(promise.id, ()))
        if wrong:
            return "broken", "; ".join(wrong[:5]) + (f" and {len(wrong) - 5} more" if wrong[5:] else "")
        by = [f"{len(tried)} attacks"] if tried else []
        by += [f"{refusals} refused by this rule"] if refusals else []
        by += ["measured"] if promise.id in self.found else []
        return ("held", ", ".join(by)) if by else ("by tests", "")

    def promises(self) -> list[dict[str, str]]:
        """Every promise with its state."""
        told = [(promise, *self.state(promise)) for promise in PROMISES]
        return [{"id": p.id, "promise": p.text, "state": state, "by": by} for p, state, by in told]

    def classes(self) -> dict[str, dict[str, int]]:
        """Attacks by class: tried, and how they ended."""
        counts: dict[str, Counter[str]] = {}
        for outcome in self.attacks:
            counts.setdefault(outcome.case.topic, Counter())[outcome.counted] += 1
        return {
            topic: {"tried": count.total(), **{ending: count[ending] for ending in ATTACK_ENDINGS}}
            for topic, count in sorted(counts.items())
        }

    def record(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "ok": self.ok,
            "about": dict(self.about),
            "attacks": {
                "tried": len(self.attacks),
                "leaked": len(self.leaked),
                "classes": self.classes(),
                "leaks": [_told(o) for o in self.leaked],
            },
            "legal": {
                "tried": len(self.legal),
                "allowed": sum(o.held for o in self.legal),
                "not_allowed": [_told(o) for o in self.legal if not o.held],
            },
            "promises": self.promises(),
            "seconds": round(self.seconds, 1),
        }

    def lines(self) -> Iterator[str]:
        """The report for a reader."""
        said = self.record()
        yield f"Selfcheck: {'every promise held' if self.ok else 'NOT every promise held'}\n"
        yield from (f"{name:<18} {text}" for name, text in self.about.items())
        yield "\nPromises (held: tried here; by tests: held by the tests of this release, not tried here)\n"
        for promise in said["promises"]:
            yield f"{promise['state']:<9} {promise['id']:<26} {promise['promise']}"
            if promise["by"]:
                yield f"{'':<9} {'':<26} {promise['by']}"
        yield f"\n{'Attacks':<20}{'tried':>8}" + "".join(f"{ending:>9}" for ending in ATTACK_ENDINGS)
        classes = said["attacks"]["classes"]
        total = {key: sum(counts[key] for counts in classes.values()) for key in ("tried", *ATTACK_ENDINGS)}
        for topic, counts in (*classes.items(), ("all", total)):
            yield f"{topic:<20}{counts['tried']:>8}" + "".join(f"{counts[ending]:>9}" for ending in ATTACK_ENDINGS)
        for leak in said["attacks"]["leaks"]:
            yield f"LEAKED {leak['id']} ({leak['claim']}): expected {leak['expected']}, {leak['ended']}"
        legal = said["legal"]
        yield f"\nHonest statements allowed: {legal['allowed']} of {legal['tried']}"
        for case in legal["not_allowed"]:
            yield f"NOT ALLOWED {case['id']} ({case['claim']}): {case['ended']}"
        yield f"\n{len(self.leaked)} leaked, {said['seconds']} s"


def _told(outcome: Outcome) -> dict[str, str]:
    case = outcome.case
    ended = outcome.ending + (f" by {outcome.rule}" if outcome.rule else "")
    return {"id": case.id, "claim": case.claim, "expected": case.expect, "ended": ended}
