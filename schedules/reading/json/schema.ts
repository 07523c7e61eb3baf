import { optaxVersion, scheduleFunctions } from '../../optax/catalog.ts';
import type { OptaxFunction, Parameter } from '../../optax/optaxFunction.ts';
import { optimizers } from '../../optax/optimizers.ts';
import { unitOf } from '../../optax/roles.ts';
import { namePattern } from './names.ts';
import { countFields, ownParameters } from './training.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schema of `*.schedules.json`, made from the catalog. */
export function schedulesJsonSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Learning-rate schedules',
    description: `Schedules of Optax ${optaxVersion}, to be drawn and compared by Anneal.`,
    type: 'object',
    additionalProperties: false,
    required: ['schedules'],
    properties: {
      $schema: {},
      names: {
        description:
          'Values that several schedules share, by name: numbers, or Python expressions in quotes, which may use other names.',
        type: 'object',
        propertyNames: { pattern: namePattern.source },
        additionalProperties: numberSchema,
      },
      training: trainingSchema(),
      schedules: {
        type: 'array',
        items: { $ref: '#/definitions/schedule' },
      },
    },
    definitions: { schedule: scheduleSchema() },
  };
}

/** A number, or a Python expression in quotes. */
const numberSchema: Schema = { type: ['number', 'string'] };
const countSchema: Schema = { type: ['integer', 'string'] };

function trainingSchema(): Schema {
  const counts = Object.entries(countFields).map(([name, { summary, least }]) => [
    name,
    { ...countSchema, description: summary, minimum: least },
  ]);
  return {
    description: 'The training that the schedules are for.',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(counts),
      loss_reduction: {
        description: "How a batch's losses become one: the tutorial sums them.",
        enum: ['sum', 'mean'],
      },
      clip_by_global_norm: {
        ...numberSchema,
        exclusiveMinimum: 0,
        description: 'The greatest norm that the gradients may have together.',
      },
      optimizer: {
        description: 'An optimizer of Optax; plain SGD if not given.',
        anyOf: [
          { enum: optimizers.map(({ name }) => name) },
          callSchema(
            optimizers.map((f) => ({ ...f, parameters: ownParameters(f) })),
            {},
          ),
        ],
      },
    },
  };
}

function scheduleSchema(): Schema {
  return callSchema(scheduleFunctions, {
    name: {
      type: 'string',
      minLength: 1,
      description: 'What the schedule is called in charts and tables.',
    },
  });
}

/** A call `{"function": ..., "args": {...}}` of one of some functions. */
function callSchema(functions: readonly OptaxFunction[], others: Schema): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['function'],
    properties: {
      ...others,
      function: {
        enum: functions.map(({ name }) => name),
        enumDescriptions: functions.map(({ summary }) => summary),
      },
      args: { type: 'object' },
    },
    allOf: functions.map((f) => ({
      if: { properties: { function: { const: f.name } }, required: ['function'] },
      then: {
        ...(f.parameters.some(isRequired) && { required: ['args'] }),
        properties: { args: argumentsSchema(f) },
      },
    })),
  };
}

const isRequired = (parameter: Parameter): boolean => parameter.default === undefined;

function argumentsSchema(f: OptaxFunction): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: f.parameters.filter(isRequired).map(({ name }) => name),
    properties: Object.fromEntries(
      f.parameters.map((parameter) => [parameter.name, parameterSchema(parameter)]),
    ),
  };
}

function parameterSchema(parameter: Parameter): Schema {
  const unit = unitOf(parameter);
  const described = {
    description: unit ? `${parameter.summary} (${unit})` : parameter.summary,
    ...(parameter.default !== undefined && { default: parameter.default }),
  };
  const value = valueSchema(parameter);
  if (parameter.default !== null) return { ...value, ...described };
  return { anyOf: [value, { type: 'null' }], ...described };
}

function valueSchema(parameter: Parameter): Schema {
  switch (parameter.kind) {
    case 'number':
    case 'steps':
    case 'learningRate':
      return numberSchema;
    case 'boolean':
      return { type: 'boolean' };
    case 'interpolation':
      return { enum: ['linear', 'cosine'] };
    case 'boundariesAndScales':
      return { type: 'object', additionalProperties: numberSchema };
    case 'schedules':
      return { type: 'array', items: { $ref: '#/definitions/schedule' } };
    case 'boundaries':
      return { type: 'array', items: numberSchema };
    case 'cycles':
      return { type: 'array', items: argumentsSchema(parameter.cycle) };
    case 'unsupported':
      return { type: 'null' };
  }
}
