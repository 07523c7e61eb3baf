/** One of the four files of Fashion-MNIST, in the IDX format: big-endian header, then bytes. */
export interface DataFile {
  /** Name of the decompressed file; the compressed one has `.gz` behind it. */
  readonly name: string;
  /** [examples, rows, columns] of images, [examples] of labels. */
  readonly shape: readonly number[];
  /** Of the decompressed content: Debian compresses the files anew. */
  readonly sha256: string;
}

/** Bytes of an image: 28 rows of 28 pixels. */
export const imageSize = 28 * 28;

export const fashionMnist = {
  train: {
    count: 60_000,
    images: {
      name: 'train-images-idx3-ubyte',
      shape: [60_000, 28, 28],
      sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    },
    labels: {
      name: 'train-labels-idx1-ubyte',
      shape: [60_000],
      sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    },
  },
  test: {
    count: 10_000,
    images: {
      name: 't10k-images-idx3-ubyte',
      shape: [10_000, 28, 28],
      sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    },
    labels: {
      name: 't10k-labels-idx1-ubyte',
      shape: [10_000],
      sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
  },
} as const;

/** What the labels 0 to 9 stand for. */
export const classNames: readonly string[] = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

export const dataFiles: readonly DataFile[] = [
  fashionMnist.train.images,
  fashionMnist.train.labels,
  fashionMnist.test.images,
  fashionMnist.test.labels,
];
