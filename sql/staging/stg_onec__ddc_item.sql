-- Cash flow items of 1C. Vanished ones stay: payments still name them. None when the base does not publish them.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_ddc_item
--
-- src_base  which base
-- src_ref   key in the source
-- code      code in 1C
-- name      name of the item [untrusted]
select
    src_base,
    src_ref,
    nullif(trim(Code), '') as code,
    nullif(trim(Description), '') as name,
from raw.onec_ddc_item
