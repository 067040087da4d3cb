-- Who looks after each customer on a date: the employee responsible for its latest deal in the CRM. 1C names nobody here, so a customer
-- without a deal has no row.
--
-- kind:      macro(as_of date)
-- grain:     cp_id
-- source:    deal
-- units:     none
-- label.ru:  Менеджеры клиентов
-- label.kk:  Клиенттердің менеджерлері
-- label.en:  Account managers
-- synonyms:  менеджер клиента, ответственный, кто ведёт клиента, клиенттің менеджері, account manager, owner of the customer
--
-- cp_id    customer
-- manager  responsible employee
-- deal_id  deal that says so: the latest created up to as_of
-- since    day on which that deal was created
select d.cp_id, d.owner as manager, d.deal_id, cast(d.created_at as date) as since,
from deal d
where d.cp_id is not null and d.owner is not null and cast(d.created_at as date) <= as_of
qualify row_number() over (partition by d.cp_id order by d.created_at desc, d.deal_id desc) = 1
