-- Stages of the CRM.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bitrix_stage
--
-- src_base   which base
-- src_ref    key in the source
-- stage_id   stage
-- entity_id  whose stage
-- name       name
-- place      order
-- semantics  P, S or F
select
    src_base,
    src_ref,
    nullif(trim(STATUS_ID), '') as stage_id,
    nullif(trim(ENTITY_ID), '') as entity_id,
    nullif(trim(NAME), '') as name,
    SORT as place,
    upper(nullif(trim(SEMANTICS), '')) as semantics,
from raw.bitrix_stage
where deleted_at is null
