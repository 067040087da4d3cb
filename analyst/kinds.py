"""What the guard knows of the engine's parse: the kinds of its records, their keys, the names of types, and the bounds of a text."""

from __future__ import annotations

LENGTH = 20_000
DEPTH = 64

EXPRESSIONS = frozenset(
    "COLUMN_REF FUNCTION CONSTANT STAR CAST CASE COMPARISON CONJUNCTION OPERATOR SUBQUERY WINDOW LAMBDA BETWEEN COLLATE PARAMETER "  # noqa: SIM905
    "POSITIONAL_REFERENCE TYPE".split()
)
PLACES = frozenset("BASE_TABLE SUBQUERY JOIN TABLE_FUNCTION EXPRESSION_LIST EMPTY PIVOT".split())  # noqa: SIM905
MODIFIERS = frozenset(
    "ORDER_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING".split()  # noqa: SIM905
)
# Keys of the records that carry no kind of their own: CTE entries, arguments, names, literals, samples, pivots.
PLAIN_KEYS = frozenset(
    "node named_param_map map key value name expression path kind text aliases materialized key_targets payload_aggregates query_node "  # noqa: SIM905
    "is_percentage method repeatable sample_rate sample_size seed id type_info pivot_expressions unpivot_names entries pivot_enum values "
    "star_expr alias catalog schema table column when_expr then_expr type is_null".split()
)
TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})
# Functions that run the aggregate which their second argument names.
NAMING = frozenset({"aggregate", "array_aggr", "array_aggregate", "list_aggr", "list_aggregate"})
# Functions that make as much as an argument says: allowed where that argument is a small literal.
SIZED = frozenset(
    "lpad rpad repeat format printf range generate_series to_base bar equi_width_bins list_resize array_resize".split()  # noqa: SIM905
)
# Functions that take a structure of types as text.
SHAPING = frozenset({"from_json", "from_json_strict", "json_transform", "json_transform_strict"})
# A certified statement that binds this is narrowed by CTEs with the names of the tables that it reads.
NARROWING = "org"
# A certified statement that binds this as true counts what own entities owe each other: narrowed the same way, to all rows.
WIDENING = "include_intercompany"
SIZE = 1000
DIGITS = 10
# Names that the engine turns from a column into a function that tells about itself.
TELLING_NAMES = frozenset(
    ["current_catalog", "current_role", "current_schema", "current_user", "session_user", "user", "current_database"]
)
TYPES = frozenset(
    "boolean bool logical tinyint smallint integer int bigint hugeint utinyint usmallint uinteger ubigint uhugeint int1 int2 int4 int8 "  # noqa: SIM905
    "int16 int32 int64 int128 uint8 uint16 uint32 uint64 uint128 short long signed integral decimal dec numeric float float4 float8 real "
    "double varchar char bpchar text string nvarchar blob bytea binary varbinary date time timetz timestamp datetime timestamptz "
    "timestamp_s timestamp_ms timestamp_us timestamp_ns interval uuid guid json bit bitstring struct row list map array union enum".split()
) | {"time with time zone", "timestamp with time zone", "time without time zone", "timestamp without time zone"}
# What a literal of a kind can stand for, by the first letters of the argument's type.
LITERALS = {"INTEGER": ("int", "bigint", "smallint", "decimal", "double"), "NUMERIC": ("decimal", "double", "float")}
