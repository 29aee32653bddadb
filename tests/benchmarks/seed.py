"""Ten thousand meldingen whose categories, buurten and states are spread as in a real town."""

import random
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from meldingen import lifecycle, references
from meldingen.management.commands.demo_town import FOLDER, load_town
from meldingen.models import Area, Category, Melding, Membership, Municipality, User

HOST = "localhost"
NUMBER = 10_000
PASSWORD = "alleen-voor-de-meting"


def seed() -> Municipality:
    """The invented town without its history, with NUMBER meldingen, a trained model and one colleague."""

    town = load_town(FOLDER / "lindewaard")
    examples = FOLDER / "lindewaard" / "examples.csv"
    call_command("train_model", town.code, examples=examples, verbosity=0)
    lifecycle.receive_many(*_meldingen(town, random.Random(2026)))
    user = User.objects.create_user("meting", password=PASSWORD)
    Membership.objects.create(municipality=town, user=user, role=Membership.Role.TRIAGE)
    return town


def _meldingen(town: Municipality, rng: random.Random):
    categories = list(Category.objects.filter(municipality=town, parent__isnull=False).order_by("slug"))
    buurten = list(Area.objects.filter(municipality=town, level="buurt").order_by("code"))
    now = timezone.now()
    meldingen, closed = [], []
    for _number in range(NUMBER):
        category = rng.choices(categories, _zipf(len(categories)))[0]
        received = now - timedelta(minutes=rng.randrange(1, 525_600))
        meldingen.append(
            Melding(
                municipality=town,
                reference=references.new_reference(),
                follow_token=references.new_follow_token(),
                text=f"De {category.name_nl.lower()} bij ons in de straat, al {rng.randrange(1, 30)} dagen.",
                buurt=rng.choices(buurten, _zipf(len(buurten)))[0],
                place_source=Melding.PlaceSource.BUURT,
                category=category,
                category_by=Melding.CategoryBy.IMPORT,
                team_id=category.default_team_id,
                source=Melding.Source.IMPORT,
                received_at=received,
            )
        )
        closed.append(min(now, received + timedelta(hours=rng.lognormvariate(3, 1))) if rng.random() < 0.8 else None)
    return meldingen, closed


def _zipf(number: int) -> list[float]:
    return [1 / rank for rank in range(1, number + 1)]
