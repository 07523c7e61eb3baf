import assert from 'node:assert/strict';
import { splitSize } from '../../../../../schedules/reading/python/libraries/dataSets/splits.ts';
import { PythonError } from '../../../../../schedules/reading/python/values/pythonError.ts';
import { assertKnown, outcomeOf } from './programs.ts';

type Case = readonly [program: string, expression: string, value: number];

function tellsOf(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const [program, expression, value] of cases) {
      it(`${program.split('\n').at(-1) ?? ''} -> ${expression}`, () => {
        assertKnown(outcomeOf(program, expression), value);
      });
    }
  });
}

const load = (name: string): string =>
  `from keras.datasets import ${name}\n(x, y), (a, b) = ${name}.load_data()`;
const shapes = 'x.shape[0] + a.shape[0] / 4 + x.ndim + 10 * y.ndim';

tellsOf('data sets of Keras', [
  [load('mnist'), shapes, 60_000 + 2_500 + 3 + 10],
  [load('fashion_mnist'), shapes, 60_000 + 2_500 + 3 + 10],
  [load('cifar10'), shapes, 50_000 + 2_500 + 4 + 20],
  [load('cifar100'), shapes, 50_000 + 2_500 + 4 + 20],
  [load('imdb'), shapes, 25_000 + 6_250 + 1 + 10],
  [load('reuters'), shapes, 8_982 + 561.5 + 1 + 10],
  [load('boston_housing'), shapes, 404 + 25.5 + 2 + 10],
  [load('california_housing'), shapes, 16_512 + 1_032 + 2 + 10],
  [
    'from tensorflow.keras.datasets.cifar10 import load_data\n(x, y), _ = load_data()',
    'x.shape[1] * x.shape[3]',
    96,
  ],
  [
    'import tensorflow.keras.datasets.mnist as digits\nx = digits.load_data()[0][0]',
    'len(x) // 256',
    234,
  ],
  [
    'import tensorflow as tf\n(x, y), _ = tf.keras.datasets.mnist.load_data()\n' +
      'ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1000).batch(256)',
    'len(ds) + int(ds.cardinality()) + int(tf.data.experimental.cardinality(ds))',
    705,
  ],
]);

const builder = 'import tensorflow_datasets as tfds\n';

tellsOf('data sets of TensorFlow', [
  [
    `${builder}ds, info = tfds.load("mnist", split="train", with_info=True, as_supervised=True)`,
    'len(ds) + info.splits["train"].num_examples + info.features["label"].num_classes',
    120_010,
  ],
  [
    `${builder}train, test = tfds.load("cifar10:3.*.*", split=["train[:80%]", "test"])`,
    'len(train) + len(test)',
    50_000,
  ],
  [`${builder}ds = tfds.load("fashion_mnist")`, 'len(ds["train"]) - len(ds["test"])', 50_000],
  [`${builder}ds = tfds.load("imagenet2012", split=tfds.Split.TRAIN)`, 'len(ds) // 4096', 312],
  [
    `${builder}ds = tfds.as_numpy(tfds.load("mnist", split="train", batch_size=-1))`,
    'ds["image"].shape[0] * ds["image"].shape[3] + ds["label"].ndim',
    60_001,
  ],
  [
    `${builder}x, y = tfds.load("cifar10", split="train+test", batch_size=-1, as_supervised=True)`,
    'len(y) + x.ndim',
    60_004,
  ],
  [
    `${builder}builder = tfds.builder("svhn_cropped")\nbuilder.download_and_prepare()\n` +
      'ds = builder.as_dataset(split="test")',
    'len(ds) + builder.info.splits["extra"].num_examples',
    557_163,
  ],
  [
    `${builder}ds = tfds.load("mnist", split="train").map(lambda x: x).cache().shuffle(9).batch(128)`,
    'len(ds.prefetch(2))',
    469,
  ],
  [
    `${builder}ds = tfds.load("mnist", split="train").batch(128, drop_remainder=True)`,
    'len(ds) + len(ds.repeat(3)) + len(ds.take(10)) + len(ds.skip(460)) + len(ds.shard(8, 7))',
    468 + 1404 + 10 + 8 + 58,
  ],
  [`${builder}ds = tfds.load("mnist", split="train").repeat().batch(64).take(100)`, 'len(ds)', 100],
  [`${builder}source = tfds.data_source("mnist", split="test")`, 'len(source)', 10_000],
]);

const torch = 'from torch.utils.data import DataLoader, random_split, Subset\nimport torchvision\n';
const mnist = `${torch}train = torchvision.datasets.MNIST("data", train=True, download=True)\n`;

