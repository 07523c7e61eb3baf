import assert from 'node:assert/strict';
import { palettes, seriesStroke } from '../../../schedules/drawing/palettes.ts';

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

const times = (matrix: Matrix, [a, b, c]: Vector): Vector => {
  const [x, y, z] = matrix.map((row) => row[0] * a + row[1] * b + row[2] * c);
  return [x!, y!, z!];
};

/** Linear light of a colour written #rrggbb. */
function linear(color: string): Vector {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r!, g!, b!];
}

/** Contrast as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const luminance = ([r, g, blue]: Vector) => 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  const [low, high] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** Björn Ottosson's OKLab, of linear light. */
function okLab(light: Vector): Vector {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    light,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  );
}

/** What the colour-blind see, in linear light (Machado, Oliveira, Fernandes 2009, severity 1). */
const visions: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(color: string, vision: Matrix): Vector {
  const [r, g, b] = times(vision, linear(color)).map((value) => Math.min(1, Math.max(0, value)));
  return okLab([r!, g!, b!]);
}

/** Distance in OKLab with a and b doubled, in which 0.02 is about what can just be noticed. */
const distance = (p: Vector, q: Vector) =>
  Math.hypot(p[0] - q[0], 2 * (p[1] - q[1]), 2 * (p[2] - q[2]));

describe('Palettes', () => {
  for (const [name, palette] of Object.entries(palettes)) {
    const { series, background, text, faintText } = palette;

    for (const [vision, matrix] of Object.entries(visions)) {
      it(`${name}: any two of its 16 series differ in ${vision} vision`, () => {
        assert.ok(series.length >= 16);
        const colors = series.map((color) => seen(color, matrix));
        for (const [i, color] of colors.entries())
          for (const [j, other] of colors.slice(0, i).entries())
            assert.ok(
              distance(color, other) > 0.09,
              `${series[i]} and ${series[j]}: ${distance(color, other).toFixed(3)}`,
            );
      });
    }

    it(`${name}: series stand out from the background, and labels can be read`, () => {
      for (const color of series) assert.ok(contrast(color, background) >= 3, color);
      const readable = name.startsWith('highContrast') ? 7 : 4.5;
      for (const color of [text, faintText]) assert.ok(contrast(color, background) >= readable);
    });

    it(`${name}: 64 series have strokes of their own, the first 16 of them solid`, () => {
      const strokes = Array.from({ length: 64 }, (_, i) => seriesStroke(palette, i));
      assert.equal(new Set(strokes.map((stroke) => JSON.stringify(stroke))).size, 64);
      assert.ok(strokes.every(({ dash }, i) => (dash === undefined) === i < 16));
    });
  }
});
