-- Keys that get a short contract id.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: stg_onec__contract
--
-- src_base  which base; a CRM's is 'bitrix:<base>', a bank file's 'bank:<inbox>', so that they never meet a 1C base
-- src_ref   key in the source
select src_base, src_ref
from staging.stg_onec__contract
