import assert from 'node:assert/strict';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import { elementsOf, parseXml, textOf } from '../../support/xml.ts';
import { hoverIn } from './hovered.ts';

const told = (line: string) => {
  const hover = hoverIn(`import optax\n${line}\n`);
  assert.ok(hover, line);
  return hover;
};

const texts = (svg: string | undefined): readonly string[] =>
  elementsOf(parseXml(svg ?? ''), 'text').map(textOf);

const strokes = (svg: string | undefined): readonly string[] =>
  elementsOf(parseXml(svg ?? ''), 'g').flatMap(({ attributes }) => attributes['stroke'] ?? []);

const trained = 'epochs = 10\nsteps_per_epoch = 100\n';

describe('A hover of a schedule', () => {
  const warm =
    'warm = optax.warmup_cosine_decay_schedule(0.0, 3e-4, warmup_steps=200, decay_steps=1000, end_value=1e-5)';

  it('says its name, its function, and its facts in one line', () => {
    const { heading, text, name } = told(warm.replace('warm', '|warm'));
    assert.equal(heading, '**`warm`** · `warmup_cosine_decay_schedule`');
    assert.equal(text, 'start 0 · peak 3e-4 at step 200 · end 1e-5 · 1000 steps');
    assert.equal(name, 'warm');
  });

  it('counts epochs where the text says how many steps one has', () => {
    const { text } = told(trained + warm.replace('warm', '|warm'));
    assert.match(text, / · 1000 steps \(10 epochs\)$/);
  });

  it('says what the function does at the name of the function', () => {
    const { text } = told(warm.replace('optax.', 'optax.|'));
    assert.match(text, /\n\nA straight line up to the peak rate, then half a period/);
  });

  it('draws phases and rates in the colour of the schedule and the palette', () => {
    const marked = `import optax\n${warm.replace('warm', '|warm')}\n`;
    for (const palette of Object.values(palettes)) {
      const svg = hoverIn(marked, { palette, color: 3 })?.picture?.svg;
      assert.deepEqual(strokes(svg), [palette.series[3]]);
      assert.ok(svg?.includes(palette.background));
      for (const label of ['step', '500', '3e-4', 'warm-up', 'decay'])
        assert.ok(texts(svg).includes(label), label);
    }
  });

  it('tells those who do not see the picture its facts', () => {
    const { picture } = told(warm.replace('warm', '|warm'));
    assert.equal(
      picture?.alt,
      'Learning rate of warm: start 0 · peak 3e-4 at step 200 · end 1e-5 · 1000 steps',
    );
  });

  it('shades what lies beyond the training, and says the rate that training ends with', () => {
    const { picture, text } = told(`${trained}|a = optax.linear_schedule(1.0, 0.0, 2000)`);
    assert.ok(texts(picture?.svg).includes('after training'));
    assert.ok(picture?.svg.includes(palettes.light.shade));
    assert.match(text, /2000 steps \(20 epochs\) · training ends with 0.5005$/);
    const shorter = told(`${trained}|a = optax.linear_schedule(1.0, 0.0, 1000)`);
    assert.ok(!texts(shorter.picture?.svg).includes('after training'));
  });

  it('does not shade parts, which count their own steps', () => {
    const { picture, text, name } = told(
      `${trained}a = optax.join_schedules([optax.linear_|schedule(0.0, 1.0, 5000), optax.constant_schedule(1.0)], [100])`,
    );
    assert.ok(!texts(picture?.svg).includes('after training'));
    assert.match(text, /^start 0 · end 1 · 5000 steps\n/);
    assert.equal(name, undefined);
  });

  it('is dashed where it is assumed, and says what is assumed and why', () => {
    const { picture, text } = told(
      'def f(lr):\n  return optax.cosine_decay|_schedule(lr, total_steps)',
    );
    assert.match(picture?.svg ?? '', /stroke-dasharray="6 4"/);
    assert.match(text, /^- assumes `lr = 0.001`: a usual rate of Adam\.$/m);
    assert.match(text, /^- assumes `total_steps = 10000`: nothing says how long is trained/m);
  });

  it('of a constant says the rate, and of one written by hand first and last rates', () => {
    assert.equal(told('|a = optax.constant_schedule(5e-4)').text, 'constant 5e-4');
    const hand = `${trained}def rate(step):\n  return 1.0 / (1 + step)\noptax.sgd(ra|te)`;
    assert.equal(told(hand).text, 'start 1 · end 9.99e-4 · 1000 steps (10 epochs)');
  });

  it('says that Optax refuses it, without a picture', () => {
    const { picture, text } = told('|bad = optax.cosine_decay_schedule(1e-3, -5)');
    assert.equal(picture, undefined);
    assert.equal(text, 'Optax refuses these arguments.');
  });

  it('keeps names of schedules from being Markdown or markup', () => {
    const json = `{"schedules": [{"name": "a\`*b*\\"><b>", "function": "constant_s|chedule", "args": {"value": 1}}]}`;
    const hover = hoverIn(json, { kind: 'json' });
    assert.match(hover?.heading ?? '', /^\*\*`` a`\*b\*"><b> ``\*\* · /);
    assert.match(hover?.picture?.svg ?? '', /a`\*b\*&quot;&gt;&lt;b&gt;/);
  });

  it('is small, whatever the schedule', () => {
    const cycles =
      '|a = optax.sgdr_schedule([dict(init_value=0., peak_value=1e-3, decay_steps=100, warmup_steps=10, end_value=0.)] * 300)';
    assert.ok((told(cycles).picture?.svg.length ?? Infinity) < 50_000);
    assert.ok((told(warm.replace('warm', '|warm')).picture?.svg.length ?? Infinity) < 4_000);
  });
});

