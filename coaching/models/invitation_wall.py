"""Who may write which part of an invitation: whoever asked its words, whoever is asked the answer."""

from coaching.row_security.conditions import both, either, seated, system
from coaching.row_security.memberships import ENDED, outside
from coaching.row_security.policy import Wall, change

WITHDRAWN = "withdrawn"
_SENT_BY_SUPERVISOR = "{t}.asked_by = 'supervisor'"
_SENT_BY_WORKER = "{t}.asked_by = 'worker'"
_BY_ASKER = either(
    both(seated("supervisor_id"), _SENT_BY_SUPERVISOR), both(seated("worker_id"), _SENT_BY_WORKER)
)
_BY_ANSWERER = either(
    both(seated("worker_id"), _SENT_BY_SUPERVISOR), both(seated("supervisor_id"), _SENT_BY_WORKER)
)
_UNANSWERED = "{old}.answer = ''"


WALL = Wall(
    read=either(
        seated("worker_id"),
        both(seated("supervisor_id"), outside("slug", ENDED)),
        system("retention", "ending", "erasure"),
    ),
    insert=both(
        "{t}.answer = ''",
        _BY_ASKER,
    ),
    update=either(_BY_ANSWERER, _BY_ASKER),
    delete=system("retention", "ending", "erasure"),
    changes=(
        change(
            "answer",
            "answered_at",
            when=both(
                _UNANSWERED,
                either(
                    both(_BY_ANSWERER, f"{{t}}.answer <> '{WITHDRAWN}'"),
                    both(_BY_ASKER, f"{{t}}.answer = '{WITHDRAWN}'"),
                ),
            ),
        ),
        change("answer_words", when=both(_UNANSWERED, _BY_ANSWERER)),
        change("words", when=both(_UNANSWERED, _BY_ASKER)),
    ),
)
