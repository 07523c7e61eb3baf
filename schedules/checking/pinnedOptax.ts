/** A file that says which packages a project needs. */
export interface RequirementsFile {
  readonly path: string;
  readonly text: string;
}

/** The names of such files, in the folder that is the project's own. */
export const requirementsFiles = [
  'requirements.txt',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'environment.yml',
  'uv.lock',
  'poetry.lock',
];

/**
 * The versions of Optax that a project admits, where it has an upper limit: `==0.1.4`, `<=0.1.5` or
 * `<0.2`. A lock file decides; of several other limits the loosest counts.
 *
 * Understood are requirements*.txt, pyproject.toml, setup.py, setup.cfg, environment.yml, uv.lock
 * and poetry.lock; `~=`, `==0.1.*` and Poetry's `^` and `~` are turned into what they mean.
 */
export function pinnedOptax(files: readonly RequirementsFile[]): string | undefined {
  const isLock = ({ path }: RequirementsFile) => path.endsWith('.lock');
  const locked = files.filter(isLock).flatMap(({ text }) => lockedVersions(text));
  const required = files.filter((file) => !isLock(file)).flatMap(limits);
  const [loosest] = (locked.length > 0 ? locked : required).sort((a, b) => compareLimits(b, a));
  return loosest;
}

/** Whether a version is among those that a limit admits. */
export function admits(pinned: string, version: string): boolean {
  const { operator, limit } = parsed(pinned);
  const order = compareVersions(version, limit);
  return operator === '<' ? order < 0 : order <= 0;
}

function lockedVersions(text: string): readonly string[] {
  const entries = text.matchAll(/^name = "optax"\r?\nversion = "([\d.]+)"/gm);
  return [...entries].map(([, version = '']) => `==${version}`);
}

/** `optax`, in quotes or not, extras, and what follows up to the end of the requirement. */
const requirement = /(?<![\w./-])["']?optax["']?(?:\[[^\]\n]*\])?(?![\w./-])([^\n;#]*)/gi;
const constraint = /([<>=!~^]*)\s*["']?(\d+(?:\.\d+)*)(\.\*)?/g;

function limits({ path, text }: RequirementsFile): readonly string[] {
  const uncommented = text.replace(/(^|\s)#.*$/gm, '');
  return [...uncommented.matchAll(requirement)].flatMap(([, rest = '']) => limit(rest, path) ?? []);
}

/** The upper limit of what is written after the name, such as `>=0.1, <0.2`. */
function limit(written: string, path: string): string | undefined {
  // In a list on one line the next requirement begins at the quote.
  const isTable = /^\s*=\s*[{"']/.test(written);
  const [own = ''] = isTable ? [written] : written.split(/["']/);
  if (isTable ? !path.endsWith('.toml') : own.includes('@')) return undefined;
  const found = [...own.matchAll(constraint)].flatMap(
    ([, operator = '', version = '', star]) =>
      upperLimit(operator, version, star !== undefined) ?? [],
  );
  return found.sort(compareLimits)[0];
}

function upperLimit(operator: string, version: string, anyPatch: boolean): string | undefined {
  switch (operator) {
    case '==':
    case '===':
    case '=':
      return anyPatch ? `<${next(version)}` : `==${version}`;
    case '<':
    case '<=':
      return `${operator}${version}`;
    case '~=':
      return `<${next(version.split('.').slice(0, -1).join('.'))}`;
    case '~':
    case '^':
      // Optax is at 0.x, where both let the last part grow alone.
      return `<${next(version.split('.').slice(0, 2).join('.'))}`;
    default:
      return undefined;
  }
}

/** `0.1` -> `0.2` */
function next(version: string): string {
  const parts = version.split('.').map(Number);
  return [...parts.slice(0, -1), (parts.at(-1) ?? 0) + 1].join('.');
}

function parsed(pinned: string): { readonly operator: string; readonly limit: string } {
  const [, operator = '', limit = ''] = /^(\D*)(.*)$/.exec(pinned) ?? [];
  return { operator, limit };
}

/** Ascending by what they admit. */
function compareLimits(a: string, b: string): number {
  const [left, right] = [parsed(a), parsed(b)];
  const order = compareVersions(left.limit, right.limit);
  return order === 0 ? Number(right.operator === '<') - Number(left.operator === '<') : order;
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
