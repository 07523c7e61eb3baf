import { dottedNameBefore } from './enclosingCall.ts';
import { isClosing, isOpening, type Statement, type Token } from './pythonStatements.ts';

/** A name and what is known of its value without reading it. */
export interface BoundName {
  readonly name: string;
  /** Whether it may be a number: modules, functions, texts and lists are none. */
  readonly isNumber: boolean;
  /** Of `schedule = optax.linear_schedule(...)` the function's dotted name. */
  readonly callee?: string | undefined;
}

type Names = Map<string, Omit<BoundName, 'name'>>;

/** A module, a class or a function, and what it has bound so far. */
interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  /** Where it begins; 0 of the module. */
  readonly from: number;
  /** Its statements are indented further. */
  readonly indent: number;
  readonly names: Names;
}

/**
 * The names that are bound where the last of some statements stands, the latest first: those of the
 * module and of the functions around it, then attributes such as `config.total_steps` that were read
 * before of them.
 */
export function namesInScope(statements: readonly Statement[]): readonly BoundName[] {
  const before = statements.slice(0, -1);
  const scopes = scopesAt(statements, before);
  const attributes: Names = new Map();
  for (const { tokens } of before) {
    for (const name of attributesIn(tokens)) put(attributes, { name, isNumber: true });
  }
  const visible: Names = new Map();
  for (const [i, { kind, names }] of scopes.entries()) {
    // A method does not see the names of its class.
    if (kind === 'class' && i < scopes.length - 1) continue;
    for (const [name, bound] of names) put(visible, { name, ...bound });
  }
  const read = [...attributes].filter(([name]) => visible.has(name.slice(0, name.indexOf('.'))));
  return [...[...visible].toReversed(), ...read.toReversed()].map(([name, bound]) => ({
    name,
    ...bound,
  }));
}

/**
 * Where the function begins in which a name is bound, as a parameter or a local, that is read or bound
 * where the last of some statements stands; undefined where it is not bound in a function.
 */
export function bindingFunction(
  statements: readonly Statement[],
  name: string,
): number | undefined {
  const scopes = scopesAt(statements, statements);
  const inner = scopes.at(-1);
  const home = scopes.findLast(
    (scope) => scope.names.has(name) && (scope.kind !== 'class' || scope === inner),
  );
  return home?.kind === 'function' ? home.from : undefined;
}

/**
 * The module, the classes and the functions around the last of some statements, the outermost first.
 *
 * @param binding those of them whose names count.
 */
function scopesAt(
  statements: readonly Statement[],
  binding: readonly Statement[],
): readonly Scope[] {
  const scopes: Scope[] = [{ kind: 'module', from: 0, indent: -1, names: new Map() }];
  for (const [i, { tokens, indent }] of statements.entries()) {
    while (scopes.length > 1 && (scopes.at(-1)?.indent ?? 0) >= indent) scopes.pop();
    const scope = scopes.at(-1);
    if (!scope) break;
    const definition = definitionIn(tokens);
    if (definition) {
      const { kind, name, parameters } = definition;
      put(scope.names, { name, isNumber: false });
      const names: Names = new Map();
      for (const parameter of parameters) put(names, { name: parameter, isNumber: true });
      scopes.push({ kind, from: tokens[0]?.from ?? 0, indent, names });
    } else if (i < binding.length) {
      for (const bound of boundBy(tokens)) put(scope.names, bound);
    }
  }
  return scopes;
}

/** Puts a name at the end, also where it was in before. */
function put(names: Names, { name, ...bound }: BoundName): void {
  names.delete(name);
  names.set(name, bound);
}

interface DefinitionHead {
  readonly kind: 'class' | 'function';
  readonly name: string;
  readonly parameters: readonly string[];
}

