"""Wanda Reyes, three months in: six reviews, a step back, a target raised, one focus at rest and one picked anew.

The next meeting's review is left to whoever opens the demo.
"""

from coaching.demo.script import (
    NEW_FOCUS,
    RAISE,
    SUPERVISOR,
    WORKER,
    Cheer,
    Kept,
    Looked,
    Meeting,
    Opening,
    Practised,
    Promised,
    Said,
    Set,
    Start,
    Story,
    Terms,
    WentWell,
    Wish,
)
from coaching.models import Goal, Rhythm

DETAIL = "detail-and-impact"
CHILD = "working-alongside-the-child"
WORDS = "plain-behavioral-language"
PEOPLE = "finding-people"

IN_30_DAYS = "in the next 30 days"
IN_2_WEEKS = "in the next 2 weeks"
IN_6_WEEKS = "in the next 6 weeks"

OPENING = Opening(
    invitation=(
        "You said in the unit meeting that you’d like to get more out of the Three Questions than answers. If you’d "
        "like company in that, I’d be glad to. If not, that’s fine too."
    ),
    answer="I’d like to. Slowly, please.",
    words=(
        Said(
            "purpose",
            worker=(
                "To find out whether I want this, and what it’s like to look at my practice with somebody who isn’t "
                "checking it."
            ),
            supervisor=(
                "To begin. I’d like to hear what you hope for and what worries you, before we open a single profile."
            ),
        ),
        Said(
            "context",
            worker="Court on Thursday. Part of my head is there already.",
            supervisor=(
                "I also sign your timesheets and your evaluation, so let’s say out loud what that means in this room."
            ),
        ),
        Said(
            "agreements",
            worker="I may pass. And silence counts, because I think slowly.",
            supervisor="I ask before I tell, and I speak for myself. Stop me when I forget.",
        ),
        Said(
            "network",
            worker="The families I’ll try things with. They won’t know of it, but they’ll notice.",
            supervisor="Nobody in the agency needs to know more than that we meet.",
        ),
        Said(
            "outcome",
            field="best_hopes",
            worker="That I walk into a hard visit with one question ready, instead of ten.",
            supervisor=(
                "That you tell me about a visit that went sideways because it’s useful to you, and not because you "
                "have to."
            ),
        ),
        Said(
            "outcome",
            field="worst_fears",
            worker="That a low number turns up in my evaluation. And that I start to perform for you.",
            supervisor="That I slip into telling you what I would do, and you say yes because I’m your supervisor.",
        ),
        Said(
            "feedback",
            field="plus",
            worker="You said your own fear. That made mine smaller.",
            supervisor="The silences. We both used them.",
        ),
        Said(
            "feedback",
            field="delta",
            worker="An hour and a half is a lot to keep free. Let’s see.",
            supervisor="I answered my own question twice. Next time I’ll wait.",
        ),
    ),
    terms=Terms(
        drafter=SUPERVISOR,
        rhythm=Rhythm.FORTNIGHTLY,
        minutes=90,
        place="On {weekday}s at ten, at Sam’s desk.",
    ),
    promises=(
        Promised("read", WORKER, "Read through the profiles and mark what makes me curious."),
        Promised("mark", SUPERVISOR, "Mark mine too, without asking about Wanda’s."),
    ),
    worker_marks=(DETAIL, CHILD, WORDS, PEOPLE, "co-creating-statements", "self-and-power"),
    supervisor_marks=(DETAIL, CHILD, WORDS, "sorting-and-analysis", "planning-together"),
    starts=(
        Start(
            DETAIL,
            level=3,
            target=4,
            because="I can get the picture of what happened. What it did to the child I sort out later, at Sam’s desk.",
        ),
        Start(
            CHILD,
            level=2,
            target=4,
            because="I go from house to house as the sheet says, and I’m relieved when we’re through.",
        ),
        Start(
            WORDS,
            level=3,
            target=4,
            because="My statements are complete. A grandparent would still stumble over them.",
        ),
    ),
    wishes=(
        Wish(
            "relatives",
            DETAIL,
            practice="impact follow-up questions",
            with_whom="grandparents or other relatives",
            count=3,
            unit="calls",
            when=IN_30_DAYS,
        ),
        Wish(
            "choice",
            CHILD,
            verb=Goal.Verb.TRY,
            practice="letting the child choose which house comes first",
            joiner=Goal.Joiner.WITH,
            count=2,
            unit="school-age children",
            when=IN_30_DAYS,
        ),
        Wish(
            "plain",
            WORDS,
            practice="the plain-language check",
            with_whom="a peer",
            count=3,
            unit="draft danger statements",
            when=IN_6_WEEKS,
        ),
    ),
)

