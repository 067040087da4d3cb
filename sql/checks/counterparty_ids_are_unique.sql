-- Every counterparty has one id, and every valid tax number one counterparty.
--
-- kind: integrity
select cp_id as what, count(*) as times from cp group by cp_id having count(*) > 1
union all
select bin_iin, count(*) from cp where bin_valid and kind <> 'branch' group by bin_iin having count(*) > 1
