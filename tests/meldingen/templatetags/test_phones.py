import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString


def rendered(source: str, **context: str) -> SafeString:
    return Template("{% load phones %}" + source).render(Context(context))


def test_each_number_in_a_text_can_be_tapped() -> None:
    words = rendered("{{ text|phones }}", text="Gas? Bel 0800-9009, anders 14 0123.")
    assert 'href="tel:08009009">0800-9009</a>, anders <a' in words
    assert 'href="tel:140123">14 0123</a>.' in words


@pytest.mark.parametrize("text", ["<script>x</script> bel 112", "bel 112 <b>nu</b>", '" onclick="x" bel 112'])
def test_what_staff_typed_stays_text(text: str) -> None:
    words = rendered("{{ text|phones }}", text=text)
    assert "<script" not in words
    assert "<b>" not in words
    assert ' onclick="x"' not in words
    assert 'href="tel:112"' in words


def test_a_text_without_a_number_is_what_it_was() -> None:
    assert rendered("{{ text|phones }}", text="Meer & minder") == "Meer &amp; minder"


def test_a_number_alone_is_an_address() -> None:
    assert rendered("{{ number|tel }}", number="14 0123") == "tel:140123"