SECOND = Meeting(
    since=(
        Practised(
            8,
            "relatives",
            "Asked a grandparent what the little one did while it happened. Then I kept quiet.",
        ),
    ),
    kept=("read", "mark"),
    words=(
        Said(
            "purpose",
            worker="Our first look at the ladders since we agreed. I’d like to get used to them.",
            supervisor="To hear how the first tries went, and to keep it light.",
        ),
        Said(
            "outcome",
            worker="One sentence that I can say on the phone.",
            supervisor="That you do most of the talking.",
        ),
        Said(
            "feedback",
            field="plus",
            worker="Reading the level words aloud. They sound like people I know.",
            supervisor="You corrected me on what level 2 means to you.",
        ),
        Said(
            "feedback",
            field="delta",
            worker="I’d like to share my look back on the day before, so that I’m not writing while you watch.",
            supervisor="Less background from me.",
        ),
    ),
    is_shared_early=False,
    went_well="I asked a grandparent what the child did meanwhile, and got a picture where I mostly get an opinion.",
    differently="Ask that question before I ask about dates.",
    looked=(
        Looked(
            DETAIL,
            level=3,
            because="Who, what, when and where come to me. The effect on the child I still put together afterward.",
            saw="You told me the call in the relative’s words. I could see the hallway and who stood in it.",
            try_next="Add one more: “And what did the child do then?”",
        ),
        Looked(
            CHILD,
            level=2,
            because="The sheet leads and I follow it.",
            saw="You brought back the child’s words and kept them apart from yours.",
            try_next="Lay three crayons down and let the child begin.",
        ),
        Looked(
            WORDS,
            level=3,
            because="I know which words to throw out. I notice them once they’re on paper, and not before.",
            saw="Your draft says what happened, who saw it and what the child did, in four sentences.",
            try_next="Read it to somebody who has never worked here.",
            supervisor_level=3,
        ),
    ),
    cheers=(
        Cheer(
            SUPERVISOR,
            DETAIL,
            "You came back with a picture instead of an opinion. One question did that, and you asked it.",
        ),
    ),
    promises=(
        Promised(
            "effect-first", WORKER, "Call one more relative and ask about the effect on the child first."
        ),
        Promised("print", SUPERVISOR, "Print the words of levels 3 and 4, for both of us."),
    ),
)

