from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from administrators; nobody signs up by themselves (product.md, 10)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
