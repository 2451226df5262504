"""Look at the generated pages and pictures in headless Chromium, and measure what an eye would see.

No two lines of text of a picture may lie on each other, and none may leave it; no page may be wider than its window,
on a screen, on a telephone or on A4; axe may find nothing serious. A screenshot of the whole of each page, and the page
as printed, are left in the folder given, for eyes. The documentation is looked at too where it has been built.

    python tasks/check_pages.py [FOLDER] [--required]

Where Chromium, its driver or selenium is missing nothing can be looked at: that is said, and it is a failure with
`--required` or where the environment has CI.
"""

import argparse
import base64
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from attrs import frozen

from cme_rules import assess, load_policy
from cme_rules.cli import run
from cme_rules.policy.loading.find import policy_folder
from cme_rules.processes.case import read_case
from cme_rules.processes.position import position
from cme_rules.render import (
    explanation,
    grid,
    inspection_picture,
    process_picture,
    rule_picture,
    show,
    timeline_picture,
    year_picture,
)
from cme_rules.render.html import write_page, write_picture

ROOT = Path(__file__).parents[1]
ON = date(2026, 6, 15)
TALLEST = 8000
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
DOCUMENTED = ("index", "tutorial", "questions", "how-to/draw-and-show", "notebooks/1_first_scenarios", "reference/toml")
BAD = {"serious", "critical"}
CHILD = {
    "date_of_birth": date(2014, 5, 2),
    "in_area": True,
    "on_school_roll": False,
    "education_otherwise": "none",
    "last_day_of_education": date(2026, 5, 1),
}
OVERLAPS = """
const found=[];
document.querySelectorAll('svg').forEach(svg=>{
  const frame=svg.getBoundingClientRect();
  const all=[...svg.querySelectorAll('text')].map(t=>[t.textContent,t.getBoundingClientRect()]);
  all.forEach(([said,one],i)=>{
    if(one.left<frame.left-1||one.right>frame.right+1||one.top<frame.top-1||one.bottom>frame.bottom+1)
      found.push('leaves the picture: '+said);
    for(const [other,two] of all.slice(i+1)){
      const x=Math.min(one.right,two.right)-Math.max(one.left,two.left);
      const y=Math.min(one.bottom,two.bottom)-Math.max(one.top,two.top);
      if(x>1.5&&y>4) found.push(said+' / '+other);
    }
  });
});
return found;
"""
SEARCH = """
const box=document.getElementById('words'), shown=document.getElementById('shown');
if(!box) return true;
const all=document.querySelectorAll('article.paragraph').length;
const put=words=>{box.value=words;box.dispatchEvent(new Event('input'))};
put('register');
const open=document.querySelectorAll('article.paragraph:not([hidden])').length, said=shown.textContent;
put('');
return open>0&&open<all&&said===`${open} of ${all} paragraphs`&&shown.textContent==='';
"""
WIDE = "return document.documentElement.scrollWidth - window.innerWidth"


@frozen(kw_only=True)
class Look:
    """One page looked at, and everything wrong with it."""

    name: str
    faults: tuple[str, ...]