THIRD = Meeting(
    since=(
        Practised(
            3,
            "relatives",
            "I asked what it sounded like from upstairs. A long breath, and then I was told.",
            is_shared=True,
        ),
        Practised(5, "choice", "The house of dreams came first. I’d never have started there."),
        Practised(6, "plain"),
    ),
    kept=("effect-first", "print"),
    words=(
        Said("purpose", worker="To look at two tries that surprised me."),
        Said(
            "context",
            worker="I slept badly and I’m slow today.",
            supervisor="Then we go slowly. I have nothing after this until noon.",
        ),
        Said(
            "outcome",
            worker="To know what I did differently, so that I can do it again.",
            supervisor="To find it together rather than name it for you.",
        ),
        Said(
            "feedback",
            field="plus",
            worker="Having shared on the day before. I came in lighter.",
            supervisor="Three focuses, and nobody looked at the clock.",
        ),
        Said(
            "feedback",
            field="delta",
            worker="One hour is enough, now that I share first.",
            supervisor="I’ll bring one thing that I saw, and leave the other two at home.",
        ),
    ),
    went_well=(
        "A child picked the house of dreams first and told me more in ten minutes than I’d heard in a month of visits."
    ),
    differently="I filled two silences. I’d like to count to five.",
    looked=(
        Looked(
            DETAIL,
            level=3,
            glimpse=4,
            because="Once I asked what the child missed that evening. It changed what I wrote.",
            saw="You asked what the child missed. First came a thing, a school play, and then came a feeling.",
            try_next="Ask it before you have an idea of the answer.",
        ),
        Looked(
            CHILD,
            level=3,
            because="The child chose, and I wrote the words down as they came.",
            saw="You laid the drawing on the table and read the child’s own words from it.",
            try_next="Ask “what else lives in this house?” once more than feels right.",
        ),
        Looked(
            WORDS,
            level=3,
            glimpse=4,
            because="One statement got through without a single label.",
            saw="“Shouts until the child hides” stands where a label used to be.",
            try_next="Ask the same of the danger statement: who would do what, and what would the child do?",
            supervisor_level=3,
        ),
    ),
    cheers=(
        Cheer(SUPERVISOR, CHILD, "You let the child choose the house, and the child chose to talk."),
        Cheer(WORKER, WORDS, "A sentence of mine that I’d be glad to have read to me."),
    ),
    terms=Terms(
        drafter=WORKER,
        rhythm=Rhythm.FORTNIGHTLY,
        minutes=60,
        place="On {weekday}s at ten, at Sam’s desk or by video. Wanda shares the look back on the day before. We read this again in six months.",
    ),
    promises=(
        Promised("unsure", WORKER, "Bring one danger statement that I’m unsure of."),
        Promised("one-thing", SUPERVISOR, "Ask Wanda which visit I might come along to."),
    ),
)

FOURTH = Meeting(
    since=(
        Practised(
            2,
            "relatives",
            "I asked about the child before the dates. The dates came by themselves.",
            is_shared=True,
        ),
        Practised(4, "plain", "My peer crossed out the word inappropriate and wrote a question mark. Fair."),
        Practised(7, "plain"),
        Practised(8, "choice"),
    ),
    kept=("unsure", "one-thing"),
    words=(
        Said(
            "purpose",
            worker="To see whether the plain words are done for now, and what could come instead.",
            supervisor="To follow you in that.",
        ),
        Said(
            "network",
            worker="The two peers who read my drafts. They should hear what came of it.",
        ),
        Said(
            "outcome",
            worker="To choose, and not to be given.",
            supervisor="To say where I see it otherwise, and leave the choice with you.",
        ),
        Said(
            "feedback",
            field="plus",
            worker="We saw it differently once, and it was a good talk.",
            supervisor="One hour. You chose where it went.",
        ),
        Said("feedback", field="delta", worker="Nothing today."),
    ),
    went_well="Two people who don’t work here understood my danger statement when they first heard it.",
    differently="Ask the caregiver which word to change before I print it.",
    looked=(
        Looked(
            DETAIL,
            level=4,
            because="I ask about the effect on the child without planning to.",
            saw=(
                "When the relative got upset you went back to who and when. The effect on the child came at the end, "
                "from your list."
            ),
            try_next="Put it in the middle of the talk, where people are still thinking aloud.",
            supervisor_level=3,
            reply="I see it otherwise: the child’s evening came up twice before the list, in the aunt’s own words.",
        ),
        Looked(
            CHILD,
            level=3,
            glimpse=4,
            because="I followed one child into the house of worries, and noticed only later that I had.",
            saw="You asked “Who’s that at the window?” and left it open who it might be.",
            try_next="Leave the next question just as open.",
            supervisor_level=3,
        ),
        Looked(
            WORDS,
            level=4,
            because="A stranger can picture it. Two of them did.",
            saw="In each sentence somebody does something. I could draw it.",
            try_next="Keep it where you have it, and let it rest.",
            supervisor_level=4,
            choice=NEW_FOCUS,
        ),
    ),
    cheers=(
        Cheer(WORKER, DETAIL, "I asked what the child heard, and for once I didn’t fill the silence."),
        Cheer(SUPERVISOR, WORDS, "Two strangers could picture it. That’s what the words were for."),
    ),
    starts=(
        Start(
            PEOPLE,
            level=2,
            target=4,
            because="I ask who helps, write the names down, and there it ends.",
        ),
    ),
    wishes=(
        Wish(
            "impact",
            DETAIL,
            verb=Goal.Verb.ASK,
            practice="what the child saw, heard or missed",
            with_whom="caregivers",
            count=3,
            unit="home visits",
            when=IN_30_DAYS,
        ),
        Wish(
            "safety-house",
            CHILD,
            verb=Goal.Verb.DO,
            practice="the Safety House",
            with_whom="a child",
            joiner=Goal.Joiner.IN,
            count=1,
            unit="reunification plan",
            when=IN_6_WEEKS,
        ),
        Wish(
            "helpers",
            PEOPLE,
            verb=Goal.Verb.ASK,
            practice="who helps already",
            with_whom="caregivers",
            count=3,
            unit="first calls",
            when=IN_6_WEEKS,
        ),
    ),
    promises=(
        Promised(
            "circles", WORKER, "Read the words of “Finding and inviting people” with one family in mind."
        ),
        Promised("listen-in", SUPERVISOR, "Join one home visit, and only listen."),
    ),
)

