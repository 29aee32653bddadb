from tests.staff import manager, published, reader  # noqa: F401  fixtures
