-- A decision of settings/same_party.csv is not followed: there is no such card, a valid BIN says otherwise, or another decision or rule does.
--
-- kind:     reconciliation
-- label.ru: Решение о контрагентах не применено
-- label.kk: Контрагенттер туралы шешім қолданылмады
-- label.en: A decision about counterparties does not hold
-- touches:  ageing, top_debtors, client_receivables
select
    'card_' || d.card || ', card_' || d.other as subject,
    case d.why
        when 'no_card' then 'there is no such card'
        when 'two_bins' then 'their valid BINs differ: they stay two'
        when 'one_bin' then 'they have one valid BIN: they stay one'
        when 'joined' then 'other decisions make them one'
        else if(d.is_same, 'they stay two', 'a rule takes both for a third party: decide about each of them and that one')
    end as detail,
    cast(0 as decimal(18, 2)) as amount,
    cast(null as varchar) as cp_id,
    cast(null as date) as first_day,
    cast(null as date) as last_day,
from cp_decision d
left join cp_key a on a.id = d.card
left join cp_key b on b.id = d.other
where d.why is not null or d.is_same <> (a.cp_id = b.cp_id)
