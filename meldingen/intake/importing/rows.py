"""One row of somebody's former system as a melding, or the reason why it is none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from django.utils.translation import gettext as _

from meldingen.categories.models import Category
from meldingen.files.sheets import Line
from meldingen.intake.importing import contacts
from meldingen.intake.importing.known import Known
from meldingen.intake.importing.moments import Moments
from meldingen.intake.importing.refusal import Rejected
from meldingen.questions.asking import reply_to
from meldingen.questions.models import Reply
from meldingen.record import channels
from meldingen.refusals import Refused
from meldingen.tenancy.models import Team

# What a melding can take from a file, and the column in which it is looked for unless the caller says otherwise.
FIELDS: Mapping[str, str] = {
    "id": "id",
    "received_at": "gemeld_op",
    "main": "hoofdcategorie_slug",
    "category": "categorie_slug",
    "longitude": "longitude",
    "latitude": "latitude",
    "closed_at": "afgehandeld_op",
    "text": "tekst",
    "address": "adres",
    "object_kind": "objectsoort",
    "object": "objectnummer",
    "channel": "kanaal",
    "team": "team",
    "deadline": "termijn",
    "answers": "antwoorden",
} | contacts.COLUMNS
REQUIRED = ("id", "received_at", "category", "longitude", "latitude")
LONGEST_TEXT = 20_000
LONGEST_ADDRESS = 200
# In the cell of answers: between two of them, and between the code of a question and what was answered.
BETWEEN, BEHIND = "|", ":"


@dataclass(frozen=True)
class Row:
    """What one row says, checked; its place is not yet known to lie in a buurt."""

    line: int
    cells: Mapping[str, str]
    external_id: str
    received_at: datetime
    closed_at: datetime | None
    category: Category | None
    longitude: float
    latitude: float
    text: str
    address: str
    asset_id: int | None
    channel: str
    team: Team | None
    deadline: datetime | None
    contact: Mapping[str, str] | None
    answers: Sequence[Reply]


@dataclass(frozen=True)
class Reader:
    """Reads rows of one file: which column holds what, and which categories and teams there are."""

    columns: Mapping[str, str]
    known: Known
    moments: Moments

    def read(self, line: Line) -> Row:
        """The row, or Rejected with column and reason."""
        if line.wrong:
            raise Rejected(line.column, line.wrong)
        cells = line.cells
        received_at, closed_at = self._times(cells)
        return Row(
            line=line.number,
            cells=cells,
            external_id=self._identity(cells),
            received_at=received_at,
            closed_at=closed_at,
            category=self._category(cells) if self._cell(cells, "category") or closed_at else None,
            longitude=self._degrees(cells, "longitude", 180),
            latitude=self._degrees(cells, "latitude", 90),
            text=self._text(cells, "text", LONGEST_TEXT),
            address=self._text(cells, "address", LONGEST_ADDRESS),
            asset_id=self._asset(cells),
            channel=self._channel(cells),
            team=self._team(cells),
            deadline=self._deadline(cells),
            contact=self._contact(cells),
            answers=self._answers(cells),
        )

    def _cell(self, cells: Mapping[str, str], field: str) -> str:
        return cells.get(self.columns.get(field, ""), "").strip()

    def _rejected(self, field: str, reason: str) -> Rejected:
        return Rejected(self.columns.get(field, field), reason)

    def _identity(self, cells: Mapping[str, str]) -> str:
        value = self._cell(cells, "id")
        if not value or len(value) > 64:
            raise self._rejected("id", _("empty or longer than 64 characters"))
        return value

    def _times(self, cells: Mapping[str, str]) -> tuple[datetime, datetime | None]:
        """When it was received and closed. Of what a time may mean, the first by which the closing comes after."""
        begins = self._readings("received_at", self._cell(cells, "received_at"), self.moments.begins)
        if not begins or begins[0] > self.moments.now:
            raise self._rejected("received_at", _("no moment in the past"))
        ends = self._readings("closed_at", self._cell(cells, "closed_at"), self.moments.ends)
        if not ends:
            return begins[0], None
        for begin, end in product(begins, ends):
            if begin <= end <= self.moments.now:
                return begin, end
        raise self._rejected("closed_at", _("before it was received, or in the future"))

    def _readings(self, field: str, value: str, reader: Callable[[str], list[datetime]]) -> list[datetime]:
        try:
            return reader(value) if value else []
        except (ValueError, OverflowError) as error:
            wrong = _("not a date or time as in 2026-01-31T12:00:00+01:00; for 31-01-2026 say --dates d-m-Y")
            raise self._rejected(field, wrong) from error

    def _category(self, cells: Mapping[str, str]) -> Category:
        slug, main = self._cell(cells, "category"), self._cell(cells, "main")
        category = self.known.categories.get((main, slug))
        if category is not None:
            return category
        elsewhere = self.known.categories.get(("", slug))
        if elsewhere is None or elsewhere.parent is None:
            raise self._rejected("category", _("category “%(slug)s” is not known") % {"slug": slug[:60]})
        where = {"slug": slug[:60], "known": elsewhere.parent.slug, "main": main[:60]}
        raise self._rejected("main", _("category “%(slug)s” stands under “%(known)s”, not under “%(main)s”") % where)

    def _degrees(self, cells: Mapping[str, str], field: str, most: int) -> float:
        try:
            value = float(self._cell(cells, field).replace(",", "."))
        except ValueError as error:
            raise self._rejected(field, _("not a number of degrees")) from error
        if not abs(value) <= most:
            raise self._rejected(field, _("not a number of degrees"))
        return value

    def _text(self, cells: Mapping[str, str], field: str, most: int) -> str:
        value = self._cell(cells, field)
        if len(value) > most:
            raise self._rejected(field, _("longer than %(most)d characters, or not text") % {"most": most})
        return value

    def _asset(self, cells: Mapping[str, str]) -> int | None:
        number, kind = self._cell(cells, "object"), self._cell(cells, "object_kind")
        if not number:
            return None
        key = self.known.assets.get((kind.casefold(), number.casefold()))
        if key is None:
            known = _("no object has the number “%(number)s”, or several kinds have: then fill in the kind too")
            of_kind = _("no object of the kind “%(kind)s” has the number “%(number)s”")
            raise self._rejected("object", (of_kind if kind else known) % {"kind": kind[:60], "number": number[:60]})
        return key

    def _channel(self, cells: Mapping[str, str]) -> str:
        value = self._cell(cells, "channel").lower()
        if value not in channels.NAMES:
            raise self._rejected(
                "channel", _("not one of: %(names)s") % {"names": ", ".join(sorted(channels.NAMES)[1:])}
            )
        return channels.NAMES[value]

    def _team(self, cells: Mapping[str, str]) -> Team | None:
        slug = self._cell(cells, "team")
        if slug and slug not in self.known.teams:
            raise self._rejected("team", _("team “%(slug)s” is not known") % {"slug": slug[:60]})
        return self.known.teams[slug] if slug else None

    def _deadline(self, cells: Mapping[str, str]) -> datetime | None:
        values = self._readings("deadline", self._cell(cells, "deadline"), lambda value: [self.moments.through(value)])
        return values[0] if values else None

    def _contact(self, cells: Mapping[str, str]) -> Mapping[str, str] | None:
        try:
            return contacts.read_contact({field: self._cell(cells, field) for field in contacts.COLUMNS})
        except Rejected as rejected:
            raise self._rejected(rejected.column, rejected.reason) from rejected

    def _answers(self, cells: Mapping[str, str]) -> Sequence[Reply]:
        """To questions of whatever category, in use or not: of what was asked in another system, all may be known."""
        answers: dict[str, Reply] = {}
        for part in filter(str.strip, self._cell(cells, "answers").split(BETWEEN)):
            code, _behind, text = (each.strip() for each in part.partition(BEHIND))
            question = self.known.questions.get(code)
            if question is None or code in answers:
                raise self._rejected("answers", _("question “%(code)s” is not known, or twice") % {"code": code[:60]})
            try:
                answers[code] = reply_to(question, text)
            except Refused as refused:
                where = {"code": code, "words": str(refused.message).rstrip(".")}
                raise self._rejected("answers", _("“%(code)s”: %(words)s") % where) from refused
        return list(answers.values())
