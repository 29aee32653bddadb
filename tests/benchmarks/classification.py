"""`python -m tests.benchmarks.classification FILE.csv [...]`: ours beside Signalen's on the newest fifth of each."""

import sys

from meldingen.classification.evaluate import OURS, main
from tests.benchmarks import signalen

if __name__ == "__main__":
    sys.exit(
        main(
            recipes={**OURS, "Signalen's": (signalen.train, signalen.weigh)},
            program="python -m tests.benchmarks.classification",
        )
    )
