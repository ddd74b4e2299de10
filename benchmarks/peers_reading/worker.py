"""One reader at work: runs under any Python that has the reader, and needs nothing else.

`python worker.py NAME LANGUAGE` reads a JSON list of texts and writes {"version", "start", "seconds", "spoken"}:
seconds are CPU seconds for all texts, without imports and the first readings; {"missing": why} where it is not
installed.
"""
# ruff: noqa: ARG001, PLC0415 - each maker imports the reader it makes, and some know one language

import importlib.metadata
import json
import re
import sys
import time

WARM = ("On May 4, 2021, it cost $5.", "Dr. Smith ran 5 km.")
DIGITS = re.compile(r"(\$?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(st\b|nd\b|rd\b|th\b|%)?")
UKRAINIAN_DIGITS = re.compile(r"(\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:,(\d+))?(%)?")


def articleaudio(language):
    from articleaudio.script import spoken_form

    return lambda text: spoken_form(text, language=language)


def normt2s(language):
    from normt2s import normalize

    return lambda text: normalize(text, lang=language)


def gruut(language):
    from gruut import sentences

    def read(text):
        found = sentences(text, lang="en-us", phonemes=False, pos=False)
        return " ".join(sentence.text_spoken for sentence in found)

    return read


def baseline(language):
    """Digits, dollars, per cent and ordinals by num2words: what a program does that has only number words."""
    from num2words import num2words

    def english(found):
        sign, figures, ending = found.groups()
        figures = figures.replace(",", "")
        value = float(figures) if "." in figures else int(figures)
        if ending and ending != "%" and isinstance(value, int):
            return num2words(value, to="ordinal")
        return num2words(value) + (" percent" if ending == "%" else "") + (" dollars" if sign else "")

    def ukrainian(found):
        whole, part, ending = found.groups()
        value = int(re.sub(r"\D", "", whole))
        said = num2words(float(f"{value}.{part}") if part else value, lang="uk")
        return said + (" відсотків" if ending else "")

    if language == "uk":
        return lambda text: UKRAINIAN_DIGITS.sub(ukrainian, text)
    return lambda text: DIGITS.sub(english, text)


def nemo(language):
    from nemo_text_processing.text_normalization.normalize import Normalizer

    return Normalizer(input_case="cased", lang=language).normalize


def wetext(language):
    from tn.english.normalizer import Normalizer

    return Normalizer().normalize


READERS = {
    "articleaudio": (articleaudio, "articleaudio", ("en", "uk")),
    "normt2s": (normt2s, "normt2s", ("en",)),
    "num2words": (baseline, "num2words", ("en", "uk")),
    "gruut": (gruut, "gruut[en]", ("en",)),
    "NeMo": (nemo, "nemo_text_processing", ("en",)),
    "WeText": (wetext, "WeTextProcessing", ("en",)),
}
"""Name → how it is made, what pip calls it, the languages it has rules for."""


def attempt(read, text):
    """A reading; what makes a reader fail counts as a miss, not as the end of the run."""
    try:
        return read(text)
    except Exception as error:  # noqa: BLE001 - whatever another project's program raises
        return f"<{type(error).__name__}>"


def main():
    name, language = sys.argv[1:3]
    make, package, _ = READERS[name]
    texts = json.load(sys.stdin)
    before = time.process_time()
    try:
        read = make(language)
    except ImportError as error:
        json.dump({"missing": str(error)}, sys.stdout)
        return
    start = time.process_time() - before
    for text in WARM:
        attempt(read, text)
    before = time.process_time()
    spoken = [attempt(read, text) for text in texts]
    seconds = time.process_time() - before
    version = importlib.metadata.version(package.partition("[")[0])
    json.dump({"version": version, "start": start, "seconds": seconds, "spoken": spoken}, sys.stdout)


if __name__ == "__main__":
    main()
