-- Tax invoices that 1C has issued for sales: the number and the day that the electronic one is registered under.
--
-- kind:     table
-- grain:    doc_id
-- source:   1C Document_СчетФактураВыданный that count, the last of a sale; empty where the base does not publish them
-- units:    none
-- listed:   no
-- label.ru: Счета-фактуры выданные
-- label.kk: Берілген шот-фактуралар
-- label.en: Tax invoices issued
-- synonyms: счёт-фактура выданный, счета-фактуры 1С, берілген шот-фактура, tax invoice issued
--
-- doc_id         sale it is issued for; joins doc
-- number         number as in 1C [untrusted]
-- number_short   its trailing digits without leading zeros
-- issue_date     day of the document
-- turnover_date  day of the turnover
select
    k.doc_id,
    t.number,
    coalesce(nullif(ltrim(regexp_extract(t.number, '(\d+)\D*$', 1), '0'), ''), t.number) as number_short,
    cast(t.doc_time as date) as issue_date,
    coalesce(t.turnover_date, cast(t.doc_time as date)) as turnover_date,
from staging.stg_onec__tax_invoice as t
join doc_key as k on k.src_base = t.src_base and k.src_ref = t.base_ref
join doc as d on d.doc_id = k.doc_id and d.type = 'sale'
where t.posted and not t.is_deleted and not t.is_vanished
qualify row_number() over (partition by k.doc_id order by t.doc_time desc, t.number desc, t.src_ref) = 1
