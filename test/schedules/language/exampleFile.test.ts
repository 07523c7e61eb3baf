import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exampleScheduleFile } from '../../../schedules/language/exampleFile.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

describe('A new file of schedules', () => {
  it('has schedules as long as its training, and nothing to complain of', () => {
    const read = readSchedules('new.schedules.json', exampleScheduleFile);
    assert.deepEqual(read.findings, []);
    assert.deepEqual(
      read.definitions.map(({ schedule }) => schedule?.phases.at(-1)?.from),
      [2350, 2350],
    );
  });
});
