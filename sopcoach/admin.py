"""Accounts and units. No coaching model is ever registered here (product.md, 2)."""

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin

from sopcoach.models import Unit, User

admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = "SOP Coach: people and units"


class NewUserForm(forms.ModelForm):
    """A new account has no password: the person sets one by the password-reset mail."""

    class Meta:
        model = User
        fields = ["name", "email", "unit", "may_supervise", "is_administrator"]

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002  (Django's signature)
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
    fields = ["name", "email", "unit", "may_supervise", "is_administrator", "is_active"]

    def get_form(self, request, obj=None, **kwargs):
        if obj is None:
            kwargs["form"] = NewUserForm
        return super().get_form(request, obj, **kwargs)

    def get_fields(self, request, obj=None):
        return NewUserForm.Meta.fields if obj is None else self.fields

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # people are deactivated; what is theirs stays theirs


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["name"]
