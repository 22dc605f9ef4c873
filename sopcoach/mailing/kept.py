"""Mails where no mail server is named: kept in a folder, to be read there."""

from email.policy import default
from typing import IO, cast

from django.core.mail import EmailMessage
from django.core.mail.backends import filebased

READABLE = default.clone(cte_type="8bit", max_line_length=998, utf8=True)


class KeptMail(filebased.EmailBackend):
    """Keeps mails in a folder as a person reads them: Django's own breaks a link of 80 characters in two."""

    def write_message(self, message: EmailMessage) -> None:
        cast("IO[bytes]", self.stream).write(
            message.message(policy=READABLE).as_bytes() + b"\n" + b"-" * 79 + b"\n"
        )
