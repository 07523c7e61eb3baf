import type { Span } from '../../../checking/finding.ts';

/** A number, a text, True, False, None: what a literal stands for. `bigint` is Python's int. */
export type Literal = bigint | number | string | boolean | null;

/** A node of a tree. What is within a chunk is counted from the beginning of the chunk. */
interface Of<Kind extends string> extends Span {
  readonly kind: Kind;
}

export interface LiteralExpression extends Of<'literal'> {
  readonly value: Literal;
}
export interface NameExpression extends Of<'name'> {
  readonly name: string;
}
/** An f-string: plain text and replacements. */
export interface FormatExpression extends Of<'format'> {
  readonly parts: readonly (string | Replacement)[];
}
export interface Replacement {
  readonly value: Expression;
  /** What goes after the colon, such as `.3e`. */
  readonly format: string;
}
export interface SequenceExpression extends Of<'list' | 'tuple' | 'set'> {
  readonly elements: readonly Expression[];
}
export interface DictExpression extends Of<'dict'> {
  /** Without a key: `**value`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}
export interface Comprehension extends Of<'comprehension'> {
  readonly form: 'list' | 'set' | 'dict' | 'generator';
  /** Of a dict: the key. */
  readonly element: Expression;
  readonly value: Expression | undefined;
  readonly clauses: readonly ComprehensionClause[];
}
export type ComprehensionClause =
  | { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression }
  | { readonly kind: 'if'; readonly test: Expression };
export interface UnaryExpression extends Of<'unary'> {
  readonly operator: string;
  readonly operand: Expression;
}
export interface BinaryExpression extends Of<'binary'> {
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
export interface BooleanExpression extends Of<'boolean'> {
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}
/** `a < b <= c`: one operand more than operators. */
export interface ComparisonExpression extends Of<'comparison'> {
  readonly operands: readonly Expression[];
  readonly operators: readonly string[];
}
export interface ConditionalExpression extends Of<'conditional'> {
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface LambdaExpression extends Of<'lambda'> {
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
export interface CallExpression extends Of<'call'> {
  readonly callee: Expression;
  readonly args: readonly Argument[];
}
export interface Argument extends Span {
  /** Of a keyword argument. */
  readonly name: string | undefined;
  /** `*value` or `**value`. */
  readonly spread: '' | '*' | '**';
  readonly value: Expression;
}
export interface AttributeExpression extends Of<'attribute'> {
  readonly object: Expression;
  readonly name: string;
}
export interface SubscriptExpression extends Of<'subscript'> {
  readonly object: Expression;
  readonly index: Expression;
}
export interface SliceExpression extends Of<'slice'> {
  readonly start: Expression | undefined;
  readonly stop: Expression | undefined;
  readonly step: Expression | undefined;
}
export interface NamedExpression extends Of<'named'> {
  readonly name: string;
  readonly value: Expression;
}
export interface StarredExpression extends Of<'starred'> {
  readonly value: Expression;
}
export interface YieldExpression extends Of<'yield'> {
  readonly value: Expression | undefined;
}
/** What could not be read: unfinished, too deep, or not Python. */
export type UnreadableExpression = Of<'unreadable'>;

export type Expression =
  | LiteralExpression
  | NameExpression
  | FormatExpression
  | SequenceExpression
  | DictExpression
  | Comprehension
  | UnaryExpression
  | BinaryExpression
  | BooleanExpression
  | ComparisonExpression
  | ConditionalExpression
  | LambdaExpression
  | CallExpression
  | AttributeExpression
  | SubscriptExpression
  | SliceExpression
  | NamedExpression
  | StarredExpression
  | YieldExpression
  | UnreadableExpression;

export interface Parameter extends Span {
  readonly name: string;
  readonly annotation: Expression | undefined;
  readonly default: Expression | undefined;
  /** `keyword`: after a `*`, so that it cannot be given by its position. */
  readonly form: 'positional' | 'keyword' | '*' | '**';
}

export type Block = readonly Statement[];

export interface Assignment extends Of<'assignment'> {
  /** `a = b = value` has two. */
  readonly targets: readonly Expression[];
  readonly annotation: Expression | undefined;
  /** Undefined: only an annotation. */
  readonly value: Expression | undefined;
}
export interface Update extends Of<'update'> {
  readonly target: Expression;
  /** `+` of `+=`. */
  readonly operator: string;
  readonly value: Expression;
}
export interface ExpressionStatement extends Of<'expression'> {
  readonly value: Expression;
}
export interface Return extends Of<'return'> {
  readonly value: Expression | undefined;
}
export interface If extends Of<'if'> {
  readonly test: Expression;
  readonly body: Block;
  readonly otherwise: Block;
}
export interface For extends Of<'for'> {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: Block;
  readonly otherwise: Block;
}
export interface While extends Of<'while'> {
  readonly test: Expression;
  readonly body: Block;
  readonly otherwise: Block;
}
export interface FunctionDefinition extends Of<'function'> {
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly Parameter[];
  readonly body: Block;
  readonly decorators: readonly Expression[];
  readonly yields: boolean;
}
export interface ClassDefinition extends Of<'class'> {
  readonly name: string;
  readonly bases: readonly Argument[];
  readonly body: Block;
  readonly decorators: readonly Expression[];
}
export interface Import extends Of<'import'> {
  readonly modules: readonly { readonly module: string; readonly alias: string | undefined }[];
}
export interface FromImport extends Of<'from'> {
  /** With a leading dot for each level of a relative import. */
  readonly module: string;
  readonly names: readonly { readonly name: string; readonly alias: string }[] | '*';
}
export interface With extends Of<'with'> {
  readonly items: readonly {
    readonly value: Expression;
    readonly target: Expression | undefined;
  }[];
  readonly body: Block;
}
export interface Try extends Of<'try'> {
  readonly body: Block;
  readonly handlers: readonly Block[];
  readonly otherwise: Block;
  readonly finally: Block;
}
export interface Match extends Of<'match'> {
  readonly subject: Expression;
  readonly clauses: readonly MatchClause[];
}
export interface MatchClause {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: Block;
}
export type Pattern =
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'capture'; readonly name: string }
  | { readonly kind: 'or'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'as'; readonly pattern: Pattern; readonly name: string }
  | { readonly kind: 'sequence'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'mapping'; readonly entries: readonly (readonly [Expression, Pattern])[] }
  /** A pattern of which it is not known whether it matches. */
  | { readonly kind: 'unknown'; readonly names: readonly string[] };
export interface Delete extends Of<'delete'> {
  readonly targets: readonly Expression[];
}
export interface ScopeStatement extends Of<'scope'> {
  readonly form: 'global' | 'nonlocal';
  readonly names: readonly string[];
}
/** `pass`, `break`, `continue`, and what has no effect on values. */
export type Bare = Of<'pass' | 'break' | 'continue' | 'raise'>;

/** Statements that follow one another in the text of a module. */
export interface Chunk extends Of<'chunk'> {
  readonly body: Block;
}

export type Statement =
  | Chunk
  | Assignment
  | Update
  | ExpressionStatement
  | Return
  | If
  | For
  | While
  | FunctionDefinition
  | ClassDefinition
  | Import
  | FromImport
  | With
  | Try
  | Match
  | ScopeStatement
  | Delete
  | Bare;
