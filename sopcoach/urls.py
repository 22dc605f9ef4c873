from django.contrib import admin
from django.urls import include, path

from sopcoach import views

urlpatterns = [
    path("", include("coaching.urls")),
    path("profiles/", include("profiles.urls")),
    path("me/", views.me, name="me"),
    path("who-reads-what/", views.who_reads_what, name="who_reads_what"),
    path("limits/", views.limits, name="limits"),
    path("enter-as/", views.enter_as, name="enter_as"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
]

handler403 = "sopcoach.http.permission_denied"
