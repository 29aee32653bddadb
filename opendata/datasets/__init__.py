"""The datasets: declared, not coded. A dataset is a table of the privacy core over one kind of period."""

from opendata.datasets.caveats import Caveats, caveats_of
from opendata.datasets.declared import DECLARED, Dataset, of_release
from opendata.datasets.keys import disclosure_grid
from opendata.datasets.tables import Document, document

__all__ = ["DECLARED", "Caveats", "Dataset", "Document", "caveats_of", "disclosure_grid", "document", "of_release"]
