"""docs/events.md tells every event as events.py has it."""

from __future__ import annotations

import ast
import inspect
import json
import re
from pathlib import Path

from articleaudio import events

DOCS = Path(__file__).parent.parent / "docs" / "events.md"

JSON_TYPES = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "true or false",
    "int | None": "integer or null",
    "tuple[str, ...]": "list of strings",
    "tuple[VoiceCost, ...]": "list of objects: `voice`, `characters`, `dollars`",
}


def described():
    """Each event's name, what it says of itself, and its fields: name, type, meaning."""
    for node in ast.parse(inspect.getsource(events)).body:
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Event" for base in node.bases):
            lines = node.body[1:]
            fields = [
                (field.target.id, JSON_TYPES[ast.unparse(field.annotation)], inspect.cleandoc(told.value.value))
                for field, told in zip(lines[::2], lines[1::2], strict=True)
            ]
            yield node.name, ast.get_docstring(node), fields


def told():
    """The part of the manual that is about single events."""
    for name, what, fields in described():
        yield f"### {name}\n\n{what}\n\n| field | type | meaning |\n|---|---|---|"
        for field, kind, meaning in fields:
            yield f"| `{field}` | {kind} | {meaning} |"
        yield ""


def test_the_manual_tells_every_event():
    text = DOCS.read_text("utf-8")
    assert "\n".join(told()) in text
    assert re.findall(r"^### (\w+)$", text, re.MULTILINE) == [name for name, _, _ in described()]


def test_every_event_is_described():
    kinds = {name for name, value in vars(events).items() if inspect.isclass(value) and issubclass(value, events.Event)}
    assert kinds - {"Event"} == {name for name, _, _ in described()}


def test_the_example_is_true():
    (example,) = re.findall(r"```json\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    fields = {name: {field for field, _, _ in rows} for name, _, rows in described()}
    for line in example.splitlines():
        facts = json.loads(line)
        assert set(facts) == fields[facts["event"]] | {"event"}
