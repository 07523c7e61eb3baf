import { html, type TemplateResult } from 'lit-html';
import { sampleSchedule } from '../../../schedules/drawing/sampling.ts';
import { scheduleCurve } from '../../../schedules/drawing/scheduleCurve.ts';
import type { Palette } from '../../../schedules/drawing/palettes.ts';
import { scheduleFunctions } from '../../../schedules/optax/catalog.ts';
import { breakable } from '../../shared/breakable.ts';
import type { Act } from '../page.ts';
import { exampleSchedule, exampleSteps } from './exampleSchedule.ts';

const size = { width: 240, height: 130 };

/** All functions of Optax that make a schedule, each with its curve, ready to be inserted. */
export function gallery(palette: Palette, act: Act, back: TemplateResult): TemplateResult {
  return html`<section class="gallery" aria-label="Schedules of Optax">
    ${back}
    <ul>
      ${scheduleFunctions.map(
        ({ name, summary }, i) =>
          html`<li>
            ${pictures(palette)[i]}
            <h3>${breakable(name)}</h3>
            <p class="hint">${summary}</p>
            <vscode-button
              appearance="secondary"
              aria-label=${`Insert ${name}`}
              @click=${() => {
                act.look({ shows: 'chart' });
                act.send({ type: 'insert', function: name });
              }}
              >Insert</vscode-button
            >
          </li>`,
      )}
    </ul>
  </section>`;
}

const drawn = new Map<Palette, readonly Node[]>();

/** The curves of all functions in a palette, drawn when they are looked at first. */
function pictures(palette: Palette): readonly Node[] {
  const known = drawn.get(palette);
  if (known) return known;
  const made = scheduleFunctions.map((f, color) => {
    const example = exampleSchedule(f);
    const { markup } = scheduleCurve({
      name: f.name,
      points: sampleSchedule(example, exampleSteps + 1, size.width),
      phases: [],
      color,
      isCompact: true,
      palette,
      ...size,
    });
    const picture = new DOMParser().parseFromString(markup, 'image/svg+xml');
    return document.importNode(picture.documentElement, true);
  });
  drawn.set(palette, made);
  return made;
}
