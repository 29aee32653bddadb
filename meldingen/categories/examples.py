"""A sentence for each common subject, as a resident may write it: beside its name it says what is meant."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category

EXAMPLES: Mapping[str, Promise] = {
    "afval-gedumpt": _("There is an old mattress beside the container."),
    "afval-niet-opgehaald": _("Our bin was not emptied today."),
    "autowrak": _("A car with flat tyres has stood here for months."),
    "bankje-of-paaltje-kapot": _("A board of the bench is broken."),
    "bladeren": _("The pavement is slippery with leaves."),
    "boom-gevaarlijk": _("A large branch hangs loose in the tree."),
    "brug-of-oever-kapot": _("There is a hole in the deck of the bridge."),
    "container-vol-of-kapot": _("The container is full."),
    "dood-dier": _("A dead bird lies on the pavement."),
    "drank-en-drugs": _("There are needles on the ground in the park."),
    "fietspad-kapot": _("Roots push up the cycle path."),
    "fietswrak": _("An old bicycle has stood in the rack for a year."),
    "fout-geparkeerd": _("A van is parked on the pavement."),
    "gat-in-de-weg": _("There is a deep hole in the road."),
    "geluid": _("The music of the café is loud until late."),
    "gevaarlijke-situatie": _("Cars drive too fast past the school."),
    "gladheid": _("The bridge is slippery with ice."),
    "graffiti": _("There is paint on the wall of the tunnel."),
    "gras-maaien": _("The grass is so high that I cannot see the road."),
    "groep-op-straat": _("Every evening a group makes noise on the square."),
    "hondenpoep": _("There is dog mess on the playing field."),
    "laadpaal": _("The charging point gives no power."),
    "lamp-brandt-niet": _("The lamp in front of number 12 is out."),
    "lamp-brandt-overdag": _("The lamp burns all day."),
    "lantaarnpaal-beschadigd": _("The lamp post leans over."),
    "losse-stoeptegel": _("A loose tile: I nearly fell."),
    "meeuwen-en-duiven": _("Gulls tear the bin bags open."),
    "onkruid": _("Weeds grow between the tiles."),
    "overhangend-groen": _("The hedge hangs over the pavement."),
    "processierups": _("There is a nest of caterpillars in the oak."),
    "prullenbak-vol": _("The litter bin at the bus stop is full."),
    "put-verstopt": _("The drain in the gutter is blocked."),
    "ratten": _("I see rats at the waste containers."),
    "rioolstank": _("It smells of sewage in the street."),
    "rook-en-stank": _("Smoke of a wood stove comes into the house."),
    "speeltoestel-kapot": _("The chain of the swing is broken."),
    "verkeersbord": _("The traffic sign is turned round."),
    "verkeerslicht-kapot": _("The traffic light stays red."),
    "vuil-in-het-water": _("There is rubbish in the ditch."),
    "vuurwerk": _("They set off fireworks every evening."),
    "water-op-straat": _("A large puddle stays in the street."),
    "wegwerkzaamheden": _("The diversion leads nowhere."),
    "zwerfafval": _("There are cans and papers in the bushes."),
}


def example(category: Category) -> str:
    """The sentence in the language of the reader; empty for a category without a common subject."""
    return str(EXAMPLES.get(category.subject or category.slug, ""))
