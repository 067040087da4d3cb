-- Orders of customers, orders to suppliers and transfers between stores, where the base has them. A promise, not a debt: doc holds what happened.
--
-- kind:     table
-- grain:    doc_id
-- source:   1C Document_ЗаказПокупателя, Document_ЗаказПоставщику, Document_ПеремещениеТоваров
-- units:    none
-- label.ru: Заказы и перемещения
-- label.kk: Тапсырыстар мен жылжытулар
-- label.en: Orders and transfers
-- synonyms: заказ, заказ покупателя, заказ поставщику, перемещение, тапсырыс, order, purchase order, transfer
--
-- doc_id           short id
-- type             order_out (a customer's), order_in (to a supplier), transfer_out (between own stores)
-- number           number as in 1C
-- order_date       day of the order
-- org_id           own entity
-- cp_id            counterparty; joins cp. Null for a transfer
-- warehouse_id     store that ships, or that the supply arrives at; for a transfer the one that sends
-- warehouse_to_id  store that receives a transfer
-- due_date         day it is to be shipped or to arrive, as promised now; null when none is set
-- status           counts, draft, deleted or vanished
with
named as (
    select 'order_out' as type, *, cast(null as varchar) as warehouse_to_ref from staging.stg_onec__order_out
    union all by name
    select 'order_in' as type, *, cast(null as varchar) as warehouse_to_ref from staging.stg_onec__order_in
    union all by name
    select 'transfer_out' as type, *, cast(null as date) as due_date from staging.stg_onec__transfer
)
select
    'd_' || d.id as doc_id,
    n.type,
    n.number,
    cast(n.doc_time as date) as order_date,
    'org_' || o.id as org_id,
    c.cp_id,
    'wh_' || w.id as warehouse_id,
    'wh_' || t.id as warehouse_to_id,
    n.due_date,
    case when n.is_vanished then 'vanished' when n.is_deleted then 'deleted' when n.posted then 'counts' else 'draft' end as status,
from named as n
join meta.short_id as d on d.kind = 'doc' and d.src_base = n.src_base and d.src_ref = n.src_ref
left join cp_key as c on c.src_base = n.src_base and c.src_ref = n.cp_ref
left join meta.short_id as o on o.kind = 'org' and o.src_base = n.src_base and o.src_ref = n.org_ref
left join meta.short_id as w on w.kind = 'warehouse' and w.src_base = n.src_base and w.src_ref = n.warehouse_ref
left join meta.short_id as t on t.kind = 'warehouse' and t.src_base = n.src_base and t.src_ref = n.warehouse_to_ref
