import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Dataset, loadDataset } from '../../../runner/data/dataset.ts';
import { dataFiles } from '../../../runner/data/files.ts';
import { damagedFolder, recompressed } from '../../support/damagedData.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';

const testLabels = 't10k-labels-idx1-ubyte';

describe('loadDataset', function () {
  this.timeout(20_000);
  let real: string;
  let folder: string;
  let dataset: Dataset;

  before(async function () {
    this.timeout(300_000);
    real = await fashionMnistFolder();
    dataset = await loadDataset(real);
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-dataset-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('loads as many images of each class as the data is known to have', () => {
    const { train, test } = dataset;
    assert.equal(train.count, 60_000);
    assert.equal(train.images.length, 60_000 * 784);
    assert.equal(test.count, 10_000);
    assert.equal(test.images.length, 10_000 * 784);
    const countsOf = (labels: Uint8Array): number[] =>
      Array.from({ length: 10 }, (_, label) => labels.filter((each) => each === label).length);
    assert.deepEqual(countsOf(train.labels), Array<number>(10).fill(6000));
    assert.deepEqual(countsOf(test.labels), Array<number>(10).fill(1000));
  });

  it('keeps the order of the files and their grey values', () => {
    const { train, test } = dataset;
    assert.deepEqual([...train.labels.subarray(0, 8)], [9, 0, 0, 3, 0, 2, 7, 2]);
    assert.deepEqual([...test.labels.subarray(0, 8)], [9, 2, 1, 1, 6, 1, 4, 6]);
    // The published mean of the training images, with which many programs normalize them.
    const mean = train.images.reduce((sum, grey) => sum + grey, 0) / train.images.length / 255;
    assert.ok(Math.abs(mean - 0.2860406) < 1e-6, String(mean));
  });

  it('loads the first examples alone, and holds no more in memory', async () => {
    const few = await loadDataset(real, { trainExamples: 300, testExamples: 20 });
    assert.equal(few.train.count, 300);
    assert.deepEqual(few.train.labels, dataset.train.labels.slice(0, 300));
    assert.deepEqual(few.test.images, dataset.test.images.slice(0, 20 * 784));
    assert.equal(few.train.images.buffer.byteLength, 300 * 784);
  });

  it('loads uncompressed files as well', async () => {
    for (const { name } of dataFiles) {
      const content = gunzipSync(await readFile(join(real, `${name}.gz`)));
      await writeFile(join(folder, name), content);
    }
    const { test } = await loadDataset(folder, { trainExamples: 1 });
    const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    assert.equal(digest(test.images), digest(dataset.test.images));
  });

  it('says how many examples there are where more are asked for', async () => {
    await assert.rejects(loadDataset(real, { trainExamples: 70_000 }), {
      message: '--train-examples 70000: Fashion-MNIST has 60000 training images.',
    });
    await assert.rejects(loadDataset(real, { testExamples: 10_001 }), {
      message: '--test-examples 10001: Fashion-MNIST has 10000 test images.',
    });
  });

  for (const count of [0, -1, 1.5, NaN]) {
    it(`refuses ${count} examples`, async () => {
      await assert.rejects(loadDataset(real, { testExamples: count }), {
        message: `--test-examples ${count}: give a whole number from 1 to 10000.`,
      });
    });
  }

  const defects = [
    {
      of: 'a missing file',
      damage: () => undefined,
      message: /t10k-labels-idx1-ubyte\.gz is missing/,
    },
    {
      of: 'a file that was cut off',
      damage: (compressed: Buffer) => compressed.subarray(0, 2000),
      message: /t10k-labels-idx1-ubyte\.gz cannot be decompressed \(unexpected end of file\)/,
    },
    {
      of: 'a flipped bit',
      damage: (compressed: Buffer) => {
        compressed[3000]! ^= 1;
        return compressed;
      },
      message: /t10k-labels-idx1-ubyte\.gz cannot be decompressed \(/,
    },
    {
      of: 'an error page in the place of the file',
      damage: () => Buffer.from('<html>Sign in to the network</html>'),
      message: /t10k-labels-idx1-ubyte\.gz cannot be decompressed \(incorrect header check\)/,
    },
    {
      of: 'labels that are missing at the end',
      damage: recompressed((content) => content.subarray(0, 9000)),
      message: /t10k-labels-idx1-ubyte\.gz holds 9000 bytes instead of 10008/,
    },
    {
      of: 'a header of another type',
      damage: recompressed((content) => {
        content.writeUInt32BE(0x0d01, 0);
        return content;
      }),
      message: /t10k-labels-idx1-ubyte\.gz does not have the header of an IDX file of 10000 bytes/,
    },
  ];
  for (const { of, damage, message } of defects) {
    it(`names the file and the defect: ${of}`, async () => {
      await damagedFolder(folder, testLabels, damage);
      await assert.rejects(loadDataset(folder, { verified: true }), message);
    });
  }

  it('notices a single wrong label, unless the folder counts as verified', async () => {
    const damage = recompressed((content) => {
      content[5000]! ^= 1;
      return content;
    });
    await damagedFolder(folder, testLabels, damage);
    await assert.rejects(
      loadDataset(folder),
      /t10k-labels-idx1-ubyte\.gz does not hold Fashion-MNIST: its sha256 is not 0402a96d/,
    );
    await loadDataset(folder, { verified: true });
  });
});
