"""The interface for other programs: the same intake as the form, and the lists that it needs."""
