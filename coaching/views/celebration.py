from django.http import Http404


def celebrations(request, **kwargs):
    raise Http404
