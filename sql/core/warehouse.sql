-- Warehouses.
--
-- kind:     table
-- grain:    warehouse_id
-- source:   1C Catalog_Склады
-- units:    none
-- label.ru: Склады
-- label.kk: Қоймалар
-- label.en: Warehouses
-- synonyms: склад, место хранения, қойма, warehouse, store
--
-- warehouse_id  short id
-- name          name
select
    'wh_' || i.id as warehouse_id,
    w.name,
from staging.stg_onec__warehouse as w
join meta.short_id as i on i.kind = 'warehouse' and i.src_base = w.src_base and i.src_ref = w.src_ref