FIFTH = Meeting(
    since=(
        Practised(
            2, "impact", "I asked in the middle, with the kettle on. It didn’t feel like an interview."
        ),
        Practised(4, "helpers"),
        Practised(7, "impact"),
    ),
    kept=("circles",),
    taken_on=("listen-in",),
    words=(
        Said(
            "purpose",
            worker="I think I’ve reached something, and I’d like to hear it from you as well.",
            supervisor="To hear how you know.",
        ),
        Said(
            "context",
            supervisor="I couldn’t come to a visit these two weeks. I’ve taken that on again, with a new day.",
        ),
        Said(
            "outcome",
            worker="To dare one step up, and to know what it would look like.",
            supervisor="To read the next level slowly, twice if need be.",
        ),
        Said(
            "feedback",
            field="plus",
            worker="Reading level 5 twice. The second time it was about me.",
            supervisor="You told me how you knew before I asked.",
        ),
        Said(
            "feedback",
            field="delta",
            worker="The third focus got the last five minutes.",
            supervisor="Start with the newest focus next time.",
        ),
    ),
    went_well="A caregiver told me whom the child runs to, because I asked what happened next.",
    differently="Draw the circles on paper instead of keeping them in my head.",
    looked=(
        Looked(
            DETAIL,
            level=4,
            because="It holds on ordinary visits, in the middle of the talk. I asked it and people thought about it.",
            saw="You asked what the child did when the door closed, and waited. The answer came from across the table.",
            try_next="Say where you’d sort it, and ask if that’s right.",
            supervisor_level=4,
            choice=RAISE,
        ),
        Looked(
            CHILD,
            level=4,
            because="The child set the pace and I kept up with it.",
            saw="The drawing took the whole visit, and you let it.",
            try_next="Notice what tells you that a child has had enough.",
            supervisor_level=3,
        ),
        Looked(
            PEOPLE,
            level=2,
            glimpse=3,
            because="I drew one set of circles, on the back of an envelope.",
            saw="You asked “Who knows how hard it’s been?” and heard of somebody new.",
            try_next="Ask who could come one circle further in.",
        ),
    ),
    cheers=(
        Cheer(
            SUPERVISOR,
            DETAIL,
            "The effect on the child has moved from the end of your list to the middle of the talk. You moved it.",
        ),
    ),
    wishes=(
        Wish(
            "say-back",
            DETAIL,
            verb=Goal.Verb.TRY,
            practice="saying my sorting back",
            with_whom="caregivers",
            count=3,
            unit="home visits",
            when=IN_30_DAYS,
        ),
    ),
    promises=(
        Promised("clumsy", WORKER, "Say one sorting back to a caregiver, even if it comes out clumsily."),
    ),
)

