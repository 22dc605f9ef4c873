"""Days on which the agency is closed: entered by an administrator, and said where a meeting falls on one."""

from datetime import timedelta
from html import unescape

from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession
from sopcoach.models import DayOff, day_off_text
from sopcoach.words import dates
from tests.coaching import steps


def add(client, day, name="Founders’ day"):
    return unescape(client.post(reverse("manage_days_off"), {"day": day, "name": name}, follow=True).text)


def test_an_administrator_lists_a_day_and_takes_it_off_again(cast, client_for):
    ada, day = client_for(cast.ada), timezone.localdate() + timedelta(days=9)
    assert "Founders’ day" in add(ada, day.isoformat())
    assert "That day is on the list already." in add(ada, day.isoformat())
    assert "Choose a day from today to" in add(ada, (timezone.localdate() - timedelta(days=1)).isoformat())
    (listed,) = DayOff.objects.all()
    assert day_off_text(listed.day).endswith("is a day off at your agency: Founders’ day.")
    ada.post(reverse("manage_day_off_remove", args=[listed.pk]), {"act": "delete"})
    assert day_off_text(day) == ""


def test_a_meeting_that_falls_on_one_says_so_and_may_still_be_held(cast, edition, client_for):
    session = steps.ready_for_review(cast.wanda, cast.sam)
    DayOff.objects.create(day=dates.local_day(session.starts_at), name="Founders’ day")
    page = reverse("session", args=[session.partnership.slug, session.number])
    for person in (cast.wanda, cast.sam):
        assert "is a day off at your agency: Founders’ day." in unescape(client_for(person).get(page).text)
    session.open(by=cast.sam)
    assert "a day off" not in client_for(cast.sam).get(page).text


def test_the_day_that_is_offered_next_says_so_before_it_is_kept(cast, edition, client_for):
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.open(by=cast.sam)
    sam = client_for(cast.sam)
    url = reverse("stage", args=[session.partnership.slug, session.number, "feedback"])
    suggested = sam.get(url).context["suggested"]
    DayOff.objects.create(day=dates.local_day(suggested), name="Founders’ day")
    assert "is a day off at your agency: Founders’ day." in unescape(sam.get(url).text)
    local = dates.local(suggested)
    said = sam.post(
        reverse("session_close", args=[session.partnership.slug, session.number]),
        {"act": "close", "day": local.date().isoformat(), "at": f"{local:%H:%M}"},
        follow=True,
    )
    assert "is a day off at your agency: Founders’ day." in unescape(said.text)
    assert CoachingSession.objects.get(closed_at=None).starts_at == suggested
