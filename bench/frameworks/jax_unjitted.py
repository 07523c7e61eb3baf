"""Steps a second of the training that the tutorial prints: value_and_grad and no jit."""

import jax
import jax.numpy as jnp
import optax

from flax_model import initial_parameters, summed_cross_entropy
from training import BATCH_SIZE, LEARNING_RATE, arguments, report_speed, training_set

folder, steps = arguments()
images, classes = (jnp.asarray(part) for part in training_set(folder, steps))
images = images.reshape(-1, 28, 28, 1)
optimizer = optax.sgd(optax.constant_schedule(LEARNING_RATE))
parameters = initial_parameters()
state = optimizer.init(parameters)


def step(i):
    global parameters, state
    batch = slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE)
    loss, gradients = jax.value_and_grad(summed_cross_entropy)(
        parameters, images[batch], classes[batch]
    )
    updates, state = optimizer.update(gradients, state)
    parameters = optax.apply_updates(parameters, updates)
    return float(loss)


report_speed(step, steps)
