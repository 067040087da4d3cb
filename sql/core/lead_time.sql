-- Days that goods travel from a store to a place: the company's own knowledge, from settings/lead_time.csv in the data folder.
--
-- kind:     table
-- grain:    warehouse_id, from_warehouse, place
-- source:   settings/lead_time.csv
-- units:    calendar days
-- label.ru: Сроки доставки
-- label.kk: Жеткізу мерзімдері
-- label.en: Lead times
-- synonyms: срок доставки, сколько дней везти, логистика, жеткізу, lead time, delivery time
--
-- warehouse_id    store; null when no store is called so
-- from_warehouse  the store as written in the file
-- place           where to: a city, or another store by its name
-- lead_days       calendar days from leaving the store to arriving
select w.warehouse_id, t.from_warehouse, t.place, t.lead_days,
from staging.stg_settings__lead_time as t
left join warehouse as w on lower(trim(w.name)) = lower(t.from_warehouse)
