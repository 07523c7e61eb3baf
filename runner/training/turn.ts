/** Lets messages in (a stop, say) between two steps. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
