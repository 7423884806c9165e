"""The diagrams of the unit's lessons, as teachers would write them, and the rooms they are placed in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from lessonpress.diagrams import AnyDiagram
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Drawing, Label
from lessonpress.measure import Face
from lessonpress.model.banks import Event, Person
from lessonpress.model.base import Context

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "templates" / "fonts" / "slides" / "liberation"

EVENTS: dict[str, dict[str, str]] = {
    "T-03": {"date": "1919", "end": "1920", "when": "1919-1920", "label": "Trotsky promotes labour armies"},
    "T-04": {
        "date": "1921-03-08",
        "end": "1921-03-16",
        "when": "8-16 March 1921",
        "label": "10th Congress: NEP; factions banned",
    },
    "T-05": {"date": "1922-04-03", "when": "3 April 1922", "label": "Stalin becomes General Secretary"},
    "T-06": {"date": "1922-05-25", "end": "1922-05-26", "when": "25-26 May 1922", "label": "Lenin's first stroke"},
    "T-07": {
        "date": "1922-12-24",
        "end": "1923-01-04",
        "when": "24 December 1922 - 4 January 1923",
        "label": "Lenin dictates the Testament",
    },
    "T-08": {"date": "1923-03", "when": "March 1923", "label": "Lenin's last major stroke"},
    "T-10": {
        "date": "1923-10-08",
        "when": "8 and 15 October 1923",
        "label": "Trotsky's letter; Declaration of the Forty-Six",
    },
    "T-11": {
        "date": "1923-10-25",
        "end": "1923-10-27",
        "when": "25-27 October 1923",
        "label": "Plenum censures Trotsky, 102 to 2",
    },
    "T-12": {
        "date": "1924-01-16",
        "end": "1924-01-18",
        "when": "16-18 January 1924",
        "label": "13th Conference condemns the opposition",
    },
    "T-13": {"date": "1924-01-21", "when": "21 January 1924", "label": "Lenin dies"},
    "T-16": {"date": "1924-05-21", "when": "21 May 1924", "label": "Central Committee hears the Testament"},
    "T-17": {"date": "1924-05-23", "end": "1924-05-31", "when": "23-31 May 1924", "label": "13th Congress"},
    "T-19": {
        "date": "1924-10",
        "end": "1924-12",
        "when": "October - December 1924",
        "label": "Lessons of October and the literary discussion",
    },
    "T-20": {"date": "1924-12-17", "when": "17 December 1924", "label": "Stalin's preface: socialism in one country"},
    "T-21": {
        "date": "1925-01-17",
        "end": "1925-01-26",
        "when": "17-26 January 1925",
        "label": "Trotsky leaves the War Commissariat",
    },
    "T-22": {
        "date": "1925-04-17",
        "end": "1925-04-29",
        "when": "17-29 April 1925",
        "label": "14th Conference adopts socialism in one country",
    },
}
PEOPLE = ("Stalin", "Trotsky", "Zinoviev", "Kamenev", "Bukharin", "Rykov", "Tomsky", "Molotov", "Kalinin", "Voroshilov")

TIMELINE_L2: dict[str, Any] = {
    "kind": "timeline",
    "from": "1919",
    "to": "1924",
    "alt": "Seven events of 1919 to 1924; Lenin was ill from May 1922 until he died.",
    "events": ["T-03", "T-04", "T-05", "T-06", "T-07", "T-08", "T-16"],
    "spans": [{"label": "Lenin ill", "from": "1922-05-25", "to": "1924-01-21", "style": "tint"}],
}
TIMELINE_L4: dict[str, Any] = {
    "kind": "timeline",
    "from": "1924-04",
    "to": "1925-04",
    "alt": "From the first text to the 14th Conference, a year.",
    "events": [{"label": "One country is not enough", "date": "1924-04", "end": "1924-05"}, "T-20", "T-22"],
    "spans": [{"label": "Eight months", "from": "1924-05", "to": "1924-12-17", "style": "open"}],
}
TIMELINE_L6: dict[str, Any] = {
    "kind": "timeline",
    "from": "1923-10",
    "to": "1925-01",
    "caption": "Sixteen months, to scale",
    "alt": "Eight events from October 1923 to January 1925. Trotsky stays in the Politburo past the end.",
    "events": ["T-10", "T-11", "T-12", "T-13", "T-16", "T-17", "T-19", "T-21"],
    "spans": [{"label": "Trotsky a member of the Politburo", "from": "1919-03", "to": "1926-10-23", "style": "solid"}],
}
CROWDED: dict[str, Any] = {
    "kind": "timeline",
    "from": "1919",
    "to": "1925",
    "alt": "Every event of the samples.",
    "events": list(EVENTS),
    "spans": [
        {"label": "Stalin is General Secretary", "from": "1922-04-03", "to": "1929", "style": "solid"},
        {"label": "Lenin ill", "from": "1922-05-25", "to": "1924-01-21", "style": "tint"},
        {"label": "Contest with Trotsky", "from": "1923-10-08", "to": "1925-01-26", "style": "open"},
    ],
}
TIMELINE_BLANK: dict[str, Any] = {
    "kind": "timeline",
    "from": "1921",
    "to": "1925",
    "alt": "Six flags to fill, two of them filled.",
    "events": [
        "T-04",
        {"answer": "Stalin becomes General Secretary", "date": "1922-04-03"},
        {"answer": "Lenin dies", "date": "1924-01-21", "when": "21 January 1924"},
        {"answer": "13th Congress", "lines": ["13th", "Congress"], "date": "1924-05-23", "end": "1924-05-31"},
        "T-20",
        {"answer": "Trotsky leaves", "date": "1925-01"},
    ],
}
SPECTRUM: dict[str, Any] = {
    "kind": "spectrum",
    "left": "Faster industry",
    "right": "Keep NEP",
    "alt": "Stalin, Zinoviev and Kamenev move; the others stay.",
    "panels": [
        {
            "date": "1924",
            "places": {
                "trotsky": "1",
                "zinoviev": "6",
                "kamenev": "6",
                "stalin": "7",
                "bukharin": "8",
                "rykov": "8",
                "tomsky": "8",
            },
        },
        {
            "date": "1926",
            "places": {
                "trotsky": "1",
                "zinoviev": "2",
                "kamenev": "2",
                "stalin": "7",
                "bukharin": "8",
                "rykov": "8",
                "tomsky": "8",
            },
        },
        {"date": "1928", "places": {"stalin": "0", "bukharin": "8", "rykov": "8", "tomsky": "8"}},
    ],
}
POSTS: dict[str, Any] = {
    "kind": "posts",
    "date": "2 June 1924",
    "alt": "Stalin alone sits on Politburo, Orgburo and Secretariat.",
    "bodies": ["Politburo", "Orgburo", "Secretariat", "Government", "Army", "Trade unions", "Comintern"],
    "holders": {
        "stalin": ["Politburo", "Orgburo", "Secretariat"],
        "trotsky": ["Politburo", "Government", "Army"],
        "zinoviev": ["Politburo", "Comintern"],
        "kamenev": ["Politburo", "Government"],
        "bukharin": ["Politburo"],
        "rykov": ["Politburo", "Government"],
        "tomsky": ["Politburo", "Trade unions"],
    },
}
FLOW: dict[str, Any] = {
    "kind": "circular-flow",
    "alt": "A ring of six steps; the arrow after the third was broken in Leningrad.",
    "steps": [
        "General Secretary heads the [[Secretariat]]",
        "[[Uchraspred]] places party secretaries",
        "Secretaries manage the choice of [[delegates]]",
        "Delegates vote at the [[Congress]]",
        "It elects the [[Central Committee]]",
        "That chooses Politburo, [[Orgburo]] and Secretariat",
    ],
    "broken": {"after": "3", "label": "Leningrad, December 1925"},
}
FLOW_WHOLE: dict[str, Any] = {
    **FLOW,
    "steps": [step.replace("[[", "").replace("]]", "") for step in FLOW["steps"]],
    "broken": {"after": "1", "label": "Leningrad, December 1925"},
}
ALLIANCES: dict[str, Any] = {
    "kind": "alliances",
    "alt": "Three alliances and an empty fourth.",
    "panels": [
        {
            "phase": "1923-25",
            "with": ["stalin", "zinoviev", "kamenev"],
            "against": ["trotsky"],
            "issue": "party democracy",
        },
        {
            "phase": "1925",
            "with": ["stalin", "bukharin", "rykov", "tomsky"],
            "against": ["zinoviev", "kamenev"],
            "issue": "peasants; socialism in one country",
        },
        {
            "phase": "1926-27",
            "with": ["stalin", "bukharin", "rykov", "tomsky"],
            "against": ["trotsky", "zinoviev", "kamenev"],
            "issue": "industry; party democracy",
        },
        {"phase": "1928-29"},
    ],
}
VOTES: dict[str, Any] = {
    "kind": "chart",
    "form": "bar",
    "unit": "votes",
    "data": {"For": "559", "Against": "65"},
    "alt": "559 to 65.",
    "note": "14th Congress, December 1925",
}
UNEMPLOYED: dict[str, Any] = {
    "kind": "chart",
    "form": "column",
    "unit": "million",
    "data": {"1925": "1.0", "1928": "1.5"},
    "alt": "A rise by half.",
    "note": "Registered unemployed. Official; the true number was higher.",
}
LIVING_GRAPH: dict[str, Any] = {
    "kind": "living-graph",
    "from": "1922",
    "to": "1925",
    "high": "could have led",
    "low": "without any power",
    "alt": "Four dates from 1922 to 1925.",
    "marks": [
        {"date": "1922-04-03", "height": "8", "given": "8"},
        {"date": "1923-10-25", "height": "5"},
        {"date": "1924-01-27", "height": "3", "between": ["2", "5"]},
        {"date": "1924", "end": "1925", "height": "0"},
    ],
}
CAUSE_WEB: dict[str, Any] = {
    "kind": "cause-web",
    "outcome": "Trotsky loses",
    "alt": "Six causes round an outcome.",
    "causes": [
        "Factions are banned",
        "Stalin places officials",
        "Trotsky keeps silent",
        "Zinoviev and Kamenev fear him",
        "New members want order",
        "He leaves the War Commissariat",
    ],
    "arrows": ["A-D", "B-X", "C-F"],
    "given": ["A-B"],
}
SAMPLES: dict[str, dict[str, Any]] = {
    "timeline-l2": TIMELINE_L2,
    "timeline-l4": TIMELINE_L4,
    "timeline-l6": TIMELINE_L6,
    "timeline-crowded": CROWDED,
    "timeline-blank": TIMELINE_BLANK,
    "spectrum": SPECTRUM,
    "posts": POSTS,
    "flow": FLOW,
    "flow-whole": FLOW_WHOLE,
    "alliances": ALLIANCES,
    "votes": VOTES,
    "unemployed": UNEMPLOYED,
    "living-graph": LIVING_GRAPH,
    "cause-web": CAUSE_WEB,
}


def bank() -> Context:
    """A context with the people and events that the samples name."""
    people = {name.lower(): Person.model_validate({"name": name, "short": name}) for name in PEOPLE}
    events = {key.lower(): Event.model_validate({"event": "-", **value}) for key, value in EVENTS.items()}
    return Context(banks={"people": people, "events": events})


def read(data: dict[str, Any]) -> Any:
    """The checked diagram of what a teacher wrote."""
    return TypeAdapter(AnyDiagram).validate_python(data, context=bank())


@cache
def faces() -> dict[int, Face]:
    """Faces that are measured in tests."""
    return {400: Face(FONTS / "LiberationSans-Regular.ttf"), 700: Face(FONTS / "LiberationSans-Bold.ttf")}


def paper(width: float = 167.5) -> Canvas:
    """The text column of a sheet."""
    return Canvas(width, None, 10.5, 9.5, faces())


def slide() -> Canvas:
    """The content area of a slide."""
    return Canvas(306.7, 105.0, 20.0, 18.0, faces())


def clashes(drawing: Drawing, canvas: Canvas) -> list[tuple[str, str]]:
    """Every two labels that overlap."""
    labels = [(item.text, canvas.bounds(item)) for item in drawing.items if isinstance(item, Label)]
    return [(a, b) for n, (a, one) in enumerate(labels) for b, other in labels[n + 1 :] if one.overlaps(other)]


def outside(drawing: Drawing, canvas: Canvas) -> list[object]:
    """Every item that leaves the ground of its drawing by more than a hair."""
    slack = 0.3
    bounds = [(item, canvas.bounds(item)) for item in drawing.items]
    return [
        item
        for item, b in bounds
        if b.left < -slack or b.top < -slack or b.right > drawing.width + slack or b.bottom > drawing.height + slack
    ]
