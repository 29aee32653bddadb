"""add_colleague CODE USERNAME: the first manager of a municipality."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from meldingen.refusals import Refused
from meldingen.tenancy import colleagues
from meldingen.tenancy.arguments import add_municipality
from meldingen.tenancy.models import Membership, User


class Command(BaseCommand):
    """Everybody after the first one is added at /beheer/."""

    help = "Make an account with a role in a municipality and print its first password, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which municipality, who, and as what."""
        add_municipality(parser)
        parser.add_argument("username")
        parser.add_argument("--role", choices=Membership.Role.values, help="of who is new: manager, unless said")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add, and print the password of a new account."""
        municipality, username = options["municipality"], options["username"]
        try:
            UnicodeUsernameValidator()(username)
            User(username=username, password="-").clean_fields()  # noqa: S106  how long it may be
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        try:
            role, password = colleagues.add(municipality, username, options["role"])
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        words = {"who": username, "role": Membership.Role(role).label, "name": municipality}
        self.stdout.write(_("%(who)s is %(role)s of %(name)s") % words)
        if password is None:
            self.stdout.write(_("The account was there already and keeps its password."))
        else:
            self.stdout.write(_("First password, shown only now: %(password)s") % {"password": password})
