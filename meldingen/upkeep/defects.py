"""One thing that is broken, in words, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _


class Subject(StrEnum):
    """What it is about: the headings of the page, in this order."""

    MAIL = "mail"
    WORK = "work"
    RULES = "rules"
    MODEL = "model"
    QUEUES = "queues"
    ADDRESSES = "addresses"


@dataclass(frozen=True)
class Defect:
    """A sentence, and the act that comes next with the path of its page. No word of a reporter is in it.

    `is_grave`: people are in danger, or reports are left lying, as long as it lasts.
    """

    subject: Subject
    sentence: str
    act: str
    path: str
    is_grave: bool = False


def for_operator(sentence: str, *, is_grave: bool = False) -> Defect:
    """Something about the machines: who manages the town reads there what to tell whom."""
    path = f"{reverse('admin:broken')}#operator"
    return Defect(Subject.QUEUES, sentence, _("Tell who manages the servers"), path, is_grave)
