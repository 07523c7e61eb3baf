"""Trains a small CNN on Fashion-MNIST under each of 14 learning-rate schedules of Optax.

Run as `python tutorial.py FOLDER`, where FOLDER holds the four .gz files of Fashion-MNIST
(https://github.com/zalandoresearch/fashion-mnist). Needs flax, which brings jax and optax.
"""

import argparse
import gzip
import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import jax
import numpy as np
import optax
from flax import nnx

epochs = 10
batch_size = 256
train_examples = 60_000
image_shape = (28, 28, 1)

steps_per_epoch = math.ceil(train_examples / batch_size)
total_steps = epochs * steps_per_epoch

# A plain number is the rate of every step.
constant_optimizer = optax.sgd(learning_rate=1e-4)

cosine_decay_scheduler = optax.cosine_decay_schedule(
    init_value=1e-4, decay_steps=total_steps, alpha=0.95
)

cosine_one_cycle_scheduler = optax.cosine_onecycle_schedule(
    transition_steps=total_steps,
    peak_value=1e-4,
    pct_start=0.2,
    div_factor=30.0,
    final_div_factor=100.0,
)

exponential_decay = optax.exponential_decay(
    init_value=1e-4,
    transition_steps=total_steps,
    decay_rate=0.98,
    transition_begin=int(0.25 * total_steps),
    staircase=False,
)

linear_one_cycle_scheduler = optax.linear_onecycle_schedule(
    transition_steps=total_steps,
    peak_value=1e-4,
    pct_start=0.25,
    pct_final=0.7,
    div_factor=10.0,
    final_div_factor=100.0,
)

linear_scheduler = optax.linear_schedule(
    init_value=1e-4,
    end_value=1e-5,
    transition_steps=total_steps,
    transition_begin=int(0.25 * total_steps),
)

halvings = {int(part * total_steps): 0.5 for part in (0.25, 0.5, 0.75)}

piecewise_constant_scheduler = optax.piecewise_constant_schedule(
    init_value=3e-4, boundaries_and_scales=halvings
)

piecewise_interpolate_scheduler_v1 = optax.piecewise_interpolate_schedule(
    interpolate_type='linear', init_value=3e-4, boundaries_and_scales=halvings
)

piecewise_interpolate_scheduler_v2 = optax.piecewise_interpolate_schedule(
    interpolate_type='cosine', init_value=3e-4, boundaries_and_scales=halvings
)

polynomial_scheduler = optax.polynomial_schedule(
    init_value=1e-4,
    end_value=1e-5,
    power=0.5,
    transition_steps=total_steps,
    transition_begin=int(0.2 * total_steps),
)

warmup_steps = int(0.2 * total_steps)

warmup_cosine_decay_scheduler = optax.warmup_cosine_decay_schedule(
    init_value=1e-4,
    peak_value=3e-4,
    warmup_steps=warmup_steps,
    decay_steps=total_steps,
    end_value=1e-5,
)

warmup_exponential_decay_scheduler = optax.warmup_exponential_decay_schedule(
    init_value=1e-4,
    peak_value=3e-4,
    warmup_steps=warmup_steps,
    transition_steps=total_steps,
    decay_rate=0.8,
    transition_begin=steps_per_epoch,
    end_value=1e-5,
)

# Training ends after 35 % of the third cycle.
cycle_steps = round(total_steps / 2.35)

combining_multiple_scheduler = optax.join_schedules(
    schedules=[
        optax.cosine_decay_schedule(init_value=3e-4, decay_steps=cycle_steps, alpha=0.7),
        optax.linear_schedule(init_value=2e-4, end_value=1e-4, transition_steps=cycle_steps),
        optax.cosine_onecycle_schedule(
            transition_steps=cycle_steps, peak_value=1e-4, div_factor=30.0, final_div_factor=1000.0
        ),
    ],
    boundaries=[cycle_steps, 2 * cycle_steps],
)

