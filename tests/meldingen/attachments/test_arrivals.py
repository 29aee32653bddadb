from meldingen.attachments.arrivals import MOST_BYTES, Arrival


def test_of_a_file_that_is_too_large_not_all_is_written_down() -> None:
    file, chunk = Arrival("foto.jpg", "image/jpeg"), b"x" * 1_000_000
    for number in range(40):
        file.take(chunk, number * len(chunk))
    file.end(40 * len(chunk))
    assert file.size == 40_000_000
    assert len(file.read()) <= MOST_BYTES + len(chunk)
