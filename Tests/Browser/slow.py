"""Whole uploads on slow networks: ten minutes, so only when asked for. `.venv/bin/python -m pytest Tests/Browser/slow.py`"""

import pytest
from playwright.sync_api import expect

import samples
import steps
from test_drafts import MB, SLOW_3G, big_picture, cable, citizen, grows, is_whole, papers_page, steps_seen, throttle

__all__ = ["cable", "citizen", "papers_page"]


def begin(page, picture):
    steps.choose(page, {"Proposal penelitian": samples.upload("proposal.png", picture, "image/png")})


def arrives(page, picture, seconds):
    expect(page.locator("#f-proposal-file")).to_contain_text("proposal.png (5 MB)", timeout=seconds * 1000)
    assert grows(steps_seen(page)[0], most=1)
    assert is_whole(page, picture)


@pytest.mark.parametrize("bytes_per_second", [50_000, 20_000])
def test_a_large_file_arrives_in_one_piece(bytes_per_second, papers_page, cable):
    page, picture = papers_page, big_picture()
    cable.mend()
    throttle(page, 400, bytes_per_second)
    begin(page, picture)
    arrives(page, picture, 1.3 * len(picture) / bytes_per_second)
    assert page.sent == ["proposal"]


@pytest.mark.parametrize("cut_after", [MB, 4 * MB])
def test_a_large_file_arrives_after_a_break(cut_after, papers_page, cable):
    page, picture = papers_page, big_picture()
    cable.cut_after = cut_after
    throttle(page, *SLOW_3G)
    begin(page, picture)
    expect(page.locator(".sending")).to_contain_text("Sambungan terputus", timeout=120_000)
    assert grows(steps_seen(page)[0], most=1.1 * cut_after / len(picture))
    cable.mend()
    arrives(page, picture, 1.3 * len(picture) / SLOW_3G[1])
    assert set(page.sent) == {"proposal"} and len(page.sent) > 1


def test_a_large_file_arrives_when_the_browser_itself_begins_again(papers_page, cable):
    """Over a minute without a word from it."""
    page, picture = papers_page, big_picture()
    cable.cut_after, cable.is_short = 4 * MB, True
    throttle(page, *SLOW_3G)
    begin(page, picture)
    arrives(page, picture, 2.5 * len(picture) / SLOW_3G[1])
    assert page.sent == ["proposal"] and not cable.cut_after
