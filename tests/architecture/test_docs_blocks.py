"""Commands in the docs are blocks that a test runs; what cannot be run says why."""

from tests.jobs.blocks import Block, blocks, pages

MOST_NOT_RUN = 3


def every() -> list[Block]:
    return [block for page in pages() for block in blocks(page)]


def test_every_block_says_what_it_is() -> None:
    assert [f"{block.page.name}: {block.text[:40]}" for block in every() if not block.language] == []


def test_commands_are_run_but_for_a_few_with_a_reason() -> None:
    not_run = [block for block in every() if block.language == "sh" and block.reason]
    assert len(not_run) <= MOST_NOT_RUN
    assert sum(block.language == "sh" and not block.reason for block in every()) >= 8


def test_a_reason_stands_only_where_a_command_is() -> None:
    assert [block.text for block in every() if block.reason and block.language != "sh"] == []
