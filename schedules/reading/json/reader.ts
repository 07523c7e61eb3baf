import type { Node } from 'jsonc-parser';
import { withUniqueNames, type Definition, type Reading, type Settings } from '../reading.ts';
import { membersOf, parseJson, spanOf } from './document.ts';
import { readNames } from './names.ts';
import { readTraining } from './training.ts';
import { isTooLong, readSchedule, type Context } from './values.ts';

/**
 * Reads a `*.schedules.json`: names, the training, and a list of schedules.
 *
 * Never throws: what cannot be read is left out, and a finding says why, with its JSON path.
 *
 * @param settings expressions that replace the values of the file's names.
 */
export function readSchedulesJson(text: string, settings: Settings = {}): Reading {
  const { root, findings } = parseJson(text);
  const syntaxErrors = [...findings.list];
  const nothing = {
    definitions: [],
    calls: [],
    uses: [],
    findings: findings.list,
    training: {},
    names: [],
  };
  if (root?.type !== 'object') {
    if (findings.list.length === 0) {
      const span = { from: 0, to: text.length };
      const message = 'The file must be a JSON object with a list "schedules".';
      findings.push('wrong-type', message, span);
    }
    return nothing;
  }

  const fields = membersOf(root, findings);
  const field = (name: string) => fields.find(({ key }) => key === name)?.value;
  for (const { key, keyNode } of fields) {
    if (['$schema', 'names', 'training', 'schedules'].includes(key)) continue;
    const message = `there is no field "${key}"; a file has "names", "training" and "schedules".`;
    findings.add('unknown-field', keyNode, message);
  }

  const namesNode = field('names');
  if (namesNode && namesNode.type !== 'object') {
    findings.add('wrong-type', namesNode, 'must be an object such as {"total_steps": 2350}.');
  }
  const hasNames = namesNode?.type === 'object' && !isTooLong(namesNode, findings);
  const nameMembers = hasNames ? membersOf(namesNode, findings) : [];
  const names = readNames(nameMembers, settings, findings);
  const context: Context = { names, findings, calls: [] };

  const trainingNode = field('training');
  const training = trainingNode ? readTraining(trainingNode, context) : {};
  const definitions = readDefinitions(field('schedules'), root, context);
  return {
    definitions,
    calls: context.calls,
    uses: [],
    // What else is wrong may only seem so where the parser had to guess.
    findings: syntaxErrors.length > 0 ? syntaxErrors : findings.list,
    training,
    names: nameMembers.map(({ key }) => key),
  };
}

function readDefinitions(
  list: Node | undefined,
  root: Node,
  context: Context,
): readonly Definition[] {
  const { findings } = context;
  if (list?.type !== 'array') {
    const message = 'there must be a list "schedules" of {"name", "function", "args"}.';
    findings.add(list ? 'wrong-type' : 'missing-field', list ?? root, message);
    return [];
  }
  if (isTooLong(list, findings)) return [];
  const elements = list.children ?? [];
  if (elements.length === 0)
    findings.add('no-schedules', list, 'there is no schedule yet.', 'warning');
  return withUniqueNames(elements.flatMap((element) => readDefinition(element, context) ?? []));
}

function readDefinition(node: Node, context: Context): Definition | undefined {
  const read = readSchedule(node, context);
  if (!read) return undefined;
  const name = read.name ?? (read.function || 'schedule');
  return { ...read, name, span: spanOf(node), assumptions: [] };
}
