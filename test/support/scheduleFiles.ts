/** Texts of `*.schedules.json` for tests of the program. */

interface ScheduleCall {
  readonly name?: string;
  readonly function: string;
  readonly args: Readonly<Record<string, unknown>>;
}

interface FileContent {
  readonly names?: Readonly<Record<string, unknown>>;
  readonly training?: Readonly<Record<string, unknown>>;
  readonly schedules: readonly ScheduleCall[];
}

export const scheduleFile = (content: FileContent): string => JSON.stringify(content, null, 2);

export const constant = (name: string, value: unknown): ScheduleCall => ({
  name,
  function: 'constant_schedule',
  args: { value },
});

export const linear = (name: string, from: unknown, steps: unknown): ScheduleCall => ({
  name,
  function: 'linear_schedule',
  args: { init_value: from, end_value: 0, transition_steps: steps },
});

/** Enough images for a few steps of less than a second. */
export const tinyTraining = { train_examples: 256, test_examples: 64, batch_size: 64, epochs: 2 };
