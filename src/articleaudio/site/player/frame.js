// What the page around a frame is told.
