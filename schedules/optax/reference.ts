import { optaxVersion, scheduleFunctions } from './catalog.ts';
import type { OptaxFunction, Parameter } from './optaxFunction.ts';
import { optimizers } from './optimizers.ts';
import { unitOf } from './roles.ts';

/** The reference page of docs/, in Markdown. */
export function referencePage(): string {
  return `# Schedules and optimizers

Made from the catalog (\`schedules/optax/\`) by the build; the semantics are those of Optax ${optaxVersion}.
In a \`*.schedules.json\` every number may be a Python expression in quotes.

## Schedules

${scheduleFunctions.map(section).join('\n')}
## Optimizers

The learning rate is what the schedules give.

${optimizers.map(section).join('\n')}`;
}

function section({ name, summary, since, parameters, rules }: OptaxFunction): string {
  const supported = parameters.filter(
    ({ kind }) => kind !== 'unsupported' && kind !== 'learningRate',
  );
  const news = since === undefined ? '' : ` Since Optax ${since}.`;
  const table = [
    '| Argument | Default | Unit | Meaning |',
    '| --- | --- | --- | --- |',
    ...supported.map(row),
  ];
  const limits = rules.map(
    ({ parameter, requirement, raises }) =>
      `- \`${parameter}\` must ${requirement}, or Optax raises ${raises}.`,
  );
  return [
    `### ${name}`,
    '',
    `${summary}${news}`,
    '',
    ...table,
    '',
    ...(limits.length > 0 ? [...limits, ''] : []),
  ].join('\n');
}

function row(parameter: Parameter): string {
  const { name, summary, default: value, since } = parameter;
  const news = since === undefined ? '' : ` Since Optax ${since}.`;
  const cells = [`\`${name}\``, defaultText(value), unitOf(parameter) ?? '', `${summary}${news}`];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** In Python's spelling; a required argument has none. */
function defaultText(value: Parameter['default']): string {
  if (value === undefined) return 'required';
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
