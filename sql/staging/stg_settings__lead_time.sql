-- Days from a store to a place, as the company wrote them down.
--
-- kind:   view
-- grain:  src_ref
-- source: raw.settings_lead_time
--
-- src_ref         store and place, lower case
-- from_warehouse  store, as written
-- place           where to, as written
-- lead_days       calendar days
select src_ref, from_warehouse, to_place as place, days as lead_days,
from raw.settings_lead_time
where deleted_at is null
