-- Own legal entities.
--
-- kind:     table
-- grain:    org_id
-- source:   1C Catalog_Организации
-- units:    none
-- label.ru: Наши организации
-- label.kk: Біздің ұйымдар
-- label.en: Own companies
-- synonyms: организация, юрлицо, наша компания, фирма, ұйым, компания, legal entity, company, org
--
-- org_id         short id
-- bin            BIN, 12 digits
-- name           short name
-- base_currency  currency of its books
-- vat_from       VAT payer since; null when it is not one
-- full_name      name in the papers
select
    'org_' || i.id as org_id,
    o.bin,
    o.name,
    'KZT' as base_currency,
    o.vat_from,
    coalesce(o.full_name, o.name) as full_name,
from staging.stg_onec__organization as o
join meta.short_id as i on i.kind = 'org' and i.src_base = o.src_base and i.src_ref = o.src_ref
