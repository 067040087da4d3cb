-- Cash desks of own entities.
--
-- kind:     table
-- grain:    cash_desk_id
-- source:   1C Catalog_Кассы
-- units:    none
-- label.ru: Кассы
-- label.kk: Кассалар
-- label.en: Cash desks
-- synonyms: касса, наличные, кассовая книга, қолма-қол ақша, cash desk, petty cash
--
-- cash_desk_id  short id
-- org_id        own entity; joins org
-- name          name in 1C
-- currency      ISO letter code
select
    'cd_' || i.id as cash_desk_id,
    case when o.id is not null then 'org_' || o.id end as org_id,
    d.name,
    coalesce(v.currency, 'KZT') as currency,
from staging.stg_onec__cash_desk as d
join meta.short_id as i on i.kind = 'cash_desk' and i.src_base = d.src_base and i.src_ref = d.src_ref
left join meta.short_id as o on o.kind = 'org' and o.src_base = d.src_base and o.src_ref = d.org_ref
left join staging.stg_onec__currency as v on v.src_base = d.src_base and v.src_ref = d.currency_ref
