import type { Request } from '../../runner/protocol.ts';

/** So many rates are written at a time: a millisecond's work. */
const ratesAtATime = 5_000;

/**
 * A request as one line of JSON, in pieces of which none is large: a start has a rate for every step
 * of every run.
 */
export function* requestText(request: Request): Iterable<string> {
  if (request.type !== 'start') {
    yield `${JSON.stringify(request)}\n`;
    return;
  }
  const { runs, ...rest } = request;
  yield `${open(rest)}"runs":[`;
  for (const [i, { learningRates, ...run }] of runs.entries()) {
    yield `${i > 0 ? ',' : ''}${open(run)}"learningRates":[`;
    for (let from = 0; from < learningRates.length; from += ratesAtATime) {
      const rates = learningRates.slice(from, from + ratesAtATime);
      yield `${from > 0 ? ',' : ''}${JSON.stringify(rates).slice(1, -1)}`;
    }
    yield ']}';
  }
  yield ']}\n';
}

/** An object with fields, up to its next one. */
const open = (fields: object): string => `${JSON.stringify(fields).slice(0, -1)},`;
