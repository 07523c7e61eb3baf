import type { ComparePage } from './compareHost.ts';

/** Whether a canvas of the page has a dot of a colour (`#rrggbb`), or nearly so. */
export function hasColor({ page }: ComparePage, index: number, color: string): Promise<boolean> {
  const rgb = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
  return page.evaluate<boolean>(`{
    const canvas = document.querySelectorAll('canvas')[${index}];
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const rgb = ${JSON.stringify(rgb)};
    let found = false;
    for (let i = 0; i < data.length && !found; i += 4) {
      found = data[i + 3] > 250 && rgb.every((part, k) => Math.abs(data[i + k] - part) <= 3);
    }
    found;
  }`);
}
