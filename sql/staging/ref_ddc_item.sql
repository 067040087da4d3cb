-- Keys that get a short cash flow item id.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: stg_onec__ddc_item
--
-- src_base  which base
-- src_ref   key in the source
select src_base, src_ref
from staging.stg_onec__ddc_item
