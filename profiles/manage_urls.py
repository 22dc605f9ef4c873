"""The administrators' pages about editions, under /manage/editions/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from profiles import draft_views, manage_views


class FileKind(StringConverter):
    regex = "xlsx|csv|yaml"


register_converter(FileKind, "edition_file")

urlpatterns = [
    path("", manage_views.editions, name="manage_editions"),
    path("template.<edition_file:kind>", manage_views.template, name="manage_edition_template"),
    path("import/<uuid:token>/", manage_views.import_plan, name="manage_edition_plan"),
    path("<slug:slug>/", manage_views.edition, name="manage_edition"),
    path("<slug:slug>/file.<edition_file:kind>", manage_views.download, name="manage_edition_file"),
    path("<slug:slug>/new-draft/", manage_views.new_draft, name="manage_edition_new_draft"),
    path("<slug:slug>/publish/", manage_views.publish, name="manage_edition_publish"),
    path("<slug:slug>/retire/", manage_views.retire, name="manage_edition_retire"),
    path("<slug:slug>/delete/", manage_views.delete, name="manage_edition_delete"),
    path("<slug:slug>/origin/", draft_views.origin, name="manage_edition_origin"),
    path("<slug:slug>/add/", draft_views.add_profiles, name="manage_edition_add"),
    path("<slug:slug>/profiles/<slug:profile>/", draft_views.profile, name="manage_edition_profile"),
    path(
        "<slug:slug>/profiles/<slug:profile>/take-out/",
        draft_views.take_out,
        name="manage_edition_take_out",
    ),
    path(
        "<slug:slug>/profiles/<slug:profile>/aspects/<slug:aspect>/",
        draft_views.aspect,
        name="manage_edition_aspect",
    ),
    path(
        "<slug:slug>/profiles/<slug:profile>/aspects/<slug:aspect>/notes/<int:level>/",
        draft_views.aspect_notes,
        name="manage_edition_aspect_notes",
    ),
    path(
        "<slug:slug>/profiles/<slug:profile>/questions/<int:order>/",
        draft_views.question,
        name="manage_edition_question",
    ),
    path(
        "<slug:slug>/profiles/<slug:profile>/goals/<int:order>/",
        draft_views.goal,
        name="manage_edition_goal",
    ),
    path(
        "<slug:slug>/profiles/<slug:profile>/goals/<int:order>/notes/",
        draft_views.goal_notes,
        name="manage_edition_goal_notes",
    ),
]
