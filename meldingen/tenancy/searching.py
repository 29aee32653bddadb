"""What is typed in the search of a list, as it can be asked of the database."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList, ChangeListSearchForm


class WordsField(forms.CharField):
    """Words; a NUL between two of them, which no text of PostgreSQL holds, is a space."""

    def to_python(self, value: Any) -> str:
        """Before Django's validator, that refuses a NUL and with it all words."""
        return super().to_python(str(value or "").replace("\0", " ")) or ""


class SearchForm(ChangeListSearchForm):
    """Django's form with a field that refuses no words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEARCH_VAR] = WordsField(required=False)


class SearchedList(ChangeList):
    """Django's list, searched with what was typed."""

    search_form_class = SearchForm
