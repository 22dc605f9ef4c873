"""What an open page of a session shows of the other side's, asked for whenever that side has written: it has to cost little."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from coaching.dialogue.stages import Stage
from coaching.models import CoachingSession, Congratulation, Promise, Seat, StageWords
from coaching.models.access import Thing
from coaching.queries.corrections import lay_beside
from coaching.views import access
from coaching.views.autosave import WordsField
from sopcoach.models import User
from sopcoach.models.written import once
from sopcoach.requests.typed import HttpRequest


def others_part(
    request: HttpRequest, seat: Seat, session: CoachingSession, stage: Stage
) -> dict[str, object]:
    """The part of a stage's page that is the other side's, and nothing else."""
    rows = once(_words_of, request.user, [session.pk, stage.key, seat.other.pk])
    here = {row.field: row for row in rows}
    theirs = [WordsField.of(field, here.get(field.key)) for field in session.fields_in(stage)]
    part: dict[str, object] = {"seat": seat, "session": session, "theirs": theirs}
    promises: list[Promise] = []
    if stage.key == "next_steps":
        promises = list(once(_promises_of, request.user, [session.pk, seat.other.pk]))
        part["their_promises"] = promises
    if stage.key == "feedback":
        cheers = list(once(_congratulations_of, request.user, [session.pk, seat.other.pk]))
        lay_beside(request.user, cheers)
        part["their_congratulations"] = cheers
    if session.is_open or promises or any(words.text for words in theirs):
        access.note(request, seat, Thing.STAGE, session.title, stage.title)
    return part


def _words_of(user: User, keys: Sequence[Any]) -> QuerySet[StageWords]:
    session, stage, author = keys
    return StageWords.objects.visible_to(user).filter(session=session, stage=stage, author=author)


def _promises_of(user: User, keys: Sequence[Any]) -> QuerySet[Promise]:
    session, keeper = keys
    return Promise.objects.visible_to(user).filter(session=session, keeper=keeper)


def _congratulations_of(user: User, keys: Sequence[Any]) -> QuerySet[Congratulation]:
    session, author = keys
    return Congratulation.objects.visible_to(user).filter(session=session, author=author)
