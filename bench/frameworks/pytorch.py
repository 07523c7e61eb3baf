"""Steps a second of the tutorial's training in PyTorch, on a GPU where there is one.

The third argument is how many threads it may use.
"""

import sys

import torch
from torch import nn

from training import BATCH_SIZE, LEARNING_RATE, arguments, report_speed, training_set

folder, steps = arguments()
torch.set_num_threads(int(sys.argv[3]))
torch.manual_seed(0)
images, classes = (torch.from_numpy(part) for part in training_set(folder, steps))
device = "cuda" if torch.cuda.is_available() else "cpu"
images = images[:, None].contiguous(memory_format=torch.channels_last).to(device)
classes = classes.to(device)
model = nn.Sequential(
    nn.Conv2d(1, 32, 3, padding="same"),
    nn.ReLU(),
    nn.Conv2d(32, 16, 3, padding="same"),
    nn.ReLU(),
    nn.Flatten(),
    nn.Linear(12544, 10),
).to(device=device, memory_format=torch.channels_last)
optimizer = torch.optim.SGD(model.parameters(), LEARNING_RATE)
cross_entropy = nn.CrossEntropyLoss(reduction="sum")


def step(i):
    batch = slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE)
    optimizer.zero_grad(set_to_none=True)
    loss = cross_entropy(model(images[batch]), classes[batch])
    loss.backward()
    optimizer.step()
    return loss.item()


report_speed(step, steps)
