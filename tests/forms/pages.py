"""A form as its page shows it, and what a browser sends of it."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

ABOUT_THE_WAY = {"csrfmiddlewaretoken", "form_key"}


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    """What is sent with nothing typed or chosen, the buttons left out."""
    buttons: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """Every field, chosen or not."""
    hidden: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    """Of each field that isn't hidden: the type of its input, or `textarea`, or `select`."""
    choices: dict[str, list[str]] = field(default_factory=dict)
    """What can be chosen, of each field with something to choose."""
    saved_at: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The fields that a script saves while they are typed in: each one's address, and the revision that its page shows."""

    @property
    def saves_itself(self) -> dict[str, str]:
        """The fields that are saved at this form's own address, with their revisions."""
        return {
            name: revision for name, (address, revision) in self.saved_at.items() if address == self.action
        }

    def of_kind(self, *kinds: str) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in kinds]

    def put(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)

    def sends(self, **typed: object) -> dict[str, object]:
        """The whole form with something typed into it."""
        return {**self.fields, **typed}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.around: Form | None = None
        """The form that the page is in the middle of, whichever form a field there goes with."""
        self.named: dict[str, Form] = {}
        self.elsewhere: list[tuple[Form, str]] = []
        """Forms that a button of theirs sends to another address."""
        self.text: list[str] | None = None
        self.typed = Form("", "")
        """The form of the field that the page is in the middle of."""
        self.textarea = ""
        self.select = ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        has = dict(attrs).keys()
        if tag == "form":
            action = urljoin(self.address, values.get("action", "") or self.address)
            self.around = self.named.setdefault(values.get("id") or f"-{len(self.forms)}", Form("", ""))
            self.around.action, self.around.method = (
                urlsplit(action).path,
                values.get("method", "get").lower(),
            )
            self.forms.append(self.around)
        self.form = self.named.setdefault(values["form"], Form("", "")) if "form" in has else self.around
        if self.form is None or "disabled" in has:
            return
        name = values.get("name", "")
        if tag == "button" and values.get("type", "submit") == "submit":
            self.form.buttons.append((name, values.get("value", "")))
            if values.get("formaction"):
                self.elsewhere.append((self.form, urljoin(self.address, values["formaction"])))
        if tag == "option" and self.select:
            self.options.append((values.get("value", ""), "selected" in has))
            self.typed.choices.setdefault(self.select, []).append(values.get("value", ""))
        if not name:
            return
        if tag in {"input", "textarea", "select"}:
            self.form.names.add(name)
            kind = values.get("type", "text") if tag == "input" else tag
            if kind != "hidden":
                self.form.kinds[name] = kind
            if "data-field" in has:
                address = self.around.action if self.around else self.form.action
                self.form.saved_at[name] = (address, values.get("data-revision", "0"))
            if kind in {"radio", "checkbox"}:
                self.form.choices.setdefault(name, []).append(values.get("value", "on"))
        if tag == "input":
            if kind == "hidden":
                self.form.hidden.add(name)
            if (kind in {"radio", "checkbox"} and "checked" not in has) or kind in {"submit", "file"}:
                return
            self.form.put(name, values.get("value", "on" if kind in {"radio", "checkbox"} else ""))
        elif tag == "textarea":
            self.typed, self.textarea, self.text = self.form, name, []
        elif tag == "select":
            self.typed, self.select, self.options = self.form, name, []

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.around = None
        elif tag == "textarea" and self.text is not None:
            self.typed.put(self.textarea, "".join(self.text).removeprefix("\n"))
            self.text = None
        elif tag == "select" and self.select:
            chosen = [value for value, is_selected in self.options if is_selected]
            for value in chosen or [value for value, _ in self.options[:1]]:
                self.typed.put(self.select, value)
            self.select = ""


def forms_of(page: str, address: str) -> list[Form]:
    reader = _Reader(address)
    reader.feed(page)
    elsewhere = [replace(form, action=action) for form, action in reader.elsewhere]
    return [form for form in reader.forms + elsewhere if form.method == "post"]


def form_to(page: str, action: str, *, address: str = "", holding: str = "") -> Form:
    """The form that leads to an address; `holding` names a field by which to tell it from another."""
    found = [
        form
        for form in forms_of(page, address or action)
        if form.action == action and (not holding or holding in form.names)
    ]
    assert found, f"no form on the page leads to {action}"
    return found[0]
