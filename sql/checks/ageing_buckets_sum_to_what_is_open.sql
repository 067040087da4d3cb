-- The buckets of a customer add up to what it owes, and overdue to the late ones.
--
-- kind: integrity
select cp_id, open_kzt, overdue_kzt
from ageing($as_of)
where open_kzt <> not_due_kzt + d1_30_kzt + d31_60_kzt + d61_90_kzt + d91_plus_kzt
    or overdue_kzt <> d1_30_kzt + d31_60_kzt + d61_90_kzt + d91_plus_kzt
