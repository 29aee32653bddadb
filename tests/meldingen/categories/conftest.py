from tests.staff import manager, published  # noqa: F401  fixtures
