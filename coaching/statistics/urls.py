"""The addresses of what administrators are told of coaching as a whole."""

from django.urls import URLPattern, path

from coaching.statistics import views

urlpatterns: list[URLPattern] = [
    path("", views.counts, name="manage_counts"),
    path("counts.csv", views.download, name="manage_counts_csv"),
]
