import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { markup, nothing, type Markup } from '../../../schedules/drawing/markup.ts';
import { InputError } from '../../inputError.ts';
import { encodeReport } from '../../protocol.ts';
import { durationText } from '../figures.ts';
import type { ComparisonState } from '../runStates.ts';
import type { ReportedComparison } from './formats.ts';
import { reportData, type ReportSources } from './reportData.ts';
import { comparisonPicture } from './svg.ts';
import { explanation, reportTable, settingsText } from './table.ts';

/**
 * The page of a comparison with its data inside, in one file for any browser: it loads nothing, and no
 * script runs but its own. Where scripts are off, it is a table and a picture.
 *
 * @throws InputError where this build has no such page.
 */
export async function htmlReport(
  comparison: ReportedComparison,
  sources: ReportSources,
): Promise<string> {
  const [script, pageStyle, data] = await Promise.all([
    builtFile('compare.js'),
    builtFile('compare.css'),
    reportData(comparison.title, sources),
  ]);
  const style = pageStyle + styleWithoutScript;
  const policy = [
    `default-src 'none'`,
    `script-src '${hashOf(script)}'`,
    // The toolkit tries out an empty style.
    `style-src '${hashOf(style)}' '${hashOf('')}'`,
    'img-src data: blob:',
  ].join('; ');
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${comparison.title}: learning-rate schedules compared</title>
<style>${{ markup: style }}</style>
</head>
<body>
<noscript>${withoutScript(comparison)}</noscript>
<script type="application/json" id="comparison">${{ markup: harmless(encodeReport(data)) }}</script>
<script>${{ markup: script }}</script>
</body>
</html>
`.markup;
}

/** A file of the page lies beside ours in dist/; code that runs from its source (tests) is not there. */
async function builtFile(name: string): Promise<string> {
  const fromSource = import.meta.url.endsWith('.ts');
  const url = new URL(`${fromSource ? '../../../dist' : '.'}/${name}`, import.meta.url);
  const text = await readFile(url, 'utf8').catch(() => {
    throw new InputError(
      `The page of the report is missing: there is no ${fileURLToPath(url)}; run "npm run build".`,
    );
  });
  // A report has no source map, and the end of the element must not stand within it.
  return text
    .replace(/\n\/[/*]# sourceMappingURL=.*\n?$/, '\n')
    .replace(/<\/(?=script|style)/gi, String.raw`<\/`);
}

const hashOf = (text: string): string =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** JSON in which nothing can end the element that it stands in, nor a line of a script. */
function harmless(json: string): string {
  return json.replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const styleWithoutScript = `
noscript { display: block; padding: 24px; }
noscript th, noscript td { padding: 3px 10px; text-align: right; }
noscript th:first-child { text-align: left; }
`;

function withoutScript(comparison: ReportedComparison): Markup {
  const { title, state, results } = comparison;
  const { engine, device } = state.started;
  const { heads, rows } = reportTable(results);
  const body = rows.map(
    ([name = '', ...cells]) =>
      markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`,
  );
  return markup`
<h1>${title}</h1>
<p>${settingsText(state.started)}<br />
Trained with ${engine} (${device}).<br />
${outcome(state)}</p>
<table>
<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${body}</tbody>
</table>
<p>${explanation(results, state.started)}</p>
${failures(state)}
${comparisonPicture(comparison)}
`;
}

/** `15 runs: 14 completed, 1 failed. It took 31 min 12 s.` */
function outcome({ runs, seconds }: ComparisonState): string {
  const states = [...runs.values()].map(({ status }) => status);
  const counts = [...new Set(states)].map(
    (status) => `${states.filter((other) => other === status).length} ${status}`,
  );
  const took = seconds === undefined ? '' : ` It took ${durationText(seconds)}.`;
  return `${runs.size} ${runs.size === 1 ? 'run' : 'runs'}: ${counts.join(', ')}.${took}`;
}

function failures({ runs }: ComparisonState): Markup {
  const items = [...runs.values()].flatMap(({ run, message }) =>
    message === undefined ? [] : markup`<li><b>${run}</b>: ${message}</li>`,
  );
  return items.length === 0 ? nothing : markup`<ul>${items}</ul>`;
}
