-- Companies of the CRM.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bitrix_company
--
-- src_base  which base
-- src_ref   key in the source
-- id        id in the CRM
-- title     title [untrusted]
select
    src_base,
    src_ref,
    id,
    nullif(trim(title), '') as title,
from raw.bitrix_company
where deleted_at is null
