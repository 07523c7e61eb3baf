/** The colours of a picture, as SVG writes them. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly faintText: string;
  readonly axis: string;
  readonly grid: string;
  /** Behind what does not count any more. */
  readonly shade: string;
  readonly series: readonly string[];
}

/** How a series is drawn; `dash` is an SVG dash pattern, absent where the line is solid. */
export interface Stroke {
  readonly color: string;
  readonly dash?: string | undefined;
}

/*
 * Sixteen colours each, in an order in which the next one is always far from those before. Of all
 * with enough contrast (3 : 1 on white, 3.9 : 1 on #1f1f1f), they were chosen so that the least OKLab
 * distance of two is large in normal vision, protanopia, deuteranopia and tritanopia.
 */
const onLight = hexColors(
  '0078c3 ff5a00 69004b 0000c3 2d4b00 5a0087 ff00e1 0fa5a5 ' +
    'b4003c 4b1eff d2785a 5a3c78 8787ff c300a5 e15a87 0f695a',
);
const onDark = hexColors(
  '4ba5f0 ff0f0f c3f000 b46987 7869ff 87f0ff 78b478 ffb4c3 ' +
    '7878b4 3ce169 0f963c ff3cd2 a5c3ff f087c3 a5f0a5 c3b40f',
);

function hexColors(digits: string): readonly string[] {
  return digits.split(' ').map((color) => `#${color}`);
}

/** One for each kind of colour theme of VS Code. */
export const palettes = {
  light: {
    background: '#ffffff',
    text: '#1f1f1f',
    faintText: '#5c5c5c',
    axis: '#8a8a8a',
    grid: '#e6e6e6',
    shade: '#efefef',
    series: onLight,
  },
  dark: {
    background: '#1f1f1f',
    text: '#e4e4e4',
    faintText: '#a8a8a8',
    axis: '#7d7d7d',
    grid: '#343434',
    shade: '#2b2b2b',
    series: onDark,
  },
  highContrastLight: {
    background: '#ffffff',
    text: '#000000',
    faintText: '#000000',
    axis: '#000000',
    grid: '#b8b8b8',
    shade: '#dcdcdc',
    series: onLight,
  },
  highContrastDark: {
    background: '#000000',
    text: '#ffffff',
    faintText: '#ffffff',
    axis: '#ffffff',
    grid: '#5a5a5a',
    shade: '#333333',
    series: onDark,
  },
} as const satisfies Readonly<Record<string, Palette>>;

const dashes = [undefined, '9 3', '2 3', '9 3 2 3'];

/** The stroke of the series with an index from 0: another colour each, then another dash pattern. */
export function seriesStroke({ series }: Palette, index: number): Stroke {
  const color = series[index % series.length] ?? 'currentColor';
  return { color, dash: dashes[Math.floor(index / series.length) % dashes.length] };
}
