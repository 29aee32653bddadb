"""Sentences of Django's admin that read badly in Dutch: marked here, so that our translation comes before Django's."""

from django.utils.translation import gettext_noop

# “De team” and “De gebied” are no Dutch: without an article each name fits.
SENTENCES = (
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was added successfully. You may edit it again below."),
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    gettext_noop("The %(name)s “%(obj)s” was deleted successfully."),
)
# Heads of tables that only a screen reader reads: Django has no Dutch for them.
HEADS = (gettext_noop("Model name"), gettext_noop("Add link"), gettext_noop("Change or view list link"))
