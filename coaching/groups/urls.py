"""The addresses of group supervision, in the order of the workflow."""

from django.urls import include, path

from coaching.groups.views import group, laptop, session, wall

session_urls = [
    path("", session.detail, name="group_session"),
    path("join/", session.join, name="group_session_join"),
    path("parts/", session.parts, name="group_parts"),
    path("begin/", session.begin, name="group_begin"),
    path("go/", session.go, name="group_go"),
    path("close/", session.close, name="group_close"),
    path("erase/", session.erase, name="group_erase"),
    path("device/", laptop.device, name="group_device"),
    path("laptop/", laptop.laptop, name="group_laptop"),
    path("laptop/<int:place>/<slug:step>/", laptop.turn, name="group_laptop_turn"),
    path("screen/", wall.screen, name="group_screen"),
    path("<slug:step>/", session.step, name="group_step"),
]

urlpatterns = [
    path("", group.groups, name="groups"),
    path("new/", group.new, name="group_new"),
    path("join/<slug:token>/", group.join, name="group_join"),
    path("<slug:slug>/", group.detail, name="group"),
    path("<slug:slug>/ask/", group.ask, name="group_ask"),
    path("<slug:slug>/link/", group.link, name="group_link"),
    path("<slug:slug>/leave/", group.leave, name="group_leave"),
    path("<slug:slug>/hand-over/", group.hand_over, name="group_hand_over"),
    path("<slug:slug>/take-over/", group.take_over, name="group_take_over"),
    path("<slug:slug>/sessions/", group.plan, name="group_plan"),
    path("<slug:slug>/sessions/<int:number>/", include(session_urls)),
]
