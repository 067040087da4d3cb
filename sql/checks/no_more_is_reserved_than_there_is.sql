-- More of an item is reserved in a store than is there. Quantities, so no amount.
--
-- kind:     reconciliation
-- label.ru: Зарезервировано больше, чем есть
-- label.kk: Бар мөлшерден көп резервтелген
-- label.en: More is reserved than there is
-- touches:  stock_available, can_ship
select
    item || ' ' || coalesce(warehouse, '') as subject,
    'on hand ' || on_hand || ', reserved ' || reserved || ' ' || coalesce(unit, '') as detail,
    cast(0 as decimal(18, 2)) as amount,
    cast(null as varchar) as cp_id,
    cast(null as date) as first_day,
    cast(null as date) as last_day,
from stock_available($as_of)
where is_over_reserved
