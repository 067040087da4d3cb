-- Kinds of additional attributes of 1C. None when the base does not publish them.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_extra_property
--
-- src_base  which base
-- src_ref   key in the source
-- name      name of the attribute [untrusted]
select
    src_base,
    src_ref,
    nullif(trim(Description), '') as name,
from raw.onec_extra_property
where deleted_at is null and not coalesce(DeletionMark, false)