tellsOf('data sets of torchvision', [
  [`${mnist}loader = DataLoader(train, batch_size=128, shuffle=True)`, 'len(loader)', 469],
  [`${mnist}loader = DataLoader(train, 128, drop_last=True)`, 'len(loader)', 468],
  [`${mnist}loader = DataLoader(train, 128)`, 'len(loader.dataset) + train.data.shape[1]', 60_028],
  [
    `${mnist}first, second = random_split(train, [55_000, 5_000])`,
    'len(first) - len(second)',
    50_000,
  ],
  [
    `${mnist}parts = random_split(Subset(train, range(101)), [0.5, 0.25, 0.25])`,
    'len(parts[0]) * 10_000 + len(parts[1]) * 100 + len(parts[2])',
    512_525,
  ],
  [
    'from torchvision import datasets\nsets = [datasets.EMNIST("d", split="letters", train=True), ' +
      'datasets.EMNIST("d", "balanced", train=False)]',
    'len(sets[0]) + len(sets[1])',
    143_600,
  ],
  [
    'from torchvision.datasets import CIFAR100, SVHN, STL10\n' +
      'sets = [CIFAR100("d", train=False), SVHN("d", split="extra"), STL10("d", "train+unlabeled")]',
    'len(sets[0]) + len(sets[1]) + len(sets[2])',
    646_131,
  ],
  [
    `${torch}class Pairs:\n  def __len__(self):\n    return 1000\nloader = DataLoader(Pairs(), 32)`,
    'len(loader)',
    32,
  ],
]);

const hub = 'from datasets import load_dataset\n';

tellsOf('data sets of the Hugging Face hub', [
  [`${hub}ds = load_dataset("ylecun/mnist")`, 'len(ds["train"]) + ds["test"].num_rows', 70_000],
  [`${hub}ds = load_dataset("glue", "sst2", split="train[:10%]")`, 'len(ds)', 6_735],
  [
    `${hub}ds = load_dataset("imdb", split="train").train_test_split(test_size=0.1)`,
    'len(ds["train"]) - len(ds["test"])',
    20_000,
  ],
  [
    `${hub}ds = load_dataset("cifar10").with_format("numpy").map(lambda row: row)`,
    'len(ds["train"].shuffle(seed=0).select(range(1234))) + ds.num_rows["test"]',
    11_234,
  ],
]);

tellsOf('data sets of OpenML', [
  [
    'from sklearn.datasets import fetch_openml\n' +
      'X, y = fetch_openml("mnist_784", version=1, return_X_y=True, as_frame=False)',
    'X.shape[0] + X.shape[1] + len(y)',
    140_784,
  ],
]);

describe('a data set of which nothing is known', () => {
  const programs: readonly (readonly [program: string, expression: string])[] = [
    [`${builder}ds = tfds.load("my_own", split="train")`, 'len(ds)'],
    [`${builder}ds = tfds.load("constructor", split="train")`, 'len(ds)'],
    [`${builder}ds = tfds.load("mnist", split="__proto__")`, 'len(ds)'],
    [`${builder}ds = tfds.load("mnist", split="train").filter(lambda x: x)`, 'len(ds)'],
    [`${hub}ds = load_dataset("imdb", split="train").map(f, batched=True)`, 'len(ds)'],
    [`${torch}loader = DataLoader(my_data, 32)`, 'len(loader)'],
    [`${mnist}loader = DataLoader(train, 32, sampler=my_sampler)`, 'len(loader)'],
    [`${mnist}loader = DataLoader(train, 0)`, 'len(loader)'],
    [
      'from sklearn.model_selection import train_test_split\n' +
        'train, test = train_test_split(range(10**12))',
      'len(train)',
    ],
    ['from sklearn.datasets import make_moons\nX, y = make_moons(10**400)', 'X.shape[0]'],
    [
      'import numpy as np\nfrom sklearn.model_selection import train_test_split\n' +
        'train, test = train_test_split(np.zeros(10), test_size=20)',
      'len(train)',
    ],
  ];
  for (const [program, expression] of programs) {
    it(`gives no number: ${program.split('\n').at(-1) ?? ''}`, () => {
      const { value, assumptions } = outcomeOf(program, expression);
      assert.ok(value === undefined || assumptions.length > 0, `${value}`);
    });
  }
});

describe('the split of a data set', () => {
  const dataSet = { splits: { train: 1_005, test: 100 } };
  const sizes: Readonly<Record<string, number>> = {
    train: 1_005,
    'train+test': 1_105,
    all: 1_105,
    'train[:50%]': 502, // 502.5 goes to the even neighbour.
    'train[50%:]': 503,
    'train[10%:20%]': 101,
    'train[-10%:]': 100,
    'train[:-100]': 905,
    'train[1000:]': 5,
    'train[5:3]': 0,
    'test[:50] + train[:1]': 51,
  };
  for (const [split, size] of Object.entries(sizes)) {
    it(`${split} has ${size} examples of 1,005 and 100`, () => {
      assert.equal(splitSize(dataSet, split), size);
    });
  }

  for (const split of [
    'validation',
    'train[:2000]',
    'train[a:b]',
    'toString',
    '',
    'train[:4shard]',
  ]) {
    it(`'${split}' is refused`, () => {
      assert.throws(() => splitSize(dataSet, split), PythonError);
    });
  }
});
