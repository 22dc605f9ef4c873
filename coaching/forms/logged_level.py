"""The forms of a level logged on any day; each hands on to its verb."""

from django import forms

from coaching.forms.practice import fits_a_line
from coaching.forms.review import LevelForm, VerbForm
from coaching.models import Focus, LoggedLevel
from sopcoach.models import User


class LogForm(LevelForm):
    """A tap on the ladder. The key is the page's, so that a tap sent twice counts once."""

    client_key = forms.UUIDField()
    made_at = forms.DateTimeField(required=False)
    """When it was tapped, where it had to wait."""

    logged: LoggedLevel | None = None

    def save(self, focus: Focus, *, by: User) -> bool:
        def log() -> None:
            self.logged = LoggedLevel.log(focus, by=by, **self.cleaned_data)

        return self.attempt(log)


class LevelLineForm(VerbForm):
    line = forms.CharField(label="What tells you so?", required=False, validators=[fits_a_line])

    def save(self, logged: LoggedLevel, *, by: User, share: bool) -> bool:
        return self.attempt(lambda: logged.write_line(by=by, text=self.cleaned_data["line"], share=share))


class LevelDayForm(VerbForm):
    logged_on = forms.DateField(
        label="It was on",
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2026-12-08."},
    )

    def save(self, logged: LoggedLevel, *, by: User) -> bool:
        return self.attempt(lambda: logged.say_when(by=by, **self.cleaned_data))
