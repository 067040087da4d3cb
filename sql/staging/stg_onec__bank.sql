-- Banks of 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_bank
--
-- src_base  which base
-- src_ref   key in the source
-- name      name of the bank
-- bic       BIC
select
    src_base,
    src_ref,
    nullif(trim(Description), '') as name,
    nullif(trim(БИК), '') as bic,
from raw.onec_bank
where deleted_at is null
