from django.http import Http404


def practice(request, **kwargs):
    raise Http404


def plus(request, **kwargs):
    raise Http404


def undo(request, **kwargs):
    raise Http404


def line(request, **kwargs):
    raise Http404
