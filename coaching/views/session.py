from django.http import Http404


def sessions(request, **kwargs):
    raise Http404


def detail(request, **kwargs):
    raise Http404


def begin(request, **kwargs):
    raise Http404


def close(request, **kwargs):
    raise Http404


def move(request, **kwargs):
    raise Http404


def stage(request, **kwargs):
    raise Http404
