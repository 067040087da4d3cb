-- Units in which an item may be counted: its base unit and the others that its card has a factor for. A unit that is not here cannot be converted.
--
-- kind:     table
-- grain:    item_id, unit
-- source:   1C Catalog_Номенклатура, Catalog_ЕдиницыИзмерения where the base has it
-- units:    factor: base units in one `unit`, DECIMAL(18,6)
-- label.ru: Единицы номенклатуры
-- label.kk: Номенклатура бірліктері
-- label.en: Units of items
-- synonyms: единица измерения, коэффициент, пересчёт, бірлік, unit of measure, conversion
--
-- item_id  item; joins item
-- unit     name of the unit [untrusted]
-- factor   base units in one of it; null when the card has none or two different ones
-- is_base  the unit that stock is kept in
with
named as (
    select i.src_base, i.src_ref, u.name as unit, cast(1 as decimal(18, 6)) as factor, true as is_base
    from staging.stg_onec__item as i
    join staging.stg_onec__unit as u on u.src_base = i.src_base and u.src_ref = i.unit_ref
    union all
    select n.src_base, n.item_ref, coalesce(n.name, u.name) as unit, n.factor, false
    from staging.stg_onec__item_unit as n
    left join staging.stg_onec__unit as u on u.src_base = n.src_base and u.src_ref = n.unit_ref
),
keyed as (
    select 'it_' || k.id as item_id, n.unit, n.factor, n.is_base
    from named as n
    join meta.short_id as k on k.kind = 'item' and k.src_base = n.src_base and k.src_ref = n.src_ref
    where n.unit is not null
)
select
    item_id,
    unit,
    case when count(factor) = count(*) and min(factor) = max(factor) then min(factor) end as factor,
    bool_or(is_base) as is_base,
from keyed
group by item_id, unit
