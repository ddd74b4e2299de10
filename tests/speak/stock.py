"""pyttsx3's own Linux driver behind our SystemEngine, in a process of its own: one library for each."""

import ctypes
import os

import espeakng_loader

from articleaudio.speak.espeak.system import SystemEngine


def open_stock():
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path())  # pyttsx3 finds it by its name once it is loaded
    engine = SystemEngine("espeak", patience=3.0)

    def handle(request, emit):
        method, *arguments = request
        return getattr(engine, method)(*arguments)

    return handle
