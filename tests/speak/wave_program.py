"""A program that speaks, as small as can be: WAV on standard output or in a file, a tone for each word.

`wave_program.py [MISDEED] [--rate N] [-o FILE]`, text on standard input.
"""

import math
import os
import re
import struct
import subprocess
import sys
import time
from pathlib import Path

RATE = 8_000


def main():
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        sys.stdout.write("wave 1.0\n")
        return
    misdeed = arguments.pop(0) if arguments and not arguments[0].startswith("-") else ""
    options = dict(zip(arguments[::2], arguments[1::2], strict=True))
    text = sys.stdin.buffer.read().decode("utf-8")
    if misdeed == "fails":
        sys.stderr.write("warming up\nno \x1b[31mvoice\x07 in this throat\n\n")
        sys.exit(3)
    if misdeed == "dies":
        os.kill(os.getpid(), 11)
    if misdeed == "hangs":
        inner = "import time; time.sleep(60)"
        child = subprocess.Popen([sys.executable, "-c", inner])
        Path(options["-o"]).write_text(str(child.pid))
        time.sleep(60)
    if misdeed == "says nothing":
        return
    if misdeed == "says noise":
        sys.stdout.buffer.write(b"this is no sound")
        return
    if misdeed == "floods":
        while True:
            sys.stdout.buffer.write(bytes(1 << 20))
    if misdeed == "tells":
        sys.stderr.write(f"{sorted(os.environ)}\n")
        sys.exit(1)
    samples = speak(text, float(options.get("--rate", "165")))
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, RATE, RATE * 2, 2, 16)
    size = {"zero": 0, "huge": 0xFFFFFFFF, "short": len(samples) + 100}.get(misdeed, len(samples))
    wav = b"RIFF" + struct.pack("<I", min(36 + size, 0xFFFFFFFF)) + b"WAVE" + form + b"data" + struct.pack("<I", size)
    if misdeed == "bare":
        wav = b""
    if "-o" in options:
        Path(options["-o"]).write_bytes(wav + samples)
    else:
        sys.stdout.buffer.write(wav + samples)


def speak(text, rate):
    samples = bytearray()
    for word in re.findall(r"[^\W_]+", text):
        step = 2 * math.pi * (200 + sum(word.encode()) % 1_000) / RATE
        length = int(RATE * 60 / rate * len(word) / 6)
        samples += b"".join(struct.pack("<h", round(8_000 * math.sin(step * (i + 1))) or 1) for i in range(length))
        samples += bytes(800)
    return bytes(samples)


main()
