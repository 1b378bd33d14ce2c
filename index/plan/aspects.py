"""What every plan should have thought of, and where it speaks of it.

After the questions to ask before the start in Fafo 2013 (lines 642–649, from Moland and Bråthen 2012): goals,
anchoring, who takes part, follow-up and spread. That a goal has a figure and a time is what makes it verifiable.
"""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from index.plan.cues import has_date, has_figure, read_cues
from index.plan.reading import Reading
from index.plan.sections import PlanSection

MEASURABLE_GOALS = "measurable-goals"
ASPECTS = (MEASURABLE_GOALS, "anchoring", "staff", "unions", "evaluation", "continuation")
"""A goal with a figure and a time · word of who decided or stands behind · of staff taking part · of unions · of
evaluation · of who or what goes on when the project is over."""


class Aspect(BaseModel):
    """Whether a plan has something that every plan should have, and where."""

    code: str = Field(description="One of " + ", ".join(ASPECTS) + ".")
    found: bool
    start: int = Field(description="First character of the sentence or section that shows it; for goals also of one "
                                   "that lacks figure or time. 0 when there is none.")
    end: int = Field(description="Character after the last; 0 when there is none.")


def list_aspects(sections: Sequence[PlanSection], reading: Reading) -> list[Aspect]:
    """List the aspects in the order of `ASPECTS`; `reading` is of the plan that was cut into the sections."""
    return [_find_aspect(code, sections, reading) for code in ASPECTS]


def _find_aspect(code: str, sections: Sequence[PlanSection], reading: Reading) -> Aspect:
    cues = read_cues()
    shown = cues.find_sentences(reading, cues.aspects[code])
    if shown:
        return _show(code, reading.sentences[min(shown)])
    for section in sections:
        if code != MEASURABLE_GOALS and cues.find_sentences(Reading(section.heading), cues.aspects[code]):
            return _show(code, (section.start, section.end))
    if code == MEASURABLE_GOALS:
        return _find_goals(sections, reading)
    return Aspect(code=code, found=False, start=0, end=0)


def _find_goals(sections: Sequence[PlanSection], reading: Reading) -> Aspect:
    """Look for a section of goals that has a figure in one sentence and a time in another; else show a bare goal."""
    goals = [section for section in sections if section.kind == "goals"]
    for section in goals:
        if has_date(reading.text[section.start : section.end]):
            for start, end in reading.sentences:
                if section.start <= start < section.end and has_figure(reading.text[start:end]):
                    return _show(MEASURABLE_GOALS, (start, end))
    cues = read_cues()
    bare = cues.find_sentences(reading, [("goal-word",)])
    place = reading.sentences[min(bare)] if bare else (goals[0].start, goals[0].end) if goals else (0, 0)
    return Aspect(code=MEASURABLE_GOALS, found=False, start=place[0], end=place[1])


def _show(code: str, place: tuple[int, int]) -> Aspect:
    return Aspect(code=code, found=True, start=place[0], end=place[1])
