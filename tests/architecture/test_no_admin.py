from django.apps import apps

from sopcoach.models import User
from tests.architecture.routes import all_routes


def test_there_is_no_django_admin():
    assert not apps.is_installed("django.contrib.admin")
    assert not [route.address for route in all_routes() if "admin/" in route.address]


def test_an_administrator_has_no_permission_on_any_model():
    administrator = User(email="ada@agency.example", name="Ada", is_administrator=True, is_superuser=True)

    for model in apps.get_models():
        for verb in ("add", "change", "delete", "view"):
            assert not administrator.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")
    assert not administrator.has_module_perms("coaching")
