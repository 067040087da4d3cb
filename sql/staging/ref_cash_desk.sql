-- Keys that get a short cash desk id.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: stg_onec__cash_desk
--
-- src_base  which base
-- src_ref   key in the source
select src_base, src_ref
from staging.stg_onec__cash_desk
