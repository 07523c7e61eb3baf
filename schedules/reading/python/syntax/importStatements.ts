import { type Source, splitAt } from './node.ts';
import { type Statement } from './syntax.ts';
import { type SyntaxNode } from '@lezer/common';

export function importOf(
  { from, to }: SyntaxNode,
  children: readonly SyntaxNode[],
  source: Source,
): Statement {
  const words = children.filter(({ name, type }) => name !== '(' && name !== ')' && !type.isError);
  const dotted = (nodes: readonly SyntaxNode[]): string => nodes.map((n) => source.of(n)).join('');
  const split = words.findIndex(({ name }) => name === 'import');
  const imported = splitAt(words.slice(split + 1), ',').map((nodes) => {
    const [name = [], alias] = splitAt(nodes, 'as');
    return { name: dotted(name), alias: alias && dotted(alias) };
  });
  if (words[0]?.name !== 'from') {
    const modules = imported.map(({ name, alias }) => ({ module: name, alias }));
    return { kind: 'import', from, to, modules };
  }
  const names = imported.map(({ name, alias }) => ({ name, alias: alias ?? name }));
  return {
    kind: 'from',
    from,
    to,
    module: dotted(words.slice(1, split)),
    names: names.some(({ name }) => name === '*') ? '*' : names,
  };
}
