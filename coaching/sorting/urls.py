"""The addresses of blind sorts: for administrators, for whoever sorts, and what came out."""

from django.urls import URLPattern, path

from coaching.sorting.views import manage, results, sorting

urlpatterns: list[URLPattern] = [
    path("manage/editions/<slug:slug>/sort/", manage.sorts, name="manage_sorts"),
    path("manage/editions/<slug:slug>/sort/new/", manage.new, name="manage_sort_new"),
    path("manage/editions/<slug:slug>/sort/<slug:sort>/", manage.sort, name="manage_sort"),
    path("sorting/<slug:slug>/", sorting.sort, name="sort"),
    path("sorting/<slug:slug>/cards/<slug:profile>/<int:card>/", sorting.name, name="sort_name"),
    path("sorting/<slug:slug>/order/<slug:aspect>/", sorting.order, name="sort_order"),
    path("sorting/<slug:slug>/results/", results.results, name="sort_results"),
    path("sorting/<slug:slug>/results.csv", results.download, name="sort_results_csv"),
    path("sorting/<slug:slug>/results/<slug:aspect>/", results.result, name="sort_result"),
]
