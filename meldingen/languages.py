"""Texts that staff write in each language of the site: one value, stored as JSON, with Dutch where one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from meldingen import texts

# Generic for the type checker only: at run time Django's classes take no parameters.
if TYPE_CHECKING:
    Stored = models.JSONField["Texts", "Texts"]
else:
    Stored = models.JSONField

FALLBACK = "nl"
_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def offered() -> dict[str, str]:
    """The languages in which this site is read and written: code and name, in the language of the reader."""
    return {code: str(name) for code, name in settings.LANGUAGES}


class Texts(Mapping[str, str]):
    """One text in several languages, by their codes; what is empty is not there. Never changed: see `but`."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, /, **more: str) -> None:
        self._texts = {code: text for code, text in {**(texts or {}), **more}.items() if text}

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def __repr__(self) -> str:
        return f"Texts({self._texts!r})"

    def __str__(self) -> str:
        return self.in_(get_language() or FALLBACK)

    def in_(self, language: str) -> str:
        """In this language, else in the one that it is a kind of (en for en-gb), else in Dutch."""
        codes = (language, language.split("-")[0], FALLBACK)
        return next((self._texts[code] for code in codes if code in self._texts), "")

    def but(self, others: Mapping[str, str]) -> Texts:
        """The same with `others` in the place of what it says in their languages; an empty one takes a text away."""
        return Texts({**self._texts, **others})


class TextsField(Stored):
    """A column of Texts. `max_length` holds for each language; without it a text may have several lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Texts)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Texts; what a lookup by language finds is a text already."""
        stored_value = super().from_db_value(value, expression, connection)
        return Texts(stored_value) if isinstance(stored_value, dict) else stored_value

    def get_prep_value(self, value: Any) -> Any:
        """What JSON knows."""
        return super().get_prep_value(dict(value) if isinstance(value, Texts) else value)

    def value_to_string(self, obj: models.Model) -> Any:
        """For dumps of rows."""
        return dict(self.value_from_object(obj))

    def to_python(self, value: Any) -> Texts:
        """Texts; ValidationError for what is no object of texts by language."""
        if isinstance(value, Texts):
            return value
        is_plain = isinstance(value, dict) and all(isinstance(each, str) for pair in value.items() for each in pair)
        if not is_plain or not all(_CODE.fullmatch(code) for code in value):
            raise ValidationError(_("Texts by the code of their language: nl, en."), code="no_texts")
        return Texts(value)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Dutch always, and each text as long as it may be. The error has its `language`."""
        if not self.blank or value:
            _refuse(FALLBACK, not value.get(FALLBACK), _("Fill in the Dutch text: it stands where others are missing."))
        for code, text in value.items():
            _refuse(code, _is_half(text), _("Characters that are no text."))
            if self.max_length is not None:
                words = _("At most %(most)d characters.") % {"most": self.max_length}
                _refuse(code, len(text) > self.max_length, words)

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        """Texts of a language that the site does not offer now stay."""
        before: Texts = getattr(instance, self.name)
        others = {code: text for code, text in before.items() if code not in offered()}
        setattr(instance, self.name, Texts(others).but(data or {}))

    def formfield(self, **kwargs: Any) -> Any:
        """A box for each language."""
        label = capfirst(str(self.verbose_name))
        return TextsBoxes(label=label, help_text=self.help_text, required=not self.blank, longest=self.max_length)


class TextsWidget(forms.MultiWidget):
    """A box for each language, under its name. The first, which is Dutch, has the id of the whole."""

    template_name = "meldingen/form/boxes.html"

    def __init__(self, label: str, *, is_long: bool) -> None:
        kind = forms.Textarea if is_long else forms.TextInput
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {}
        for code, name in offered().items():
            attrs: dict[str, Any] = {"lang": code, "aria-label": f"{label} ({name})"}
            boxes[code] = kind(attrs | ({"rows": 3} if is_long else {}))
        super().__init__(boxes)

    def decompress(self, value: Any) -> list[str]:
        """The text of each language."""
        return [(value or {}).get(code, "") for code in offered()]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the name of each language beside its box."""
        context = super().get_context(name, value, attrs)
        boxes = context["widget"]["subwidgets"]
        for number, (box, language) in enumerate(zip(boxes, offered().values(), strict=True)):
            box["title"] = language
            if attrs and "id" in attrs:
                box["attrs"]["id"] = attrs["id"] if number == 0 else f"{attrs['id']}_{box['attrs']['lang']}"
        return context

    def id_for_label(self, id_: str) -> str:
        """The first box."""
        return id_


class TextsBoxes(forms.MultiValueField):
    """Texts as they are typed, in one spelling."""

    default_error_messages = {"incomplete": gettext_lazy("Fill in the Dutch text: it stands where others are missing.")}

    def __init__(self, *, label: str, help_text: Any, required: bool, longest: int | None) -> None:
        boxes = [forms.CharField(required=False, max_length=longest) for _code in offered()]
        super().__init__(
            boxes,
            label=label,
            help_text=help_text,
            required=required,
            require_all_fields=False,
            widget=TextsWidget(label, is_long=longest is None),
        )

    def compress(self, data_list: list[str]) -> Texts:
        """What was typed."""
        return Texts({code: texts.clean(text) for code, text in zip(offered(), data_list, strict=False)})


def _refuse(language: str, is_wrong: bool, words: str) -> None:
    if is_wrong:
        raise ValidationError(words, code="unfit", params={"language": language})


def _is_half(text: str) -> bool:
    """Whether it has half of a surrogate pair, which no text of the database holds."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)
