"""What the lines of a forecast come to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from articleaudio.forecast.outlook import Outlook, Totals, VoiceNeed, What, Why
from articleaudio.pace import ARTICLE, KEPT, Pace


@dataclass(slots=True)
class Tally:
    """Counts lines."""

    max_cost: float
    """What the run may spend, in US dollars; 0 for no limit."""
    jobs: int
    """Workers."""
    pace: Pace
    """How quick this machine is."""
    planning: float = 0.0
    """Seconds that planning took: the run plans again."""
    _whats: Counter[str] = field(default_factory=Counter)
    _whys: Counter[str] = field(default_factory=Counter)
    _voices: dict[str, VoiceNeed] = field(default_factory=dict)
    _segments: int = 0
    _spoken: int = 0
    _spoken_anew: int = 0
    _made: float = 0.0
    _unchanged: float = 0.0
    _failure: int = 0
    """Exit code of the first failure."""

    def add(self, line: Outlook) -> None:
        """Count one."""
        self._whats[line.what] += 1
        self._failure = self._failure or line.exit_code
        if line.what is What.UNCHANGED:
            self._unchanged += line.duration
        if line.what not in {What.NEW, What.CHANGED}:
            return
        self._whys[line.why] += 1
        self._segments += line.segments
        self._spoken += line.spoken
        self._spoken_anew += line.spoken if line.why == Why.SETTINGS else 0
        self._made += line.duration
        for need in line.voices:
            self._voices[need.voice] = self._voices.get(need.voice, VoiceNeed(need.voice)).plus(need)

    def totals(self) -> Totals:
        """Sum up."""
        count, voices = self._whats, self._voices.values()
        dollars = sum(need.dollars for need in voices)
        over = bool(self.max_cost) and dollars > self.max_cost
        made = count[What.NEW] + count[What.CHANGED]
        return Totals(
            new=count[What.NEW],
            changed=count[What.CHANGED],
            edited=self._whys[Why.TEXT],
            settled_anew=self._whys[Why.SETTINGS],
            unchanged=count[What.UNCHANGED],
            skipped=count[What.SKIPPED],
            failed=count[What.FAILED],
            gone=count[What.GONE],
            segments=self._segments,
            spoken=self._spoken,
            spoken_anew=self._spoken_anew,
            characters=sum(need.characters for need in voices),
            seconds=sum(need.seconds for need in voices),
            made=self._made,
            duration=self._made + self._unchanged,
            dollars=round(dollars, 6),
            max_cost=self.max_cost,
            over_budget=over,
            time=self._time(made),
            jobs=self.jobs,
            measured=self.pace.measured,
            voices=tuple(sorted(voices, key=lambda need: (-need.dollars, -need.characters, need.voice))),
            exit_code=self._exit_code(made, over=over),
        )

    def _time(self, made: int) -> float:
        """Seconds: the workers' part is shared among them, planning is one after the other."""
        pace, jobs = self.pace, max(1, min(self.jobs, made))
        work = sum(pace.work(need.voice, need.seconds) for need in self._voices.values())
        work += (self._segments - self._spoken) * pace.kept.each(KEPT) + made * pace.articles.each(ARTICLE)
        return self.planning + work / jobs

    def _exit_code(self, made: int, *, over: bool) -> int:
        """As a run's: a single source's own code, 1 when some of several fail, 3 when there is none."""
        results = made + self._whats[What.UNCHANGED] + self._whats[What.FAILED]
        if not results:
            return 3
        if self._whats[What.FAILED]:
            return self._failure if results == 1 else 1
        return int(over)
