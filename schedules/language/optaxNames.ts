import { findScheduleFunction, scheduleFunctions } from '../optax/catalog.ts';
import type { OptaxFunction } from '../optax/optaxFunction.ts';
import { optimizers } from '../optax/optimizers.ts';
import type { ScheduleFunction } from '../optax/scheduleFunction.ts';
import type { Statement, Token } from './pythonStatements.ts';

/** What of Optax a dotted name of a text is. */
export type OptaxName =
  | { readonly kind: 'module' }
  | { readonly kind: 'schedule'; readonly function: ScheduleFunction }
  | { readonly kind: 'optimizer'; readonly function: OptaxFunction };

/** How a text names what Optax has. */
export interface OptaxNames {
  /** Of a dotted name such as `optax.schedules.linear_schedule`. */
  readonly find: (dotted: string) => OptaxName | undefined;
  /** How a function is called here, such as `ox.linear_schedule`. */
  readonly spelled: (functionName: string) => string;
}

/** The names that imports of Optax, and plain assignments such as `cosine = optax.cosine_decay_schedule`, bind. */
export function optaxNames(statements: readonly Statement[]): OptaxNames {
  // What imports forget is still typed; the first that a text says itself comes before it.
  const paths = new Map([['optax', 'optax']]);
  const modules: string[] = [];
  const bind = (name: string, path: string): void => {
    paths.set(name, path);
    if (isModule(path)) modules.push(name);
  };
  const pathOf = (dotted: string): string | undefined => {
    const [root = '', ...rest] = dotted.split('.');
    const path = paths.get(root);
    return path === undefined ? undefined : [path, ...rest].join('.');
  };
  for (const { tokens } of statements) {
    const words = tokens.map(({ text }) => text);
    if (words[0] === 'import') {
      for (const [module, alias] of importedNames(words.slice(1))) {
        if (!isOfOptax(module)) continue;
        if (alias === undefined) bind('optax', 'optax');
        else bind(alias, module);
      }
    } else if (words[0] === 'from') {
      const split = words.indexOf('import');
      const module = words.slice(1, split).join('');
      if (split < 0 || !isOfOptax(module)) continue;
      for (const [name, alias] of importedNames(words.slice(split + 1))) {
        if (name === '*') bindAll(module, bind);
        else bind(alias ?? name, `${module}.${name}`);
      }
    } else if (words[1] === '=' && isDotted(tokens.slice(2))) {
      const path = pathOf(words.slice(2).join(''));
      if (path !== undefined && functionAt(path)) paths.set(words[0] ?? '', path);
    }
  }
  return {
    find: (dotted) => {
      const path = pathOf(dotted);
      if (path === undefined) return undefined;
      return isModule(path) ? { kind: 'module' } : functionAt(path);
    },
    spelled: (functionName) => {
      const direct = [...paths].find(
        ([, path]) => !isModule(path) && functionAt(path)?.function.name === functionName,
      );
      return direct?.[0] ?? `${modules[0] ?? 'optax'}.${functionName}`;
    },
  };
}

const isOfOptax = (module: string): boolean => module === 'optax' || module.startsWith('optax.');

/** Where the schedule functions are. */
const isModule = (path: string): boolean => path === 'optax' || path === 'optax.schedules';

function functionAt(path: string): Exclude<OptaxName, { kind: 'module' }> | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const schedule = findScheduleFunction(name);
  if (schedule) return { kind: 'schedule', function: schedule };
  const optimizer = optimizers.find((one) => one.name === name);
  return optimizer && { kind: 'optimizer', function: optimizer };
}

function bindAll(module: string, bind: (name: string, path: string) => void): void {
  if (!isModule(module)) return;
  for (const { name } of [...scheduleFunctions, ...optimizers]) bind(name, `${module}.${name}`);
}

/** `a.b as c, d` as pairs of a dotted name and what it is called. */
function importedNames(words: readonly string[]): readonly (readonly [string, string?])[] {
  return words
    .filter((word) => word !== '(' && word !== ')')
    .join(' ')
    .split(',')
    .map((part) => {
      const [name = '', alias] = part.split(' as ');
      return alias === undefined
        ? ([name.replaceAll(' ', '')] as const)
        : ([name.replaceAll(' ', ''), alias.trim()] as const);
    });
}

function isDotted(tokens: readonly Token[]): boolean {
  return (
    tokens.length % 2 === 1 &&
    tokens.every(({ kind, text }, i) => (i % 2 === 0 ? kind === 'name' : text === '.'))
  );
}
