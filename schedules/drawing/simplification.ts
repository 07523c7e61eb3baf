/** A place in a picture, in pixels. */
export type Place = readonly [x: number, y: number];

/**
 * As few of the places of a line as draw the same line: none that is left out is further from it
 * than a tolerance (Ramer 1972; Douglas and Peucker 1973).
 */
export function simplified(places: readonly Place[], tolerance: number): readonly Place[] {
  const kept = new Set([0, places.length - 1]);
  const open: (readonly [from: number, to: number])[] = [[0, places.length - 1]];
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const [from, to] = stretch;
    const distanceOf = distanceFrom(places[from], places[to]);
    let [furthest, most] = [from, tolerance];
    for (let i = from + 1; i < to; i++) {
      const distance = distanceOf(places[i]);
      if (distance > most) [furthest, most] = [i, distance];
    }
    if (furthest === from) continue;
    kept.add(furthest);
    open.push([from, furthest], [furthest, to]);
  }
  return places.filter((_, i) => kept.has(i));
}

/** How far a place is from the straight line between two others. */
function distanceFrom([x0, y0]: Place = [0, 0], [x1, y1]: Place = [x0, y0]) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  return ([x, y]: Place = [x0, y0]): number =>
    length === 0
      ? Math.hypot(x - x0, y - y0)
      : Math.abs((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / length;
}
