"""The parts in a group session, which go round."""

from django.db import models


class Part(models.TextChoices):
    """What somebody does in a session. Parts go round."""

    PRESENTER = "presenter", "Presenter"
    FACILITATOR = "facilitator", "Facilitator"
    ADVISOR = "advisor", "Advisor"
    OBSERVER = "observer", "Observer"
