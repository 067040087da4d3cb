-- Texts that burden the parser or the planner before anything runs.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ exhaustion_parser-01: open brackets without an end; expect: refused; repeat
SELECT {{"(" * 9000}}

-- @ exhaustion_parser-02: open list brackets without an end; expect: refused; repeat
SELECT {{"[" * 9000}}

-- @ exhaustion_parser-03: open braces without an end; expect: refused; repeat
SELECT {{"{" * 9000}}

-- @ exhaustion_parser-04: brackets one deeper than allowed; expect: refused; repeat
SELECT {{"(" * 65}}1{{")" * 65}}

-- @ exhaustion_parser-05: brackets mixed with comments; expect: refused; repeat
SELECT {{"(/**/" * 3000}}1

-- @ exhaustion_parser-06: brackets behind a text that looks like a quote's end; expect: refused; repeat
SELECT E'\'' {{"(" * 9000}}

-- @ exhaustion_parser-07: brackets behind a dollar-quoted text; expect: refused; repeat
SELECT $t$ ) $t$ {{"(" * 9000}}

-- @ exhaustion_parser-08: brackets behind a quoted name; expect: refused; repeat
SELECT 1 AS ")" , {{"(" * 9000}}

-- @ exhaustion_parser-09: brackets behind a nested comment; expect: refused; repeat
SELECT /* /* ) */ */ {{"(" * 9000}}

-- @ exhaustion_parser-10: a text longer than allowed; expect: refused; repeat
SELECT {{" " * 21000}}1

-- @ exhaustion_parser-11: a long sum; expect: bounded; repeat
SELECT {{"1" * 9000, "+"}}

-- @ exhaustion_parser-12: a long concatenation; expect: bounded; repeat
SELECT {{"'a'" * 2000, "||"}}

-- @ exhaustion_parser-13: a long conjunction; expect: bounded; repeat
SELECT 1 WHERE {{"true" * 2000, " AND "}}

-- @ exhaustion_parser-14: a long disjunction of columns; expect: bounded; repeat
SELECT doc_id FROM doc WHERE {{"doc_id = '#'" * 900, " OR "}}

-- @ exhaustion_parser-15: a long union; expect: bounded; repeat
{{"SELECT #" * 1500, " UNION ALL "}}

-- @ exhaustion_parser-16: a long chain of distinct unions; expect: bounded; repeat
{{"SELECT #" * 1200, " UNION "}}

-- @ exhaustion_parser-17: a long IN list; expect: bounded; repeat
SELECT 1 IN ({{"#" * 3000, ","}})

-- @ exhaustion_parser-18: a long list of values; expect: bounded; repeat
VALUES {{"(#)" * 2000, ","}}

-- @ exhaustion_parser-19: many CTEs; expect: bounded; repeat
WITH {{"t# AS (SELECT 1)" * 800, ", "}} SELECT 1

-- @ exhaustion_parser-20: CTEs that double; expect: bounded; repeat
WITH t AS (SELECT 1 AS x), {{"t#x AS (SELECT * FROM t)" * 300, ", "}} SELECT count(*) FROM t, t0x, t1x, t2x

-- @ exhaustion_parser-21: CTEs each of which reads the one before twice; expect: bounded
WITH a AS (SELECT 1 AS x), b AS (SELECT a.x FROM a, a y), c AS (SELECT b.x FROM b, b y), d AS (SELECT c.x FROM c, c y), e AS (SELECT d.x FROM d, d y), f AS (SELECT e.x FROM e, e y), g AS (SELECT f.x FROM f, f y), h AS (SELECT g.x FROM g, g y), i AS (SELECT h.x FROM h, h y), j AS (SELECT i.x FROM i, i y), k AS (SELECT j.x FROM j, j y), l AS (SELECT k.x FROM k, k y) SELECT count(*) FROM l

-- @ exhaustion_parser-22: nested CASE; expect: bounded; repeat
SELECT {{"CASE WHEN true THEN " * 700}}1{{" END" * 700}}

-- @ exhaustion_parser-23: nested subqueries; expect: bounded; repeat
SELECT * FROM {{"(SELECT * FROM " * 60}}doc{{")" * 60}}

