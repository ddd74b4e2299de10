"""Words with two sounds, and the words around them that decide. IPA, General American."""

from __future__ import annotations

from typing import NamedTuple

from articleaudio.script.words import words


class Sound(NamedTuple):
    """One sound of a word and where it is heard: one condition is enough, none of the vetoes may hold."""

    ipa: str
    """How it sounds."""
    before: frozenset[str] = frozenset()
    """Words right before it."""
    after: frozenset[str] = frozenset()
    """Words right behind it."""
    not_before: frozenset[str] = frozenset()
    """Words right before it that rule the sound out."""
    not_after: frozenset[str] = frozenset()
    """Words right behind it that rule the sound out."""


VERB = words("""
to will would can could should must may might shall they we you who don't didn't doesn't won't cannot can't help not
""")
"""Words before a bare verb."""

NOUN = words("""
the a an this that his her its their our my your no any each every another new first last second official latest own
all-time
""")
"""Words before a noun."""

TABLE = """
read
  ɹɛd
    before: also are be been being had has have having he i've is it she then they've was we've were who
      widely you've
    not-after: as between like more
lead
  lɛd
    before: molten toxic unleaded
    after: acid batteries battery bullet bullets contamination dust exposure levels mine ore paint pipe pipes
      poisoning shielding sinkers smelter weights
live
  laɪv
    before: air aired airing broadcast broadcasting broadcasts carried go goes going shown streamed streaming
      televised went
    after: address album ammo ammunition animal animals audience audiences birth births blog broadcast
      broadcasts bullets concert concerts coverage debate event events exercises feed feeds fire firing
      footage grenade grenades interview map music performance performances radio remarks round rounds session
      shot show shows stream streamed streaming streams television tracker translation tv update updates video
      wire wires
  lɪv
    before: @verb
lives
  laɪvz
    before: all claimed cost eight five four human innocent lost many nine of our risk risked save saved
      saving seven six ten the their these those three two whose young
  lɪvz
    before: currently family he it now she still who
    after: alone at here in near on there with
wind
  waɪnd
    before: could to will would
    after: down its through up
  waɪnd
    before: they we you
    after: up
wound
  waʊnd
    after: around back down its through tightly up
    not-before: @noun
close
  kloʊs
    after: adviser advisers aide aides allies ally associate associates attention call calls combat confidant
      contact contacts cooperation enough friend friends links look observers partner partners partnership
      proximity quarters race range relationship relationships relative relatives second ties watch
    not-before: @verb
  kloʊs
    before: are as be been being came come comes coming dangerously draws drew extremely gets getting got how
      is particularly pretty relatively remain remained so stay stayed too very was were
    not-after: her his its of their
record
  ɹᵻkˈɔːɹd
    before: @verb !help !who
    not-after: high low number
  ɹˈɛkɚd
    before: @noun criminal for of off on set track world
    after: high highs levels low lows number
minute
  maɪnˈuːt
    after: amount amounts changes detail details differences fraction particle particles quantities quantity
      traces
tear
  tɪɹ
    after: gas
  tɛɹ
    before: @verb and wear-and
    after: apart down into off out through up
tears
  tɛɹz
    after: apart down into off through up
  tɪɹz
    before: and her his in into of shed the their to with
bow
  boʊ
    after: and hunter hunting tie ties
  baʊ
    before: @verb
    after: before down of out to
use
  juːs
    after: of
    not-before: @verb
  juːs
    before: @noun civilian drug energy for fuel in internet into land military of personal public water
      weapons widespread
    not-before: to
  juːz
    before: @verb
abuse
  ɐbjˈuːs
    before: @noun alcohol child domestic drug human of physical rights sexual substance
  ɐbjˈuːz
    before: @verb
house
  haʊz
    before: can could to would
    after: families hundreds more people refugees the them thousands up
object
  əbdʒˈɛkt
    before: @verb
    after: to
conduct
  kəndˈʌkt
    before: @verb
  kˈɑːndʌkt
    before: @noun mis of sexual
contract
  kəntɹˈækt
    before: @verb
permit
  pɚmˈɪt
    before: @verb
present
  pɹᵻzˈɛnt
    before: @verb
  pɹˈɛzənt
    before: are at be is the those was were
produce
  pɹədˈuːs
    before: @verb
  pɹˈoʊduːs
    before: farm fresh local
progress
  pɹəɡɹˈɛs
    before: to will would
  pɹˈɑːɡɹɛs
    before: in made making no of some the
project
  pɹədʒˈɛkt
    before: @verb !help
protest
  pɹətˈɛst
    before: @verb
refuse
  ɹᵻfjˈuːz
    before: @verb
  ɹˈɛfjuːs
    before: household the
    after: collection collectors
reject
  ɹᵻdʒˈɛkt
    before: @verb
subject
  səbdʒˈɛkt
    before: @verb
    after: civilians her him people them
suspect
  səspˈɛkt
    before: @verb authorities i investigators officials police
desert
  dᵻzˈɜːt
    before: @verb
content
  kəntˈɛnt
    after: to with
    not-before: @noun of
conflict
  kənflˈɪkt
    before: @verb
contest
  kəntˈɛst
    before: @verb
convict
  kənvˈɪkt
    before: @verb
decrease
  dᵻkɹˈiːs
    before: @verb
increase
  ɪnkɹˈiːs
    before: @verb
  ˈɪnkɹiːs
    before: @noun percent price rate tax wage
export
  ɛkspˈoːɹt
    before: @verb
import
  ɪmpˈoːɹt
    before: @verb
rebel
  ɹᵻbˈɛl
    before: @verb
  ɹˈɛbəl
    before: @noun
    after: commander fighters forces group groups held leader leaders
transfer
  tɹænsfˈɜː
    before: @verb
upset
  ʌpsˈɛt
    before: @verb are is very was were
attribute
  ɐtɹˈɪbjuːt
    before: @verb
estimate
  ˈɛstᵻmeɪt
    before: @verb analysts i officials
  ˈɛstᵻmət
    before: @noun
separate
  sˈɛpɚɹeɪt
    before: can could must should to will would
  sˈɛpɹət
    before: @noun four in three two
deliberate
  dᵻlˈɪbɚɹeɪt
    before: to will would
  dᵻlˈɪbɹət
    before: @noun is was were
graduate
  ɡɹˈædʒuːeɪt
    before: @verb
  ɡɹˈædʒuːət
    before: @noun
advocate
  ˈædvəkeɪt
    before: @verb
  ˈædvəkət
    before: @noun
moderate
  mˈɑːdɚɹeɪt
    before: to will would
  mˈɑːdɚɹət
    before: @noun
duplicate
  dˈuːplᵻkeɪt
    before: @verb
elaborate
  ᵻlˈæbɚɹeɪt
    before: @verb
  ᵻlˈæbɹət
    before: @noun
coordinate
  koʊˈɔːɹdᵻneɪt
    before: @verb
appropriate
  ɐpɹˈoʊpɹieɪt
    before: to will would
    after: billions funds money
  ɐpɹˈoʊpɹiət
    before: @noun is not was
alternate
  ˈɔːltɚneɪt
    before: to will would
delegate
  dˈɛlᵻɡeɪt
    before: @verb
  dˈɛlᵻɡət
    before: @noun
associate
  ɐsˈoʊsieɪt
    before: @verb
  ɐsˈoʊsiət
    before: @noun
dove
  doʊv
    after: deep in into off under
    not-before: @noun
  dʌv
    before: @noun
bass
  beɪs
    before: double electric upright
    after: drum guitar guitarist line player
excuse
  ɛkskjˈuːz
    before: @verb
    after: me
  ɛkskjˈuːs
    before: @noun
perfect
  pɚfˈɛkt
    before: to
row
  ɹoʊ
    before: death first front second third
invalid
  ɪnvˈælɪd
    before: are as be declared is null was were
    after: ballot ballots vote votes
sow
  soʊ
    before: @verb
    after: chaos discord division seeds
resume
  ɹᵻzˈuːm
    before: @verb
"""
"""A word; its sounds, in the order they are tried; words around it. `@verb`, `@noun` are the sets, `!` takes out."""


