"""The administrators' pages about people and units, under /manage/."""

from django.urls import path

from sopcoach.people import days_off, list_views, views

urlpatterns = [
    path("", views.manage, name="manage"),
    path("people/", views.people, name="manage_people"),
    path("people/invite/", views.invite, name="manage_people_invite"),
    path("people/import/", list_views.import_list, name="manage_people_import"),
    path("people/import/empty-list.csv", list_views.empty_list, name="manage_people_empty_list"),
    path(
        "people/import/<str:token>/columns/", list_views.import_columns, name="manage_people_import_columns"
    ),
    path("people/import/<str:token>/", list_views.import_plan, name="manage_people_import_plan"),
    path("people/now.csv", list_views.whole_list, name="manage_people_now"),
    path("people/units/", views.units, name="manage_units"),
    path("people/units/<int:pk>/", views.unit, name="manage_unit"),
    path("people/units/<int:pk>/remove/", views.remove_unit, name="manage_unit_remove"),
    path("days-off/", days_off.days_off, name="manage_days_off"),
    path("days-off/<int:pk>/remove/", days_off.remove, name="manage_day_off_remove"),
    path("people/<int:pk>/", views.person, name="manage_person"),
    path("people/<int:pk>/invite/", views.invite_again, name="manage_person_invite"),
    path("people/<int:pk>/deactivate/", views.deactivate, name="manage_person_deactivate"),
    path("people/<int:pk>/second-factor/", views.second_factor, name="manage_person_second_factor"),
    path("people/<int:pk>/single-sign-on/", views.identity, name="manage_person_identity"),
    path("people/<int:pk>/reactivate/", views.reactivate, name="manage_person_reactivate"),
]
