import assert from 'node:assert/strict';
import { activeParameter, enclosingCall } from '../../../schedules/language/enclosingCall.ts';
import { optaxNames } from '../../../schedules/language/optaxNames.ts';
import { statementsUntil } from '../../../schedules/language/pythonStatements.ts';
import { atCursor } from '../../support/cursor.ts';

/** `FUNCTION PARAMETER` of the call around the cursor; undefined where there is none. */
function found(marked: string): string | undefined {
  const { text, offset } = atCursor(marked);
  const { statements, isInText } = statementsUntil(text, offset);
  if (isInText) return undefined;
  const call = enclosingCall(statements.at(-1)?.tokens ?? [], offset, optaxNames(statements));
  return call && `${call.function.name} ${activeParameter(call)?.name ?? 'nothing'}`;
}

const cases: Readonly<Record<string, readonly (readonly [string, string | undefined])[]>> = {
  'tells the argument at the cursor': [
    ['optax.linear_schedule(|', 'linear_schedule init_value'],
    ['optax.linear_schedule(0.1, |', 'linear_schedule end_value'],
    ['optax.linear_schedule(0.1|, 2)', 'linear_schedule init_value'],
    ['optax.linear_schedule(end_value=|', 'linear_schedule end_value'],
    ['optax.linear_schedule(end_value = 0, |)', 'linear_schedule init_value'],
    ['optax.linear_schedule(init_value=1, end_|)', 'linear_schedule end_value'],
    ['optax.linear_schedule(**rest, |)', 'linear_schedule init_value'],
    ['optax.linear_schedule(1, 2, 3, 4, |)', 'linear_schedule nothing'],
    ['optax.linear_schedule(speed=|)', 'linear_schedule nothing'],
    ['optax.cosine_decay_schedule(f(1, 2), [3, 4], |', 'cosine_decay_schedule alpha'],
    ['optax.sgd(|)', 'sgd learning_rate'],
  ],
  'finds a call over several lines, finished or not': [
    [
      'x = optax.linear_schedule(\n    init_value=1,  # (\n    |\n)\ny = 2',
      'linear_schedule end_value',
    ],
    ['x = optax.linear_schedule(\n    1,\n    |\ny = 2\n', 'linear_schedule end_value'],
    [
      'x = optax.linear_schedule(\r\n\t1,\r\n\t|\r\ndef f():\r\n\tpass',
      'linear_schedule end_value',
    ],
    [
      'x = optax.linear_schedule(1\ny = optax.cosine_decay_schedule(|',
      'cosine_decay_schedule init_value',
    ],
    ['f(1\ndef g():\n    return optax.sgd(|', 'sgd learning_rate'],
    ['x = "(" + """\n(""" + optax.linear_schedule(|', 'linear_schedule init_value'],
    ['x = optax \\\n    .linear_schedule(|', 'linear_schedule init_value'],
    ['a = 1; b = optax.linear_schedule(|); c = 2', 'linear_schedule init_value'],
  ],
  'goes by the names that imports bind': [
    ['import optax as ox\nox.linear_schedule(|', 'linear_schedule init_value'],
    ['from optax import schedules\nschedules.linear_schedule(|', 'linear_schedule init_value'],
    ['import optax.schedules as s\ns.linear_schedule(|', 'linear_schedule init_value'],
    [
      'from optax import (\n  sgd,\n  linear_schedule as line,\n)\nline(|',
      'linear_schedule init_value',
    ],
    ['from optax.schedules import *\nlinear_schedule(|', 'linear_schedule init_value'],
    ['optax.schedules.linear_schedule(|', 'linear_schedule init_value'],
    ['import optax\nline = optax.linear_schedule\nline(|', 'linear_schedule init_value'],
    ['functools.partial(optax.linear_schedule, 1, |', 'linear_schedule end_value'],
    ['partial(optax.linear_schedule, end_value=|', 'linear_schedule end_value'],
  ],
  'takes the innermost one': [
    ['optax.sgd(optax.linear_schedule(|))', 'linear_schedule init_value'],
    ['optax.sgd(optax.linear_schedule(1, 2, 3), |)', 'sgd momentum'],
    ['optax.join_schedules([optax.linear_schedule(1, 2, 3), |', 'join_schedules schedules'],
    [
      'optax.piecewise_constant_schedule(1, {(|2): 3})',
      'piecewise_constant_schedule boundaries_and_scales',
    ],
  ],
  'finds none in a call of something else, in strings and comments, and outside': [
    ['optax.linear_schedule(int(|))', undefined],
    ['optax.linear_schedule(values[|])', undefined],
    ['optax.linear_schedule(f(1)(|))', undefined],
    ['linear_schedule(|', undefined],
    ['jax.linear_schedule(|', undefined],
    ['make().linear_schedule(|', undefined],
    ['partial(|optax.linear_schedule)', undefined],
    ['optax.linear_schedule|(1)', undefined],
    ['optax.linear_schedule(1)|', undefined],
    ['optax.linear_schedule("|")', undefined],
    ['optax.linear_schedule("|', undefined],
    ['optax.linear_schedule( # |', undefined],
    ['# optax.linear_schedule(|', undefined],
    ['"""optax.linear_schedule(|\n"""', undefined],
    ['|', undefined],
  ],
};

describe('The call around the cursor', () => {
  for (const [claim, table] of Object.entries(cases)) {
    describe(claim, () => {
      for (const [marked, expected] of table) {
        it(marked.replaceAll('\n', '⏎'), () => {
          assert.equal(found(marked), expected);
        });
      }
    });
  }
});
