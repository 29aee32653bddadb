"""What is typed in the search of a list, as it can be asked of the database."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList, ChangeListSearchForm

from meldingen import texts


def as_asked(typed: str) -> str:
    """Words in the spelling in which texts are stored; a NUL between two of them, which none holds, is a space."""
    return texts.clean(typed.replace("\0", " "))


class WordsField(forms.CharField):
    """Words, as the database can be asked for them."""

    def to_python(self, value: Any) -> str:
        """Before Django's validator, that refuses a NUL and with it all words."""
        return super().to_python(as_asked(str(value or ""))) or ""


class SearchForm(ChangeListSearchForm):
    """Django's form with a field that refuses no words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEARCH_VAR] = WordsField(required=False)


class SearchedList(ChangeList):
    """Django's list, searched with what was typed."""

    search_form_class = SearchForm
