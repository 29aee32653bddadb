from tests.staff import published  # noqa: F401  fixture
