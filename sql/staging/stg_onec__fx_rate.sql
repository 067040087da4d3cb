-- Exchange rates of 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_fx_rate
--
-- src_base      which base
-- src_ref       key in the source
-- currency_ref  currency
-- rate_date     from this day
-- rate          KZT for `mult` units
-- mult          units that the rate is for
select
    src_base,
    src_ref,
    nullif(nullif(lower(Валюта_Key), '00000000-0000-0000-0000-000000000000'), '') as currency_ref,
    cast(Period as date) as rate_date,
    cast(Курс as decimal(18, 4)) as rate,
    cast(Кратность as bigint) as mult,
from raw.onec_fx_rate
where deleted_at is null
