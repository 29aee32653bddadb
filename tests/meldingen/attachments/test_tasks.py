from meldingen.attachments import tasks
from tests.meldingen.attachments.conftest import Receive


def test_one_photo_is_prepared_twice_as_once(receive: Receive) -> None:
    photo = receive()
    for _time in range(2):
        tasks.prepare_photo(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.attempts) == ("ready", 1)


def test_a_photo_that_is_gone_is_nothing_to_do(db: None) -> None:
    tasks.prepare_photo(12345)
