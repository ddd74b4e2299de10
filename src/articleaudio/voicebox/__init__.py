"""Voices as a producer handles them: what can be used here, what must be fetched for it, what it sounds like.

`standing` tells the first and is light; `install` does the second and knows the network; `samples` has what to say.
"""
