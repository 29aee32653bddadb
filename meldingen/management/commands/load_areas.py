"""load_areas CODE PATH [--prefix schiedam_] [--vintage 2015] [--srid 28992] [--attribution TEXT] [--move-rules]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.areas import Options, Outcome
from meldingen.routing.lost_rules import LostRule
from meldingen.routing.new_borders import NewBorders, load_borders
from meldingen.tenancy.arguments import add_municipality
from meldingen.tenancy.models import Municipality


class Command(BaseCommand):
    """Load the areas of a municipality and put their year in use."""

    help = (
        "Load gemeente, wijken and buurten with CBS codes: a folder with a file for each (.geojson, .gpkg, .shp), or "
        "one file with all of them. A file of the whole country will do."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality, the files, and what they do not say."""
        add_municipality(parser)
        parser.add_argument("path", type=Path, help="a folder or a file")
        parser.add_argument("--prefix", default="", help="what the file names begin with, for example schiedam_")
        parser.add_argument("--vintage", type=int, help="year of the borders; default: the property peiljaar or jaar")
        parser.add_argument("--srid", type=int, help="EPSG number of the coordinates; default: what the file says")
        parser.add_argument("--attribution", help="whose borders they are; default: Kadaster / CBS with the year")
        parser.add_argument("--move-rules", action="store_true", help="move rules to the area that replaced theirs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load with a progress bar, and say what became of it whatever that is."""
        municipality: Municipality = options["municipality"]
        choices = Options(**{name: options[name] for name in Options.__dataclass_fields__})
        try:
            with tqdm(unit=" areas", disable=options["verbosity"] == 0) as bar:
                outcome = load_borders(
                    municipality, options["path"], choices, bar.update, with_rules=options["move_rules"]
                )
        except BrokenFile as error:
            nothing = _("Nothing was loaded.")
            raise CommandError(f"{error} {nothing}") from error
        for line in [*_lines_of_areas(outcome.areas), *_lines_of_rules(outcome)]:
            self.stdout.write(line)


def _lines_of_areas(outcome: Outcome) -> list[str]:
    before = outcome.vintage_before
    in_use = _("%(wijken)d wijken and %(buurten)d buurten of %(year)d in use")
    lines = [in_use % {"wijken": outcome.number["wijk"], "buurten": outcome.number["buurt"], "year": outcome.vintage}]
    if before not in (None, outcome.vintage):
        lines[0] += _("; before that those of %(year)d") % {"year": before}
    if outcome.attribution:
        lines.append(_("Source that is shown: %(line)s") % {"line": outcome.attribution})
    if outcome.of_others:
        lines.append(_("%(number)d areas of other gemeenten were left out.") % {"number": outcome.of_others})
    lines += outcome.notes
    if outcome.retired:
        words = _("No longer in the files of %(year)d, so out of use: %(areas)s. Meldingen there keep their buurt.")
        lines.append(words % {"year": outcome.vintage, "areas": ", ".join(outcome.retired)})
    return lines


def _lines_of_rules(borders: NewBorders) -> list[str]:
    lines = []
    for each in borders.moved:
        successor = each.successor.code if each.successor else ""
        lines.append(_("Rule %(rule)s was moved to %(code)s.") % {"rule": _rule(each), "code": successor})
    lines += [_("Rule %(rule)s: %(what)s") % {"rule": _rule(each), "what": each.in_words()} for each in borders.lost]
    if any(each.successor for each in borders.lost):
        lines.append(_("Run it again with --move-rules to move the rules whose area only got another code."))
    if any(not each.successor for each in borders.lost):
        lines.append(_("Choose another area for a rule at /beheer/ where the new areas are not the old one."))
    return lines


def _rule(lost_rule: LostRule) -> str:
    about = lost_rule.rule.category.name if lost_rule.rule.category else _("every category")
    return f"{lost_rule.rule.position} ({about})"
