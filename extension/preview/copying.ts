import { basename } from 'node:path';
import { env, Uri, window, workspace } from 'vscode';
import { palettes } from '../../schedules/drawing/palettes.ts';
import { sampleSchedule } from '../../schedules/drawing/sampling.ts';
import { scheduleCurve } from '../../schedules/drawing/scheduleCurve.ts';
import {
  asCsv,
  asOptaxCode,
  asSchedulesJson,
  type Copied,
} from '../../schedules/language/copies.ts';
import type { CopyFormat } from '../../webview/messages.ts';

/** How the formats are called where a person is told of a copy. */
const titles: Readonly<Record<CopyFormat, string>> = {
  optax: 'Optax code',
  json: 'JSON',
  csv: 'CSV',
  svg: 'an SVG picture',
};

/** Puts schedules into the clipboard. */
export async function copySchedules(copied: Copied, format: CopyFormat): Promise<void> {
  await env.clipboard.writeText(asText(copied, format));
  const count = copied.definitions.length;
  const what = count === 1 ? `'${copied.definitions[0]?.name ?? ''}'` : `${count} schedules`;
  window.setStatusBarMessage(`Copied ${what} as ${titles[format]}.`, 4000);
}

function asText(copied: Copied, format: CopyFormat): string {
  switch (format) {
    case 'optax':
      return asOptaxCode(copied);
    case 'json':
      return asSchedulesJson(copied);
    case 'csv':
      return asCsv(copied);
    case 'svg':
      return copied.definitions.map((one) => asSvg(one, copied.steps)).join('\n');
  }
}

const picture = { width: 720, height: 360 };

function asSvg(
  { name, schedule, assumptions }: Copied['definitions'][number],
  steps: number,
): string {
  if (!schedule) return '';
  const points = sampleSchedule(schedule, steps, picture.width);
  const { phases } = schedule;
  const assumed = assumptions.length > 0;
  const palette = palettes.light;
  return scheduleCurve({ name, points, phases, assumed, palette, ...picture }).markup;
}

/** Asks where to keep a picture of the chart, and writes it there. */
export async function savePicture(source: Uri, png: Uint8Array): Promise<void> {
  const name = `${basename(source.path).replace(/\.\w+$/, '')}-schedules.png`;
  const folder = source.scheme === 'file' ? source : workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, folder === source ? `../${name}` : name) }),
    filters: { Pictures: ['png'] },
    title: 'Save the Picture of the Schedules',
  });
  if (target) await workspace.fs.writeFile(target, png);
}
