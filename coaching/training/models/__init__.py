"""CORE training. The Trainees of a Cohort place themselves, each with a TrainingNote; new supervisors place vignettes
together, which leaves a Spread, and until then who has Placed.
"""

from coaching.training.models.cohort import Cohort, Trainee

from coaching.training.models.training_note import TrainingNote  # isort: skip
from coaching.training.models.levelling import Placed, Spread  # isort: skip

__all__ = ["Cohort", "Placed", "Spread", "Trainee", "TrainingNote"]
