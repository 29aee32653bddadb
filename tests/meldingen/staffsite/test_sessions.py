import pytest


@pytest.mark.parametrize(("path", "status"), [("/melden/", 200), ("/beheer/", 302)])
@pytest.mark.parametrize("key", [r"\000aaaaaaaaaaaaaaaaaaaa", r"aaaaaaaaaaaa\000"])
def test_a_session_cookie_with_a_nul_is_one_that_nobody_has(resident, path, status, key):
    assert resident.get(path, headers={"cookie": f'sessionid="{key}"'}).status_code == status
