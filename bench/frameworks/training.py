"""What the programs of this folder share: the tutorial's data, and how steps a second are counted."""

import gzip
import pathlib
import sys
import time

import numpy as np

BATCH_SIZE = 256
LEARNING_RATE = 1e-4
WARM_UP_STEPS = 3
MOST_BATCHES = 60_000 // BATCH_SIZE


def arguments():
    """FOLDER with Fashion-MNIST's four .gz files, and the number of STEPS to take."""
    return pathlib.Path(sys.argv[1]), int(sys.argv[2])


def training_set(folder, steps):
    """Images of shape (n, 28, 28), float32 from 0 to 1, and their classes, for so many steps at most."""
    count = BATCH_SIZE * min(steps, MOST_BATCHES)
    with gzip.open(folder / "train-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(16 + count * 784), np.uint8, offset=16)
    with gzip.open(folder / "train-labels-idx1-ubyte.gz") as file:
        classes = np.frombuffer(file.read(8 + count), np.uint8, offset=8)
    images = np.float32(pixels.reshape(count, 28, 28)) / np.float32(255)
    return images, classes.astype(np.int64)


def report_speed(step, steps, runs=1):
    """Calls `step(batch)`, which returns the loss as a float, and prints a line of JSON.

    Where a step is one of several runs together, it counts as so many.
    """
    for i in range(WARM_UP_STEPS):
        step(i)
    begin = time.time()
    losses = [step(i % MOST_BATCHES) for i in range(WARM_UP_STEPS, steps)]
    end = time.time()
    print(f'{{"begin": {begin}, "end": {end}, "steps": {runs * len(losses)}, "loss": {losses[-1]}}}')
