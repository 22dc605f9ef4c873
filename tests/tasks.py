"""Tasks in tests: done at once, and those of later remembered."""

from datetime import datetime
from typing import Any, ClassVar

from django.tasks.backends.immediate import ImmediateBackend


class AtOnce(ImmediateBackend):
    supports_defer = True
    later: ClassVar[list[datetime]] = []
    """When somebody is to come back."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        if task.run_after is None:
            return super().enqueue(task, args, kwargs)
        self.validate_task(task)
        self.later.append(task.run_after)
        return None
