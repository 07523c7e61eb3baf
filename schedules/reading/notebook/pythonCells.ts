import type { Span } from '../../checking/finding.ts';
import { blankMagics } from './magics.ts';

/** A Python file that editors show as cells. */
export interface PythonCells {
  /** The text with spaces in the place of magics; as it was where it has no cells. */
  readonly text: string;
  /** Each from the beginning of its marker to the next one's. What is before the first is in none. */
  readonly cells: readonly Span[];
}

/** As VS Code marks them, but `# %%time` is a magic that was put into a comment. */
const marker = /^#[ \t]*(?:%%(?![\w!])|In ?\[[ \d]*\]|<codecell>)/gm;

/** The cells of a Python file: they begin with `# %%`, `# In[3]:` or `# <codecell>`. */
export function pythonCells(text: string): PythonCells {
  const starts = Array.from(text.matchAll(marker), ({ index }) => index);
  const [first] = starts;
  if (first === undefined) return { text, cells: [] };
  const cells = starts.map((from, i) => ({ from, to: starts[i + 1] ?? text.length }));
  const parts = [{ from: 0, to: first }, ...cells];
  return { text: parts.map(({ from, to }) => blankMagics(text.slice(from, to))).join(''), cells };
}
