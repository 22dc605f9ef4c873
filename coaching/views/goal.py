from django.http import Http404


def goals(request, **kwargs):
    raise Http404


def sentence(request, **kwargs):
    raise Http404


def put_down(request, **kwargs):
    raise Http404
