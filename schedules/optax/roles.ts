/** The unit of each role: what an argument means decides what it is counted in. */
const unitOfRole = {
  'learning rate': 'learning rate',
  'initial rate': 'learning rate',
  'peak rate': 'learning rate',
  'end rate': 'learning rate',
  'total steps': 'steps',
  'warm-up steps': 'steps',
  'decay steps': 'steps',
  'decay period': 'steps',
  'delay steps': 'steps',
  boundaries: 'steps',
  'boundaries and scales': 'steps and factors',
  'end fraction': 'fraction of the initial rate',
  'peak position': 'fraction of the total steps',
  'decay end position': 'fraction of the total steps',
  'decay factor': 'factor per period',
  'initial divisor': 'divisor',
  'final divisor': 'divisor',
  'moment decay': 'factor per step',
  momentum: 'factor per step',
  'weight decay': 'fraction per unit of learning rate',
  exponent: null,
  epsilon: null,
  accumulator: null,
  'gradient norm': null,
  shape: null,
  switch: null,
  schedules: null,
  cycles: null,
  other: null,
} as const;

/** What an argument means in the field's own terms. */
export type Role = keyof typeof unitOfRole;

/** What an argument is counted in, for people to read; null for a pure number or a choice. */
export function unitOf({ role }: { readonly role: Role }): string | null {
  return unitOfRole[role];
}
