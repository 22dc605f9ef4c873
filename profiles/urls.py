from django.urls import path

from profiles import views

app_name = "profiles"

urlpatterns = [
    path("", views.profile_list, name="list"),
    path("print/", views.edition_print, name="print_all"),
    path("about/", views.about, name="about"),
    path("words/", views.words, name="words"),
    path("<slug:slug>/", views.profile_detail, name="detail"),
    path("<slug:slug>/print/", views.profile_print, name="print"),
]
