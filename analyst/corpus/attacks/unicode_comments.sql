-- Spellings that a reader of text and a parser see differently: comments, quotes, letters that look alike, characters that nobody sees.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ unicode_comments-01: a comment inside a name, which ends it; expect: failed
SELECT * FROM duckdb/**/_tables()

-- @ unicode_comments-02: a comment between a function and its bracket; expect: refused
SELECT * FROM duckdb_tables/* no */()

-- @ unicode_comments-03: a line comment between a function and its bracket; expect: refused
SELECT * FROM read_text --
('/etc/passwd')

-- @ unicode_comments-04: a nested comment before the real relation; expect: refused
SELECT * FROM /* doc /* cp */ */ duckdb_tables

-- @ unicode_comments-05: a comment that hides a relation's schema; expect: refused
SELECT * FROM information_schema/* */./* */tables

-- @ unicode_comments-06: mixed letters; expect: refused
SeLeCt * fRoM DuCkDb_TaBlEs()

-- @ unicode_comments-07: quotes around a function; expect: refused
SELECT * FROM "duckdb_tables"()

-- @ unicode_comments-08: quotes around a schema; expect: refused
SELECT * FROM "information_schema"."tables"

-- @ unicode_comments-09: a doubled quote inside a name; expect: refused
SELECT * FROM "duckdb""_tables"

-- @ unicode_comments-10: spaces of another width; expect: refused; escapes
SELECT\u00a0*\u00a0FROM\u00a0duckdb_tables()

-- @ unicode_comments-11: spaces of an ideographic width; expect: refused; escapes
SELECT\u3000*\u3000FROM\u3000sqlite_master

-- @ unicode_comments-12: a tab, a form feed and a vertical tab; expect: refused; escapes
SELECT\u0009*\u000cFROM\u000bsqlite_master

-- @ unicode_comments-13: a line separator after a line comment; expect: bounded; escapes
SELECT 1 --\u2028; DROP TABLE doc

-- @ unicode_comments-14: a paragraph separator as a line end; expect: refused; escapes
SELECT 1 --\u2029\u000aFROM sqlite_master

-- @ unicode_comments-15: a carriage return that ends a comment; expect: refused; escapes
SELECT name --\u000d FROM sqlite_master

-- @ unicode_comments-16: a next-line character after a comment; expect: refused; escapes
SELECT name --\u0085 FROM sqlite_master\u000aFROM sqlite_master

-- @ unicode_comments-17: NUL before a second statement; expect: refused; escapes
SELECT 1\0; DROP TABLE doc

-- @ unicode_comments-18: NUL inside a text; expect: refused; escapes
SELECT '\0'

-- @ unicode_comments-19: NUL at the start; expect: refused; escapes
\0SELECT * FROM sqlite_master

-- @ unicode_comments-20: NUL inside a name; expect: refused; escapes
SELECT * FROM doc\0_key

-- @ unicode_comments-21: a byte-order mark first; expect: failed; escapes
\ufeffSELECT * FROM sqlite_master

-- @ unicode_comments-22: a zero-width space inside a function; expect: failed; escapes
SELECT * FROM duckdb\u200b_tables()

-- @ unicode_comments-23: a zero-width joiner inside a relation; expect: refused; escapes
SELECT * FROM sqlite\u200d_master

-- @ unicode_comments-24: a soft hyphen inside a relation; expect: refused; escapes
SELECT * FROM sqlite\u00ad_master

-- @ unicode_comments-25: a Cyrillic letter in a function; expect: refused; escapes
SELECT * FROM r\u0435ad_text('/etc/passwd')

-- @ unicode_comments-26: a Cyrillic letter in a published name; expect: refused; escapes
SELECT * FROM d\u043ec

-- @ unicode_comments-27: a Greek letter in a published name; expect: refused; escapes
SELECT * FROM d\u03bfc

-- @ unicode_comments-28: full-width letters; expect: refused; escapes
SELECT * FROM \uff44\uff4f\uff43

-- @ unicode_comments-29: the Kelvin sign for k; expect: refused; escapes
SELECT * FROM duc\u212adb_tables()

-- @ unicode_comments-30: the long s for s; expect: refused; escapes
SELECT * FROM \u017fqlite_master

-- @ unicode_comments-31: the dotted capital I; expect: refused; escapes
SELECT * FROM SQL\u0130TE_MASTER

-- @ unicode_comments-32: a name composed of a letter and a mark; expect: refused; escapes
SELECT * FROM do\u0063\u0301

-- @ unicode_comments-33: text turned around; expect: refused; escapes
SELECT '\u202e' || name FROM sqlite_master --\u202c

-- @ unicode_comments-34: text turned around in a relation's name; expect: refused; escapes
SELECT * FROM "\u202ecod"

-- @ unicode_comments-35: half of a pair of code units; expect: refused; escapes
SELECT '\ud800'

-- @ unicode_comments-36: half of a pair inside a name; expect: refused; escapes
SELECT * FROM "doc\udfff"

-- @ unicode_comments-37: an escaped letter in an E-text as a file; expect: failed
SELECT * FROM E'\x2fetc\x2fpasswd'

-- @ unicode_comments-38: an escaped letter in a U-name; expect: failed
SELECT * FROM U&"d\0061t\+000061"

-- @ unicode_comments-39: dollar quotes as a relation; expect: failed
SELECT * FROM $$/etc/passwd$$

-- @ unicode_comments-40: dollar quotes with a tag as an argument; expect: refused
SELECT * FROM read_text($tag$/etc/passwd$tag$)

-- @ unicode_comments-41: two texts side by side as one; expect: failed
SELECT * FROM '/etc'
'/passwd'

-- @ unicode_comments-42: a hint that is a comment; expect: refused
SELECT /*+ read_text('/etc/passwd') */ content FROM read_text('/etc/passwd')

-- @ unicode_comments-43: a comment of MySQL that runs; expect: refused
SELECT 1 /*! UNION SELECT sql FROM sqlite_master */ FROM sqlite_master

-- @ unicode_comments-44: a hash comment, which is none; expect: failed
SELECT name FROM cp # FROM sqlite_master

-- @ unicode_comments-45: a comment without an end; expect: failed
SELECT name FROM cp /* FROM sqlite_master

-- @ unicode_comments-46: a quote without an end; expect: failed
SELECT name FROM cp WHERE name = 'x

-- @ unicode_comments-47: a letter after a number; expect: refused
SELECT 1FROM sqlite_master

-- @ unicode_comments-48: no space before a quote; expect: refused
SELECT*FROM"sqlite_master"

-- @ unicode_comments-49: no space around brackets; expect: refused
SELECT(SELECT"sql"FROM"sqlite_master"LIMIT(1))

-- @ unicode_comments-50: a text as an alias; expect: refused
SELECT name 'x' FROM sqlite_master

-- @ unicode_comments-51: FROM without SELECT; expect: refused
FROM sqlite_master

-- @ unicode_comments-52: FROM with SELECT behind it; expect: refused
FROM sqlite_master SELECT sql

-- @ unicode_comments-53: TABLE instead of SELECT; expect: refused
TABLE sqlite_master

-- @ unicode_comments-54: brackets around a relation; expect: refused
SELECT * FROM (((sqlite_master)))

-- @ unicode_comments-55: a relation with an alias of an honest name; expect: refused
SELECT doc.name FROM sqlite_master AS doc

-- @ unicode_comments-56: a relation with a renamed column; expect: refused
SELECT doc_id FROM sqlite_master AS doc(doc_id)

-- @ unicode_comments-57: a prefix alias; expect: refused
SELECT * FROM doc : sqlite_master
