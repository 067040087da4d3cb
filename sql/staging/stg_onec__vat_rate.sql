-- VAT rates of 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_vat_rate
--
-- src_base  which base
-- src_ref   key in the source
-- name      name of the rate
-- rate      per cent; 0 for the zero rate and for «без НДС»
select
    src_base,
    src_ref,
    nullif(trim(Description), '') as name,
    cast(Ставка as decimal(5, 2)) as rate,
from raw.onec_vat_rate
where deleted_at is null
