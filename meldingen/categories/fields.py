"""A category as a choice in a form."""

from typing import Any

from django import forms


class CategoryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A category with its main category before it."""

    def label_from_instance(self, obj: Any) -> str:
        """Main category – category."""
        return f"{obj.parent.name} – {obj.name}" if obj.parent else str(obj.name)
