import type { Node } from 'jsonc-parser';
import { optimizers } from '../../optax/optimizers.ts';
import { camelCase, type OptaxFunction, type Parameter } from '../../optax/optaxFunction.ts';
import type { OptimizerChoice, TrainingFacts } from '../reading.ts';
import { membersOf, type Member } from './document.ts';
import { readArguments, type Context } from './values.ts';

/** The fields of `training` that are whole numbers, with the least that they can be. */
export const countFields = {
  epochs: { fact: 'epochs', least: 1, summary: 'Epochs to train for.' },
  batch_size: { fact: 'batchSize', least: 1, summary: 'Images in a batch.' },
  train_examples: { fact: 'trainExamples', least: 1, summary: 'Training images to use.' },
  test_examples: { fact: 'testExamples', least: 1, summary: 'Test images to use.' },
  seed: { fact: 'seed', least: 0, summary: 'Of the starting weights: PRNGKey(seed).' },
} as const;

const isCountField = (key: string): key is keyof typeof countFields =>
  Object.hasOwn(countFields, key);

/** The `training` object of a file: what its schedules are for. */
export function readTraining(node: Node, context: Context): TrainingFacts {
  const { findings, names } = context;
  if (node.type !== 'object') {
    findings.add('wrong-type', node, 'must be an object such as {"epochs": 10}.');
    return {};
  }
  let facts: TrainingFacts = {};
  for (const { key, keyNode, value } of membersOf(node, findings)) {
    if (isCountField(key)) {
      const { fact, least } = countFields[key];
      const count = names.value(value);
      if (count === undefined) continue;
      if (!Number.isSafeInteger(count) || Number(count) < least) {
        const got = String(count);
        findings.add('wrong-type', value, `must be a whole number from ${least} on, got ${got}.`);
        continue;
      }
      facts = { ...facts, [fact]: count };
    } else if (key === 'loss_reduction') {
      const reduction: unknown = value.value;
      if (reduction === 'sum' || reduction === 'mean')
        facts = { ...facts, lossReduction: reduction };
      else findings.add('wrong-type', value, 'must be "sum" or "mean".');
    } else if (key === 'clip_by_global_norm') {
      const norm = names.value(value);
      if (Number.isFinite(norm) && Number(norm) > 0)
        facts = { ...facts, clipByGlobalNorm: Number(norm) };
      else if (norm !== undefined) findings.add('wrong-type', value, 'must be a positive number.');
    } else if (key === 'optimizer') {
      const optimizer = readOptimizer(value, context);
      if (optimizer) facts = { ...facts, optimizer };
    } else {
      findings.add('unknown-field', keyNode, `training has no "${key}".`);
    }
  }
  return facts;
}

/** An optimizer by its name, or as `{"function": ..., "args": {...}}` without its learning rate. */
function readOptimizer(node: Node, context: Context): OptimizerChoice | undefined {
  const { findings } = context;
  const members = node.type === 'object' ? membersOf(node, findings) : [];
  const nameNode = node.type === 'string' ? node : members.find(isKey('function'))?.value;
  const f = optimizers.find(({ name }) => name === nameNode?.value);
  if (!f) {
    const known = optimizers.map(({ name }) => name).join(', ');
    findings.add('unknown-function', nameNode ?? node, `the optimizer must be one of ${known}.`);
    return undefined;
  }
  for (const { key, keyNode } of members) {
    if (key === 'function' || key === 'args') continue;
    const message = `an optimizer has no "${key}"; its arguments stand in "args".`;
    findings.add('unknown-field', keyNode, message);
  }
  const parameters = ownParameters(f);
  const argsNode = members.find(isKey('args'))?.value;
  const args = readArguments({ ...f, parameters }, argsNode, argsNode ?? node, context);
  if (!args) return undefined;
  const values = parameters.map(({ name }) => [name, args[camelCase(name)]] as const);
  return { name: f.name, args: Object.fromEntries(values) as OptimizerChoice['args'] };
}

/** An optimizer's parameters that a file can give: all but the learning rate, which the schedules are. */
export function ownParameters({ parameters }: OptaxFunction): readonly Parameter[] {
  return parameters.filter(({ kind }) => kind === 'number' || kind === 'boolean');
}

const isKey =
  (wanted: string) =>
  ({ key }: Member) =>
    key === wanted;
