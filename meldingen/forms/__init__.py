"""Forms of residents: shape only. What may be stored is decided by meldingen.intake."""
