"""The rules that the domain asks for: just these, each under its key."""

from rules.catalogue import RULES

ASKED = """
budget: overrun nearly_spent pace unspent overplanned total_overrun
expense: unapproved duplicate
income: submit_due report_due overdue
class: no_instructor not_published below_minimum at_risk undecided dropout over_capacity place_free unpaid age
    papers loss graduates_uncontacted
registration: duplicate
family: prepare no_companion companion_overload followup_due silent open_need not_connected
volunteer: not_contacted thanks overload dormant
committee: no_meeting no_chair no_work_plan short term_ending
event: volunteers_short not_published permits over_budget sacred_time clash holiday_missing no_summary
plan: no_goal no_budget no_owner late population_missing field_missing unapproved
goal: no_program behind
process: stuck no_input
need: unanswered mapping_stale population_unmapped
task: overdue
meeting: cadence
emergency: vacant unverified double no_drill
welfare: no_handler silent
response: stale
privacy: shared retention code_like_name
youth: inactive
publication: late board_update weekly_answer monthly_letter
channel: silent no_rules
feedback: missing
inquiry: unanswered trend
initiative: silent
partner: dormant
forum: not_met
asset: check_due stuck
hours: quota
service: unreadable columns intake no_recipient
"""


def test_the_catalogue_holds_the_ninety_five_rules_that_were_asked_for() -> None:
    asked: set[str] = set()
    family = ""
    for word in ASKED.split():
        if word.endswith(":"):
            family = word[:-1]
        else:
            asked.add(f"{family}.{word}")
    assert len(asked) == 95
    assert {rule.key for rule in RULES} == asked