cycle = {'decay_steps': cycle_steps, 'warmup_steps': cycle_steps // 10}

sgd_with_warm_restarts = optax.sgdr_schedule(
    cosine_kwargs=[
        {'init_value': 3e-4, 'peak_value': 4e-4, 'end_value': 2e-4, **cycle},
        {'init_value': 2e-4, 'peak_value': 3e-4, 'end_value': 1e-4, **cycle},
        {'init_value': 1e-4, 'peak_value': 2e-4, 'end_value': 5e-5, **cycle},
    ]
)

optimizers = {
    'Constant Learning Rate': constant_optimizer,
    'Cosine Decay Scheduler': optax.sgd(learning_rate=cosine_decay_scheduler),
    'Cosine One Cycle Scheduler': optax.sgd(learning_rate=cosine_one_cycle_scheduler),
    'Exponential Decay': optax.sgd(learning_rate=exponential_decay),
    'Linear One Cycle Scheduler': optax.sgd(learning_rate=linear_one_cycle_scheduler),
    'Linear Scheduler': optax.sgd(learning_rate=linear_scheduler),
    'Piecewise Constant Scheduler': optax.sgd(learning_rate=piecewise_constant_scheduler),
    'Piecewise Interpolate Scheduler V1': optax.sgd(
        learning_rate=piecewise_interpolate_scheduler_v1
    ),
    'Piecewise Interpolate Scheduler V2': optax.sgd(
        learning_rate=piecewise_interpolate_scheduler_v2
    ),
    'Polynomial Scheduler': optax.sgd(learning_rate=polynomial_scheduler),
    'Warmup Cosine Decay Scheduler': optax.sgd(learning_rate=warmup_cosine_decay_scheduler),
    'Warmup Exponential Decay Scheduler': optax.sgd(
        learning_rate=warmup_exponential_decay_scheduler
    ),
    'Combining Multiple Scheduler': optax.sgd(learning_rate=combining_multiple_scheduler),
    'SGD With Warm Restarts': optax.sgd(learning_rate=sgd_with_warm_restarts),
}


class Examples(NamedTuple):
    """Images in [0, 1] of shape (N, 28, 28, 1) and their labels of shape (N,)."""

    images: np.ndarray
    labels: np.ndarray

    def batches(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Batches in the order of the files; the last one holds what is left."""
        for start in range(0, len(self.labels), batch_size):
            batch = slice(start, start + batch_size)
            yield self.images[batch], self.labels[batch]


def read_examples(folder: Path, split: str) -> Examples:
    """Reads the images and labels of `split`, which is 'train' or 't10k'."""
    pixels = gzip.decompress((folder / f'{split}-images-idx3-ubyte.gz').read_bytes())
    labels = gzip.decompress((folder / f'{split}-labels-idx1-ubyte.gz').read_bytes())
    # A header of 16 bytes stands before the pixels, one of 8 bytes before the labels.
    images = np.frombuffer(pixels, np.uint8, offset=16).reshape(-1, *image_shape)
    return Examples(
        images=images.astype(np.float32) / 255,
        labels=np.frombuffer(labels, np.uint8, offset=8).astype(np.int32),
    )


class CNN(nnx.Module):
    """Two convolutions and a dense layer."""

    def __init__(self, rngs: nnx.Rngs):
        height, width, channels = image_shape
        self.conv1 = nnx.Conv(channels, 32, kernel_size=(3, 3), rngs=rngs)
        self.conv2 = nnx.Conv(32, 16, kernel_size=(3, 3), rngs=rngs)
        self.dense = nnx.Linear(height * width * 16, 10, rngs=rngs)

    def __call__(self, images: jax.Array) -> jax.Array:
        features = nnx.relu(self.conv1(images))
        features = nnx.relu(self.conv2(features))
        return self.dense(features.reshape(len(images), -1))


@nnx.jit
def train_step(
    model: CNN, optimizer: nnx.Optimizer, images: jax.Array, labels: jax.Array
) -> jax.Array:
    """Updates the model in place and returns the loss, summed over the batch."""

    def loss_of(model: CNN) -> jax.Array:
        return optax.softmax_cross_entropy_with_integer_labels(model(images), labels).sum()

    loss, gradients = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, gradients)
    return loss


@nnx.jit
def count_correct(model: CNN, images: jax.Array, labels: jax.Array) -> jax.Array:
    return (model(images).argmax(axis=-1) == labels).sum()


def train(tx: optax.GradientTransformation, train_set: Examples, test_set: Examples) -> None:
    """Trains a new model, always from the same weights, and prints each epoch's result."""
    model = CNN(nnx.Rngs(0))
    optimizer = nnx.Optimizer(model, tx, wrt=nnx.Param)
    for epoch in range(1, epochs + 1):
        losses = [train_step(model, optimizer, *batch) for batch in train_set.batches()]
        correct = sum(int(count_correct(model, *batch)) for batch in test_set.batches())
        accuracy = correct / len(test_set.labels)
        print(f'epoch {epoch:2}: loss {np.mean(losses):8.3f}, accuracy {accuracy:.3f}')


def main() -> None:
    parser = argparse.ArgumentParser(description='Compares 14 learning-rate schedules.')
    parser.add_argument('folder', type=Path, help='where the .gz files of Fashion-MNIST are')
    folder = parser.parse_args().folder
    train_set, test_set = read_examples(folder, 'train'), read_examples(folder, 't10k')
    for name, tx in optimizers.items():
        print(name)
        train(tx, train_set, test_set)


if __name__ == '__main__':
    main()
