"""The blind sorts of a training, for its page, which stands below the room that sorts."""

from django import template

from coaching.sorting.models import BlindSort
from coaching.training.models import Cohort
from sopcoach.models import User

register = template.Library()


@register.simple_tag
def sorts_of(cohort: Cohort, user: User) -> list[BlindSort]:
    return list(BlindSort.objects.visible_to(user).filter(cohort=cohort).for_list())
