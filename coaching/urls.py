"""The addresses of coaching, in the order of the workflow (product.md, 7)."""

from django.urls import URLPattern, URLResolver, include, path

from coaching.views import (
    agreement,
    celebration,
    ending,
    edition_move,
    focus,
    goal,
    home,
    invitation,
    partnership,
    placement,
    practice,
    progress,
    promise,
    release,
    review,
    session,
    walkthrough,
)

session_urls: list[URLPattern | URLResolver] = [
    path("", session.detail, name="session"),
    path("begin/", session.begin, name="session_begin"),
    path("close/", session.close, name="session_close"),
    path("move/", session.move, name="session_move"),
    path("congratulations/", session.congratulate, name="session_congratulate"),
    path("promises/", promise.make, name="promise_make"),
    path("promises/<uuid:promise_id>/", promise.settle, name="promise_settle"),
    path("content/look-back/", review.look_back, name="look_back"),
    path("content/<slug:aspect>/", review.focus, name="review_focus"),
    path("<slug:stage>/", session.stage, name="stage"),
]

partnership_urls: list[URLPattern | URLResolver] = [
    path("", partnership.detail, name="partnership"),
    path("answer/", invitation.answer, name="invitation_answer"),
    path("agreement/", agreement.detail, name="agreement"),
    path("agreement/draft/", agreement.draft, name="agreement_draft"),
    path("agreement/<int:number>/", agreement.version, name="agreement_version"),
    path("agreement/<int:number>/sign/", agreement.sign, name="agreement_sign"),
    path("walkthrough/", walkthrough.walkthrough, name="walkthrough"),
    path("walkthrough/done/", walkthrough.done, name="walkthrough_done"),
    path("focuses/", walkthrough.choose, name="focus_choose"),
    path("focuses/<slug:aspect>/start/", focus.start, name="focus_start"),
    path("focuses/<slug:aspect>/target/", focus.target, name="focus_target"),
    path("goals/", goal.goals, name="goals"),
    path("goals/sentence/", goal.sentence, name="goal_sentence"),
    path("goals/<uuid:goal_id>/put-down/", goal.put_down, name="goal_put_down"),
    path("sessions/", session.sessions, name="sessions"),
    path("sessions/<int:number>/", include(session_urls)),
    path("edition/", edition_move.edition_move, name="edition_move"),
    path("progress/", progress.progress, name="progress"),
    path("celebrations/", celebration.celebrations, name="celebrations"),
    path("end/", ending.end, name="end"),
    path("handover/", release.handover, name="handover"),
    path("handover/<uuid:release_id>/take-back/", release.take_back, name="release_take_back"),
    path("released/", release.released, name="released"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("invite/", invitation.invite, name="invite"),
    path("coaching/<slug:slug>/", include(partnership_urls)),
    path("placements/", placement.placements, name="placements"),
    path("placements/<slug:profile>/", placement.profile, name="placements_profile"),
    path("groups/", include("coaching.group_urls")),
    path("practice/", practice.practice, name="practice"),
    path("practice/<uuid:goal_id>/plus/", practice.plus, name="practice_plus"),
    path("practice/entries/<uuid:entry_id>/undo/", practice.undo, name="practice_undo"),
    path("practice/entries/<uuid:entry_id>/line/", practice.line, name="practice_line"),
]
