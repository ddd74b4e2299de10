"""Tiny voices for Piper and Kokoro: ONNX models of a few kilobytes that the real packages load and speak.

Each symbol has a tone and a length of its own, in frames, which pass through exactly one Ceil node as in the real
models. A mark or space is silent. So what is said, and when, can be read off the samples: `hear` does, knowing nothing
of what the engine tells.
"""

import json
import math
from dataclasses import dataclass

import numpy as np
import onnx
from kokoro_onnx.config import DEFAULT_VOCAB
from onnx import TensorProto, helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

RATE = 22_050
HOP = 256
KOKORO_RATE = 24_000
KOKORO_HOP = 300
LENGTH = 5  # frames of a letter
SILENT = " ,.;:!?—…^$_\"()'-" + "ˈˌː"
LOW, STEP = 250.0, 20.0


def tones(symbols):
    """The tone of each symbol, in hertz; 0 for silent ones."""
    return [0.0 if symbol in SILENT else LOW + STEP * at for at, symbol in enumerate(symbols)]


def lengths(symbols):
    """The length of each symbol in frames."""
    short = {"ˈ": 0, "ˌ": 0, "ː": 0, "_": 0, "^": 2, "$": 2, " ": 4, ",": 8, ".": 8}
    return [float(short.get(symbol, 4 if symbol in SILENT else LENGTH)) for symbol in symbols]


def constant(name, value, kind=np.float32):
    return onnx.numpy_helper.from_array(np.asarray(value, dtype=kind), name)


def node(operator, inputs, output, **attributes):
    return helper.make_node(operator, inputs, [output], **attributes)


def sounding(hop, rate):
    """Nodes from frames a symbol (`frames`, [n]) and tones (`hertz`, [n]) to samples (`wave`, [t])."""
    return [
        node("CumSum", ["frames", "axis0"], "ends"),
        node("ReduceSum", ["frames"], "total_f", keepdims=0),
        node("Cast", ["total_f"], "total", to=TensorProto.INT64),
        node("Range", ["zero_i", "total", "one_i"], "index_i"),
        node("Cast", ["index_i"], "index", to=TensorProto.FLOAT),
        node("Unsqueeze", ["index", "axis1"], "column"),
        node("Unsqueeze", ["ends", "axis0v"], "row"),
        node("GreaterOrEqual", ["column", "row"], "past"),
        node("Cast", ["past"], "past_i", to=TensorProto.INT64),
        node("ReduceSum", ["past_i", "axis1"], "which", keepdims=0),
        node("Gather", ["hertz", "which"], "hertz_frames", axis=0),
        node("Unsqueeze", ["hertz_frames", "axis1"], "hertz_column"),
        node("Mul", ["hertz_column", "ones_hop"], "hertz_grid"),
        node("Reshape", ["hertz_grid", "flat"], "hertz_samples"),
        node("Cast", ["hertz_samples"], "hertz_double", to=TensorProto.DOUBLE),
        node("Mul", ["hertz_double", "turn"], "steps"),
        node("CumSum", ["steps", "axis0"], "phase"),
        node("Sin", ["phase"], "sine_double"),
        node("Cast", ["sine_double"], "sine", to=TensorProto.FLOAT),
        node("Sign", ["hertz_samples"], "sounds"),
        node("Mul", ["sine", "sounds"], "tone"),
        node("Mul", ["tone", "loudness"], "wave"),
    ], [
        constant("axis0", 0, np.int64),
        constant("axis0v", [0], np.int64),
        constant("axis1", [1], np.int64),
        constant("zero_i", 0, np.int64),
        constant("one_i", 1, np.int64),
        constant("flat", [-1], np.int64),
        constant("ones_hop", np.ones((1, hop))),
        constant("turn", 2 * math.pi / rate, np.float64),
    ]


def save(path, nodes, inputs, outputs, constants):
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def make_piper(folder, name="tiny", *, espeak="en-us", speakers=1, symbols=None, kind="espeak", ceil=True):
    """Write a Piper voice; its noise is drawn, as in real ones, and multiplied by `noise_scale`."""
    symbols = symbols or [symbol for symbol in DEFAULT_PHONEME_ID_MAP if len(symbol) == 1]
    nodes, constants = sounding(HOP, RATE)
    before = [
        node("Squeeze", ["input", "axis0v"], "ids"),
        node("Gather", ["frame_table", "ids"], "plain", axis=0),
        node("Gather", ["scales", "one_i"], "slow", axis=0),
        node("Mul", ["plain", "slow"], "stretched"),
        node("Ceil" if ceil else "Floor", ["stretched"], "frames"),
        node("Gather", ["tone_table", "ids"], "tone_of", axis=0),
    ]
    if speakers > 1:
        before += [
            node("Gather", ["speaker_table", "sid"], "speaker", axis=0),
            node("Mul", ["tone_of", "speaker"], "hertz"),
        ]
        constants.append(constant("speaker_table", [1.0 + 0.5 * at for at in range(speakers)]))
    else:
        before.append(node("Identity", ["tone_of"], "hertz"))
    after = [
        node("RandomNormalLike", ["wave"], "drawn"),
        node("Gather", ["scales", "zero_i"], "lively", axis=0),
        node("Mul", ["lively", "hundredth"], "little"),
        node("Mul", ["drawn", "little"], "noise"),
        node("Add", ["wave", "noise"], "noisy"),
        node("Reshape", ["noisy", "out_shape"], "output"),
    ]
    constants += [
        constant("frame_table", lengths(symbols)),
        constant("tone_table", tones(symbols)),
        constant("loudness", 0.5),
        constant("hundredth", 0.01),
        constant("out_shape", [1, 1, 1, -1], np.int64),
    ]
    inputs = [value("input", TensorProto.INT64, [1, "n"]), value("input_lengths", TensorProto.INT64, [1])]
    inputs.append(value("scales", TensorProto.FLOAT, [3]))
    if speakers > 1:
        inputs.append(value("sid", TensorProto.INT64, [1]))
    folder.mkdir(parents=True, exist_ok=True)
    save(
        folder / f"{name}.onnx",
        before + nodes + after,
        inputs,
        [value("output", TensorProto.FLOAT, [1, 1, 1, "t"])],
        constants,
    )
    config = {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": espeak},
        "phoneme_type": kind,
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "num_symbols": len(symbols),
        "num_speakers": speakers,
        "speaker_id_map": {f"speaker{at}": at for at in range(speakers)} if speakers > 1 else {},
        "phoneme_id_map": {symbol: [at] for at, symbol in enumerate(symbols)},
        "hop_length": HOP,
    }
    (folder / f"{name}.onnx.json").write_text(json.dumps(config), "utf-8")
    return symbols


