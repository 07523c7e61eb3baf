import type { CompareImages } from '../messages.ts';

interface Drawn {
  readonly ink: string;
  readonly pictures: readonly HTMLCanvasElement[];
}

const drawn = new WeakMap<CompareImages, Drawn>();

/** The images on canvases, drawn once: what is bright in them has the colour of the text. */
export function picturesOf(images: CompareImages, ink: string): readonly HTMLCanvasElement[] {
  const known = drawn.get(images);
  if (known?.ink === ink) return known.pictures;
  const pictures = images.images.map((_, i) => picture(images, i, ink));
  drawn.set(images, { ink, pictures });
  return pictures;
}

function picture({ width, height, pixels }: CompareImages, at: number, ink: string) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.setAttribute('role', 'img');
  const ctx = canvas.getContext('2d');
  if (!ctx || width === 0 || height === 0) return canvas;
  const dots = new ImageData(width, height);
  const image = pixels.subarray(at * width * height, (at + 1) * width * height);
  image.forEach((brightness, i) => (dots.data[4 * i + 3] = brightness));
  ctx.putImageData(dots, 0, 0);
  ctx.globalCompositeOperation = 'source-in';
  ctx.fillStyle = ink;
  ctx.fillRect(0, 0, width, height);
  return canvas;
}
