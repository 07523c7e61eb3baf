import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { scheduleFunctions } from '../../../../schedules/optax/catalog.ts';
import { optimizers } from '../../../../schedules/optax/optimizers.ts';
import { schedulesJsonSchema } from '../../../../schedules/reading/json/schema.ts';
import { readSchedules } from '../../../../schedules/readSchedules.ts';

const fromRoot = (path: string): URL => new URL(`../../../../${path}`, import.meta.url);

/** `enumDescriptions` is VS Code's own keyword. */
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, keywords: ['enumDescriptions'] });
const validate: ValidateFunction = ajv.compile(schedulesJsonSchema());

function isValid(text: string): boolean {
  return validate(JSON.parse(text));
}

function isRead(text: string): boolean {
  const { findings } = readSchedules('a.schedules.json', text);
  return findings.every(({ severity }) => severity !== 'error');
}

const constant = '{"function": "constant_schedule", "args": {"value": 1}}';
const schedules = `"schedules": [${constant}]`;
const call = (f: string, args: string): string =>
  `{"schedules": [{"function": "${f}", "args": ${args}}]}`;
const training = (fields: string): string => `{"training": {${fields}}, ${schedules}}`;
const interpolate = (rest: string): string =>
  call('piecewise_interpolate_schedule', `{"interpolate_type": "linear", "init_value": 1${rest}}`);

const good: Readonly<Record<string, string>> = {
  'a schedule': `{${schedules}}`,
  'the address of a schema': `{"$schema": "./schedules.schema.json", ${schedules}}`,
  'no schedule yet': '{"schedules": []}',
  'names and expressions': `{"names": {"n": 3, "m_2": "n + 1"}, "schedules": [{"function": "constant_schedule", "args": {"value": "m_2"}}]}`,
  'a name':
    '{"schedules": [{"name": "🚀", "function": "constant_schedule", "args": {"value": 1}}]}',
  boundaries: interpolate(', "boundaries_and_scales": {"10": 0.5, "2 * 10": "1 / 4"}'),
  'null for an argument with the default None': interpolate(', "boundaries_and_scales": null'),
  'an argument left out': interpolate(''),
  'a switch': call(
    'exponential_decay',
    '{"init_value": 1, "transition_steps": 1, "decay_rate": 0.5, "staircase": true}',
  ),
  'a join': call(
    'join_schedules',
    `{"schedules": [${constant}, {"name": "b", "function": "constant_schedule", "args": {"value": 1}}], "boundaries": [5]}`,
  ),
  'a join in a join': call(
    'join_schedules',
    `{"schedules": [{"function": "join_schedules", "args": {"schedules": [${constant}], "boundaries": []}}], "boundaries": []}`,
  ),
  cycles: call(
    'sgdr_schedule',
    '{"cosine_kwargs": [{"init_value": 0, "peak_value": 1, "decay_steps": 10, "warmup_steps": "2"}]}',
  ),
  'counts as numbers and expressions': training('"epochs": 3, "batch_size": "2 ** 6"'),
  'a seed of 0': training('"seed": 0'),
  'a whole number with a point': training('"epochs": 3.0'),
  'an optimizer by name': training('"optimizer": "adamw"'),
  'an optimizer with arguments': training(
    '"optimizer": {"function": "sgd", "args": {"momentum": 0.9, "nesterov": true}}',
  ),
  'an optimizer without arguments': training('"optimizer": {"function": "lion"}'),
  'an optimizer with a null argument': training(
    '"optimizer": {"function": "sgd", "args": {"momentum": null}}',
  ),
  'the rest of a training': training('"loss_reduction": "mean", "clip_by_global_norm": 0.5'),
};

