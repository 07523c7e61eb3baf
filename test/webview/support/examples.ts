import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/vscode/cache.ts';

/** Fourteen schedules of one training of 2350 steps, thirteen of them with names. */
export const tutorial = readFileSync(join(root, 'examples/tutorial.py'), 'utf8');

/** Schedules with all that a page can show: handles, choices, assumptions, and one that is refused. */
export const mixture = `import optax

warmup = optax.warmup_cosine_decay_schedule(
    init_value=0.0, peak_value=1e-3, warmup_steps=200, decay_steps=1000, end_value=1e-5
)
stairs = optax.exponential_decay(1e-3, 100, 0.5, staircase=True)
pieces = optax.piecewise_interpolate_schedule('linear', 1e-3, {100: 0.5, 300: 0.1})
refused = optax.cosine_decay_schedule(init_value=1e-3, decay_steps=0)


def assumed(lr, total_steps):
    return optax.cosine_decay_schedule(lr, total_steps // 2)
`;

/** Restarts, stairs, boundaries and a spike, far apart and close together. */
export const long = `import optax

total = 1_000_000
restarts = optax.sgdr_schedule(
    [dict(init_value=0.0, peak_value=1e-3, warmup_steps=500, decay_steps=25_000)] * 40
)
stairs = optax.exponential_decay(1e-3, 20_000, 0.9, staircase=True, end_value=1e-5)
pieces = optax.piecewise_constant_schedule(1e-3, {100_000: 0.1, 100_003: 10.0, 700_001: 0.5})
cycle = optax.cosine_onecycle_schedule(total, 1e-3)
`;
