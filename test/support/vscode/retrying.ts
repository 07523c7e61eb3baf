/** Does something until it succeeds, some times at most. @throws Error that begins with `failure`. */
export async function retried(
  times: number,
  failure: string,
  act: () => Promise<void>,
): Promise<void> {
  for (let left = times; ; left--) {
    try {
      await act();
      return;
    } catch (error) {
      if (left <= 1) throw new Error(`${failure} (tried ${times} times).`, { cause: error });
    }
  }
}