-- @ exhaustion_parser-24: a chain of minus signs; expect: bounded; repeat
SELECT {{"- " * 9000}}1

-- @ exhaustion_parser-25: a chain of NOT; expect: bounded; repeat
SELECT {{"NOT " * 4000}}true

-- @ exhaustion_parser-26: a chain of casts; expect: bounded; repeat
SELECT 1{{"::INT" * 3500}}

-- @ exhaustion_parser-27: a chain of struct steps; expect: bounded; repeat
SELECT doc{{".a" * 5000}} FROM doc

-- @ exhaustion_parser-28: a chain of subscripts; expect: bounded; repeat
SELECT [1]{{"[1]" * 5000}}

-- @ exhaustion_parser-29: a chain of IS NULL; expect: bounded; repeat
SELECT 1{{" IS NULL" * 2000}}

-- @ exhaustion_parser-30: a chain of COLLATE; expect: bounded; repeat
SELECT 'a'{{" COLLATE NOCASE" * 1000}}

-- @ exhaustion_parser-31: a chain of time zones; expect: bounded; repeat
SELECT now(){{" AT TIME ZONE 'UTC'" * 900}}

-- @ exhaustion_parser-32: many windows; expect: bounded; repeat
SELECT {{"sum(sum_kzt) OVER (ORDER BY doc_date, #)" * 300, ", "}} FROM doc

-- @ exhaustion_parser-33: many aggregates; expect: bounded; repeat
SELECT {{"sum(sum_kzt + #)" * 900, ", "}} FROM doc

-- @ exhaustion_parser-34: many GROUPING SETS; expect: bounded; repeat
SELECT count(*) FROM doc GROUP BY GROUPING SETS ({{"(type, cp_id)" * 1200, ","}})

-- @ exhaustion_parser-35: many comma joins; expect: bounded; repeat
SELECT count(*) FROM {{"org o#" * 200, ", "}}

-- @ exhaustion_parser-36: many lateral joins; expect: bounded; repeat
SELECT count(*) FROM org o {{", LATERAL (SELECT o.org_id AS i#) l#" * 150}}

-- @ exhaustion_parser-37: a wide PIVOT; expect: bounded; repeat
PIVOT doc ON type IN ({{"'t#'" * 1500, ","}}) USING sum(sum_kzt)

-- @ exhaustion_parser-38: a PIVOT by two wide lists; expect: bounded; repeat
PIVOT doc ON type IN ({{"'t#'" * 600, ","}}) cp_id IN ({{"'c#'" * 600, ","}}) USING sum(sum_kzt)

-- @ exhaustion_parser-39: an unfinished text; expect: failed; repeat
SELECT '{{"x" * 15000}}

-- @ exhaustion_parser-40: only quotes; expect: failed; repeat
SELECT {{"'" * 19001}}

-- @ exhaustion_parser-41: an unfinished comment; expect: failed; repeat
SELECT 1 /* {{"/*" * 5000}}

-- @ exhaustion_parser-42: an unfinished dollar quote; expect: failed; repeat
SELECT $x$ {{"$" * 5000}}

-- @ exhaustion_parser-43: one very long name; expect: failed; repeat
SELECT {{"a" * 15000}} FROM doc

-- @ exhaustion_parser-44: one very long number; expect: bounded; repeat
SELECT {{"9" * 15000}}

-- @ exhaustion_parser-45: a number with a long fraction; expect: bounded; repeat
SELECT 0.{{"1" * 15000}}

-- @ exhaustion_parser-46: a long string of operators; expect: bounded; repeat
SELECT 1 {{"+" * 9000}} 1

-- @ exhaustion_parser-47: a long row of commas; expect: failed; repeat
SELECT {{"," * 9000}}

-- @ exhaustion_parser-48: a long row of stars; expect: bounded; repeat
SELECT {{"*" * 3000, ","}} FROM cp

-- @ exhaustion_parser-49: a name of ten thousand parts; expect: bounded; repeat
SELECT a{{".a" * 9900}}

-- @ exhaustion_parser-50: a mistake with a long run of spaces; expect: failed; repeat
SELECT to_char({{" " * 1900}}