const bad: Readonly<Record<string, string>> = {
  'a list': '[]',
  'a number': '3',
  'no schedules': '{}',
  'schedules in an object': '{"schedules": {}}',
  'an unknown field': `{"schedule": [], ${schedules}}`,
  'a schedule that is a number': '{"schedules": [1]}',
  'a schedule without a function': '{"schedules": [{"name": "a"}]}',
  'a function that is a number': '{"schedules": [{"function": 1, "args": {}}]}',
  'an unknown function': call('cosine', '{}'),
  "a function with its module's name": call('optax.constant_schedule', '{"value": 1}'),
  'no arguments where some are needed': '{"schedules": [{"function": "constant_schedule"}]}',
  'a missing argument': call('constant_schedule', '{}'),
  'an unknown argument': call('constant_schedule', '{"value": 1, "values": 2}'),
  'arguments in a list': call('constant_schedule', '[1]'),
  'arguments that are null': call('constant_schedule', 'null'),
  'a switch where a number belongs': call('constant_schedule', '{"value": true}'),
  'null where a number belongs': call('constant_schedule', '{"value": null}'),
  'a list where a number belongs': call('constant_schedule', '{"value": [1]}'),
  'a number where a switch belongs': call(
    'exponential_decay',
    '{"init_value": 1, "transition_steps": 1, "decay_rate": 0.5, "staircase": 1}',
  ),
  'an unknown interpolation': call(
    'piecewise_interpolate_schedule',
    '{"interpolate_type": "cubic", "init_value": 1}',
  ),
  'boundaries in a list': interpolate(', "boundaries_and_scales": []'),
  'a factor that is null': interpolate(', "boundaries_and_scales": {"10": null}'),
  'a join of a number': call('join_schedules', '{"schedules": [1], "boundaries": []}'),
  'a join of an object': call('join_schedules', '{"schedules": {}, "boundaries": []}'),
  'a join with an unknown field in a part': call(
    'join_schedules',
    '{"schedules": [{"function": "constant_schedule", "args": {"value": 1}, "at": 1}], "boundaries": []}',
  ),
  'a part with a name that is a number': call(
    'join_schedules',
    '{"schedules": [{"function": "constant_schedule", "args": {"value": 1}, "name": 1}], "boundaries": []}',
  ),
  'a boundary that is null': call(
    'join_schedules',
    `{"schedules": [${constant}, ${constant}], "boundaries": [null]}`,
  ),
  'boundaries in an object': call(
    'join_schedules',
    `{"schedules": [${constant}], "boundaries": {}}`,
  ),
  'a cycle that is a number': call('sgdr_schedule', '{"cosine_kwargs": [1]}'),
  'a cycle without an argument': call('sgdr_schedule', '{"cosine_kwargs": [{"init_value": 1}]}'),
  'cycles in an object': call('sgdr_schedule', '{"cosine_kwargs": {}}'),
  'an unknown field of a schedule':
    '{"schedules": [{"function": "constant_schedule", "args": {"value": 1}, "steps": 3}]}',
  'a name that is a number':
    '{"schedules": [{"name": 1, "function": "constant_schedule", "args": {"value": 1}}]}',
  'a name without letters':
    '{"schedules": [{"name": "", "function": "constant_schedule", "args": {"value": 1}}]}',
  'names in a list': `{"names": [], ${schedules}}`,
  'a name that no expression can use': `{"names": {"a b": 1}, ${schedules}}`,
  'a name that is a switch': `{"names": {"a": true}, ${schedules}}`,
  'a training in a list': `{"training": [], ${schedules}}`,
  'an unknown training setting': training('"epoch": 3'),
  'zero epochs': training('"epochs": 0'),
  'half an epoch': training('"epochs": 0.5'),
  'a negative seed': training('"seed": -1'),
  'epochs that are null': training('"epochs": null'),
  'an unknown optimizer': training('"optimizer": "adamax"'),
  'an optimizer that is a number': training('"optimizer": 1'),
  'an unknown argument of an optimizer': training(
    '"optimizer": {"function": "adam", "args": {"beta1": 0.9}}',
  ),
  'a learning rate of an optimizer': training(
    '"optimizer": {"function": "adam", "args": {"learning_rate": 0.9}}',
  ),
  'an unknown field of an optimizer': training('"optimizer": {"function": "adam", "b1": 0.9}'),
  'an unknown reduction': training('"loss_reduction": "median"'),
  'gradients clipped at zero': training('"clip_by_global_norm": 0'),
};

describe('The JSON Schema of *.schedules.json', () => {
  it("accepts the example with the tutorial's schedules", () => {
    const example = readFileSync(fromRoot('examples/tutorial.schedules.json'), 'utf8');
    assert.ok(isValid(example), ajv.errorsText(validate.errors));
  });

  for (const [what, text] of Object.entries(good)) {
    it(`accepts ${what}, as the reader does`, () => {
      assert.ok(isValid(text), ajv.errorsText(validate.errors));
      assert.ok(isRead(text), 'the reader refuses it');
    });
  }

  for (const [what, text] of Object.entries(bad)) {
    it(`refuses ${what}, as the reader does`, () => {
      assert.ok(!isValid(text), 'the schema accepts it');
      assert.ok(!isRead(text), 'the reader accepts it');
    });
  }

  it('has every function and every parameter of the catalog, with its description', () => {
    const text = JSON.stringify(schedulesJsonSchema());
    for (const { name, summary, parameters } of scheduleFunctions) {
      assert.ok(text.includes(JSON.stringify(summary)), name);
      for (const parameter of parameters) {
        const written = text.includes(`${JSON.stringify(parameter.name)}:{`);
        assert.ok(written && text.includes(parameter.summary), `${name}: ${parameter.name}`);
      }
    }
    for (const { name } of optimizers) assert.ok(text.includes(`"const":"${name}"`), name);
  });

  it('is in the built extension as it is made from the catalog', () => {
    const built = readFileSync(fromRoot('dist/schedules.schema.json'), 'utf8');
    assert.deepEqual(JSON.parse(built), schedulesJsonSchema());
  });
});
