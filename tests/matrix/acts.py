"""What is sent to each address by POST, so that the act itself would succeed for whoever may do it."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from tests.matrix.world import World

type Values = dict[str, object]


def soon() -> str:
    return (timezone.localdate() + timedelta(days=9)).isoformat()


TERMS = {
    "rhythm": "monthly",
    "minutes": "120",
    "place": "On Mondays.",
    "purpose": "To learn.",
    "readers": "The two of us.",
    "concerns": "We talk.",
}

COHORT = {
    "title": "New workers",
    "audience": "workers",
    "starts_on": "2030-03-04",
    "ends_on": "2030-03-15",
}

ACTS: dict[str, Callable[[Values], Values]] = {
    "me_clock": lambda values: {"time_zone": "America/New_York"},
    "me_calendar_revoke": lambda values: {"act": "revoke"},
    "me_calendar": lambda values: {"act": "make", "title": "Meeting"},
    "me_mails": lambda values: {"hour": "08:00", "occasions": ["asked"]},
    "me_called": lambda values: {"called": "Wanda"},
    "invite": lambda values: {"act": "send", "to": values["pk"], "words": "Would you like to?"},
    "ask": lambda values: {"act": "send", "to": values["pk"], "wish": "observing", "words": "May I?"},
    "invitation_answer": lambda values: {"act": "answer", "answer": "formal"},
    "engagement": lambda values: {"act": "choose", "choice": "stop"},
    "pause": lambda values: {"act": "pause", "until": soon()},
    "orientation": lambda values: {"act": "propose"},
    "path": lambda values: {"path": "one_by_one"},
    "agreement_draft": lambda values: TERMS | {"act": "sign"},
    "walkthrough": lambda values: {"interest": [values["aspect"]]},
    "focus_choose": lambda values: {"focus": [values["aspect"]]},
    "focus_start": lambda values: {"act": "share", "level": 3},
    "focus_target": lambda values: {"act": "share", "level": 5},
    "goals": lambda values: {
        "focus": values["focus"],
        "verb": "Use",
        "practice": "Three Questions",
        "with_whom": "caregivers",
        "joiner": "on",
        "count": "5",
        "unit": "cases",
        "by": "thirty_days",
        "day": "",
    },
    "session_close": lambda values: {"act": "close", "day": soon(), "at": "10:00"},
    "session_call_off": lambda values: {"act": "call_off"},
    "session_move": lambda values: {"day": soon(), "at": "10:00"},
    "session_congratulate": lambda values: {"act": "say", "congratulation": "You waited."},
    "promise_make": lambda values: {"act": "promise", "promise": "Listen.", "due_on": soon()},
    "promise_settle": lambda values: {"act": "take_back"},
    "look_back": lambda values: {"act": "share", "went_well": "I waited."},
    "review_focus": lambda values: {"act": "observe", "saw": "You waited.", "level": 4},
    "stage": lambda values: {"words": "To learn.", "revision_words": 0},
    "celebrations": lambda values: {"act": "say", "text": "It went well."},
    "put_right": lambda values: {"act": "share", "text": "I waited twice."},
    "end": lambda values: {"act": "end"},
    "handover": lambda values: {"act": "release", "aspect": [values["aspect"]], "to": values["to"]},
    "erase": lambda values: {"act": "erase", "what": "private", "sure": "on", "seen": values["seen"]},
    "erase_consent": lambda values: {"act": "ask"},
    "practice_plus": lambda values: {"client_key": "6b3f0a52-9a8e-4a53-8f3c-0f4e0c2b7a11"},
    "practice_when": lambda values: {"practised_on": timezone.localdate().isoformat()},
    "practice_line": lambda values: {"act": "keep", "line": "It came."},
    "level_log": lambda values: {"level": 3, "client_key": "0d3f7c6e-4a11-4f6e-9d7b-8a5a41c0e2b9"},
    "level_when": lambda values: {"logged_on": timezone.localdate().isoformat()},
    "level_line": lambda values: {"act": "keep", "line": "It came."},
    "placements": lambda values: {"delete": "all"},
    "placements_profile": lambda values: {"level": 3},
    "private_practice": lambda values: {"aspect": values["aspect"], "line": "It came."},
    "shadow_note_new": lambda values: {"aspect": values["aspect"], "stood_out": "A pause."},
    "shadow_note": lambda values: {"aspect": values["aspect"], "stood_out": "A pause."},
    "shadow_note_show": lambda values: {"act": "show"},
    "shadow_offer": lambda values: {"profiles": [values["profile"]]},
    "carry": lambda values: {"act": "share", "items": [values["placement"]]},
    "training_list": lambda values: {"code": values["code"]},
    "training": lambda values: {"note": "Ask what else.", "revision_note": 0},
    "levelling_vignette": lambda values: {"act": "place", "level": 3},
    "manage_cohort_new": lambda values: COHORT | {"edition": values["edition"], "facilitator": values["pk"]},
    "manage_cohort": lambda values: COHORT | {"edition": values["edition"], "facilitator": values["pk"]},
    "manage_cohort_people": lambda values: {"people": [values["pk"]]},
    "manage_sort_new": lambda values: {"aspects": [values["aspect"]], "closes_on": soon()},
    "manage_sort": lambda values: {"act": "close"},
    "sort": lambda values: {"act": "withdraw"},
    "sort_name": lambda values: {"aspect": "unsure"},
    "sort_order": lambda values: {"act": "arrange"},
    "group_new": lambda values: {"title": "Ours"},
    "group_step": lambda values: {"words": "To learn.", "revision_words": 0},
    "group_go": lambda values: {"step": "worries"},
    "group_plan": lambda values: {"about": "conversation"},
    "group_ask": lambda values: {"people": [values["pk"]]},
    "group_parts": lambda values: {"act": "advisor"},
    "group_device": lambda values: {"act": "laptop"},
    "group_hand_over": lambda values: {"to": values["heir"]},
    "group_laptop_turn": lambda values: {"words": "To learn.", "revision_words": 0},
    "agreement_sign": lambda values: {"act": "sign"},
    "group_close": lambda values: {"act": "close"},
    "group_erase": lambda values: {"act": "erase"},
    "group_leave": lambda values: {"act": "leave"},
    "private_entry_delete": lambda values: {"act": "delete"},
    "walkthrough_done": lambda values: {"act": "done", "asked": "1"},
    "manage_cohort_remove": lambda values: {"act": "delete"},
    "manage_person_deactivate": lambda values: {"act": "deactivate"},
    "manage_person_second_factor": lambda values: {"act": "remove"},
    "manage_unit_remove": lambda values: {"act": "delete"},
    "manage_edition_publish": lambda values: {"act": "publish"},
    "manage_edition_retire": lambda values: {"act": "retire"},
    "manage_edition_delete": lambda values: {"act": "delete"},
    "manage_edition_take_out": lambda values: {"act": "delete"},
    "edition_move": lambda values: {"act": "propose"},
    "goal_put_down": lambda values: {"act": "put_down"},
}

PLACE: dict[str, Callable[[World], Values]] = {
    "practice_plus": lambda world: world.places["running"],
    "practice_undo": lambda world: world.places["running"],
    "practice_line": lambda world: world.places["running"],
    "practice_when": lambda world: world.places["running"],
    "level_log": lambda world: world.places["running"],
    "level_undo": lambda world: world.places["running"],
    "level_line": lambda world: world.places["running"],
    "level_when": lambda world: world.places["running"],
    **dict.fromkeys(
        ("shadow_note", "shadow_note_show", "private_entry_delete"),
        lambda world: world.places["kept"],
    ),
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "none-1"},
    **dict.fromkeys(
        (
            "training",
            "levelling",
            "levelling_vignette",
            "manage_cohort",
            "manage_cohort_people",
            "manage_cohort_code",
            "manage_cohort_remove",
        ),
        lambda world: world.places["training"],
    ),
    "manage_sort": lambda world: world.places["sort"],
    **dict.fromkeys(("sort", "sort_name", "sort_order"), lambda world: world.places["sorting"]),
    **dict.fromkeys(
        ("sort_results", "sort_results_csv", "sort_result"), lambda world: world.places["sorted"]
    ),
    "calendar_feed": lambda world: {"token": world.places["elsewhere"]["feed"]},
    "mails_off": lambda world: {"token": world.places["elsewhere"]["off"]},
    "profiles:detail": lambda world: {"slug": world.profile},
    "profiles:print": lambda world: {"slug": world.profile},
    "manage_unit": lambda world: {"pk": world.places["elsewhere"]["unit"]},
    "manage_unit_remove": lambda world: {"pk": world.places["elsewhere"]["unit"]},
    "mfa_edit_webauthn": lambda world: {"pk": 1},
    "mfa_remove_webauthn": lambda world: {"pk": 1},
    **dict.fromkeys(
        (
            "group",
            "group_ask",
            "group_link",
            "group_leave",
            "group_plan",
            "group_join",
            "group_session",
            "group_go",
            "group_close",
            "group_erase",
            "group_screen",
            "group_step",
            "group_device",
            "group_laptop",
            "group_laptop_turn",
            "group_hand_over",
            "group_take_over",
        ),
        lambda world: world.places["group"],
    ),
    **dict.fromkeys(
        ("group_session_join", "group_parts", "group_begin"), lambda world: world.places["lobby"]
    ),
}
"""What stands in addresses outside of a partnership's own, where it isn't what the world holds for everywhere."""
