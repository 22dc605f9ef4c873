from django.http import Http404


def look_back(request, **kwargs):
    raise Http404


def focus(request, **kwargs):
    raise Http404
