from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coaching.models import CarriedItem, Partnership, Placement, PrivateEntry, carry
from coaching.models.carried import Carriable
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm

CHOOSE = "Choose from what is listed below."


def own_items(user: User, *, into: Partnership) -> list[Carriable]:
    """All that one could bring along into this partnership and hasn't yet, in the edition's order."""
    brought = set(
        CarriedItem.objects.visible_to(user).filter(partnership=into).values_list("source", flat=True)
    )
    own: list[Carriable] = [
        *Placement.objects.visible_to(user).for_list().exclude(pk__in=brought),
        *PrivateEntry.objects.visible_to(user).for_list().exclude(pk__in=brought),
    ]
    return sorted(own, key=_in_learning_order)


def _in_learning_order(item: Carriable) -> tuple[int, int]:
    aspect = item.copy().aspect
    return aspect.profile.order, aspect.order


class CarryForm(BaseForm):
    items = forms.MultipleChoiceField(
        label="What to bring along",
        error_messages={
            "required": "Nothing is ticked, so nothing was brought along. That’s fine, too.",
            "invalid_choice": CHOOSE,
            "invalid_list": CHOOSE,
        },
    )

    def __init__(self, *args: Any, own: Sequence[Carriable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.rows = [(str(item.pk), item.copy()) for item in own]
        items = self.field("items", forms.MultipleChoiceField)
        items.choices = [(key, key) for key, _ in self.rows]
        items.widget.attrs["id"] = f"item-{own[0].pk}" if own else ""

    @property
    def ticked(self) -> set[str]:
        return {str(key) for key in self["items"].value() or ()}

    def save(self, *, into: Partnership, by: User) -> list[CarriedItem] | None:
        """Bring it along. None, with the errors on the form, when it can't be."""
        try:
            return carry(
                [item for item in self.own if str(item.pk) in self.cleaned_data["items"]], into=into, by=by
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None
