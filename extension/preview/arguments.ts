import { isNumber } from '../../schedules/language/numberStyle.ts';
import { findScheduleFunction } from '../../schedules/optax/catalog.ts';
import type { Parameter } from '../../schedules/optax/optaxFunction.ts';
import { unitOf } from '../../schedules/optax/roles.ts';
import type { ScheduleCall } from '../../schedules/reading/reading.ts';
import type { PreviewArgument, Slider } from '../../webview/messages.ts';

/** The arguments of a call, those left to their defaults too, as a page shows and changes them. */
export function argumentsOf(call: ScheduleCall, text: string): readonly PreviewArgument[] {
  const parameters = findScheduleFunction(call.function)?.parameters ?? [];
  return parameters.map((parameter) => {
    const { name, summary } = parameter;
    const behind = call.namedLiterals?.[name];
    const span = behind?.span ?? call.argumentSpans[name];
    const source = span ? text.slice(span.from, span.to) : '';
    const given = call.arguments[name];
    const value = isPlain(given) ? given : (parameter.default ?? null);
    const change = howToChange(parameter, source, span !== undefined || given !== undefined, call);
    const isNumeric = parameter.kind === 'number' || parameter.kind === 'steps';
    const slider = isNumeric && change !== 'expression' ? sliderOf(parameter, value, call) : null;
    const choices = parameter.kind === 'interpolation' ? ['linear', 'cosine'] : null;
    const through = change === 'literal' ? (behind?.name ?? null) : null;
    const unit = unitOf(parameter);
    return { name, summary, unit, source, value, change, through, slider, choices };
  });
}

function howToChange(
  { kind }: Parameter,
  source: string,
  isGiven: boolean,
  { assumptions }: ScheduleCall,
): PreviewArgument['change'] {
  const isPlainKind = ['number', 'steps', 'boolean', 'interpolation'].includes(kind);
  if (!isGiven) return isPlainKind ? 'default' : 'expression';
  if (assumptions.some(({ name }) => name === source)) return 'assumed';
  const isLiteral = isNumber(source) || /^(True|False|true|false|'\w*'|"\w*")$/.test(source);
  return isPlainKind && isLiteral ? 'literal' : 'expression';
}

function isPlain(value: unknown): value is number | boolean | string {
  return ['number', 'boolean', 'string'].includes(typeof value);
}

/** How many decades a rate can be made larger or smaller in one go. */
const decades = 2;

/** A slider ends at what a number can be. */
function sliderOf(
  parameter: Parameter,
  value: PreviewArgument['value'],
  call: ScheduleCall,
): Slider {
  const { min, max, ...slider } = rangeOf(parameter, value, call);
  const largest = Number.MAX_VALUE;
  return { min: Math.max(min, -largest), max: Math.min(max, largest), ...slider };
}

function rangeOf(
  parameter: Parameter,
  value: PreviewArgument['value'],
  call: ScheduleCall,
): Slider {
  const now = typeof value === 'number' && Number.isFinite(value) ? value : 0;
  const even = { isLogarithmic: false, isWhole: false };
  switch (unitOf(parameter)) {
    case 'learning rate':
    case 'divisor': {
      const size = Math.abs(now) || largestRate(call) || 1e-3;
      // Whole decades, so that the range stands still while the rate moves.
      const min = 10 ** (Math.floor(Math.log10(size)) - decades);
      const max = 10 ** (Math.ceil(Math.log10(size)) + decades);
      return { min, max, isLogarithmic: true, isWhole: false };
    }
    case 'steps': {
      const longest = Math.max(now, ...Object.values(call.arguments).filter(isCount));
      return { min: 0, max: 2 * (longest || 5000), isLogarithmic: false, isWhole: true };
    }
    case 'fraction of the initial rate':
    case 'fraction of the total steps':
    case 'factor per period':
    case 'factor per step':
      return { min: 0, max: Math.max(1, now), ...even };
    default:
      return { min: Math.min(0, 2 * now), max: Math.max(4, 2 * now), ...even };
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && value > 1;

function largestRate({ schedule }: ScheduleCall): number {
  if (!schedule) return 0;
  return Math.max(...schedule.phases.map(({ from }) => Math.abs(schedule.schedule(from))));
}
