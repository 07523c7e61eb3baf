import type { SyntaxNode } from '@lezer/common';

/** What the tree is read with. */
export interface Source {
  readonly text: string;
  /** The text of a node. */
  of(node: SyntaxNode): string;
}

export function sourceOf(text: string): Source {
  return { text, of: ({ from, to }) => text.slice(from, to) };
}

/** All children but comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') found.push(child);
  }
  return found;
}

/** The stretches between children of one name, such as commas; the last one may be empty. */
export function splitAt(nodes: readonly SyntaxNode[], name: string): SyntaxNode[][] {
  const stretches: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === name) stretches.push([]);
    else stretches.at(-1)?.push(node);
  }
  return stretches;
}

/** Deeper than any person nests; each level costs some of the stack. */
export const deepestNesting = 120;
