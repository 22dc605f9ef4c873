from django.http import Http404


def make(request, **kwargs):
    raise Http404


def settle(request, **kwargs):
    raise Http404
