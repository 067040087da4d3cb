-- Pipelines of the CRM.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bitrix_category
--
-- src_base  which base
-- src_ref   key in the source
-- id        id in the CRM
-- name      name
select
    src_base,
    src_ref,
    id,
    nullif(trim(name), '') as name,
from raw.bitrix_category
where deleted_at is null
