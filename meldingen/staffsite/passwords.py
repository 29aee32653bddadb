"""What a password must be, said in every language of the site."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's rule with words that we translate ourselves: its Dutch lacks them."""

    def get_error_message(self) -> str:
        """Why it was refused."""
        return _("This password is too short. Use at least %(length)d characters.") % {"length": self.min_length}

    def get_help_text(self) -> str:
        """What is asked."""
        return _("Use at least %(length)d characters.") % {"length": self.min_length}
