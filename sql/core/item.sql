-- Goods and services.
--
-- kind:     table
-- grain:    item_id
-- source:   1C Catalog_Номенклатура
-- units:    none
-- label.ru: Номенклатура
-- label.kk: Номенклатура
-- label.en: Items
-- synonyms: товар, услуга, номенклатура, материал, продукция, артикул, тауар, қызмет, материал, item, product, service, goods
--
-- item_id     short id
-- code        code of the card
-- name        name [untrusted]
-- unit        base unit
-- is_service  a service, not a good
-- article     article number
select
    'it_' || i.id as item_id,
    n.code,
    n.name,
    u.name as unit,
    n.is_service,
    n.article,
from staging.stg_onec__item as n
join meta.short_id as i on i.kind = 'item' and i.src_base = n.src_base and i.src_ref = n.src_ref
left join staging.stg_onec__unit as u on u.src_base = n.src_base and u.src_ref = n.unit_ref