describe('A hover of an argument', () => {
  it('says what it means, its value here, unit and default, and what it must be', () => {
    const { heading, text } = told('n = 47\noptax.cosine_decay_schedule(1e-3, |n * 50)');
    assert.equal(heading, '**`decay_steps = 2350`** · steps · required');
    assert.equal(
      text,
      'How many steps the decay takes. It must be greater than 0, or Optax raises ValueError.',
    );
    const alpha = told('optax.cosine_decay_schedule(1e-3, 10, alpha=0.|5)').heading;
    assert.equal(alpha, '**`alpha = 0.5`** · fraction of the initial rate · default `0`');
  });

  /** The values that the legend compares. */
  const compared = (line: string): readonly string[] => {
    const { picture } = told(line);
    assert.match(picture?.alt ?? '', /; compared with /);
    const grey = strokes(picture?.svg).filter((color) => color === palettes.light.faintText);
    const names = elementsOf(parseXml(picture?.svg ?? ''), 'title')
      .map(textOf)
      .slice(1);
    const values = [...new Set(names)];
    assert.equal(grey.length, values.length - 1);
    return values;
  };

  it('draws half and double the value beside it', () => {
    const steps = compared('optax.cosine_decay_schedule(1e-3, decay_|steps=100)');
    assert.deepEqual(steps.toSorted(), ['100', '200', '50']);
    const rate = compared('optax.cosine_decay_schedule(3|e-4, decay_steps=100)');
    assert.deepEqual(rate.toSorted(), ['1.5e-4', '3e-4', '6e-4']);
  });

  it('draws other fractions, factors, switches and shapes that make sense', () => {
    const values = (line: string): readonly string[] => [...compared(line)].toSorted();
    assert.deepEqual(values('optax.cosine_decay_schedule(1, 10, alpha=0.|95)'), [
      '0.5',
      '0.75',
      '0.95',
    ]);
    const decay = 'optax.exponential_decay(1.0, 10, decay_rate=0.9, staircase=True)';
    assert.deepEqual(values(decay.replace('0.9', '0.|9')), ['0.81', '0.9', '0.95']);
    assert.deepEqual(values(decay.replace('True', 'Tr|ue')), ['False', 'True']);
    const cycle = 'optax.linear_onecycle_schedule(100, 1.0, pct_start=0.|25)';
    assert.deepEqual(values(cycle), ['0.1', '0.25', '0.5']);
    const shape = "optax.piecewise_interpolate_schedule('lin|ear', 1.0, {5: 2.0})";
    assert.deepEqual(values(shape), ["'cosine'", "'linear'"]);
    const zero = 'optax.linear_schedule(0.|0, 1.0, 10)';
    assert.deepEqual(values(zero), ['0', '0.1', '0.5']);
  });

  it('leaves out values that Optax would refuse', () => {
    const { picture } = told(
      'optax.warmup_cosine_decay_schedule(0., 1., warmup_|steps=80, decay_steps=100)',
    );
    assert.match(picture?.alt ?? '', /; compared with 40$/);
  });

  it('tells of a refused one all but the curve', () => {
    const { heading, picture, text } = told('optax.cosine_decay_schedule(1e-3, -|5)');
    assert.match(heading, /`decay_steps = -5`\*\* · steps/);
    assert.equal(picture, undefined);
    assert.match(text, /\n\nOptax refuses these arguments\.$/);
  });
});

