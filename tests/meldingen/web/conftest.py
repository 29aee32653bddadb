from tests.staff import reader  # noqa: F401  fixture
