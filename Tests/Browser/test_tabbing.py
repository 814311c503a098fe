"""The way of somebody who has no mouse through pages, in a window as small as one of 1280 pixels at 400 %."""

import pytest

import steps

STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}) && e.type !== 'hidden')
  .filter(e => e.type !== 'radio' || e === document.querySelector(`[name="${e.name}"]:checked`)
    || !document.querySelector(`[name="${e.name}"]:checked`) && e === document.querySelector(`[name="${e.name}"]`))"""

# What has the focus now, and what is wrong with it.
HERE = """stops => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect(), faults = [];
  const sees = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  if (!sees) faults.push('no outline');
  if (box.bottom <= 0 || box.top >= innerHeight) faults.push('outside of the window');
  else {
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
    const hit = document.elementFromPoint(x, y);
    if (!hit || !(e.contains(hit) || hit.contains(e) || [...(e.labels || [])].some(label => label.contains(hit))))
      faults.push('covered');
  }
  return {at: stops.indexOf(e), faults, name: e.id || e.name || e.textContent.trim().slice(0, 40),
          top: box.top + scrollY, left: box.left, inMain: !!e.closest('main')};
}"""


def log_in_wrong(page):
    steps.press(page, "Masuk")


PLACES = {
    "services": None, "service": None, "log-in": log_in_wrong, "account": None, "roster": None, "papers": None,
    "check": None, "corrections": None, "status": None, "applications": None, "account-views": None, "help": None,
    "message": None, "message-closed": None, "report": None,
}


@pytest.mark.parametrize("name", PLACES)
def test_tab_goes_through_a_page_in_its_order(name, world):
    page = world.cold(world.places[name][0], width=320)
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(world.places[name][1])
    if PLACES[name]:
        PLACES[name](page)
        page.wait_for_load_state()
    page.evaluate("""() => {
      document.querySelectorAll('#percakapan details').forEach(details => { details.open = true });
      document.activeElement.blur();
      getSelection().removeAllRanges();
      scrollTo(0, 0);
    }""")
    page.locator(".skip").focus()
    stops = page.evaluate_handle(STOPS)
    count = stops.evaluate("stops => stops.length")
    assert count > 5
    passed, last = [], None
    for _ in range(4 * count):
        here = page.evaluate(HERE, stops)
        if here is None or here["at"] == 0 and passed:
            break
        assert here["faults"] == [], f"{here['name']}: {here['faults']}"
        # Inputs of dates have several stops within.
        if not passed or passed[-1] != here["at"]:
            passed.append(here["at"])
            if last and last["inMain"] and here["inMain"] and abs(here["left"] - last["left"]) < 110:
                assert here["top"] > last["top"] - 60, f"up from {last['name']} to {here['name']}"
            last = here
        page.keyboard.press("Tab")
    assert passed == list(range(count)), [
        stops.evaluate("(stops, at) => stops[at].outerHTML.slice(0, 120)", at) for at in set(range(count)) - set(passed)]
    page.context.close()
