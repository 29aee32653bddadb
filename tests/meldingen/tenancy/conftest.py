from tests.staff import address, manager, melding, now, published, reader, triager  # noqa: F401  fixtures
