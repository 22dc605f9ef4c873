from django.urls import path

from coaching.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("practice/", home.home, name="practice"),
]
