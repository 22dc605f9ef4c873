"""Tomas tries on, for nobody else's eyes: said yes a week and a half ago, and goes on for some days more."""

from datetime import datetime

from django.utils import timezone

from coaching.demo.clock import Clock, at, workdays_from
from coaching.demo.people import SAM, TOMAS, WANDA, Person
from coaching.models import Invitation, Placement, PrivateEntry, ShadowNote, ShadowOffer
from profiles.models import Edition
from sopcoach.models import User
from sopcoach.requests.actor import acting_as

ASKS = "Could I try this on by myself for a while? I’d rather not promise anything yet."
YES = "Gladly. Take your time, and come by whenever you like."

SEEN = (
    "listening-and-following",
    "Wanda asked, and then waited. It was quiet for a long time, and then a whole story came.",
    "How do you hold on when it is that quiet?",
)
PLACEMENTS = (
    ("balanced-inquiry", 2, "I have all three on a card. The card stays in my pocket."),
    ("listening-and-following", 2, ""),
)
ENTRIES = (
    ("balanced-inquiry", "Opened with what works. The grandfather sat down."),
    ("detail-and-impact", "Lost the thread when the phone rang."),
)
OFFERED = {"three-questions", "three-houses-safety-house"}

ASPECTS = {slug for slug, *_ in (SEEN, *PLACEMENTS, *ENTRIES)}


def tell(users: dict[Person, User], clock: Clock, now: datetime) -> None:
    today = timezone.localdate(now)
    tomas, sam, wanda = users[TOMAS], users[SAM], users[WANDA]
    edition = Edition.objects.current()
    if edition is None:
        raise ValueError("Trying on needs something to try.")
    aspects = {aspect.slug: aspect for aspect in edition.aspects.all()}

    clock.go(at(workdays_from(today, -9), 9, 30))
    with acting_as(wanda):
        ShadowOffer.offer(by=wanda, profiles=list(edition.profiles.filter(slug__in=OFFERED)))
    clock.go(at(workdays_from(today, -8), 11, 45))
    with acting_as(tomas):
        asked = Invitation.ask(by=tomas, to=sam, wish=Invitation.Answer.TRYING_ON, words=ASKS)
    clock.go(at(workdays_from(today, -7), 16, 20))
    with acting_as(sam):
        asked.reply(by=sam, answer=Invitation.Answer.TRYING_ON, words=YES)

    clock.go(at(workdays_from(today, -5), 15))
    slug, stood_out, question = SEEN
    with acting_as(tomas):
        ShadowNote.write(
            by=tomas, aspect=aspects[slug], stood_out=stood_out, question=question, colleague=wanda
        )
        for slug, level, note in PLACEMENTS:
            clock.later()
            Placement.place(aspects[slug], by=tomas, level=level, note=note)
        for days, (slug, line) in zip((-4, -2), ENTRIES, strict=True):
            clock.go(at(workdays_from(today, days), 16, 40))
            PrivateEntry.write(by=tomas, aspect=aspects[slug], line=line)
