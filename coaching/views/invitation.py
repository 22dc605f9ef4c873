from django.http import Http404


def invite(request, **kwargs):
    raise Http404


def answer(request, **kwargs):
    raise Http404
