-- Units of measure of 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_unit
--
-- src_base  which base
-- src_ref   key in the source
-- name      name of the unit
select
    src_base,
    src_ref,
    nullif(trim(Description), '') as name,
from raw.onec_unit
where deleted_at is null
