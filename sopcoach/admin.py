"""Accounts and units. No coaching model is ever registered here (product.md, 2)."""

from typing import Any, override

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from sopcoach.models import Unit, User

admin.site.site_header = "SOP Coach: people and units"


class NewUserForm(forms.ModelForm):
    """A new account has no password: the person sets one by the password-reset mail."""

    class Meta:
        model = User
        fields = ["name", "email", "unit", "may_supervise", "is_administrator"]

    @override
    def save(self, commit: bool = True) -> User:
        user = super().save(commit=False)
        user.set_unusable_password()
        if commit:
            user.save()
        return user


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "unit", "may_supervise", "is_administrator", "is_active"]
    list_filter = ["unit", "may_supervise", "is_administrator", "is_active"]
    search_fields = ["name", "email"]
    FIELDS = [*NewUserForm.Meta.fields, "is_active"]

    @override
    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        if obj is None:
            kwargs["form"] = NewUserForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        return self.FIELDS if obj else NewUserForm.Meta.fields

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People are deactivated; what is theirs stays theirs."""
        return False


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["name"]
