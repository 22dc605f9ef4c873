from django.http import Http404


def walkthrough(request, **kwargs):
    raise Http404


def done(request, **kwargs):
    raise Http404
