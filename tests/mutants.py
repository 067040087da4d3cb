"""Rules broken one at a time: what stands in a file, what a careless hand would put there, and the test that must notice.

bench/mutants.py runs them all; tests/test_mutants.py some, and that every text still stands exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass

ORACLE = "tests/test_oracle.py::test_"
BOOKS = "tests/sql/test_"
WORKED = "tests/test_worked.py::test_"
DEBTS = f"{ORACLE}open_items_are_published_as_reckoned[hard 1-ar]"
OWED = f"{ORACLE}open_items_are_published_as_reckoned[hard 1-ap]"
SETTLED = f"{ORACLE}every_settlement_is_published_as_reckoned[hard 1]"
COUNTED = f"{BOOKS}documents.py::test_only_posted_unmarked_and_carried_out_documents_count"
APART = f"{BOOKS}pools.py::test_a_credit_pays_nothing_"


@dataclass(frozen=True, slots=True)
class Mutant:
    """edits: (file, text that stands there exactly once, text in its place). killer: id of a test that fails over them."""

    name: str
    killer: str
    edits: tuple[tuple[str, str, str], ...]


def _mutant(name: str, file: str, old: str, new: str, killer: str) -> Mutant:
    return Mutant(name, killer, ((f"sql/{file}.sql", old, new),))


def _pool(name: str, part: str, killer: str) -> Mutant:
    """One part less of what debts and credits must share: debits and credits alike."""
    debit = "e.side, e.org_id, e.cp_id, e.contract_id, e.currency"
    credit = debit.replace("e.", "")
    less = ", ".join(p for p in debit.split(", ") if p != f"e.{part}")
    return Mutant(
        name,
        killer,
        (
            ("sql/settlement/debit_item.sql", f"hash({debit})", f"hash({less})"),
            (
                "sql/settlement/credit_item.sql",
                f"hash({credit})",
                f"hash({less.replace('e.', '')})",
            ),
        ),
    )


MUTANTS = (
    # the day
    _mutant("due today is late", "mart/open_items", "when o.days_late <= 0 then", "when o.days_late < 0 then", DEBTS),
    _mutant("day 30 is 31-60", "mart/open_items", "when o.days_late <= 30 then", "when o.days_late < 30 then", DEBTS),
    _mutant("late by one more", "mart/open_items", "cast(as_of as date)) as days_late", "cast(as_of as date)) + 1 as days_late", DEBTS),
    _mutant("today for as_of", "mart/open_items", "s.due_date, cast(as_of as date))", "s.due_date, current_date)", DEBTS),
    _mutant("payment of the day is tomorrow's", "settlement/open_span", "select m.pool, m.debit_turn, m.eff_date, -m.amount_doc", "select m.pool, m.debit_turn, m.eff_date + 1, -m.amount_doc", DEBTS),
    _mutant("the day itself is tomorrow's, to suppliers", "mart/open_items", "s.open_from <= as_of", "s.open_from < as_of", OWED),
    _mutant("open until the day before, to suppliers", "mart/open_items", "s.open_to >= as_of", "s.open_to > as_of", OWED),
    _mutant("debts of later days", "mart/open_items", "where s.side = of_side and s.open_from <= as_of and", "where s.side = of_side and", DEBTS),
    _mutant("revalued before the day", "settlement/open_span", "and r.reval_date <= s.open_from", "and r.reval_date < s.open_from", DEBTS),
    _mutant("bank papers on their own day", "core/doc_head", "cast(coalesce(stmt_time, doc_time) as date)", "cast(doc_time as date)",
            f"{BOOKS}documents.py::test_a_bank_document_counts_on_the_day_of_the_statement"),
    _mutant("plus five for good", "core/deal", "timezone(d.timezone, timezone('UTC', d.created_utc))", "d.created_utc + interval 5 hours",
            f"{BOOKS}bank_and_crm.py::test_moments_of_the_crm_become_local_by_the_zone_of_their_day"),
    _mutant("balance of the last line", "mart/cash_position", "l.value_date between s.first_day and s.stmt_date", "l.value_date between s.first_day and s.last_day",
            f"{ORACLE}cash_is_published_as_reckoned[tiny 42]"),
    # what counts
    _mutant("drafts count", "core/doc_head", "when not posted or not coalesce(is_paid, true) then", "when not coalesce(is_paid, true) then", COUNTED),
    _mutant("what the bank has not carried out counts", "core/doc_head", "when not posted or not coalesce(is_paid, true) then", "when not posted then", COUNTED),
    _mutant("deleted counts", "core/doc_head", "when is_deleted then 'deleted'", "", COUNTED),
    _mutant("vanished counts", "core/doc_head", "when is_vanished then 'vanished'", "", COUNTED),
    # settlement
    _mutant("due date before document date", "settlement/debit_item", "order by doc_date, due_date, src_ref, stage", "order by due_date, doc_date, src_ref, stage", SETTLED),
    _mutant("paid on the day of the payment", "settlement/matched", "greatest(e.free_date, d.doc_date) as eff_date", "e.free_date as eff_date", SETTLED),
    _mutant("links are ignored", "settlement/claim", "d.pool = c.pool and d.doc_id = c.target_doc_id", "d.pool = c.pool and d.doc_id = c.target_doc_id and false", SETTLED),
    _mutant("what is kept for a later document is free", "settlement/credit_item", "greatest(e.doc_date, coalesce(t.target_date, other.doc_date, e.doc_date)) as free_date", "e.doc_date as free_date", SETTLED),
    _mutant("by document is by order", "settlement/matched", "where settle_mode <> 'by_document' group by pool", "group by pool", SETTLED),
    _mutant("a revaluation forgets the last one", "settlement/revaluation", "coalesce(share_of(v.value_kzt, o.open_doc, v.open_doc), in_kzt(o.open_doc, o.rate, o.rate_mult)) as before_kzt",
            "in_kzt(o.open_doc, o.rate, o.rate_mult) as before_kzt", f"{WORKED}what_is_open_of_an_evening_is_as_worked_out"),
    _mutant("a revaluation lifts each debt alike", "settlement/revaluation", "cast(v.value_kzt - v.before_kzt as decimal(18, 2)) as amount_kzt,\n    v.value_kzt,",
            "cast(v.value_kzt - v.before_kzt as decimal(18, 2)) as amount_kzt,\n    cast(v.before_kzt + share_of(o.amount_kzt, v.open_doc, sum(v.open_doc) over (partition by o.pool, o.n)) as decimal(18, 2)) as value_kzt,",
            f"{WORKED}what_is_open_of_an_evening_is_as_worked_out"),
    _mutant("tenge for dollars at a rate cut short", "settlement/credit_item", "if(is_converted, a.amount_kzt, null) as worth_kzt", "cast(null as decimal(18, 2)) as worth_kzt",
            f"{WORKED}exchange_differences_are_as_worked_out"),
    _mutant("opening balances owe nothing", "settlement/debit_item", "from journal_item j\n    where j.amount_doc > 0", "from journal_item j\n    where false",
            f"{WORKED}what_is_open_of_an_evening_is_as_worked_out"),
    _mutant("refunds raise nothing", "settlement/debit_item", "where d.type in ('refund_out', 'refund_in')", "where d.type in ('refund_in')", DEBTS),
    _mutant("stages rounded up", "core/doc_schedule", "else trunc(cast(d.sum_doc", "else round(cast(d.sum_doc",
            f"{BOOKS}document_parts.py::test_stages_are_cut_to_the_tiyn_and_the_one_written_last_takes_the_rest"),
    _mutant("ties by chance", "settlement/credit_item", "free_date = doc_date, doc_date, src_ref, line_no", "free_date = doc_date, doc_date",
            "tests/test_oracle_mirror.py::test_rows_that_came_in_another_order_make_the_same_relations"),
    _mutant("one running sum for all", "settlement/matched", "over (partition by d.pool order by d.turn) as reach", "over (order by d.pool, d.turn) as reach",
            "tests/test_oracle_mirror.py::test_without_the_documents_of_one_party_the_others_owe_the_same"),
    _pool("across contracts", "contract_id", f"{APART}of_another_contract"),
    _pool("across currencies", "currency", f"{APART}in_another_currency"),
    _pool("across entities", "org_id", f"{APART}of_another_entity"),
    _pool("across parties", "cp_id", f"{APART}of_another_party"),
    _pool("across roles", "side", f"{APART}of_the_other_role"),
    # what it is called
    _mutant("advances net receivables", "mart/aged", "cast(coalesce(d.open_kzt, 0) as decimal(18, 2)) as open_kzt",
            "cast(coalesce(d.open_kzt, 0) - coalesce(u.advances_kzt, 0) as decimal(18, 2)) as open_kzt", f"{ORACLE}buckets_sum_to_what_is_open[hard 1]"),
    _mutant("own entities among debtors", "mart/aged", "where not o.is_intercompany", "", f"{ORACLE}ageing_is_published_as_reckoned[hard 1]"),
    _mutant("own entities among sales", "metrics/revenue", "where not is_intercompany", "", f"{BOOKS}metrics_sales.py::test_revenue_is_net_of_returns_each_on_its_own_day"),
    _mutant("returns are advances", "settlement/unused_span", "c.doc_type in ('pay_in', 'pay_out', 'journal_advance')", "c.doc_type in ('pay_in', 'pay_out', 'sale_return')",
            f"{ORACLE}advances_and_credits_are_published_as_reckoned[hard 1]"),
    _mutant("returns are payments", "settlement/settlement", "then 'return'", "then 'explicit'", f"{ORACLE}how_late_customers_pay_is_published_as_reckoned[hard 1]"),
    _mutant("offsets are payments", "mart/pay", "where d.type in ('pay_in', 'pay_out', 'refund_in', 'refund_out')",
            "where d.type in ('pay_in', 'pay_out', 'refund_in', 'refund_out', 'offset')", f"{ORACLE}payments_are_published_as_reckoned[hard 1]"),
    _mutant("refunds are no payments", "mart/pay", "where d.type in ('pay_in', 'pay_out', 'refund_in', 'refund_out')",
            "where d.type in ('pay_in', 'pay_out')", f"{ORACLE}payments_are_published_as_reckoned[hard 1]"),
    _mutant("a debt written off is paid", "mart/invoice_status", "s.eff_date <= as_of and s.method in ('explicit', 'contract_fifo')", "s.eff_date <= as_of",
            f"{ORACLE}the_status_of_a_number_is_published_as_reckoned[hard 1]"),
    _mutant("likely is paid", "mart/invoice_status", "then 'likely_paid'", "then 'paid'", f"{ORACLE}the_status_of_a_number_is_published_as_reckoned[hard 1]"),
    _mutant("write-offs are collected", "mart/collections", "s.method = 'writeoff'", "s.method = 'none'",
            f"{BOOKS}metrics_receivables.py::test_collection_index_and_write_offs_off_its_numerator"),
    _mutant("own transfers flow", "mart/cash_move", "category not in ('own_transfer', 'intercompany')", "category <> 'intercompany'",
            f"{BOOKS}metrics_money.py::test_a_refund_lowers_its_category_and_totals_hold_flows_alone"),
    _mutant("what no row names is lost", "mart/cash_share", "l.doc_id is null or l.amount_doc <> d.sum_doc", "l.doc_id is null",
            f"{BOOKS}cash_items.py::test_what_no_row_holds_is_of_the_item_of_the_payment"),
    _mutant("the rest of a payment is the whole of it", "mart/cash_share", "d.sum_kzt - coalesce(l.amount_kzt, 0)", "d.sum_kzt",
            f"{BOOKS}cash_items.py::test_dollars_are_split_in_tenge_to_the_tiyn_of_the_payment"),
    _mutant("own transfers have items", "mart/cash_share", "case when s.is_flow then d.ddc_item_id end", "d.ddc_item_id",
            f"{BOOKS}cash_items.py::test_own_transfers_and_own_entities_are_of_no_item"),
    _mutant("rows of a payment have no item of the head", "core/pay_alloc", "coalesce(row_item_id, doc_item_id)", "row_item_id",
            f"{ORACLE}money_by_item_is_published_as_reckoned[hard 1]"),
    _mutant("between own entities flows", "mart/cash_move", "category not in ('own_transfer', 'intercompany')", "category <> 'own_transfer'",
            f"{BOOKS}metrics_money.py::test_a_refund_lowers_its_category_and_totals_hold_flows_alone"),
    # taxes and rounding
    _mutant("12 % for good", "mart/vat_lines", "vat_inside(sum_doc, vat_rate) end as expected_doc", "vat_inside(sum_doc, 12) end as expected_doc",
            f"{BOOKS}metrics_sales.py::test_vat_is_held_against_the_rate_and_the_rate_against_the_day_of_turnover"),
    _mutant("16 % a day early", "mart/vat_lines", "turnover_date <= date '2025-12-31'", "turnover_date < date '2025-12-31'",
            f"{BOOKS}metrics_sales.py::test_vat_is_held_against_the_rate_and_the_rate_against_the_day_of_turnover"),
    _mutant("a return at the rate of its own day", "mart/vat_lines", "coalesce(case b.type when 'purchase' then b.in_date end, b.doc_date)", "d.doc_date",
            f"{BOOKS}metrics_sales.py::test_vat_is_held_against_the_rate_and_the_rate_against_the_day_of_turnover"),
    _mutant("lines rounded apart", "mart/sale_line", "in_kzt(r.reach, d.rate, d.rate_mult) - in_kzt(r.reach - r.sum_doc, d.rate, d.rate_mult) as gross_kzt",
            "in_kzt(r.sum_doc, d.rate, d.rate_mult) as gross_kzt", f"{BOOKS}metrics_sales.py::test_lines_sum_to_the_document_to_the_tiyn_and_what_they_lack_stays"),
    _mutant("rows of a payment rounded apart", "core/pay_alloc", "cast(in_kzt(upto, doc_rate, rate_mult) - in_kzt(upto - sum_doc, doc_rate, rate_mult) as decimal(18, 2))",
            "in_kzt(sum_doc, doc_rate, rate_mult)", f"{BOOKS}document_parts.py::test_rows_of_a_payment_sum_to_its_tenge"),
    # days of sales, limits
    _mutant("dso of prepaid sales", "mart/credit_sale", "cast(sign * in_kzt(sum_doc - prepaid_doc, rate, rate_mult) as decimal(18, 2)) as credit_kzt",
            "cast(sign * in_kzt(sum_doc, rate, rate_mult) as decimal(18, 2)) as credit_kzt", f"{BOOKS}metrics_receivables.py::test_prepaid_sales_are_left_out_and_returns_counted_in_full"),
    _mutant("dso without sales is zero", "mart/dso", "as decimal(18, 2)) end as sales_days", "as decimal(18, 2)) else 0 end as sales_days",
            f"{BOOKS}metrics_receivables.py::test_without_credit_sales_dso_is_nothing_not_zero[dso_simple]"),
    _mutant("dso of 91 days", "mart/dso", "credit_sales(cast(as_of as date) - cast(window_days as integer) + 1,", "credit_sales(cast(as_of as date) - cast(window_days as integer),",
            f"{BOOKS}metrics_receivables.py::test_dso_divides_by_credit_sales_of_the_window_alone"),
    _mutant("no limit is a limit of zero", "mart/exposure", "then 'not_kept'", "then 'zero'",
            f"{BOOKS}metrics_receivables.py::test_exposure_takes_off_advances_of_the_same_contract_only_and_no_limit_is_none"),
    _mutant("a limit is broken when it is reached", "mart/exposure", "s.receivables_kzt - s.advances_kzt > k.credit_limit_kzt", "s.receivables_kzt - s.advances_kzt >= k.credit_limit_kzt",
            f"{BOOKS}metrics_receivables.py::test_a_limit_is_broken_above_it_and_one_of_zero_is_not_broken"),
    # the bank
    _mutant("a bank line twice, by number", "mart/bank_rec", "direction, amount, day, number_short, n)", "direction, amount, day, number_short)",
            f"{BOOKS}bank_rec.py::test_each_line_and_each_document_is_used_once"),
    _mutant("a bank line twice, by party", "mart/bank_rec", "k.stretch = b.stretch and k.n = b.n", "k.stretch = b.stretch",
            f"{BOOKS}bank_rec.py::test_each_line_and_each_document_is_used_once"),
    _mutant("any day will do where a party has one", "mart/bank_rec", "and apart <= 5", "", f"{BOOKS}bank_rec.py::test_one_line_and_one_payment_of_a_party_meet_within_five_days"),
    _mutant("any day will do", "mart/bank_rec", "and abs(date_diff('day', k.day, b.day)) <= 5", "", f"{BOOKS}bank_rec.py::test_a_payment_found_by_its_party_is_within_five_days"),
)  # fmt: skip
