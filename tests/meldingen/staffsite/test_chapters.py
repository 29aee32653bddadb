from types import SimpleNamespace

from meldingen.staffsite.chapters import Chapter, chapters_of


def test_pages_stand_in_their_chapter_in_their_place_and_what_nobody_may_see_in_none() -> None:
    admins = {
        name: SimpleNamespace(chapter=(chapter, place), purpose=f"for {name}")
        for name, chapter, place in (
            ("rules", Chapter.WORK, 2), ("texts", Chapter.WORDS, 1), ("categories", Chapter.WORK, 1)
        )
    }  # fmt: skip
    models = [
        {"model": name, "name": name, "admin_url": url}
        for name, url in (("rules", "/r/"), ("categories", "/c/"), ("texts", None))
    ]
    (work,) = chapters_of([{"models": models}], admins)
    assert work.slug == "work"
    assert [(page.name, page.about, page.url) for page in work.pages] == [
        ("Categories", "for categories", "/c/"),
        ("Rules", "for rules", "/r/"),
    ]
