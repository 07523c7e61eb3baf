// npm start: set-up and the main job in one. Compares the tutorial's schedules for one epoch each;
// `npm start -- --set epochs=10` is the whole comparison of the tutorial.
import './setup.mjs';
import { anneal, run, say } from './environment.mjs';

const given = process.argv.slice(2);
const choosesEpochs = given.some((argument) =>
  /^(--epochs\b|(--set=)?\s*epochs\s*=)/.test(argument),
);
say("Comparing the tutorial's schedules");
process.exitCode = await run(process.execPath, [
  anneal,
  'compare',
  'examples/tutorial.schedules.json',
  ...(choosesEpochs ? [] : ['--set', 'epochs=1']),
  ...given,
]);
