import { decodeReport, type ReportData } from '../../../runner/protocol.ts';
import type { Host } from '../../shared/messaging.ts';
import { newComparison } from '../comparison.ts';
import { isToCompare } from '../messageChecks.ts';
import type { FromCompare, SavedComparison, ToCompare } from '../messages.ts';

/** What a report answers its page, in the place of VS Code. */
export interface ReportHost extends Host<FromCompare, SavedComparison> {
  /** The test images that the report has pictures of. */
  readonly pictured: ReadonlySet<number>;
}

/** The comparison that a report holds; undefined where the page is none, but in VS Code. */
export function reportHost(receive: (message: ToCompare) => void): ReportHost | undefined {
  const json = document.querySelector('script#comparison[type="application/json"]')?.textContent;
  if (json === undefined) return undefined;
  const data = decodeReport(json);
  const reply = (message: ToCompare): void => {
    // As from VS Code: later, and only if it is a message.
    queueMicrotask(() => {
      if (isToCompare(message)) receive(message);
    });
  };
  return {
    saved: undefined,
    save: () => undefined,
    pictured: new Set(data.images.images),
    send(message) {
      switch (message.type) {
        case 'ready':
          reply(stateOf(data));
          return;
        case 'predictions':
          reply(predictionsOf(data, message.request, message.runs));
          return;
        case 'images':
          reply(imagesOf(data, message.request, message.images));
          return;
        case 'savePicture':
          download(message.png, `${data.title}.png`);
          return;
        default:
        // What needs VS Code is not offered.
      }
    },
  };
}

function stateOf({ title, events, results }: ReportData): ToCompare {
  const comparison = newComparison();
  for (const event of events) comparison.tell(event);
  return comparison.state({ revision: 1, title, folder: '', results });
}

function predictionsOf(
  { predictions }: ReportData,
  request: number,
  wanted: readonly string[],
): ToCompare {
  const { classes, labels, runs } = predictions;
  return {
    type: 'predictions',
    request,
    classes,
    labels: Uint8Array.from(labels),
    runs: runs
      .filter(({ run }) => wanted.includes(run))
      .map((one) => ({ ...one, predicted: Uint8Array.from(one.predicted) })),
  };
}

function imagesOf({ images }: ReportData, request: number, wanted: readonly number[]): ToCompare {
  const { width, height } = images;
  const all = Uint8Array.from(atob(images.pixels), (byte) => byte.charCodeAt(0));
  const size = width * height;
  const held = wanted.filter((image) => images.images.includes(image));
  const pixels = new Uint8Array(held.length * size);
  held.forEach((image, i) => {
    const at = images.images.indexOf(image);
    pixels.set(all.subarray(at * size, (at + 1) * size), i * size);
  });
  return { type: 'images', request, images: held, width, height, pixels };
}

function download(png: Uint8Array, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([png as Uint8Array<ArrayBuffer>], { type: 'image/png' }),
  );
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
