"""Who reads a page, for the page to say so."""

from django import template

from coaching.queries.readers import readers_of

register = template.Library()
register.simple_tag(readers_of)
