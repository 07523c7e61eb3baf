// What is told of a place in a text, which a `|` marks.
import { palettes, type Palette } from '../../../schedules/drawing/palettes.ts';
import { hoverAt, type ScheduleHover } from '../../../schedules/language/hover.ts';
import type { ScheduleText } from '../../../schedules/language/scheduleText.ts';
import { subjectAt } from '../../../schedules/language/subject.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import { atCursor } from '../../support/cursor.ts';

function pointed(marked: string, kind: ScheduleText['kind'] = 'python') {
  const { text, offset } = atCursor(marked);
  const fileName = kind === 'json' ? 'document.json' : 'document.py';
  // A machine that tests many things at once is slow.
  const read = readSchedules(fileName, text, {}, { longest: 10_000 });
  const source: ScheduleText = { kind, text, read };
  return { source, offset };
}

/** The kind of what is at the pointer, and the text that is written for it. */
export function subjectIn(marked: string, kind?: ScheduleText['kind']): readonly unknown[] {
  const { source, offset } = pointed(marked, kind);
  const subject = subjectAt(source, offset);
  if (!subject) return [];
  const written = source.text.slice(subject.span.from, subject.span.to);
  switch (subject.kind) {
    case 'schedule':
      return ['schedule', written, subject.schedule.name ?? subject.schedule.function];
    case 'argument':
      return ['argument', written, subject.parameter.name];
    case 'boundary':
      return ['boundary', written, subject.index];
    case 'rate':
    case 'optimizer':
      return [subject.kind, written, subject.use.name];
    case 'function':
      return ['function', written, subject.function.name];
  }
}

export function hoverIn(
  marked: string,
  {
    kind,
    palette = palettes.light,
    color = 0,
  }: { kind?: ScheduleText['kind']; palette?: Palette; color?: number } = {},
): ScheduleHover | undefined {
  const { source, offset } = pointed(marked, kind);
  return hoverAt(source, offset, { palette, colorOf: () => color });
}
