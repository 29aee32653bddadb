import pytest

from meldingen.importing.files import BrokenFile, read_csv, read_json, read_lines


@pytest.fixture
def file(tmp_path):
    def write(content: bytes | str, name: str = "rijen.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_it_finds_the_delimiter_itself(file, delimiter):
    path = file(delimiter.join("ab") + "\n" + delimiter.join("12") + "\n")
    assert list(read_csv(path, ["a", "b"])) == [(2, {"a": "1", "b": "2"})]


def test_a_byte_order_mark_is_no_part_of_the_first_column(file):
    assert list(read_csv(file(b"\xef\xbb\xbfa,b\n1,2\n"), ["a"])) == [(2, {"a": "1", "b": "2"})]


def test_a_row_after_one_over_several_lines_has_its_own_line_number(file):
    rows = list(read_csv(file('a,b\n"een\ntwee",2\n3,4\n'), ["a"]))
    assert [line for line, _row in rows] == [2, 4]


def test_it_names_the_missing_column_and_those_there_are(file):
    with pytest.raises(BrokenFile, match=r"rijen\.csv.* 1.*naam.*a, b"):
        list(read_csv(file("a,b\n1,2\n"), ["naam"]))


def test_it_names_the_line_that_is_not_utf8(file):
    with pytest.raises(BrokenFile, match="2"):
        list(read_csv(file(b"a,b\n\xff,2\n"), ["a"]))


def test_it_names_the_column_of_a_cell_that_is_too_long_and_reads_on(file):
    lines = list(read_lines(file("a,b\n1," + "x" * 131_073 + "\n3,4\n"), ["a"]))
    assert [(line.number, line.column, bool(line.wrong)) for line in lines] == [(2, "b", True), (3, "", False)]


def test_it_names_line_and_column_of_what_is_no_csv(file):
    with pytest.raises(BrokenFile, match=r"3.*b"):
        list(read_csv(file('a,b\n1,2\n1,"x"y\n'), ["a"]))


@pytest.mark.parametrize("broken", ['"x"y,2', "1", "1,2,3"])
def test_a_row_that_cannot_be_read_says_so_and_the_others_are_read(file, broken):
    lines = list(read_lines(file(f"a,b\n{broken}\n3,4\n"), ["a"]))
    assert [bool(line.wrong) for line in lines] == [True, False]
    assert (lines[0].number, lines[1].number, lines[1].cells) == (2, 3, {"a": "3", "b": "4"})


def test_a_quote_that_is_never_closed_is_named_where_it_begins(file):
    lines = list(read_lines(file('a,b\n1,2\n3,"4\n5,6\n'), ["a"]))
    assert [(line.number, line.column, bool(line.wrong)) for line in lines] == [(2, "", False), (3, "b", True)]


def test_an_empty_file_is_broken(file):
    with pytest.raises(BrokenFile):
        list(read_csv(file(""), ["a"]))


def test_a_missing_file_is_broken(tmp_path):
    with pytest.raises(BrokenFile, match=r"weg\.json"):
        read_json(tmp_path / "weg.json")


def test_json_that_is_none_is_named_by_line_and_column(file):
    with pytest.raises(BrokenFile, match=r"2.*3"):
        read_json(file("{\n  oeps", "x.json"))


@pytest.mark.parametrize("content", ["1" * 5000, "[" * 200_000])
def test_json_that_cannot_be_taken_in_is_broken(file, content):
    with pytest.raises(BrokenFile, match=r"x\.json"):
        read_json(file(content, "x.json"))