def make_kokoro(folder, name="tiny", *, timed=True):
    """Write a Kokoro model and its file of voices: `af_one` at its own pitch, `bf_two` a fifth higher."""
    symbols = ["_"] * (max(DEFAULT_VOCAB.values()) + 1)
    for symbol, at in DEFAULT_VOCAB.items():
        symbols[at] = symbol
    nodes, constants = sounding(KOKORO_HOP, KOKORO_RATE)
    frames = lengths(symbols)
    frames[0] = 6.0
    before = [
        node("Squeeze", ["input_ids", "axis0v"], "ids"),
        node("Gather", ["frame_table", "ids"], "plain", axis=0),
        node("Div", ["plain", "speed"], "stretched"),
        node("Ceil", ["stretched"], "frames"),
        node("Gather", ["tone_table", "ids"], "tone_of", axis=0),
        node("Gather", ["style", "zero_i"], "style_row", axis=0),
        node("Gather", ["style_row", "zero_i"], "pitch", axis=0),
        node("Mul", ["tone_of", "pitch"], "hertz"),
    ]
    after = [node("Identity", ["wave"], "waveform")]
    constants += [
        constant("frame_table", frames),
        constant("tone_table", tones(symbols)),
        constant("loudness", 0.5),
    ]
    outputs = [value("waveform", TensorProto.FLOAT, ["t"])]
    if timed:
        after.append(node("Cast", ["frames"], "duration", to=TensorProto.INT64))
        outputs.append(value("duration", TensorProto.INT64, ["m"]))
    inputs = [
        value("input_ids", TensorProto.INT64, [1, "n"]),
        value("style", TensorProto.FLOAT, [1, 256]),
        value("speed", TensorProto.FLOAT, [1]),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / f"{name}.onnx", before + nodes + after, inputs, outputs, constants)
    with (folder / f"{name}.bin").open("wb") as file:
        np.savez(file, **{voice: np.full((510, 1, 256), pitch, np.float32) for voice, pitch in VOICES.items()})
    return symbols


VOICES = {"af_one": 1.0, "bf_two": 1.5}


@dataclass(frozen=True)
class Tone:
    """A symbol that was heard."""

    symbol: str
    start: float
    end: float


def hear(sound, symbols, *, pitch=1.0):
    """Which symbols are heard, and when, by the pitch of the samples alone; neighbours of one tone are one."""
    frame = 64
    samples = np.frombuffer(sound.pcm, "<i2").astype(float)
    runs = []
    for at in range(0, len(samples) - frame, frame):
        symbol = _symbol(samples[at : at + frame], symbols, sound.rate / pitch)
        now, after = at / sound.rate, (at + frame) / sound.rate
        if runs and runs[-1].symbol == symbol:
            runs[-1] = Tone(symbol, runs[-1].start, after)
        else:
            runs.append(Tone(symbol, now, after))
    # A few frames in which a tone begins or ends hold two of them: they belong to neither.
    return [tone for tone in runs if tone.symbol is not None and tone.end - tone.start > 4.5 * frame / sound.rate]


def _symbol(piece, symbols, rate):
    """Of a pure tone the sum of both neighbours is twice the cosine of its step times the sample."""
    middle = piece[1:-1]
    power = float(middle @ middle)
    if power < 1e6:
        return None
    cosine = float(middle @ (piece[2:] + piece[:-2])) / (2 * power)
    hertz = math.acos(min(1.0, max(-1.0, cosine))) * rate / (2 * math.pi)
    place = round((hertz - LOW) / STEP)
    right = abs(hertz - LOW - STEP * place) < STEP / 4 and 0 <= place < len(symbols)
    return symbols[place] if right else None


def onsets(tones_heard, spellings):
    """When each word begins, by its letters as they sound there, joined or not: its place in what is heard."""
    letters = "".join(tone.symbol for tone in tones_heard)
    assert letters == "".join(map(squeezed, spellings)), letters
    at, found = 0, []
    for spelling in spellings:
        found.append(tones_heard[at].start)
        at += len(squeezed(spelling))
    return found


def squeezed(spelling):
    """The letters of a spelling; where the same follows itself, `hear` hears one."""
    return "".join(letter for letter in spelling if letter not in SILENT)
