"""What a phone must fetch before a page is there: all of it in one round trip of a fresh connection."""

import re

import pytest

import steps
from portal import ROOT

# Ten packets of 1,434 bytes, which a server may send before it hears back.
FIRST_VIEW = 14_336
TEXTS = {"document", "stylesheet", "script"}
STAFF = (steps.BUDI, steps.RATNA, steps.DEWI)
# What is no page: files, answers for machines, and addresses that lead on to another.
NO_PAGES = {
    "/healthz", "/metrics", "/verifikasi/kunci-publik/:key", "/permohonan/:ref/surat.pdf", "/permohonan/:ref/pesan/:id",
    "/permohonan/:ref/berkas/:id", "/permohonan/:ref/dokumen/:key", "/permohonan/:ref/laporan",
    "/permohonan/:ref/daftar/:key", "/permohonan/:ref/belum-terkirim/:id",
}


def own(world):
    """The places of visitors and applicants."""
    return {name: place for name, place in world.places.items() if place[0] not in STAFF}


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_first_view_is_light(language, world):
    assets, heavy = {}, {}
    world.speak(language)
    for name, (who, path, _) in own(world).items():
        raw, text = world.fetch(path, who, language)
        assert f'<html lang="{language}"' in text, path
        wanted = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', text)
        # The fourth request is the icon, when the browser asks for it.
        assert len(wanted) == 2, f"{path}: {wanted}"
        eager = re.findall(r'<(?:img|iframe|video|object)(?![^>]*loading="lazy")[^>]*>', text)
        assert not eager, f"{path}: {eager}"
        for asset in wanted:
            if asset not in assets:
                assets[asset] = len(world.fetch(asset)[0])
        weight = len(raw) + sum(assets[asset] for asset in wanted)
        if weight > FIRST_VIEW:
            heavy[name] = weight
    world.speak("id")
    assert not heavy, heavy


def test_every_page_of_an_applicant_has_a_place(world):
    """So that none is left out of what looks at all places."""
    patterns = set()
    for file in ROOT.glob("Sources/Portal/**/*.swift"):
        patterns |= set(re.findall(r'\.get\(\s*"([^"]+)",\s*access: \.(?:anyone|member|citizen)\b', file.read_text()))
    assert len(patterns) > 40 and NO_PAGES <= patterns, NO_PAGES - patterns
    paths = [path.split("?")[0] for _, path, _ in own(world).values()]
    missing = [
        pattern for pattern in sorted(patterns - NO_PAGES)
        if not any(re.fullmatch(re.sub(":[a-z]+", "[^/]+", pattern), path) for path in paths)
    ]
    assert not missing, f"no place in places.py: {missing}"


@pytest.mark.parametrize("name", ["home", "log-in", "papers", "status", "message"])
def test_a_browser_fetches_no_more(name, world):
    who, path, heading = world.places[name]
    page = world.cold(who)
    requests = []
    page.on("request", lambda request: requests.append(request))
    page.goto(path, wait_until="networkidle")
    steps.heading(page, heading)
    kinds, weights = set(), {}
    for request in requests:
        response = request.response()
        assert response.status == 200, f"{request.url}: {response.status}"
        assert response.headers.get("content-encoding") == "gzip", f"{request.url} is not compressed"
        kinds.add(request.resource_type)
        if request.resource_type in TEXTS:
            weights[request.url.removeprefix(world.portal.url)] = request.sizes()["responseBodySize"]
    page.context.close()
    # The fourth is the icon, when the browser asks for it.
    assert TEXTS <= kinds and len(requests) <= 4, [request.url for request in requests]
    assert all(weight > 0 for weight in weights.values()), weights
    assert sum(weights.values()) <= FIRST_VIEW, weights


def test_styles_and_script_are_fetched_once(world):
    page = world.cold(None)
    fetched = []
    page.on("requestfinished", lambda request: fetched.append(request))
    for path in ["/", "/layanan", "/masuk"]:
        page.goto(path, wait_until="networkidle")
    files = [request for request in fetched if request.resource_type in ("stylesheet", "script")]
    kept = "max-age=31536000"
    assert files and all(kept in request.response().headers["cache-control"] for request in files)
    assert len({request.url for request in files}) == 2
    page.context.close()