describe('A hover of a boundary', () => {
  it('says the rates before and after, and the epoch', () => {
    const call = 'a = optax.piecewise_constant_schedule(1.0, {250: 0.5, 5|00: 0.1})';
    const { heading, text, picture } = told(trained + call);
    assert.equal(heading, '**boundary at step 500** · factor `0.1`');
    assert.match(text, /^0.5 at step 499, 0.05 at step 500. It lies in epoch 6 of 10\.\n\n/);
    assert.match(picture?.svg ?? '', new RegExp(`stroke="${palettes.light.text}"`));
    assert.match(told(call).text, /^0.5 at step 499, 0.05 at step 500\.\n\n/);
  });

  it('says where it lies beyond the training', () => {
    const call = 'a = optax.piecewise_constant_schedule(1.0, {5|000: 0.1})';
    assert.match(told(trained + call).text, /It lies beyond the training/);
  });
});

describe('A hover of a learning rate', () => {
  it('shows the curve of a schedule', () => {
    const { heading, picture, name } = told(
      'warm = optax.linear_schedule(0., 1e-3, 10)\noptax.adamw(learning_rate=wa|rm)',
    );
    assert.equal(heading, '**learning rate** of `adamw` · `warm`');
    assert.match(picture?.alt ?? '', /^Learning rate of warm: start 0 · end 1e-3/);
    assert.equal(name, 'warm');
  });

  it('says a number, without a picture', () => {
    const { text, picture } = told(`${trained}tx = optax.sgd(1|e-3)`);
    assert.equal(text, 'constant 1e-3 · 1000 steps (10 epochs)');
    assert.equal(picture, undefined);
  });

  it('says at the name of the optimizer what that does', () => {
    const { heading, text } = told(
      'warm = optax.linear_schedule(0., 1e-3, 10)\noptax.ad|amw(warm)',
    );
    assert.equal(heading, '**`adamw`** · learning rate `warm`');
    assert.match(text, /\n\nAdam with weight decay/);
  });
});

describe('A hover of a file of schedules', () => {
  const text = `{
  "training": {"epochs": 10},
  "schedules": [{"name": "a", "function": "linear_schedule",
    "args": {"init_value": 1, "end_value": 0, "transition_steps": 4700}}]
}`;

  it('takes the training for one on Fashion-MNIST', () => {
    const hover = hoverIn(text.replace('linear_', 'li|near_'), { kind: 'json' });
    assert.match(hover?.text ?? '', /4700 steps \(20 epochs\) · training ends with 0\.5002/);
  });

  it('tells the effect of an argument', () => {
    const hover = hoverIn(text.replace('4700', '47|00'), { kind: 'json' });
    assert.match(hover?.picture?.alt ?? '', /compared with 2350 and 9400$/);
  });
});
