import { type Span } from '../../../checking/finding.ts';
import { alternatives } from '../machine/forks.ts';
import { type OptimizerCall } from '../machine/journal.ts';
import { type Frame, type Machine } from '../machine/machine.ts';
import { type Value, isObject, isUncertain } from '../values/value.ts';

export function creationSpan(machine: Machine, value: Value): Span | undefined {
  const [first] = alternatives(value);
  if (!first || !isObject(first.value) || isUncertain(first.value)) return undefined;
  const { value: object } = first;
  if (object.kind === 'function')
    return object.module === machine.mainModule ? object.span : undefined;
  const creation = machine.journal.creationOf.get(object);
  return creation && siteInMain(machine, creation.site, creation.frame);
}

/** Where something stands, or the call in the text itself that led to it. */
export function siteInMain(
  machine: Machine,
  site: (Span & { readonly module: string }) | undefined,
  frame: Frame,
): Span | undefined {
  if (site?.module === machine.mainModule) return site;
  for (let call: Frame | undefined = frame; call; call = call.caller) {
    if (call.site?.module === machine.mainModule) return call.site;
  }
  return undefined;
}

/** The variable of an optimizer, or the function that returns it. */
export function optimizerName({ name, frame, optimizer }: OptimizerCall): string {
  return name ?? frame.function?.name ?? optimizer;
}
