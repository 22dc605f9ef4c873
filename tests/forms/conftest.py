from tests.coaching.conftest import _nobody_is_away, agreed, cast, edition, partnership, session

__all__ = ["_nobody_is_away", "agreed", "cast", "edition", "partnership", "session"]
