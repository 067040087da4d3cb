-- Keys that get a short cp id: 1C cards and CRM companies.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: stg_onec__counterparty, stg_bitrix__company
--
-- src_base  which base; a CRM's is 'bitrix:<base>', a bank file's 'bank:<inbox>', so that they never meet a 1C base
-- src_ref   key in the source
select src_base, src_ref
from staging.stg_onec__counterparty
union all
select 'bitrix:' || src_base as src_base, src_ref
from staging.stg_bitrix__company
