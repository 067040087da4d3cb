-- Text functions.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ text-01: parts of a text; expect: answered
SELECT left(name, 3), right(name, 3), substring(name, 2, 4), substring(name FROM 1 FOR 3), name[1:3] FROM cp LIMIT 5

-- @ text-02: trimming; expect: answered
SELECT trim(name), trim(BOTH '«»' FROM name), ltrim(number, '0') FROM cp, doc LIMIT 5

-- @ text-03: splitting; expect: answered
SELECT split_part(number, '-', 1), string_split(number, '-') FROM doc LIMIT 5

-- @ text-04: replacing; expect: answered
SELECT replace(name, 'ТОО', ''), regexp_replace(name, '[«»"]', '', 'g'), translate(name, 'ё', 'е') FROM cp LIMIT 5

-- @ text-05: extracting; expect: answered
SELECT regexp_extract(purpose, '№\s*(\d+)', 1) AS number, regexp_extract_all(purpose, '\d+') FROM doc WHERE purpose IS NOT NULL LIMIT 5

-- @ text-06: joining; expect: answered
SELECT concat(name, ' (', bin_iin, ')'), concat_ws(', ', name, kind), name || ': ' || cp_id FROM cp LIMIT 5

-- @ text-07: length and position; expect: answered
SELECT length(name), strlen(name), position('ТОО' IN name), instr(name, '«') FROM cp LIMIT 5

-- @ text-08: similarity; expect: answered
SELECT name, jaro_winkler_similarity(name_norm, name_norm('Алмаз Строй')) AS score FROM cp ORDER BY score DESC LIMIT 5

-- @ text-09: reversing and repeating by pieces; expect: answered
SELECT reverse(number), ascii('A'), chr(8470), unicode('№') FROM doc LIMIT 3

-- @ text-10: a hash; expect: answered
SELECT md5(name), hash(cp_id) FROM cp LIMIT 3

-- @ text-11: words counted; expect: answered
SELECT word, count(*) AS n FROM (SELECT unnest(regexp_split_to_array(lower(purpose), '\s+')) AS word FROM bank_line) WHERE length(word) > 3 GROUP BY word ORDER BY n DESC LIMIT 10

-- @ text-12: a number as text with its zeros; expect: answered
SELECT right('000000' || number_short, 6) FROM doc LIMIT 5

-- @ text-13: cases; expect: answered
SELECT upper(name), lower(name), upper(left(name, 1)) || lower(name[2:]) FROM cp LIMIT 5

-- @ text-14: text in dollar quotes; expect: answered
SELECT $$д'Артаньян; -- не комментарий$$ AS t

-- @ text-15: names that are nearly the same; expect: answered
SELECT a.name, b.name FROM cp a JOIN cp b ON a.cp_id < b.cp_id AND levenshtein(a.name_norm, b.name_norm) <= 2 LIMIT 5
