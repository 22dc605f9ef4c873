"""The addresses of coaching, in the order of the workflow (product.md, 7)."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from coaching.feed import views as feed_views
from coaching.home.views import home
from coaching.models.session import CONVERSATIONS_AFTER
from coaching.record import views as record
from coaching.views import (
    agreement,
    carried,
    celebration,
    closing,
    correction,
    edition_move,
    ending,
    engagement,
    erasure,
    focus,
    goal,
    invitation,
    left_open,
    logged_level,
    me,
    orientation,
    partnership,
    practice,
    private_entry,
    progress,
    promise,
    release,
    review,
    session,
    shadowing,
    walkthrough,
)
from coaching.views import path as path_views


class MeetingNumber:
    """The address of a meeting by its number: "sessions/2", "conversations/1".

    What people were sent before, "sessions/1001" for a conversation, leads to it still.
    """

    regex = "(?:sessions|conversations)/[0-9]{1,5}"

    def to_python(self, value: str) -> int:
        kind, number = value.split("/")
        return int(number) + (CONVERSATIONS_AFTER if kind == "conversations" else 0)

    def to_url(self, value: int) -> str:
        if value > CONVERSATIONS_AFTER:
            return f"conversations/{value - CONVERSATIONS_AFTER}"
        return f"sessions/{value}"


register_converter(MeetingNumber, "meeting")

session_urls: list[URLPattern | URLResolver] = [
    path("", session.detail, name="session"),
    path("begin/", session.begin, name="session_begin"),
    path("begin/take-back/", left_open.take_back, name="session_take_back"),
    path("left-open/", left_open.left_open, name="session_left_open"),
    path("plan-anew/", left_open.plan, name="session_plan_anew"),
    path("close/", closing.close, name="session_close"),
    path("move/", session.move, name="session_move"),
    path("call-off/", session.call_off, name="session_call_off"),
    path("congratulations/", closing.congratulate, name="session_congratulate"),
    path("promises/", promise.make, name="promise_make"),
    path("promises/<uuid:promise_id>/", promise.settle, name="promise_settle"),
    path("content/look-back/", review.look_back, name="look_back"),
    path("content/focuses/<slug:aspect>/", review.focus, name="review_focus"),
    path("<slug:stage>/", session.stage, name="stage"),
]

partnership_urls: list[URLPattern | URLResolver] = [
    path("", partnership.detail, name="partnership"),
    path("answer/", invitation.answer, name="invitation_answer"),
    path("question/", invitation.change, name="invitation_change"),
    path("engagement/", engagement.engagement, name="engagement"),
    path("pause/", engagement.pause, name="pause"),
    path("resume/", engagement.resume, name="resume"),
    path("agreement/", agreement.detail, name="agreement"),
    path("agreement/draft/", agreement.draft, name="agreement_draft"),
    path("agreement/<int:number>/", agreement.version, name="agreement_version"),
    path("agreement/<int:number>/sign/", agreement.sign, name="agreement_sign"),
    path("orientation/", orientation.orientation, name="orientation"),
    path("path/", path_views.path, name="path"),
    path("walkthrough/", walkthrough.walkthrough, name="walkthrough"),
    path("walkthrough/done/", walkthrough.done, name="walkthrough_done"),
    path("focuses/", walkthrough.choose, name="focus_choose"),
    path("focuses/<slug:aspect>/start/", focus.start, name="focus_start"),
    path("focuses/<slug:aspect>/target/", focus.target, name="focus_target"),
    path("bring/", carried.bring, name="carry"),
    path("goals/", goal.goals, name="goals"),
    path("goals/sentence/", goal.sentence, name="goal_sentence"),
    path("goals/<uuid:goal_id>/put-down/", goal.put_down, name="goal_put_down"),
    path("sessions/", session.sessions, name="sessions"),
    path("conversations/", session.converse, name="conversation"),
    path("<meeting:number>/", include(session_urls)),
    path("edition/", edition_move.edition_move, name="edition_move"),
    path("progress/", progress.progress, name="progress"),
    path("celebrations/", celebration.celebrations, name="celebrations"),
    path("put-right/<slug:kind>/<uuid:words_id>/", correction.put_right, name="put_right"),
    path("end/", ending.end, name="end"),
    path("handover/", release.handover, name="handover"),
    path("handover/<uuid:release_id>/take-back/", release.take_back, name="release_take_back"),
    path("released/", release.released, name="released"),
    path("export/", record.of_partnership, name="export_partnership"),
    path("export.json", record.of_partnership_file, name="export_partnership_file"),
    path("erase/", erasure.erase, name="erase"),
    path("erase/consent/", erasure.consent, name="erase_consent"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("invite/", invitation.invite, name="invite"),
    path("ask/", invitation.ask, name="ask"),
    path("coaching/<slug:slug>/", include(partnership_urls)),
    path("shadowing/", shadowing.shadowing, name="shadowing"),
    path("shadowing/offer/", shadowing.offer, name="shadow_offer"),
    path("shadowing/notes/new/", shadowing.new_note, name="shadow_note_new"),
    path("shadowing/notes/<uuid:note_id>/", shadowing.note, name="shadow_note"),
    path("shadowing/notes/<uuid:note_id>/show/", shadowing.show, name="shadow_note_show"),
    path("groups/", include("coaching.groups.urls")),
    path("", include("coaching.training.urls")),
    path("", include("coaching.sorting.urls")),
    path("manage/counts/", include("coaching.statistics.urls")),
    path("practice/", practice.practice, name="practice"),
    path("practice/private/", private_entry.private_practice, name="private_practice"),
    path("practice/private/<uuid:entry_id>/delete/", private_entry.delete, name="private_entry_delete"),
    path("practice/<uuid:goal_id>/plus/", practice.plus, name="practice_plus"),
    path("practice/entries/<uuid:entry_id>/undo/", practice.undo, name="practice_undo"),
    path("practice/entries/<uuid:entry_id>/line/", practice.line, name="practice_line"),
    path("practice/entries/<uuid:entry_id>/when/", practice.when, name="practice_when"),
    path("practice/levels/<uuid:focus_id>/log/", logged_level.log, name="level_log"),
    path("practice/levels/<uuid:level_id>/undo/", logged_level.undo, name="level_undo"),
    path("practice/levels/<uuid:level_id>/line/", logged_level.line, name="level_line"),
    path("practice/levels/<uuid:level_id>/when/", logged_level.when, name="level_when"),
    path("calendar/<str:token>.ics", feed_views.feed, name="calendar_feed"),
    path("me/", me.me, name="me"),
    path("me/export/", record.whole, name="export"),
    path("me/export.json", record.whole_file, name="export_file"),
]
