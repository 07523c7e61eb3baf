import { LogarithmicScale } from 'chart.js';

/** A logarithmic scale that shows at its foot what has no logarithm, instead of leaving it out. */
export class FootedScale extends LogarithmicScale {
  static override readonly id = 'footed';

  override getPixelForValue(value: number): number {
    return super.getPixelForValue(value <= this.min ? this.min : value);
  }
}

declare module 'chart.js' {
  interface CartesianScaleTypeRegistry {
    footed: CartesianScaleTypeRegistry['logarithmic'];
  }
}
