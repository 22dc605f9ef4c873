from django.http import Http404


def choose(request, **kwargs):
    raise Http404


def start(request, **kwargs):
    raise Http404


def target(request, **kwargs):
    raise Http404
