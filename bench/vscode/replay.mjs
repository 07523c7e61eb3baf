// Stands for a runner: tells the events of the journal ANNEAL_BENCH/live/events.jsonl 20 times faster
// than they were trained, and refuses all questions.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

const journal = `${process.env['ANNEAL_BENCH']}/live/events.jsonl`;
const speed = 20;
/** @param {object} message */
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

async function replay() {
  const begin = performance.now();
  let trained = 0;
  for (const line of readFileSync(journal, 'utf8').trimEnd().split('\n')) {
    const event = JSON.parse(line);
    // Two runs train at a time.
    if (event.type === 'stepsCompleted') {
      trained += event.losses.length / event.stepsPerSecond / 2;
    }
    const due = begin + (1000 * trained) / speed - performance.now();
    if (due > 1) await setTimeout(due);
    process.stdout.write(`${line}\n`);
  }
  tell({ type: 'ended', outcome: 'completed', message: null, isInUse: false });
}

let hasBegun = false;
createInterface({ input: process.stdin }).on('line', (line) => {
  const { question } = JSON.parse(line);
  if (question !== undefined) tell({ type: 'refused', question, message: 'Only replayed.' });
  else if (!hasBegun) {
    hasBegun = true;
    void replay();
  }
});
