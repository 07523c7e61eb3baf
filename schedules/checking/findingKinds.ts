import type { Finding, Fix, Severity, Span } from './finding.ts';

interface FindingKind {
  readonly severity: Severity;
  /** A few words. */
  readonly title: string;
  /** One sentence or two: what it means. */
  readonly summary: string;
}

/** Everything that is said of a text, by its code. The page docs/findings.md is made from this. */
export const findingKinds = {
  'refused-by-optax': {
    severity: 'error',
    title: 'Optax raises an error',
    summary: 'The arguments are of the right types, and Optax refuses their values.',
  },
  'missing-argument': {
    severity: 'error',
    title: 'Argument missing',
    summary: 'An argument that has no default is not given.',
  },
  'unknown-argument': {
    severity: 'error',
    title: 'No such argument',
    summary: 'The function has no argument of this name.',
  },
  'wrong-type': {
    severity: 'error',
    title: 'Value of the wrong type',
    summary: 'A value is not of the kind that its place takes.',
  },
  'unsupported-argument': {
    severity: 'error',
    title: 'Argument that Anneal does not support',
    summary: 'Optax takes this argument, and Anneal cannot compute with it.',
  },
  'unknown-function': {
    severity: 'error',
    title: 'No such function',
    summary: 'Optax has no schedule or optimizer of this name.',
  },
  'surplus-argument': {
    severity: 'error',
    title: 'Argument too many',
    summary: 'More arguments are given than the function takes, or one of them twice.',
  },
  'bad-expression': {
    severity: 'error',
    title: 'Expression without a value',
    summary: 'An expression is no Python that can be computed, or a name in it has no value.',
  },
  'bad-name': {
    severity: 'error',
    title: 'Not a name',
    summary: 'A name has letters, digits and underscores, and no digit at the start.',
  },
  'missing-field': {
    severity: 'error',
    title: 'Field missing',
    summary: 'A schedule file lacks a field that it needs.',
  },
  'unknown-field': {
    severity: 'error',
    title: 'No such field',
    summary: 'A schedule file has no field of this name.',
  },
  'duplicate-key': {
    severity: 'warning',
    title: 'Key that is there twice',
    summary: 'Of a key that an object has twice the last one counts.',
  },
  'no-schedules': {
    severity: 'warning',
    title: 'No schedule yet',
    summary: 'The list of schedules is empty.',
  },
  'json-syntax': {
    severity: 'error',
    title: 'Not valid JSON',
    summary: 'The file cannot be read further than this.',
  },
  'notebook-syntax': {
    severity: 'error',
    title: 'Not valid JSON in a notebook',
    summary: 'The notebook cannot be read.',
  },
  'not-a-notebook': {
    severity: 'error',
    title: 'Not a notebook',
    summary: 'The file has no cells.',
  },
  'not-python': {
    severity: 'information',
    title: 'Notebook of another language',
    summary: 'Schedules are read from Python alone.',
  },
  'unknown-file-kind': {
    severity: 'error',
    title: 'Not a file with schedules',
    summary: 'The name of the file does not end as those that are read.',
  },
  'file-unreadable': {
    severity: 'error',
    title: 'File that cannot be read',
    summary: 'The file is not there, may not be read, or is no text in UTF-8.',
  },
  'file-too-large': {
    severity: 'error',
    title: 'File that is too large',
    summary: 'Files of up to 5 MB are read.',
  },
  'reading-stopped': {
    severity: 'information',
    title: 'Reading stopped early',
    summary: 'Reading took too long, so what is shown may be incomplete.',
  },
  'nested-too-deeply': {
    severity: 'error',
    title: 'Nested too deeply',
    summary: 'The file has more levels within one another than are read.',
  },
  'too-many-entries': {
    severity: 'error',
    title: 'Too many entries',
    summary: 'A list or an object is longer than schedules have use for.',
  },
  'too-many-expressions': {
    severity: 'error',
    title: 'Too many expressions',
    summary: 'The file has more expressions than are computed.',
  },
  'too-many-findings': {
    severity: 'error',
    title: 'More to say',
    summary: 'The file has more findings than are listed.',
  },
  'one-cycle-phases': {
    severity: 'warning',
    title: 'Phases of a one-cycle collide',
    summary:
      'Phases end at whole steps; where two end at the same one only the last counts, and where they are out of order the peak is never reached.',
  },
  'unsorted-boundaries': {
    severity: 'warning',
    title: 'Boundaries of a join are out of order',
    summary: 'The last schedule whose boundary has been reached is in force, so others never are.',
  },
  'duplicate-boundaries': {
    severity: 'warning',
    title: 'Two boundaries of a join are the same',
    summary: 'The schedule between two equal boundaries lasts no step.',
  },
  'negative-boundary': {
    severity: 'warning',
    title: 'Boundary of a join below 0',
    summary: 'The schedule after it is that many steps old at step 0.',
  },
  'too-few-boundaries': {
    severity: 'warning',
    title: 'Too few boundaries in a join',
    summary: 'A schedule without a boundary is never used, and Optax says nothing.',
  },
  'too-many-boundaries': {
    severity: 'information',
    title: 'Too many boundaries in a join',
    summary: 'A boundary without a schedule to begin there is ignored.',
  },
  'alpha-as-end-value': {
    severity: 'warning',
    title: 'alpha that looks like an end value',
    summary: 'alpha is the end rate as a fraction of init_value, not a rate.',
  },
  'alpha-out-of-range': {
    severity: 'warning',
    title: 'alpha above 1 or below 0',
    summary: 'Above 1 the cosine decay rises, and below 0 it ends at a negative rate.',
  },
  'end-value-above-peak': {
    severity: 'warning',
    title: 'Decay that ends above its peak',
    summary: 'end_value is a rate; above peak_value the decay rises.',
  },
  'end-value-from-start': {
    severity: 'warning',
    title: 'end_value that holds from step 0 on',
    summary: 'end_value bounds an exponential decay from its first step, so it never decays.',
  },
  'end-value-jump': {
    severity: 'warning',
    title: 'end_value that makes a jump',
    summary: 'end_value bounds the decay but not the warm-up, so the rate jumps between them.',
  },
  'ignored-end-value': {
    severity: 'warning',
    title: 'end_value that is ignored',
    summary: 'With a peak_value of 0 Optax ignores end_value: the decay is 0 throughout.',
  },
  'growing-decay': {
    severity: 'warning',
    title: 'Exponential decay that grows',
    summary: 'A decay_rate above 1 multiplies the rate up, without limit.',
  },
  'zero-decay-rate': {
    severity: 'warning',
    title: 'decay_rate of 0',
    summary: 'Optax takes it for no decay: the rate never changes.',
  },
  'negative-decay-rate': {
    severity: 'warning',
    title: 'decay_rate below 0',
    summary: 'Powers of a negative number change sign or are no numbers.',
  },
  'exponent-not-positive': {
    severity: 'warning',
    title: 'Exponent of 0 or below',
    summary: 'With 0 the rate never changes; below 0 it grows to infinity.',
  },
  'empty-transition': {
    severity: 'warning',
    title: 'Transition over no steps',
    summary: 'With transition_steps of 0 or below the rate stays where it begins, for ever.',
  },
  'empty-warmup': {
    severity: 'warning',
    title: 'Warm-up over no steps',
    summary: 'warmup_constant_schedule without a warm-up stays at init_value, not at peak_value.',
  },
  'negative-warmup': {
    severity: 'warning',
    title: 'Warm-up below 0',
    summary: 'The decay is that many steps old at step 0.',
  },
  'boundary-at-start': {
    severity: 'warning',
    title: 'Scale at step 0',
    summary: 'A scale at step 0 or below applies at once, so init_value is never the rate.',
  },
  'rates-as-scales': {
    severity: 'warning',
    title: 'Rates where factors are meant',
    summary: 'The scales of boundaries_and_scales are factors that multiply up, not rates.',
  },
  'restart-jump': {
    severity: 'information',
    title: 'Restart at another rate',
    summary: 'A cycle warms up from another rate than the one before it ended at.',
  },
  'non-finite-rate': {
    severity: 'warning',
    title: 'Rate that is no finite number',
    summary: 'A rate of NaN or infinity makes all weights NaN.',
  },
  'epochs-for-steps': {
    severity: 'warning',
    title: 'Epochs where steps are meant',
    summary: 'A schedule counts optimizer steps; a number of epochs is over long before.',
  },
  'begins-after-training': {
    severity: 'warning',
    title: 'Transition that begins after the training',
    summary: 'transition_begin lies beyond the last step, so the rate never changes.',
  },
  'training-ends-early': {
    severity: 'hint',
    title: 'Training ends before half of the schedule',
    summary: 'Most of the schedule is never reached, which can be meant.',
  },
  'schedule-ends-early': {
    severity: 'hint',
    title: 'Schedule ends before half of the training',
    summary: 'Most of the training has the end rate, which can be meant.',
  },
  'another-schedule-used': {
    severity: 'warning',
    title: 'Another schedule is given to the optimizer',
    summary: 'A schedule is defined, and the optimizer after it is given an earlier one.',
  },
  'never-used': {
    severity: 'hint',
    title: 'Schedule that is never used',
    summary: 'A schedule is given to no optimizer, and nothing else names it.',
  },
  'newer-than-pinned-optax': {
    severity: 'warning',
    title: 'Newer than the Optax of the project',
    summary: 'The function or argument came with a later Optax than the project requires.',
  },
} as const satisfies Readonly<Record<string, FindingKind>>;

export type FindingCode = keyof typeof findingKinds;

/** A finding with the severity of its kind. */
export function finding(
  code: FindingCode,
  message: string,
  span: Span,
  ...fixes: readonly Fix[]
): Finding {
  const { severity } = findingKinds[code];
  return { code, severity, message, span, ...(fixes.length > 0 && { fixes }) };
}
