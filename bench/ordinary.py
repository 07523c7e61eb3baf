# What stands around the schedules in a training program: data, models, losses, evaluation,
# checkpoints, arguments. bench/reading.ts puts it behind the example; nobody runs it.


class ImageFolder:
    """Images of one split, read into memory the first time that they are asked for."""

    def __init__(self, root: str, split: str, image_size: int = 32, channels: int = 3):
        self.root = Path(root)
        self.split = split
        self.image_size = image_size
        self.channels = channels
        self._images = None
        self._labels = None

    def __len__(self):
        return len(self.labels)

    @property
    def images(self):
        if self._images is None:
            self._load()
        return self._images

    @property
    def labels(self):
        if self._labels is None:
            self._load()
        return self._labels

    def _load(self):
        archive = np.load(self.root / f"{self.split}.npz")
        images = archive["images"].astype(np.float32) / 255.0
        if images.ndim == 3:
            images = images[..., None]
        if images.shape[-1] != self.channels:
            raise ValueError(f"expected {self.channels} channels, got {images.shape[-1]}")
        self._images = images
        self._labels = archive["labels"].astype(np.int32)

    def normalized(self, mean, std):
        mean = np.asarray(mean, dtype=np.float32).reshape(1, 1, 1, -1)
        std = np.asarray(std, dtype=np.float32).reshape(1, 1, 1, -1)
        return (self.images - mean) / std


def random_crop(images, rng, padding=4):
    n, height, width, _ = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)), mode="reflect")
    tops = rng.integers(0, 2 * padding + 1, size=n)
    lefts = rng.integers(0, 2 * padding + 1, size=n)
    crops = np.empty_like(images)
    for i, (top, left) in enumerate(zip(tops, lefts)):
        crops[i] = padded[i, top : top + height, left : left + width]
    return crops


def random_flip(images, rng):
    flipped = rng.random(len(images)) < 0.5
    images = images.copy()
    images[flipped] = images[flipped, :, ::-1]
    return images


def mixup(images, labels, rng, alpha=0.2):
    weight = rng.beta(alpha, alpha)
    order = rng.permutation(len(images))
    mixed = weight * images + (1 - weight) * images[order]
    return mixed, labels, labels[order], weight


def batches_of(folder, size, seed, augment=True, drop_last=True):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(folder))
    end = len(order) - len(order) % size if drop_last else len(order)
    for start in range(0, end, size):
        chosen = order[start : start + size]
        images = folder.images[chosen]
        if augment:
            images = random_flip(random_crop(images, rng), rng)
        yield {"image": images, "label": folder.labels[chosen]}


