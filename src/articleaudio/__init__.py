"""articleaudio turns news articles into finished, published audio."""
