from tests.staff import manager, published, reader, triager  # noqa: F401  fixtures
