"""Linh Tran, a month in: an agreement in force, two focuses, the first goals, and no review yet."""

from coaching.demo.script import (
    SUPERVISOR,
    WORKER,
    Opening,
    Practised,
    Promised,
    Said,
    Start,
    Story,
    Terms,
    Wish,
)
from coaching.models import Goal, Rhythm

OPENING = Opening(
    invitation=(
        "You asked after the last case conference how one gets a whole family talking at one table. I’d like to look "
        "at that with you, if you want company in it."
    ),
    answer="Yes. I’d like us to meet seldom and properly, rather than often and in a hurry.",
    words=(
        Said(
            "purpose",
            worker="To see whether the profiles fit the work I do, which is mostly large families and many rooms.",
            supervisor="To hear what you’d want from this, and to say what I can and can’t promise.",
        ),
        Said(
            "context",
            worker="I’m on call this week. If the phone goes, I’ll have to take it.",
            supervisor="Take it. I’ve kept two hours free and nothing after them.",
        ),
        Said(
            "agreements",
            worker="We may both say “I don’t know”. And we stop on time.",
            supervisor="I speak for myself. When I start to give advice, tell me.",
        ),
        Said(
            "network",
            worker="The two interpreters I work with. They’d notice a change before anybody else does.",
        ),
        Said(
            "outcome",
            field="best_hopes",
            worker="That I can sit at a loud table without reaching for the pen.",
            supervisor="That you leave each time with something small that you chose yourself.",
        ),
        Said(
            "outcome",
            field="worst_fears",
            worker="That it turns into one more list that I’m behind on.",
            supervisor="That I’m so taken with the tools that I stop listening to you.",
        ),
        Said(
            "feedback",
            field="plus",
            worker="Two hours. I got past the part where I say that all is fine.",
            supervisor="You asked me for my fears as well.",
        ),
        Said(
            "feedback",
            field="delta",
            worker="A break after the first hour.",
            supervisor="I’ll bring the profiles on paper, so that we look at the same page.",
        ),
    ),
    terms=Terms(
        drafter=WORKER,
        rhythm=Rhythm.MONTHLY,
        minutes=120,
        place="On {weekday}s at two, in the small meeting room, with a break after the first hour.",
    ),
    promises=(
        Promised("sit-in", WORKER, "Sit in on one mapping meeting that a colleague leads."),
        Promised("paper", SUPERVISOR, "Bring the two ladders on paper, and a blank map to draw on."),
    ),
    worker_marks=("listening-and-following", "facilitating-the-map", "transparent-stance"),
    supervisor_marks=("listening-and-following", "facilitating-the-map", "sorting-and-analysis"),
    starts=(
        Start(
            "listening-and-following",
            level=2,
            target=3,
            because="I ask a good first question. Then I look at my list, and the answer goes by.",
        ),
        Start(
            "facilitating-the-map",
            level=2,
            target=3,
            because="I bring a map that I’ve filled in. The family nods at it.",
        ),
    ),
    wishes=(
        Wish(
            "what-else",
            "listening-and-following",
            verb=Goal.Verb.ASK,
            practice="“what else?” before anything new",
            with_whom="caregivers",
            count=4,
            unit="visits",
            when="in the next 30 days",
        ),
        Wish(
            "blank-map",
            "facilitating-the-map",
            verb=Goal.Verb.TRY,
            practice="starting from a blank map",
            with_whom="a family and its network",
            count=1,
            unit="meeting",
            joiner=Goal.Joiner.IN,
            when="in the next 30 days",
        ),
    ),
)

STORY = Story(
    opening=OPENING,
    lately=(
        Practised(
            9,
            "what-else",
            "Through an interpreter my question takes longer, and the answer is better for it.",
        ),
        Practised(13, "what-else"),
    ),
)