function definitionIn(tokens: readonly Token[]): DefinitionHead | undefined {
  const at = tokens[0]?.text === 'async' ? 1 : 0;
  const [word, name, bracket] = tokens.slice(at, at + 3);
  if (name?.kind !== 'name' || (word?.text !== 'def' && word?.text !== 'class')) return undefined;
  if (word.text === 'class') return { kind: 'class', name: name.text, parameters: [] };
  const parameters: string[] = [];
  let depth = 0;
  for (let i = at + 2; bracket && i < tokens.length; i++) {
    const { kind, text } = tokens[i] ?? bracket;
    const stars = /^\*\*?$/.test(tokens[i - 1]?.text ?? '') ? 1 : 0;
    const isFirst = /^[(,]$/.test(tokens[i - 1 - stars]?.text ?? '');
    if (kind === 'name' && depth === 1 && isFirst) parameters.push(text);
    if (kind !== 'sign') continue;
    if (isOpening(text)) depth++;
    else if (isClosing(text) && --depth === 0) break;
  }
  return { kind: 'function', name: name.text, parameters };
}

/** The names that a statement binds. */
function boundBy(tokens: readonly Token[]): readonly BoundName[] {
  const first = tokens[0]?.text;
  if (first === 'import' || first === 'from') {
    return tokens.flatMap(({ kind, text: name }, i) => {
      const next = tokens[i + 1]?.text;
      const isBound = kind === 'name' && i > 0 && (next === undefined || /^[,)]$/.test(next));
      return isBound ? [{ name, isNumber: false }] : [];
    });
  }
  const equals = lastEquals(tokens);
  if (equals > 0) {
    const [value] = tokens.slice(equals + 1);
    const isNumber = value?.kind !== 'string' && !/^[[{]$/.test(value?.text ?? '');
    const open = tokens.findIndex(({ text }, i) => i > equals && text === '(');
    const callee = dottedNameBefore(tokens, open);
    const isCall = callee?.from === value?.from;
    return targets(tokens.slice(0, equals)).map((name) => ({
      name,
      isNumber,
      callee: isCall ? callee?.text : undefined,
    }));
  }
  if (first === 'for') {
    const end = tokens.findIndex(({ text }) => text === 'in');
    return targets(tokens.slice(1, Math.max(1, end))).map((name) => ({ name, isNumber: true }));
  }
  return tokens.flatMap(({ text }, i) => {
    const name = tokens[i + 1];
    return text === 'as' && name?.kind === 'name' ? [{ name: name.text, isNumber: true }] : [];
  });
}

/** The names in `a, (b, c) = d: int`; not what is in `x.y` or `x[y]`. */
function targets(tokens: readonly Token[]): readonly string[] {
  const colon = tokens.findIndex(({ text }) => text === ':');
  const written = colon < 0 ? tokens : tokens.slice(0, colon);
  return written.flatMap(({ kind, text }, i) => {
    const [before, after] = [tokens[i - 1]?.text ?? '', tokens[i + 1]?.text ?? ''];
    const isTarget = kind === 'name' && !/^[.[]$/.test(before) && !/^[.[(]$/.test(after);
    return isTarget ? [text] : [];
  });
}

/** The last `=` of an assignment, which is in no bracket. */
function lastEquals(tokens: readonly Token[]): number {
  let [depth, last] = [0, -1];
  for (const [i, { kind, text }] of tokens.entries()) {
    if (kind !== 'sign') continue;
    if (isOpening(text)) depth++;
    else if (isClosing(text)) depth--;
    else if (text === '=' && depth === 0) last = i;
  }
  return last;
}

/** Dotted names that are read and not called. */
function attributesIn(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ kind }, i) => {
    const isRoot = kind === 'name' && tokens[i - 1]?.text !== '.' && tokens[i + 1]?.text === '.';
    if (!isRoot) return [];
    let last = i;
    while (tokens[last + 1]?.text === '.' && tokens[last + 2]?.kind === 'name') last += 2;
    const after = tokens[last + 1]?.text;
    if (last === i || after === '(' || after === '.') return [];
    const dotted = tokens.slice(i, last + 1).map((token) => token.text);
    return [dotted.join('')];
  });
}
