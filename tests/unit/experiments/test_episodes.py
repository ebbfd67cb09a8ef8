import csv

from rapprochement_sim.experiments.episodes import TURNING_POINTS, episodes_of
from rapprochement_sim.experiments.observations import SHIPPED_POLLS, read_observations


def test_rows_of_a_pair_between_two_turning_points_are_one_episode() -> None:
    rows = [each for each in read_observations().observations if each.series == "genron_eai"]
    episode = dict(
        zip(((r.measure, r.respondent.key, r.date) for r in rows), episodes_of(rows), strict=True)
    )
    korean = "unfavourable", "seoul"
    assert episode[*korean, "2013-04"] == episode[*korean, "2015-04"]
    assert episode[*korean, "2015-04"] == episode["favourable", "seoul", "2015-04"]
    assert episode[*korean, "2015-04"] != episode[*korean, "2016-06"]
    assert episode[*korean, "2015-04"] != episode["unfavourable", "tokyo", "2015-04"]


def test_turning_points_stand_in_the_list_of_events() -> None:
    with (SHIPPED_POLLS.parent / "events.csv").open(encoding="utf-8", newline="") as stream:
        months = {row["date"][:7] for row in csv.DictReader(stream)}
    for month, told in TURNING_POINTS.items():
        assert told[:7] == f"{2010 + month // 12}-{month % 12 + 1:02d}"
        assert told[:7] in months
