"""Cities from a file: what would come of it, with news, doubles and faults, and what became of one."""

from collections.abc import Iterator

from tests.pictures.deeds import send_file
from tests.pictures.scenes import Scene
from tests.pictures.season import Season
from tourreg.db import writing
from tourreg.domain.hosting.city_import import look
from tourreg.domain.hosting.city_import_writing import import_of_file, take_over
from tourreg.domain.hosting.city_outcomes import FileRow
from tourreg.kernel import clock

_FILE = "0" * 64
_IMPORT = "/office/cities/import?language={language}"
_HEADINGS = "City,City in Chinese,State,Country,Population,Contact,Position,E-mail,Roles,Remarks\n"
NEWS = f"""{_HEADINGS}
Davenport,,IA,US,90000,Ruth Alder,City Clerk,ruth.alder@example.org,coordinator; press,met in May
City of Davenport,,Iowa,,101000,R. Alder,,ruth.alder@example.org,approver,
Davenport,达文波特,FL,US,,Ruth Alder,City Clerk,ruth.alder@example.org,,
宿州市,,安徽省,中国,,周示例,外办主任,zhou.example@example.org,审批人,
"""
FAULTS = f"""{NEWS}Springfield,斯普林菲尔德,,US,,,,,,
Suzhou,,,CN,,,,,,
Boulder,,Colorado,US,,Ann Reed,,ann.reed@example,boss,
Nowhere,无处,Iowaa,US,many,,,,,
Lakeview Heights,湖景高地,OH,US,,,,,,
"""
ANN = {"name": "Ann Reed", "email": "ann.reed@example.org"}
ZHOU = {"name": "周示例", "email": "zhou.example@example.org", "roles": ("press",)}
ROWS = (
    FileRow(
        2, {"name_en": "Boulder", "name_zh": "博尔德", "region_en": "CO"}, {"name": "Ann", "email": "ann@example.org"}
    ),
    FileRow(3, {"name_zh": "宿州", "region_zh": "安徽"}, ZHOU),
    FileRow(4, {"name_zh": "宿州", "region_zh": "安徽"}, ZHOU),
)


def city_files(season: Season) -> Iterator[Scene]:
    yield Scene("office-city-import", _IMPORT, "office")
    yield Scene("office-city-import-news", _IMPORT, "office", deed=send_file("cities.csv", NEWS))
    yield Scene("office-city-import-faults", _IMPORT, "office", deed=send_file("cities.csv", FAULTS), status=200)
    done, city = _taken_over(season)
    yield Scene("office-city-imported", f"/office/cities/imports/{done}?language={{language}}", "office")
    yield Scene("office-city-contacts", f"/office/cities/{city}/contacts?language={{language}}", "office")


def _taken_over(season: Season) -> tuple[str, str]:
    """Take a file over, once, and return the public ids of the import and of a city in it."""
    with season.app.app_context(), writing():
        done = import_of_file(_FILE)
        if done is None:
            now = clock.utc_now()
            done = take_over(look(ROWS, {}), _FILE, overwrite=False, invite=False, unread=1, now=now, by="worker")
        return done.public_id, str(done.rows[1][2])
