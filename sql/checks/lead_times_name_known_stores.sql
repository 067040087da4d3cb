-- A line of settings/lead_time.csv names a store that 1C does not have, so it serves nobody.
--
-- kind:     reconciliation
-- label.ru: Сроки доставки для неизвестного склада
-- label.kk: Белгісіз қойманың жеткізу мерзімі
-- label.en: Lead times of an unknown store
-- touches:  can_ship
select
    from_warehouse || ' → ' || place as subject,
    'no store is called so' as detail,
    cast(0 as decimal(18, 2)) as amount,
    cast(null as varchar) as cp_id,
    cast(null as date) as first_day,
    cast(null as date) as last_day,
from lead_time
where warehouse_id is null