def _words(text: str) -> frozenset[str]:
    """The words of a cell, with the named sets put in."""
    found: set[str] = set()
    for word in text.split():
        if word.startswith("@"):
            found |= VERB if word == "@verb" else NOUN
        elif word.startswith("!"):
            found.discard(word[1:])
        else:
            found.add(word)
    return frozenset(found)


def _read(text: str) -> dict[str, tuple[Sound, ...]]:
    """The table, by word; the indentation of a line tells what it is."""
    rows: dict[str, list[dict[str, str]]] = {}
    sounds: list[dict[str, str]] = []
    cell = ""
    for line in text.strip("\n").splitlines():
        depth, cells = len(line) - len(line.lstrip()), line.strip()
        if depth == 0:
            sounds = rows.setdefault(cells, [])
        elif depth == 2:
            sounds.append({"ipa": cells})
        elif depth == 4:
            cell, _, cells = cells.partition(": ")
            sounds[-1][cell] = cells
        else:
            sounds[-1][cell] += " " + cells
    return {word: tuple(_sound(row) for row in found) for word, found in rows.items()}


def _sound(row: dict[str, str]) -> Sound:
    """One sound of its cells."""
    cells = (_words(row.get(name, "")) for name in ("before", "after", "not-before", "not-after"))
    return Sound(row["ipa"], *cells)


HETERONYMS = _read(TABLE)
"""Each word's sounds. Where none fits, the engine reads it as it would."""
