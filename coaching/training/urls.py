"""The addresses of CORE training: one's own placements, a training and its levelling, and who administers them."""

from django.urls import URLPattern, path

from coaching.training.views import cohort, levelling, placement, training

urlpatterns: list[URLPattern] = [
    path("placements/", placement.placements, name="placements"),
    path("placements/<slug:profile>/", placement.profile, name="placements_profile"),
    path("training/", training.index, name="training_list"),
    path("training/<slug:slug>/", training.detail, name="training"),
    path("training/<slug:slug>/levelling/", levelling.index, name="levelling"),
    path("training/<slug:slug>/levelling/<int:number>/", levelling.vignette, name="levelling_vignette"),
    path("manage/cohorts/", cohort.cohorts, name="manage_cohorts"),
    path("manage/cohorts/new/", cohort.new, name="manage_cohort_new"),
    path("manage/cohorts/<slug:slug>/", cohort.cohort, name="manage_cohort"),
    path("manage/cohorts/<slug:slug>/people/", cohort.people, name="manage_cohort_people"),
    path("manage/cohorts/<slug:slug>/code/", cohort.renew_code, name="manage_cohort_code"),
    path("manage/cohorts/<slug:slug>/remove/", cohort.remove, name="manage_cohort_remove"),
]
