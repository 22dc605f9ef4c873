"""Days and clocks on pages, as `sopcoach.words` says them. Built in: no template needs to load them."""

from django import template

from sopcoach.words import dates

register = template.Library()
register.filter("day", dates.day, is_safe=True)
register.filter("month", dates.month, is_safe=True)
register.filter("clock", dates.clock, is_safe=True)
register.filter("hour", dates.hour, is_safe=True)
register.filter("moment", dates.moment, is_safe=True)
register.filter("iso", dates.iso)
