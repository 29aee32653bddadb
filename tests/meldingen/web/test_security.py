from datetime import UTC, datetime, timedelta

from django.test import Client

from tests.factories import Town


def test_each_municipality_names_its_own_contact(town: Town, neighbour: Town, client: Client) -> None:
    for where in (town, neighbour):
        where.municipality.contact_email = f"veilig@{where.host}"
        where.municipality.save()
        answer = client.get("/.well-known/security.txt", headers={"host": where.host})
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert f"Contact: mailto:veilig@{where.host}\n" in answer.text
        assert f"Canonical: http://{where.host}/.well-known/security.txt\n" in answer.text


def test_it_holds_for_months_and_less_than_a_year(resident: Client) -> None:
    lines = dict(line.split(": ", 1) for line in resident.get("/.well-known/security.txt").text.splitlines())
    expires = datetime.strptime(lines["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=90) < expires - datetime.now(UTC) < timedelta(days=365)
