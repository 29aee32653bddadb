"""A municipality's own classifier: what it learns from, how it is trained, and which one is in use."""
