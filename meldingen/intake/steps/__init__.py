"""The steps of the form, in their order. A new one is a file here, its template, its tests, and its place below."""

from meldingen.intake.step import Step
from meldingen.intake.steps.check import checking
from meldingen.intake.steps.danger import DANGER
from meldingen.intake.steps.elsewhere import ELSEWHERE
from meldingen.intake.steps.formal import FORMAL
from meldingen.intake.steps.nearby import NEARBY
from meldingen.intake.steps.photos import PHOTOS
from meldingen.intake.steps.questions import QUESTIONS
from meldingen.intake.steps.subject import SUBJECT
from meldingen.intake.steps.two import TWO
from meldingen.intake.steps.water import WATER
from meldingen.intake.steps.what import WHAT
from meldingen.intake.steps.where import WHERE

_ASKING = (WHAT, DANGER, FORMAL, PHOTOS, TWO, SUBJECT, ELSEWHERE, WHERE, WATER, NEARBY, QUESTIONS)
STEPS: tuple[Step, ...] = (*_ASKING, checking(_ASKING))