SIXTH = Meeting(
    since=(
        Practised(
            3,
            "impact",
            "It was the neighbor’s dog, in the end, that the child had counted on.",
            is_shared=True,
        ),
        Practised(
            5,
            "say-back",
            "I said, so that goes under worry? No, said the caregiver, under what happened. And it did belong there.",
            is_shared=True,
        ),
        Practised(6, "helpers", "Asked, wrote a name down, didn’t know what to ask next."),
    ),
    kept=("clumsy",),
    taken_on=("listen-in",),
    words=(
        Said(
            "purpose",
            worker="One visit got away from me. I’d like to look at it here, where I can.",
            supervisor="To be of use with that, if you want me to.",
        ),
        Said("context", worker="I’m a bit embarrassed. Better said than not."),
        Said(
            "agreements",
            worker="I may pass on the details of the visit.",
            supervisor="Yes. We talk about your part in it and leave the rest where it is.",
        ),
        Said(
            "outcome",
            worker="To know what I’d do at minute ten, before it’s too loud.",
            supervisor="That you go out of here with the crayons, so to speak.",
        ),
        Said(
            "feedback",
            field="plus",
            worker="A lower number, and nothing bad came of it.",
            supervisor="You brought it yourself. I’d never have known.",
        ),
        Said(
            "feedback",
            field="delta",
            worker="Leave ten minutes for the third focus.",
            supervisor="I wanted to comfort you and took up room with it.",
        ),
    ),
    is_shared_early=False,
    went_well="In the middle of a visit that had got away from me I stopped, and said so to the child.",
    differently="Not open a house that we can’t finish. Close in the house of good things, even when time is short.",
    looked=(
        Looked(
            DETAIL,
            level=4,
            glimpse=5,
            because="A caregiver took something out of my worries and put it under harm, and was right.",
            saw="You said “I’d put that under worry. Would you?” and turned the page round.",
            try_next="Do it earlier, while there’s room to be wrong.",
            supervisor_level=4,
        ),
        Looked(
            CHILD,
            level=3,
            because=(
                "It got loud, I took the pen, and the child stopped drawing. I was back at my own questions and knew "
                "it."
            ),
            saw="You noticed it while you were there, and told the child that the hurry was yours.",
            try_next="Agree on a sign that means stop, before you begin.",
        ),
        Looked(
            PEOPLE,
            level=3,
            because="Circles on paper, with the pen in the caregiver’s hand.",
            saw="In the outer circle there are people nobody had asked about before.",
            try_next="Ask the child whom they would put in.",
        ),
    ),
    cheers=(
        Cheer(WORKER, CHILD, "I said out loud that it was my hurry, and the crayons came out again."),
        Cheer(
            SUPERVISOR, CHILD, "You told a child that the hurry was yours. I’d like to learn that from you."
        ),
    ),
    wishes=(
        Wish(
            "stop-sign",
            CHILD,
            verb=Goal.Verb.TRY,
            practice="agreeing on a sign for “stop” before we draw",
            joiner=Goal.Joiner.WITH,
            count=2,
            unit="school-age children",
            when=IN_2_WEEKS,
        ),
    ),
    let_go=("safety-house",),
    promises=(Promised("sign", WORKER, "Ask the next child to invent our sign for “stop”."),),
)

