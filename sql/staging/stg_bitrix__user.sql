-- Users of the CRM.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bitrix_user
--
-- src_base   which base
-- src_ref    key in the source
-- user_id    id in the CRM
-- name       name and last name
-- is_active  works here
select
    src_base,
    src_ref,
    cast(ID as bigint) as user_id,
    nullif(trim(concat_ws(' ', trim(NAME), trim(LAST_NAME))), '') as name,
    coalesce(ACTIVE, false) as is_active,
from raw.bitrix_user
where deleted_at is null
