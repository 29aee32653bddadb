"""Datasets as they are kept in the CKAN of a municipality: looked up, compared, and changed only where they differ."""
