-- Warehouses of 1C, folders left out.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_warehouse
--
-- src_base    which base
-- src_ref     key in the source
-- code        code of the card
-- name        name
-- is_deleted  marked for deletion
select
    src_base,
    src_ref,
    nullif(trim(Code), '') as code,
    nullif(trim(Description), '') as name,
    coalesce(DeletionMark, false) as is_deleted,
from raw.onec_warehouse
where deleted_at is null and not coalesce(IsFolder, false)
