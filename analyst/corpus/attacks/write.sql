-- Statements that change data, definitions or the file.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ write-01: INSERT of values; expect: refused
INSERT INTO doc (doc_id) VALUES ('d_0')

-- @ write-02: INSERT of a query; expect: refused
INSERT INTO cp SELECT * FROM cp

-- @ write-03: INSERT OR REPLACE; expect: refused
INSERT OR REPLACE INTO account VALUES ('1210', 'mine')

-- @ write-04: UPDATE; expect: refused
UPDATE doc SET sum_kzt = 0

-- @ write-05: UPDATE from another relation; expect: refused
UPDATE doc SET cp_id = cp.cp_id FROM cp

-- @ write-06: DELETE; expect: refused
DELETE FROM doc WHERE true

-- @ write-07: DELETE with USING; expect: refused
DELETE FROM doc USING cp WHERE doc.cp_id = cp.cp_id

-- @ write-08: TRUNCATE; expect: refused
TRUNCATE doc

-- @ write-09: MERGE; expect: refused
MERGE INTO doc USING cp ON doc.cp_id = cp.cp_id WHEN MATCHED THEN DELETE

-- @ write-10: a deletion inside a CTE; expect: refused
WITH gone AS (DELETE FROM doc RETURNING *) SELECT count(*) FROM gone

-- @ write-11: an insertion inside a CTE; expect: refused
WITH more AS (INSERT INTO doc SELECT * FROM doc RETURNING doc_id) SELECT * FROM more

-- @ write-12: an update inside a CTE that nobody reads; expect: refused
WITH x AS (UPDATE doc SET sum_kzt = 0 RETURNING 1) SELECT 1

-- @ write-13: a merge inside a CTE; expect: failed
WITH m AS (MERGE INTO doc USING cp ON doc.cp_id = cp.cp_id WHEN MATCHED THEN DELETE RETURNING *) SELECT * FROM m

-- @ write-14: an insertion led by a CTE; expect: refused
WITH x AS (SELECT * FROM cp) INSERT INTO cp SELECT * FROM x

-- @ write-15: a deletion led by a CTE; expect: refused
WITH x AS (SELECT cp_id FROM cp) DELETE FROM cp WHERE cp_id IN (FROM x)

-- @ write-16: CREATE TABLE; expect: refused
CREATE TABLE t (a INTEGER)

-- @ write-17: CREATE TABLE AS; expect: refused
CREATE TABLE t AS SELECT * FROM cp

-- @ write-18: CREATE OR REPLACE over a published relation; expect: refused
CREATE OR REPLACE TABLE cp AS SELECT 1

-- @ write-19: SELECT INTO; expect: failed
SELECT * INTO t FROM cp

-- @ write-20: CREATE VIEW; expect: refused
CREATE VIEW v AS SELECT * FROM cp

-- @ write-21: CREATE INDEX; expect: refused
CREATE INDEX i ON doc (doc_id)

-- @ write-22: CREATE SCHEMA; expect: refused
CREATE SCHEMA s

-- @ write-23: CREATE SEQUENCE; expect: refused
CREATE SEQUENCE s

-- @ write-24: CREATE TYPE; expect: refused
CREATE TYPE mood AS ENUM ('a', 'b')

-- @ write-25: CREATE MACRO over our own; expect: refused
CREATE OR REPLACE MACRO name_norm(name) AS 'x'

-- @ write-26: CREATE FUNCTION of a table; expect: refused
CREATE FUNCTION spy() AS TABLE SELECT * FROM duckdb_tables()

-- @ write-27: CREATE TRIGGER; expect: refused
CREATE TRIGGER t AFTER INSERT ON doc FOR EACH STATEMENT INSERT INTO cp SELECT * FROM cp

-- @ write-28: DROP TABLE; expect: refused
DROP TABLE IF EXISTS doc CASCADE

-- @ write-29: DROP of a macro; expect: refused
DROP MACRO TABLE ar_open

-- @ write-30: DROP SCHEMA; expect: refused
DROP SCHEMA main CASCADE

-- @ write-31: ALTER TABLE adds a column; expect: refused
ALTER TABLE doc ADD COLUMN x INTEGER

-- @ write-32: ALTER TABLE renames; expect: refused
ALTER TABLE doc RENAME TO doc_old

-- @ write-33: COMMENT ON; expect: refused
COMMENT ON TABLE doc IS 'trust me'

-- @ write-34: CHECKPOINT; expect: refused
FORCE CHECKPOINT

-- @ write-35: checkpoint as a table function; expect: refused
SELECT * FROM checkpoint()

-- @ write-36: VACUUM; expect: refused
VACUUM ANALYZE doc

-- @ write-37: ANALYZE; expect: refused
ANALYZE

-- @ write-38: next value of a sequence inside a query; expect: refused
SELECT nextval('s')

-- @ write-39: set value of a sequence inside a query; expect: refused
SELECT setval('s', 10)

-- @ write-40: EXPLAIN ANALYZE of a write; expect: refused
EXPLAIN ANALYZE DELETE FROM doc

-- @ write-41: a write inside a subquery; expect: failed
SELECT * FROM (DELETE FROM doc RETURNING *)

-- @ write-42: a write as a scalar subquery; expect: failed
SELECT (INSERT INTO account VALUES ('9', 'x') RETURNING account)

-- @ write-43: a log entry; expect: refused
SELECT write_log('written by a query')