class ResidualBlock(nnx.Module):
    def __init__(self, inputs: int, features: int, stride: int, *, rngs: nnx.Rngs):
        self.conv1 = nnx.Conv(inputs, features, (3, 3), strides=stride, use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(features, rngs=rngs)
        self.conv2 = nnx.Conv(features, features, (3, 3), use_bias=False, rngs=rngs)
        self.norm2 = nnx.BatchNorm(features, rngs=rngs)
        self.shortcut = None
        if stride != 1 or inputs != features:
            self.shortcut = nnx.Conv(inputs, features, (1, 1), strides=stride, rngs=rngs)

    def __call__(self, x):
        residual = x if self.shortcut is None else self.shortcut(x)
        x = nnx.relu(self.norm1(self.conv1(x)))
        x = self.norm2(self.conv2(x))
        return nnx.relu(x + residual)


class ResNet(nnx.Module):
    def __init__(self, stages=(2, 2, 2, 2), width=64, classes=10, *, rngs: nnx.Rngs):
        self.stem = nnx.Conv(3, width, (3, 3), use_bias=False, rngs=rngs)
        self.norm = nnx.BatchNorm(width, rngs=rngs)
        self.blocks = []
        inputs = width
        for i, count in enumerate(stages):
            features = width * 2**i
            for j in range(count):
                stride = 2 if i > 0 and j == 0 else 1
                self.blocks.append(ResidualBlock(inputs, features, stride, rngs=rngs))
                inputs = features
        self.head = nnx.Linear(inputs, classes, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.norm(self.stem(x)))
        for block in self.blocks:
            x = block(x)
        return self.head(jnp.mean(x, axis=(1, 2)))


class Attention(nnx.Module):
    def __init__(self, width: int, heads: int, dropout: float, *, rngs: nnx.Rngs):
        self.heads = heads
        self.qkv = nnx.Linear(width, 3 * width, rngs=rngs)
        self.out = nnx.Linear(width, width, rngs=rngs)
        self.dropout = nnx.Dropout(dropout, rngs=rngs)

    def __call__(self, x):
        batch, length, width = x.shape
        q, k, v = jnp.split(self.qkv(x), 3, axis=-1)
        q, k, v = (y.reshape(batch, length, self.heads, width // self.heads) for y in (q, k, v))
        scores = jnp.einsum("bqhd,bkhd->bhqk", q, k) / jnp.sqrt(width // self.heads)
        weights = self.dropout(jax.nn.softmax(scores, axis=-1))
        mixed = jnp.einsum("bhqk,bkhd->bqhd", weights, v)
        return self.out(mixed.reshape(batch, length, width))


def label_smoothed(logits, labels, smoothing=0.1):
    classes = logits.shape[-1]
    targets = jax.nn.one_hot(labels, classes) * (1 - smoothing) + smoothing / classes
    return -jnp.sum(targets * jax.nn.log_softmax(logits), axis=-1).mean()


def weight_penalty(params, strength=1e-4):
    squares = [jnp.sum(jnp.square(leaf)) for leaf in jax.tree.leaves(params) if leaf.ndim > 1]
    return strength * sum(squares)


def metrics_of(logits, labels):
    predictions = jnp.argmax(logits, axis=-1)
    top5 = jnp.argsort(logits, axis=-1)[:, -5:]
    return {
        "accuracy": jnp.mean(predictions == labels),
        "top5": jnp.mean(jnp.any(top5 == labels[:, None], axis=-1)),
        "loss": label_smoothed(logits, labels, smoothing=0.0),
    }


def evaluate_model(model, folder, size=512):
    totals = {}
    count = 0
    for batch in batches_of(folder, size, seed=0, augment=False, drop_last=False):
        results = metrics_of(model(batch["image"]), batch["label"])
        for name, value in results.items():
            totals[name] = totals.get(name, 0.0) + float(value) * len(batch["label"])
        count += len(batch["label"])
    return {name: total / max(count, 1) for name, total in totals.items()}


def confusion_matrix(predictions, labels, classes=10):
    matrix = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


class MetricLog:
    """Keeps what was measured and writes it as lines of JSON."""

    def __init__(self, path):
        self.path = Path(path)
        self.rows = []

    def write(self, step, **values):
        row = {"step": int(step), **{name: float(value) for name, value in values.items()}}
        self.rows.append(row)
        with self.path.open("a") as file:
            file.write(json.dumps(row) + "\n")

    def best(self, name, largest=True):
        rows = [row for row in self.rows if name in row]
        if not rows:
            return None
        return max(rows, key=lambda row: row[name] if largest else -row[name])


def save_checkpoint(folder, step, state, keep=3):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    leaves, _ = jax.tree.flatten(state)
    target = folder / f"checkpoint_{step:08d}.npz"
    np.savez(target, *[np.asarray(leaf) for leaf in leaves])
    for old in sorted(folder.glob("checkpoint_*.npz"))[:-keep]:
        old.unlink()
    return target


def latest_checkpoint(folder):
    found = sorted(Path(folder).glob("checkpoint_*.npz"))
    if not found:
        return None, 0
    step = int(found[-1].stem.split("_")[-1])
    return found[-1], step


def parse_arguments(argv=None):
    parser = argparse.ArgumentParser(description="Train an image classifier.")
    parser.add_argument("--data", default="data/cifar10", help="folder of the .npz files")
    parser.add_argument("--output", default="runs/latest")
    parser.add_argument("--model", choices=["resnet", "attention"], default="resnet")
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--label-smoothing", type=float, default=0.1)
    parser.add_argument("--checkpoint-every", type=int, default=1000)
    parser.add_argument("--log-every", type=int, default=50)
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args(argv)
    if arguments.width % arguments.heads != 0:
        parser.error("the width must be a multiple of the heads")
    return arguments


def report(log, folder, matrix):
    best = log.best("accuracy")
    lines = [f"# {folder}", "", f"best accuracy: {best['accuracy']:.4f} at step {best['step']}"]
    for label, row in enumerate(matrix):
        total = row.sum()
        recall = row[label] / total if total else float("nan")
        lines.append(f"- class {label}: recall {recall:.3f} of {total}")
    (Path(folder) / "report.md").write_text("\n".join(lines))
