"""The tutorial's CNN in Flax, and its loss: cross-entropy, summed over the batch."""

import flax.linen as nn
import jax
import jax.numpy as jnp


class CNN(nn.Module):
    @nn.compact
    def __call__(self, images):
        x = nn.relu(nn.Conv(32, (3, 3), padding="SAME", name="CONV1")(images))
        x = nn.relu(nn.Conv(16, (3, 3), padding="SAME", name="CONV2")(x))
        return nn.Dense(10, name="DENSE")(x.reshape(x.shape[0], -1))


MODEL = CNN()


def initial_parameters():
    return MODEL.init(jax.random.PRNGKey(0), jnp.ones((1, 28, 28, 1)))


def summed_cross_entropy(parameters, images, classes):
    log_probabilities = jax.nn.log_softmax(MODEL.apply(parameters, images))
    return -jnp.sum(jax.nn.one_hot(classes, 10) * log_probabilities)