def main(out: Path, *, required: bool) -> int:
    """Make the pages, look at each, print what is wrong; 1 where something is, or where nobody can look and must."""
    lacking = _lacking()
    if lacking:
        print(f"NOT CHECKED: no page was looked at, because this machine lacks {', '.join(lacking)}")
        print("on Debian and its kin: apt-get install chromium chromium-driver")
        return 1 if required else 0
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        driver = _chromium(profile)
        try:
            looks = [_look(driver, name, page, out) for name, page in chain(_pages(out), _documentation())]
        finally:
            driver.quit()
    print(f"screenshots and prints: {out}")
    for look in looks:
        print(f"{'FAILED' if look.faults else 'passed'} {look.name}")
        for fault in look.faults[:20]:
            print(f"    {fault}")
    failed = sum(bool(look.faults) for look in looks)
    print(f"{len(looks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _lacking() -> list[str]:
    """What is needed to look at pages, and is not there."""
    programs = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return programs + [name for name in ("selenium", "axe_selenium_python") if not find_spec(name)]


def _documentation() -> Iterator[tuple[str, Path]]:
    """Some pages of the documentation, one of each sort, where it has been built."""
    built = ROOT / "docs" / "_build" / "html"
    for name in DOCUMENTED:
        if (built / f"{name}.html").exists():
            yield f"docs-{name.replace('/', '-')}", built / f"{name}.html"


def _pages(out: Path) -> Iterator[tuple[str, Path]]:
    """Every page to be looked at, written to a file of its own."""
    policy = load_policy("east_sussex")
    for name in ("england", "east_sussex"):
        run(["policy", "page", str(policy_folder(name)), "--out", str(out / f"policy-{name}.html")])
        yield f"policy-{name}", out / f"policy-{name}.html"
    case = json.loads((ROOT / "examples" / "cases" / "order.json").read_text(encoding="utf-8"))
    found = position(
        read_case(case, policy.processes["school_attendance_order"], policy), on=date(2026, 11, 27), policy=policy
    )
    result = assess(CHILD, policy, on=ON)
    pictures = {f"process-{name}": process_picture(policy, name) for name in policy.processes}
    pictures |= {f"rule-{name}": rule_picture(policy, name, on=ON) for name in ("cme_local", "removal_due")}
    pictures["inspection"] = inspection_picture(policy, on=ON)
    pictures["timeline"] = timeline_picture(found, reveal=True)
    pictures["timeline-masked"] = timeline_picture(found)
    pictures["year"] = year_picture(policy.calendars.authority("east_sussex"), date(2025, 11, 1))
    over = {
        "last_day_of_education": [date(2026, 5, 18), date(2026, 5, 19), None],
        "on_school_roll": [True, False, None],
    }
    varied = grid(policy, CHILD, over=over, on=ON, finding="cme_local")
    shown = {
        "notebook-assessment": show(result).reveal(),
        "notebook-explanation": explanation(result, "cme_local"),
        "notebook-calendar": show(policy.calendars.authority("east_sussex")),
        "notebook-grid": varied.view,
    }
    for name, svg in pictures.items():
        yield name, _written(out, name, f"<main><article><h1>{name}</h1>{write_picture(svg, name)}</article></main>")
    for name, view in shown.items():
        yield name, _written(out, name, f"<main>{view.html}</main>")


def _written(out: Path, name: str, body: str) -> Path:
    path = out / f"{name}.html"
    path.write_text(write_page(name, body), encoding="utf-8")
    return path


def _chromium(profile: str) -> Any:  # noqa: ANN401 - selenium is optional
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for each in FLAGS:
        options.add_argument(each)
    options.add_argument(f"--user-data-dir={profile}")
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_script_timeout(120)
    return driver


def _look(driver: Any, name: str, page: Path, out: Path) -> Look:  # noqa: ANN401 - as above
    driver.set_window_size(1280, 1600)
    driver.get(page.resolve().as_uri())
    faults = [f"texts overlap: {each}" for each in driver.execute_script(OVERLAPS)]
    faults += [f"wider than a screen by {more}" for more in [driver.execute_script(WIDE)] if more > 0]
    faults += [] if driver.execute_script(SEARCH) else ["the search does not find, or does not say what it found"]
    _photograph(driver, out / f"{name}.png")
    faults += _axe(driver)
    driver.set_window_size(500, 900)
    faults += [f"wider than a telephone by {more}" for more in [driver.execute_script(WIDE)] if more > 0]
    pdf = driver.execute_cdp_cmd(
        "Page.printToPDF",
        {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": True, "preferCSSPageSize": True},
    )
    printed = base64.b64decode(pdf["data"])
    (out / f"{name}.pdf").write_bytes(printed)
    faults += _not_a4(printed)
    return Look(name=name, faults=tuple(faults))


def _not_a4(printed: bytes) -> Iterator[str]:
    """Sizes of printed pages, in points, that are A4 neither upright nor across."""
    sizes = {
        tuple(sorted(map(float, found))) for found in re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    }
    yield from (f"prints on {size}, not A4" for size in sizes if [round(each / 5) for each in size] != [119, 168])
    yield from () if sizes else ("prints no page",)


def _photograph(driver: Any, path: Path) -> None:  # noqa: ANN401 - as above
    """The page from its top, all of it where it is not too long for a picture."""
    wide, high = driver.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    clip = {"x": 0, "y": 0, "width": wide, "height": min(high, TALLEST), "scale": 1}
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    path.write_bytes(base64.b64decode(shot["data"]))


def _axe(driver: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """What axe finds serious."""
    spec = find_spec("axe_selenium_python")
    assert spec is not None  # noqa: S101 - looked for before
    assert spec.origin is not None  # noqa: S101 - it is a package with files
    script = next(Path(spec.origin).parent.rglob("axe.min.js"))
    driver.execute_script(script.read_text(encoding="utf-8"))
    found = driver.execute_async_script("const done=arguments[0];axe.run().then(done)")
    for each in found["violations"]:
        if each["impact"] in BAD:
            yield f"axe {each['id']}: {each['help']} ({len(each['nodes'])}, e.g. {each['nodes'][0]['html'][:120]})"


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Look at the generated pages and pictures in headless Chromium.")
    asked.add_argument("folder", nargs="?", type=Path, help="where screenshots and prints are left")
    asked.add_argument("--required", action="store_true", help="fail where nothing can be looked at")
    given = asked.parse_args()
    must = given.required or os.environ.get("CI", "").lower() not in {"", "0", "false"}
    sys.exit(main(given.folder or Path(tempfile.mkdtemp()), required=must))