SEVENTH = Meeting(
    since=(
        Practised(2, "say-back"),
        Practised(4, "stop-sign", "A raised crayon. It was raised after four minutes, and we stopped."),
        Practised(6, "say-back", "Clumsy again, and again it was the caregiver who found the word."),
        Kept(7, "listen-in"),
        Practised(8, "stop-sign", "This one wanted a bell. We used a spoon.", is_shared=True),
    ),
    kept=("sign",),
    words=(
        Said(
            "purpose",
            worker="To look at the visit that you came along to.",
            supervisor="To tell you what I heard, and not what I’d have said.",
        ),
        Said(
            "outcome",
            worker="To know if the sorting shows, from the outside.",
            supervisor="That we take the third focus first, as you asked.",
        ),
        Said(
            "feedback",
            field="plus",
            worker="You quoted me. I didn’t know that I say that.",
            supervisor="We began with the circles and had time.",
        ),
        Said(
            "feedback",
            field="delta",
            worker="I’d like to try one of the questions on somebody at school.",
            supervisor="I’ll ask one question fewer.",
        ),
    ),
    went_well="The sign for “stop” was used, and afterward the child went on alone. There was nothing to rescue.",
    differently="Look for people beyond the ones who pick up the phone.",
    looked=(
        Looked(
            PEOPLE,
            level=3,
            because="The circles get drawn. Who comes further in is still my idea and not the family’s.",
            saw="You asked what it would be like to get that call, and the caregiver could say it.",
            try_next="Ask what the caregiver would want to say first.",
        ),
        Looked(
            DETAIL,
            level=5,
            because="I sort aloud while we talk, and people put me right. It isn’t tidy, but it’s theirs as well.",
            saw=(
                "On the visit you asked what the child heard from the next room, and then you waited. The sorting came "
                "afterward, on the way out."
            ),
            try_next="Say your sorting back at the table and ask, “Have I put that in the right place?”",
            supervisor_level=4,
        ),
        Looked(
            CHILD,
            level=3,
            glimpse=4,
            because="Following works when it’s quiet. I’d like it to work when it isn’t.",
            saw="You put the pen down when the child did, and took it up when the child did.",
            try_next="Trust it once more with two children in the room.",
            supervisor_level=4,
        ),
    ),
    cheers=(
        Cheer(
            SUPERVISOR, CHILD, "You let the child choose the crayon and the order. I took that home with me."
        ),
        Cheer(WORKER, DETAIL, "Somebody corrected my sorting, and I was glad of it."),
    ),
    wishes=(
        Wish(
            "three-questions",
            DETAIL,
            practice="Three Questions",
            with_whom="caregivers",
            count=5,
            unit="cases",
            when=IN_30_DAYS,
        ),
        Wish(
            "three-houses",
            CHILD,
            verb=Goal.Verb.DO,
            practice="the Three Houses",
            joiner=Goal.Joiner.WITH,
            count=2,
            unit="children or sibling groups",
            when=IN_2_WEEKS,
        ),
    ),
    let_go=("helpers",),
    promises=(
        Promised("teacher", WORKER, "Try the impact question with a teacher."),
        Promised("blank-circles", WORKER, "Bring a set of circles with the names taken out."),
        Promised("sit-in", SUPERVISOR, "Sit in on one Three Houses visit, and only listen."),
        Promised("levels", SUPERVISOR, "Print the words of levels 5 and 6, so that we read the same page."),
    ),
)

STORY = Story(
    opening=OPENING,
    meetings=(SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH),
    lately=(
        Practised(1, "three-questions"),
        Practised(3, "three-questions", "What’s working well took the longest. Nobody had asked in a while."),
        Practised(3, "three-houses", "The little one drew the rules first.", is_shared=True),
        Practised(4, "three-questions"),
        Kept(5, "teacher"),
        WentWell(
            5,
            WORKER,
            "I tried the impact question with a teacher, and got a morning described instead of a grade.",
        ),
        Practised(
            7,
            "three-questions",
            "I asked what changed for the child that night. Long silence, then the real answer.",
        ),
        Practised(
            7, "three-houses", "Two at one table. They built one house together and we left it at that."
        ),
        Kept(7, "sit-in"),
        Set(
            8,
            Wish(
                "circles",
                PEOPLE,
                verb=Goal.Verb.DO,
                practice="Safety Circles activity to expand the network",
                joiner=Goal.Joiner.WITH,
                count=1,
                unit="family",
                when="by next Friday",
            ),
        ),
    ),
)
