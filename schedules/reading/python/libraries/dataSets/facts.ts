import type { DataSet } from './dataSet.ts';

const digits: DataSet = {
  splits: { train: 60_000, test: 10_000 },
  shape: [28, 28, 1],
  classes: 10,
};

const imageNet = { train: 1_281_167, validation: 50_000 };
const emnist = (train: number, test: number, classes: number): DataSet => ({
  splits: { train, test },
  shape: [28, 28, 1],
  classes,
});
const sized = (splits: DataSet['splits'], classes?: number): DataSet => ({
  splits,
  ...(classes !== undefined && { classes }),
});

/**
 * Data sets by their names in TensorFlow Datasets, with its numbers of examples
 * (tensorflow.org/datasets/catalog).
 */
export const dataSets: ReadonlyMap<string, DataSet> = new Map(
  Object.entries({
    mnist: digits,
    fashion_mnist: digits,
    kmnist: digits,
    binarized_mnist: {
      splits: { train: 50_000, validation: 10_000, test: 10_000 },
      shape: [28, 28, 1],
    },
    emnist: emnist(697_932, 116_323, 62),
    'emnist/byclass': emnist(697_932, 116_323, 62),
    'emnist/bymerge': emnist(697_932, 116_323, 47),
    'emnist/balanced': emnist(112_800, 18_800, 47),
    'emnist/letters': emnist(88_800, 14_800, 37),
    'emnist/digits': emnist(240_000, 40_000, 10),
    'emnist/mnist': emnist(60_000, 10_000, 10),
    cifar10: { splits: { train: 50_000, test: 10_000 }, shape: [32, 32, 3], classes: 10 },
    cifar100: { splits: { train: 50_000, test: 10_000 }, shape: [32, 32, 3], classes: 100 },
    svhn_cropped: {
      splits: { train: 73_257, test: 26_032, extra: 531_131 },
      shape: [32, 32, 3],
      classes: 10,
    },
    stl10: {
      splits: { train: 5_000, test: 8_000, unlabelled: 100_000 },
      shape: [96, 96, 3],
      classes: 10,
    },
    imagenet2012: sized({ ...imageNet, test: 100_000 }, 1000),
    'imagenet_resized/8x8': { splits: imageNet, shape: [8, 8, 3], classes: 1000 },
    'imagenet_resized/16x16': { splits: imageNet, shape: [16, 16, 3], classes: 1000 },
    'imagenet_resized/32x32': { splits: imageNet, shape: [32, 32, 3], classes: 1000 },
    'imagenet_resized/64x64': { splits: imageNet, shape: [64, 64, 3], classes: 1000 },
    imagenet_v2: sized({ test: 10_000 }, 1000),
    imagenette: sized({ train: 9_469, validation: 3_925 }, 10),
    'imagenette/full-size-v2': sized({ train: 9_469, validation: 3_925 }, 10),
    'imagenette/320px-v2': sized({ train: 9_469, validation: 3_925 }, 10),
    'imagenette/160px-v2': sized({ train: 9_469, validation: 3_925 }, 10),
    food101: sized({ train: 75_750, validation: 25_250 }, 101),
    oxford_flowers102: sized({ train: 1_020, validation: 1_020, test: 6_149 }, 102),
    oxford_iiit_pet: sized({ train: 3_680, test: 3_669 }, 37),
    caltech101: sized({ train: 3_059, test: 6_085 }, 102),
    cats_vs_dogs: sized({ train: 23_262 }, 2),
    tf_flowers: sized({ train: 3_670 }, 5),
    stanford_dogs: sized({ train: 12_000, test: 8_580 }, 120),
    cars196: sized({ train: 8_144, test: 8_041 }, 196),
    dtd: sized({ train: 1_880, validation: 1_880, test: 1_880 }, 47),
    eurosat: { splits: { train: 27_000 }, shape: [64, 64, 3], classes: 10 },
    resisc45: { splits: { train: 31_500 }, shape: [256, 256, 3], classes: 45 },
    celeb_a: { splits: { train: 162_770, validation: 19_867, test: 19_962 }, shape: [218, 178, 3] },
    patch_camelyon: {
      splits: { train: 262_144, validation: 32_768, test: 32_768 },
      shape: [96, 96, 3],
      classes: 2,
    },
    horses_or_humans: {
      splits: { train: 1_027, test: 256 },
      shape: [300, 300, 3],
      classes: 2,
    },
    rock_paper_scissors: {
      splits: { train: 2_520, test: 372 },
      shape: [300, 300, 3],
      classes: 3,
    },
    beans: {
      splits: { train: 1_034, validation: 133, test: 128 },
      shape: [500, 500, 3],
      classes: 3,
    },
    iris: { splits: { train: 150 }, shape: [4], classes: 3 },
    imdb_reviews: sized({ train: 25_000, test: 25_000, unsupervised: 50_000 }, 2),
    'imdb_reviews/plain_text': sized({ train: 25_000, test: 25_000, unsupervised: 50_000 }, 2),
    ag_news_subset: sized({ train: 120_000, test: 7_600 }, 4),
    yelp_polarity_reviews: sized({ train: 560_000, test: 38_000 }, 2),
    'glue/cola': sized({ train: 8_551, validation: 1_043, test: 1_063 }, 2),
    'glue/sst2': sized({ train: 67_349, validation: 872, test: 1_821 }, 2),
    'glue/mrpc': sized({ train: 3_668, validation: 408, test: 1_725 }, 2),
    'glue/stsb': sized({ train: 5_749, validation: 1_500, test: 1_379 }),
    'glue/mnli': sized(
      {
        train: 392_702,
        validation_matched: 9_815,
        validation_mismatched: 9_832,
        test_matched: 9_796,
        test_mismatched: 9_847,
      },
      3,
    ),
    'glue/qnli': sized({ train: 104_743, validation: 5_463, test: 5_463 }, 2),
    'glue/rte': sized({ train: 2_490, validation: 277, test: 3_000 }, 2),
    'glue/wnli': sized({ train: 635, validation: 71, test: 146 }, 2),
    lm1b: sized({ train: 30_301_028, test: 306_688 }),
    tiny_shakespeare: sized({ train: 1, validation: 1, test: 1 }),
  }),
);
