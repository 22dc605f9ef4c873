from django.template.response import TemplateResponse


def profile_list(request):
    return TemplateResponse(request, "home.html")
