"""The staff site of meldingen: it translates between people and the use cases, and decides nothing."""
