import pytest

from coaching.models import CoachingSession, Partnership
from profiles.models import Edition
from tests.cast import Cast, make_cast
from tests.coaching import steps
from tests.profiles.factories import small_edition


@pytest.fixture(autouse=True)
def _nobody_is_away(settings) -> None:
    """Tests travel in time between two clicks, and nobody is signed out for it."""
    settings.IDLE_MINUTES = 10**7


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def edition(db) -> Edition:
    return small_edition()


@pytest.fixture
def partnership(cast: Cast, edition: Edition) -> Partnership:
    """Wanda has said yes to Sam."""
    return steps.begin(cast.wanda, cast.sam)


@pytest.fixture
def agreed(partnership: Partnership) -> Partnership:
    """Wanda and Sam have an agreement in force."""
    steps.agree(partnership)
    return partnership


@pytest.fixture
def session(cast: Cast, edition: Edition) -> CoachingSession:
    """Wanda and Sam's first progress session, planned: one focus at 3 with target 4, and one goal."""
    return steps.ready_for_review(cast.wanda, cast.sam)
