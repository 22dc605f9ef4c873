"""Why a form is left out of a happening, where several give the same reason."""

NO_WORDS_KEPT = dict.fromkeys(
    ("account_*", "mfa_*"), "A password or a second factor: nothing that was typed is ever kept or shown."
) | {
    "openid_connect_*": "The agency’s own sign-in, which sends no form of ours.",
    "enter_as": "The demo’s way in: one press, without words, by somebody not signed in yet.",
    "mails_off": "One press by the link of a mail, without a sign-in; nothing is typed.",
    "usersessions_list": "Presses that end a sign-in; nothing is typed.",
}
"""Of forms about accounts."""

ASKS_ONLY = dict.fromkeys(
    ("goal_sentence", "goals:sentence", "manage_edition_aspect_notes", "manage_edition_goal_notes"),
    "Answers what is typed while it is typed, and stores nothing.",
)

FILES = dict.fromkeys(
    ("manage_people_import", "manage_editions", "manage_edition_add"),
    "Only a file is sent, and files aren’t kept: the page says so (test_given_back.py).",
)

LAPTOP = {
    "group_laptop_turn": "On a laptop that goes round nothing is kept for whoever signs in next (ADR 12); its fields save themselves.",
    "given_back": "It throws away what waits, and asks nothing that could be lost.",
}

_NEW = "It makes something new beside what stands, so nothing can be undone by it."
_ONCE = "What stands is a step that is taken once: the domain refuses a second one, or takes it for the same."
MAKES = dict.fromkeys(
    (
        "invite",
        "ask",
        "goals",
        "celebrations",
        "carry",
        "handover",
        "conversation",
        "promise_make",
        "session_congratulate",
        "review_focus:congratulate",
        "level_log",
        "practice_plus",
        "private_practice",
        "put_right",
        "shadow_note_new",
        "group_new",
        "group_ask",
        "group_plan",
        "group_join",
        "training_list",
        "placements_profile",
        "manage_people_invite",
        "manage_units",
        "manage_days_off",
        "manage_cohort_new",
        "manage_cohort_people:put_in",
        "manage_sort_new",
        "manage_edition_new_draft",
    ),
    _NEW,
)
PRESSES = dict.fromkeys(
    (
        "invitation_answer",
        "engagement",
        "resume",
        "orientation:*",
        "agreement_sign",
        "walkthrough_done",
        "focus_*",
        "goal_put_down",
        "edition_move:*",
        "end",
        "release_take_back",
        "erase_consent:*",
        "session_begin",
        "session_call_off",
        "session_take_back",
        "session_left_open:*",
        "session_plan_anew",
        "session_close*",
        "promise_settle:*",
        "me_mails:none",
        "me_calendar:make",
        "me_calendar_revoke",
        "look_back",
        "review_focus:rate",
        "review_focus:observe",
        "review_focus:reply",
        "review_focus:decide",
        "manage_person_identity",
        "practice_undo",
        "level_undo",
        "placements:delete_all",
        "private_entry_delete",
        "shadow_note:delete",
        "shadow_note_show",
        "training:leave",
        "levelling_vignette:place",
        "sort:withdraw",
        "sort_order:keep",
        "given_back",
        "group_link",
        "group_leave*",
        "group_hand_over",
        "group_take_over",
        "group_session_join*",
        "group_parts:take",
        "group_device",
        "group_begin",
        "group_step:pass",
        "group_go",
        "group_close",
        "group_erase",
        "group_laptop",
        "manage_person_*",
        "manage_unit_remove",
        "manage_day_off_remove",
        "manage_cohort_people:take_out",
        "manage_cohort_code",
        "manage_cohort_remove",
        "manage_sort:*",
        "manage_edition_publish",
        "manage_edition_retire",
        "manage_edition_delete",
        "manage_edition_take_out",
    ),
    _ONCE,
)
REVISIONS = (
    dict.fromkeys(
        ("stage", "review_focus:keep", "agreement_draft:*", "training", "group_step", "group_laptop_turn"),
        "Saves itself by revisions, and an older one is answered with both texts (tests/browser/autosave, test_agreement.py).",
    )
    | dict.fromkeys(
        ("manage_edition_aspect", "manage_edition_question", "manage_edition_goal", "manage_edition_origin"),
        "A form of its own kind: fields that two have changed are shown, the others are merged (test_manage_editions.py).",
    )
    | dict.fromkeys(
        ("erase", "manage_edition_plan", "manage_people_import_plan"),
        "Carries a print of the whole plan that its page showed, and another plan is shown first.",
    )
    | {
        "sort_name": "One person's own choice for a card, which they may make again; of two tabs of theirs the later one counts.",
        "sort_order:arrange": "Carries how the cards lay on its page, and how they lie by now is shown first (test_sorting.py).",
        "manage_people_import_columns": "What the columns of one's own file are; of two tabs of one person the later one counts.",
        "walkthrough": "Ticks that keep themselves while they are made; of two tabs of one person the later one counts.",
        "practice_line": "The form is there only while an entry's line isn't shared; of two tabs of one person the later one counts.",
        "level_line": "The form is there only while a level isn't shared; of two tabs of one person the later one counts.",
        "level_when": "One person's own day; of two tabs of theirs the later one counts.",
        "practice_when": "One person's own day; of two tabs of theirs the later one counts.",
    }
)
