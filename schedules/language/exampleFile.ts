/** What a new file of schedules begins with: two schedules of one training, in names of its own. */
export const exampleScheduleFile = `${JSON.stringify(
  {
    names: {
      epochs: 10,
      batch_size: 256,
      steps_per_epoch: 'ceil(60000 / batch_size)',
      total_steps: 'epochs * steps_per_epoch',
      warmup_steps: 'int(0.1 * total_steps)',
      peak_rate: 1e-3,
    },
    training: { epochs: 'epochs', batch_size: 'batch_size' },
    schedules: [
      {
        name: 'Cosine Decay',
        function: 'cosine_decay_schedule',
        args: { init_value: 'peak_rate', decay_steps: 'total_steps', alpha: 0.1 },
      },
      {
        name: 'Warm-Up and Cosine Decay',
        function: 'warmup_cosine_decay_schedule',
        args: {
          init_value: 0,
          peak_value: 'peak_rate',
          warmup_steps: 'warmup_steps',
          decay_steps: 'total_steps',
          end_value: 'peak_rate / 10',
        },
      },
    ],
  },
  null,
  2,
)}\n`;
