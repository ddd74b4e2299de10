"""What a right sound may be like: figures, each with where it comes from. The rest of the package only walks them.

Measured over 5,656 sounds of eSpeak NG 1.52 in 27 languages at 80 to 400 words a minute (news articles, and sentences
made for the scripts that these lack) and over flite 2.2; docs/checks.md tells how, `benchmarks/checks.py` repeats it.
"""

from __future__ import annotations

# ── Level, as shares of full scale ──────────────────────────────────────────────────────────────────────────────────

SILENT = 0.003
"""Below this peak (-50 dBFS) nothing is heard; the quietest eSpeak NG at volume 80 peaks at 0.27."""
FAINT = 0.02
"""Below this peak (-34 dBFS) mastering would raise more noise than speech."""
QUIET = 0.02
"""Share of the sound's own peak below which a window counts as a pause (-34 dB)."""
NOISE = 0.45
"""Bytes that are no samples (compressed sound, floats, swapped bytes) are this loud nine tenths of the time and more:
speech has pauses, and its tenth-loudest window never passed 0.22."""
NOISE_SECONDS = 0.5
"""A shorter sound has too few windows to tell."""
FULL_SCALE = 32_767
"""The highest sample."""
CLIPPED_WARN = 0.02
"""Share of windows with three full-scale samples in a row: no engine measured had any."""
CLIPPED_FAIL = 0.5
"""From here on the words themselves are hard to make out."""

# ── Edges ───────────────────────────────────────────────────────────────────────────────────────────────────────────

EDGE_SECONDS = 0.005
"""What is looked at of either end."""
CUT_WARN = 0.15
"""Peak of the last 5 ms against the whole's: 99.9 % of the sounds of flite, made of recordings, stay below 0.12."""
ENDS = {"pyttsx3": 0.01}
"""The same for engines that are known to end with less: eSpeak NG's last 5 ms are zeros in all sounds measured."""
CUT_FAIL = 0.5
"""An engine that may stop early, and stops at half its loudness, did."""
HEAD_WARN = 0.85
"""Peak of the first 5 ms: a plosive rises fast, and a vowel at 400 words a minute faster still."""

# ── Length ──────────────────────────────────────────────────────────────────────────────────────────────────────────

PACE = 165
"""Words a minute at which the seconds of a character below were measured; a voice that cannot be told a rate is taken
to speak at about this pace."""
START = 0.14
"""Seconds that any text takes."""
LETTER = 0.063
"""Seconds of a letter of an alphabet: least squares over 2,316 English segments; other alphabets within a third."""
NAMED = 0.28
"""Seconds of a letter named by itself, or of a letter in a word that has no vowel."""
DIGIT = 0.3
"""Seconds of a digit."""
SYMBOL = 1.2
"""Seconds of a symbol that is read by its name, at most; at least, none."""
MARK = 0.33
"""Seconds of a pause that punctuation makes, at most; at least, none."""
SCRIPTS = {
    "ARABIC": 0.10, "HEBREW": 0.085, "THAI": 0.10, "LAO": 0.10, "DEVANAGARI": 0.08, "BENGALI": 0.08, "TAMIL": 0.07,
    "TELUGU": 0.08, "HANGUL": 0.15, "HIRAGANA": 0.12, "KATAKANA": 0.12, "CJK": 0.24, "ETHIOPIC": 0.12, "KHMER": 0.1,
}  # fmt: skip
"""Seconds of a letter by the first word of its Unicode name, for scripts that leave out vowels or write syllables.
Measured with eSpeak NG, except Lao, Bengali, Telugu, Ethiopic and Khmer, which follow their kin."""
LANGUAGES = {"fr": 0.82, "vi": 0.85, "id": 1.12, "fi": 1.1, "tr": 1.1, "uk": 1.25}
"""How much longer than an English letter one takes in a language; those within a tenth are left out. The median of
eSpeak NG, for Ukrainian (1.47) midway to that of its kin."""

SHORT_WARN, SHORT_WARN_SECONDS = 0.68, 0.12
"""Shorter than this share of the least that the text takes, less so many seconds: the shortest right one was 0.63."""
SHORT_FAIL, SHORT_FAIL_SECONDS = 0.35, 0.15
"""Likewise: half of it cannot have been said."""
LONG_WARN, LONG_WARN_SECONDS = 1.45, 0.5
"""Longer than this share of the most that the text takes, and so many seconds more."""
LONG_FAIL, LONG_FAIL_SECONDS = 3.0, 3.0
"""Likewise, for engines that may say too much: it babbles."""

# ── Pauses and what follows the text ────────────────────────────────────────────────────────────────────────────────

PAUSE_WARN = 0.8
"""Seconds of a pause that no punctuation explains; the longest of eSpeak NG at 165 words a minute was 0.2."""
GAP_WARN = 2.0
"""Seconds of any pause inside; the longest of eSpeak NG was 0.45, at 80 words a minute 1.15."""
GAP_FAIL = 5.0
"""Likewise, for engines that may say too much or too little."""
TIMED_PAST = 0.25
"""Seconds that the last word may be timed past the end; 0 in all sounds measured."""
AFTER_WARN, AFTER_FAIL = 0.8, 2.5
"""Seconds that may still sound after the last word that the engine timed; the most was 0.33."""
UNTIMED = 24
"""Characters at the end of a text that may have no word time; the most was 18."""

# ── Said twice ──────────────────────────────────────────────────────────────────────────────────────────────────────

ECHO_SHORTEST, ECHO_LONGEST = 0.6, 4.5
"""Seconds of an end that is looked for again, and how far back."""
ECHO_WARN, ECHO_FAIL = 0.86, 0.93
"""How alike (1 the same) the two must be. Right sounds whose text repeats nothing stayed below 0.83 at 165 words a
minute; where the last words were said again by eSpeak NG, nine of ten were above 0.89, half above 0.96."""
