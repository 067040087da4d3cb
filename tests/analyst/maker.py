"""Random queries over published relations, each giving one column n. What they name is not known to be allowed: an oracle says so."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

TABLES = ("doc", "cp", "org", "fx_rate")
HIDDEN = ("hid", "honey_hidden", "raw.clients", "SECRET", '"Hid"', "`honey_view`", "main.hid")
CTE_NAMES = ("a", "b", "hid", "secret", "honey_hidden", "Hid", '"hid"', "`HID`", "sqlite_master", '"h.csv"')


@dataclass(slots=True)
class Maker:
    """tables: published names. hidden: names that are in the file and not published; none for an honest query."""

    chance: Random
    tables: tuple[str, ...]
    hidden: tuple[str, ...] = ()

    def query(self, depth: int, scope: tuple[str, ...] = ()) -> str:
        if depth <= 0:
            return f"SELECT count(*) AS n FROM {self.relation(scope)}"
        kinds = (
            self.counted,
            self.valued,
            self.united,
            self.named,
            self.recursive,
            self.nested,
            self.joined,
            self.turned,
            self.ordered,
        )
        return self.chance.choice(kinds)(depth - 1, scope)

    def alone(self, depth: int, scope: tuple[str, ...]) -> str:
        """A query that may stand after WITH: of two WITHs, the second in brackets, the engine loses one."""
        made = self.query(depth, scope)
        return f"SELECT n FROM ({made}) w" if made.startswith("WITH") else made

    def relation(self, scope: tuple[str, ...]) -> str:
        roll = self.chance.random()
        if self.hidden and roll < 0.15:
            return self.chance.choice(self.hidden)
        if scope and roll < 0.65:
            return self.chance.choice((self.chance.choice(scope), self.chance.choice(scope).upper()))
        if roll < 0.75:
            return self.chance.choice(("range(3)", "unnest([1, 2])", "(VALUES (1))", "generate_series(1, 2)"))
        return self.chance.choice(("", "", "main.", '"main".')) + self.chance.choice(self.tables)

    def counted(self, depth: int, scope: tuple[str, ...]) -> str:
        sources = [self.relation(scope) if self.chance.random() < 0.6 else f"({self.query(depth, scope)}) t{i}" for i in range(self.chance.randint(1, 2))]  # fmt: skip
        if len(sources) > 1:
            sources = [f"(SELECT * FROM {s} LIMIT 5) s{i}" for i, s in enumerate(sources)]
        where = self.chance.choice(("", " WHERE {c}", " HAVING {c}", " QUALIFY row_number() OVER () > 0 AND {c}"))
        return f"SELECT count(*) AS n FROM {', '.join(sources)}" + where.format(c=self.condition(depth, scope))

    def condition(self, depth: int, scope: tuple[str, ...]) -> str:
        form = self.chance.choice(
            ("true", "EXISTS ({q})", "1 IN ({q})", "({q}) >= 0", "1 <> ALL ({q})", "coalesce(({q}), 1) = 1")
        )
        return form.format(q=self.query(depth, scope))

    def valued(self, depth: int, scope: tuple[str, ...]) -> str:
        form = self.chance.choice((
            "SELECT ({q}) AS n", "SELECT [({q})][1] AS n", "SELECT {{'k': ({q})}}['k'] AS n", "SELECT CASE WHEN ({q}) > 0 THEN 1 ELSE 2 END AS n",
            "VALUES (({q}))", "SELECT unnest([({q})]) AS n",
            "SELECT sum(({q})) OVER ()::BIGINT AS n", "SELECT max(({q})) FILTER (WHERE true) AS n",
        ))  # fmt: skip
        made = form.format(q=self.query(depth, scope))
        return f"SELECT n FROM ({made}) v(n)" if made.startswith("VALUES") else made

    def united(self, depth: int, scope: tuple[str, ...]) -> str:
        sign = self.chance.choice(("UNION ALL", "UNION", "EXCEPT", "INTERSECT", "UNION ALL BY NAME"))
        return f"({self.query(depth, scope)}) {sign} ({self.query(depth, scope)})"

    def named(self, depth: int, scope: tuple[str, ...]) -> str:
        """CTEs in order: each sees those before it, and sometimes tries to see itself or those after it."""
        names = self.chance.sample(CTE_NAMES, self.chance.randint(1, 2))
        if len({n.strip('"`').lower() for n in names}) < len(names):
            names = names[:1]
        parts, seen = [], scope
        for name in names:
            early = tuple(names) if self.hidden and self.chance.random() < 0.3 else ()
            how = self.chance.choice(("", "", "MATERIALIZED ", "NOT MATERIALIZED "))
            parts.append(f"{name} AS {how}({self.query(depth, seen + early)})")
            seen += (name,)
        return f"WITH {', '.join(parts)} {self.alone(depth, seen)}"

    def recursive(self, depth: int, scope: tuple[str, ...]) -> str:
        name = self.chance.choice(CTE_NAMES)
        early = (name,) if self.hidden and self.chance.random() < 0.3 else ()
        arm = f"SELECT n + 1 FROM {name} WHERE n < 3"
        if self.chance.random() < 0.4:
            arm += f" AND {self.condition(0, scope)}"
        sign = self.chance.choice(("UNION ALL", "UNION"))
        return f"WITH RECURSIVE {name}(n) AS (({self.query(depth, scope + early)}) {sign} {arm}) {self.alone(depth, (*scope, name))}"

    def nested(self, depth: int, scope: tuple[str, ...]) -> str:
        form = self.chance.choice(
            (
                "FROM ({q}) z",
                "SELECT z.n FROM ({q}) z",
                "SELECT * FROM (({q})) z",
                "FROM ({q}) z SELECT n",
                "SELECT sum(n)::BIGINT AS n FROM ({q}) z",
            )
        )
        return form.format(q=self.query(depth, scope))

    def joined(self, depth: int, scope: tuple[str, ...]) -> str:
        left, right = self.query(depth, scope), self.query(depth, scope)
        how = self.chance.choice(("JOIN", "LEFT JOIN", "SEMI JOIN", "ANTI JOIN", "FULL JOIN", "ASOF JOIN"))
        on = "x.n >= y.n" if how == "ASOF JOIN" else self.chance.choice(("x.n = y.n", "true", "x.n IS NOT NULL"))
        form = f"SELECT x.n FROM ({left}) x {how} ({right}) y ON {on}"
        return self.chance.choice((form, f"SELECT x.n FROM ({left}) x, LATERAL ({right}) y", f"SELECT x.n FROM ({left}) x POSITIONAL JOIN ({right}) y"))  # fmt: skip

    def turned(self, depth: int, scope: tuple[str, ...]) -> str:
        form = self.chance.choice((
            "SELECT count(*) AS n FROM (PIVOT ({q}) ON n IN (0, 1) USING count(*))", "SELECT count(*) AS n FROM (UNPIVOT ({q}) ON n)",
            "SELECT n FROM (SELECT n, row_number() OVER (ORDER BY n) AS r FROM ({q}) z) QUALIFY r = max(r) OVER ()",
        ))  # fmt: skip
        return form.format(q=self.query(depth, scope))

    def ordered(self, depth: int, scope: tuple[str, ...]) -> str:
        form = self.chance.choice(("ORDER BY n, ({s})", "LIMIT ({s})", "ORDER BY 1 LIMIT 3 OFFSET ({s})", "LIMIT 5"))
        return f"SELECT n FROM ({self.query(depth, scope)}) z {form.format(s=self.query(0, scope))}"
