"""What is kept, how long, and that it goes when its time is over."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from coaching.models import Draft, ErasureConsent, ErasureLog, Invitation, StageWords, engagement
from coaching.models.access import AccessRecord
from coaching.models.erasing import ask_to_erase, erase_all, erase_private
from coaching.record import retention
from coaching.record.retention import Deletion, Entry, ScheduleError, problems, read_schedule
from sopcoach.sending.models import SentForm
from sopcoach.vault.models import DataKey
from tests.coaching import steps
from tests.forms.pages import form_to
from tests.roles import before_the_wall

pytestmark = pytest.mark.both_databases


def apply_retention(*args: str) -> str:
    printed = StringIO()
    with before_the_wall():
        call_command("apply_retention", *args, stdout=printed)
    return printed.getvalue()


def days_on(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_the_schedule_names_everything_about_people_and_nothing_else():
    assert list(problems(read_schedule())) == []


def test_every_period_is_said_in_words():
    for label, entry in read_schedule().items():
        for sentence in (entry.period, entry.erasure):
            assert sentence.endswith("."), label


def test_the_check_fails_on_a_field_that_is_not_listed_and_on_a_stale_line(db, monkeypatch):
    schedule = read_schedule()
    schedule["coaching.Goal"].fields.remove("practice")
    schedule["coaching.Goal"].fields.append("priority")
    del schedule["coaching.Promise"]
    schedule["coaching.Task"] = Entry(fields=[], period="Never.", erasure="Never.")
    schedule["coaching.Draft"].delete.append(Deletion(since="lost_at", days=1))
    monkeypatch.setattr("coaching.checks.read_schedule", lambda: schedule)
    found = [error.msg for error in run_checks(include_deployment_checks=True) if error.id == "coaching.E001"]
    assert found[1:] == [
        "coaching.Goal.practice is missing.",
        "coaching.Goal.priority isn’t there any more.",
        "coaching.Promise is missing.",
        "coaching.Task is no table about people.",
    ]
    assert found[0].startswith("coaching.Draft, delete since lost_at: Cannot resolve keyword")


def test_a_schedule_that_cannot_be_read_fails_the_check_and_the_command(db, monkeypatch, tmp_path):
    broken = tmp_path / "data_retention.yaml"
    broken.write_text("coaching.Goal: {fields: [practice], period: Never., erased: Never.}")
    with pytest.raises(ScheduleError, match="erased"):
        read_schedule(broken)

    def refuse():
        raise ScheduleError("data_retention.yaml: no")

    monkeypatch.setattr("coaching.checks.read_schedule", refuse)
    assert "data_retention.yaml: no" in [error.msg for error in run_checks(include_deployment_checks=True)]
    monkeypatch.setattr("coaching.management.commands.apply_retention.read_schedule", refuse)
    with pytest.raises(CommandError, match=r"data_retention\.yaml: no"):
        call_command("apply_retention")


def test_invitations_go_a_week_after_they_lapse_or_thirty_days_after_an_answer(cast, edition):
    waiting = Invitation.send(by=cast.sam, to=cast.petra, words="Would you like to?")
    declined = Invitation.send(by=cast.sam, to=cast.wanda, words="Would you?")
    declined.reply(by=cast.wanda, answer=Invitation.Answer.NOT_NOW, words="Not this year.")
    with days_on(29):
        assert "0 gone." in apply_retention()
    with days_on(31):
        apply_retention()
    assert list(Invitation.objects.all()) == [waiting]
    with days_on(38):
        apply_retention()
    assert not Invitation.objects.exists()


def test_the_keys_of_what_goes_are_destroyed(cast, edition, django_capture_on_commit_callbacks):
    invitation = Invitation.send(by=cast.sam, to=cast.petra, words="Would you like to?")
    with days_on(38), django_capture_on_commit_callbacks(execute=True):
        apply_retention()
    assert DataKey.objects.get(unit=invitation.pk).erased_at


def test_a_dry_run_counts_and_takes_nothing(cast, edition):
    Invitation.send(by=cast.sam, to=cast.petra, words="Would you like to?")
    with days_on(38):
        printed = apply_retention("--dry-run")
    assert "1 invitation, 37 days after sent_at" in printed
    assert "1 would go." in printed
    assert Invitation.objects.exists()


def test_drafts_go_thirty_days_after_their_session_has_closed(session, cast):
    session.open(by=cast.sam)
    session.say("purpose", by=cast.wanda, field="words", text="To learn.", revision=0)
    Draft.put(session, by=cast.sam, field="promise", text="Perhaps.", revision=0)
    following = steps.close(session)
    kept = Draft.put(following, by=cast.wanda, field="promise", text="Perhaps this.", revision=0)
    with days_on(29):
        apply_retention()
        assert Draft.objects.count() == 2
    with days_on(31):
        apply_retention()
    assert list(Draft.objects.all()) == [kept]
    assert StageWords.objects.exists()


def test_consents_lapse_and_the_line_of_an_erasure_stays_three_years(session, cast):
    partnership = session.partnership
    ask_to_erase(partnership, by=cast.wanda)
    erase_private(partnership, by=cast.wanda)
    with days_on(31):
        apply_retention()
        assert not ErasureConsent.objects.exists()
    with days_on(1095):
        apply_retention()
        assert ErasureLog.objects.exists()
    with days_on(1097):
        apply_retention()
    assert not ErasureLog.objects.exists()


def test_keys_that_a_failing_server_has_left_behind_are_destroyed_later(session, cast):
    """Rows go first and keys when that is certain; in this test the second never came."""
    session.open(by=cast.sam)
    session.say("purpose", by=cast.wanda, field="words", text="To learn.", revision=0)
    engagement.end(session.partnership, by=cast.wanda)
    log = erase_all(session.partnership, by=cast.wanda)
    left = DataKey.objects.filter(unit__in=log.units, erased_at=None).count()
    assert left == len(log.units) > 1
    assert f"{left} keys that outlived their words were destroyed" in apply_retention()
    assert not DataKey.objects.filter(unit__in=log.units, erased_at=None).exists()
    assert "outlived" not in apply_retention()


def test_who_opened_what_is_kept_for_three_years(session, cast, client_for):
    client_for(cast.sam).get(f"/coaching/{session.partnership.slug}/goals/")
    assert AccessRecord.objects.exists()
    with days_on(1095):
        apply_retention()
        assert AccessRecord.objects.exists()
    with days_on(1097):
        apply_retention()
    assert not AccessRecord.objects.exists()


def test_sign_ins_that_nobody_uses_are_forgotten(cast, client_for):
    client_for(cast.wanda).get("/")
    UserSession.objects.create(user=cast.wanda, ip="127.0.0.1", session_key="gone", user_agent="", data={})
    with days_on(15):
        apply_retention()
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


def test_what_was_sent_is_known_for_a_week(cast, edition, client_for):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    sent = form_to(client.get(address).text, address).sends(
        aspect=edition.aspects.all()[0].slug, stood_out="A pause."
    )
    client.post(address, sent)
    with days_on(6):
        apply_retention()
        assert SentForm.objects.exists()
    with days_on(8):
        assert "1 sent form, 7 days after sent_at" in apply_retention()
    assert not SentForm.objects.exists()


def test_nothing_else_of_a_coaching_goes_by_itself(session, cast):
    session.open(by=cast.sam)
    steps.review(session)
    with days_on(4000):
        printed = apply_retention()
        assert session.partnership.goals.exists()
        assert session.reflection
    deleted = {label for label, entry in retention.read_schedule().items() if entry.delete}
    assert "invitation" in printed
    assert deleted == {
        "coaching.Invitation",
        "sopcoach.AccountChange",
        "coaching.Draft",
        "coaching.ErasureConsent",
        "coaching.ErasureLog",
        "coaching.AccessRecord",
        "sopcoach.SentForm",
        "sopcoach.Letter",
        "sopcoach.Notice",
        "django_tasks_database.DBTaskResult",
        "usersessions.UserSession",
        "sessions.Session",
    }
