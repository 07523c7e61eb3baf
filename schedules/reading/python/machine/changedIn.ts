import type { Block, Expression } from '../syntax/syntax.ts';

/** Methods that change what they belong to. */
const changing = new Set(
  'add append clear extend fill insert pop remove reverse setdefault sort update'.split(' '),
);

/** What a block changes in place, but for functions within it: `a` of `a[i] = x` and `a.append(x)`. */
export function changedIn(block: Block): readonly Expression[] {
  return block.flatMap((statement): readonly Expression[] => {
    switch (statement.kind) {
      case 'assignment':
        return statement.targets.flatMap(objectsOf);
      case 'update':
        return [statement.target, ...objectsOf(statement.target)];
      case 'expression': {
        const { value } = statement;
        const isChange =
          value.kind === 'call' &&
          value.callee.kind === 'attribute' &&
          changing.has(value.callee.name);
        return isChange ? [value.callee.object] : [];
      }
      case 'if':
        return [...changedIn(statement.body), ...changedIn(statement.otherwise)];
      case 'for':
      case 'while':
      case 'with':
        return changedIn(statement.body);
      default:
        return [];
    }
  });
}

function objectsOf(target: Expression): readonly Expression[] {
  switch (target.kind) {
    case 'subscript':
      return [target.object];
    case 'tuple':
    case 'list':
      return target.elements.flatMap(objectsOf);
    default:
      return [];
  }
}
