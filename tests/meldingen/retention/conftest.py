from tests.staff import manager, published, triager  # noqa: F401  fixtures
