-- Where each counterparty is known from, and by which rule the records were taken for one party: cards of 1C, companies of the CRM, and the
-- other sides of bank lines (one row a name, BIN and account as the bank spells them).
--
-- kind:     table
-- grain:    card_id
-- source:   1C, CRM, statement files
-- units:    score is 0 to 1
-- label.ru: Источники контрагентов
-- label.kk: Контрагенттердің дереккөздері
-- label.en: Counterparty sources
-- synonyms: дубли контрагентов, сопоставление, кто есть кто, как названо в банке, қайталанатын контрагент, duplicates, matching, identity
--
-- cp_id       party; null when nothing tells which one. Joins cp
-- src         onec, bitrix or bank
-- src_name    name there [untrusted]
-- bin_raw     BIN or IIN there, as typed [untrusted]
-- iban        account there
-- match_rule  bin, iban, iban_name, name, manual (a person joined them), own (a party of its own), same_name (names meet, not merged) or none
-- score       how sure the rule is, 0 to 1; null where nothing was matched
-- status      auto, manual where a person has decided, or review where one should: a line card,other,yes or no in settings/same_party.csv
-- card_id     short id of the record itself
with
bank_side as (
    select distinct
        l.cp_id,
        'bank' as src,
        l.cp_name as src_name,
        l.cp_bin as bin_raw,
        l.cp_iban as iban,
        case
            when l.cp_id is null then 'none'
            when b.cp_id is not null then 'bin'
            else 'iban'
        end as match_rule,
    from bank_line as l
    left join cp as b on b.bin_valid and b.bin_iin = l.cp_bin
    where l.cp_name is not null or l.cp_bin is not null or l.cp_iban is not null
)
select
    cp_id,
    src,
    coalesce(name, full_name) as src_name,
    bin_raw,
    iban,
    match_rule,
    score,
    status,
    'card_' || id as card_id,
from cp_key
union all
select
    cp_id,
    src,
    src_name,
    bin_raw,
    iban,
    match_rule,
    cast(case match_rule when 'bin' then 1 when 'iban' then 0.9 end as decimal(3, 2)) as score,
    case when match_rule = 'none' then 'review' else 'auto' end as status,
    'side_' || left(md5(concat_ws('|', coalesce(src_name, ''), coalesce(bin_raw, ''), coalesce(iban, ''))), 12) as card_id,
from bank_side
