"""Where somebody is signed in, and how they end it from elsewhere: for the machine that was left open."""

from datetime import datetime
from typing import Any

import ua_parser
from allauth.core.internal.httpkit import authenticated_user
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from sopcoach.requests.reading import number_in
from sopcoach.sign_in.idle import SEEN_AT


def forget_messages(sender: type, *, request: HttpRequest, **_: Any) -> None:
    """Drop what was still to be said to whoever sat here before: the next page may be somebody else's."""
    for _message in messages.get_messages(request):
        pass


class SignIns(ListUserSessionsView):
    """Each sign-in by itself, where allauth ends all the others at once only."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [_row(session) for session in context["sessions"]]
        return context | {
            "rows": sorted(rows, key=lambda row: (not row["is_current"], -row["seen_at"].timestamp()))
        }

    def form_valid(self, form: Form) -> HttpResponse:
        chosen = self.request.POST.get("end")
        if not chosen:
            return super().form_valid(form)
        mine = UserSession.objects.filter(user_id=authenticated_user(self.request).pk)
        # by its number here, never by its key, which would open the session
        session = mine.filter(pk=number_in(chosen, most_digits=18)).first()
        if session:
            end_sessions(self.request, [session])
        if not self.request.user.is_authenticated:
            return HttpResponseRedirect(reverse("account_login"))
        messages.success(self.request, "That sign-in has ended.")
        return HttpResponseRedirect(reverse("usersessions_list"))


sign_ins = SignIns.as_view()


def _row(session: UserSession) -> dict[str, Any]:
    seen = session._session_store(session.session_key).get(SEEN_AT)
    return {
        "session": session,
        "browser": browser_in_words(session.user_agent),
        "is_current": session.is_current(),
        "seen_at": datetime.fromtimestamp(seen, get_current_timezone()) if seen else session.last_seen_at,
    }


def browser_in_words(user_agent: str) -> str:
    """What a person would call it: “Firefox on Windows”."""
    found = ua_parser.parse(user_agent)
    browser = found.user_agent.family if found.user_agent else "A browser"
    return f"{browser} on {found.os.family}" if found.os else browser
