-- Other units of items in 1C, each with its factor.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_item_unit
--
-- src_base  which base
-- src_ref   key in the source
-- item_ref  item
-- name      name on the card [untrusted]
-- unit_ref  unit of the classifier
-- factor    base units in one of it; null when 1C has none
select
    src_base,
    src_ref,
    nullif(nullif(lower(Owner_Key), '00000000-0000-0000-0000-000000000000'), '') as item_ref,
    nullif(trim(Description), '') as name,
    nullif(nullif(lower(ЕдиницаПоКлассификатору_Key), '00000000-0000-0000-0000-000000000000'), '') as unit_ref,
    case when Коэффициент > 0 then cast(Коэффициент as decimal(18, 6)) end as factor,
from raw.onec_item_unit
where deleted_at is null and not coalesce(DeletionMark, false)
