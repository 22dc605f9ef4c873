from django.apps import apps
from django.contrib import admin

from sopcoach.models import User


def test_no_coaching_model_is_in_the_admin():
    coaching = set(apps.get_app_config("coaching").get_models())

    assert coaching.isdisjoint(model for model in admin.site._registry)


def test_an_administrator_has_no_permission_on_any_coaching_model():
    administrator = User(email="ada@agency.example", name="Ada", is_administrator=True, is_superuser=True)

    for model in apps.get_app_config("coaching").get_models():
        for verb in ("add", "change", "delete", "view"):
            assert not administrator.has_perm(f"coaching.{verb}_{model._meta.model_name}")
    assert not administrator.has_module_perms("coaching")
