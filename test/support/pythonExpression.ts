import assert from 'node:assert/strict';
import { evaluate } from '../../schedules/reading/python/machine/evaluation.ts';
import { run } from '../../schedules/reading/python/machine/execution.ts';
import { newMachine } from '../../schedules/reading/python/machine/newMachine.ts';
import { newScope } from '../../schedules/reading/python/machine/scope.ts';
import {
  parseChunks,
  parseExpression,
  parseModule,
} from '../../schedules/reading/python/syntax/parsing.ts';
import type { Value } from '../../schedules/reading/python/values/value.ts';

const imports = `import math
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
`;

/**
 * The value of a Python expression after the numeric libraries were imported under their usual
 * names.
 *
 * @param before statements that run first.
 * @throws Stopped where it takes more evaluations than a reading may take, or a second.
 */
export function pythonValue(expression: string, before = ''): Value {
  const text = imports + before;
  const machine = newMachine({
    text,
    assumptions: new Map(),
    deadline: Date.now() + 1000,
    budget: 250_000,
    importText: () => undefined,
    parse: ({ text: imported }) => parseChunks(imported, 100),
  });
  const scope = newScope('module');
  run(machine, parseModule(text, 100).body, scope);
  const parsed = parseExpression(expression);
  assert.ok(parsed, `${expression} is an expression`);
  return evaluate(machine, parsed, scope);
}
