from meldingen.exports import files, tasks
from tests.meldingen.exports.conftest import Asked


def test_twice_is_as_once(asked: Asked) -> None:
    export = asked()
    tasks.write_export(export.pk)
    content = files.read(export).read()
    tasks.write_export(export.pk)
    export.refresh_from_db()
    assert (export.stage, export.runs, files.read(export).read()) == ("ready", 1, content)
