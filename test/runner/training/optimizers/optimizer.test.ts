import assert from 'node:assert/strict';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../../../../runner/protocol.ts';
import { createOptimizer } from '../../../../runner/training/optimizers/optimizer.ts';
import type { Tensors } from '../../../../runner/training/parameters.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../../runner/training/safetensors.ts';
import { optimizers as catalog } from '../../../../schedules/optax/optimizers.ts';
import { golden, type Values } from './golden.ts';

function toTensors(values: Values): Tensors {
  return Object.fromEntries(
    Object.entries(values).map(([name, list]) => [name, tf.tensor([...list], golden.shapes[name])]),
  );
}

function addUpdates(parameters: Tensors, updates: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, tf.add(value, updates[name]!)]),
  );
}

function save(state: Tensors): Uint8Array {
  const tensors = Object.entries(state).map(([name, tensor]) => {
    const values =
      tensor.dtype === 'int32' ? tensor.dataSync<'int32'>() : tensor.dataSync<'float32'>();
    return [name, { shape: tensor.shape, values }] as const;
  });
  return encodeSafetensors({ tensors: Object.fromEntries(tensors), metadata: {} });
}

function load(file: Uint8Array): Tensors {
  return Object.fromEntries(
    Object.entries(decodeSafetensors(file).tensors).map(([name, { shape, values }]) => [
      name,
      tf.tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32'),
    ]),
  );
}

/** Within 1e-5 of each value; what is left over of large ones, within 1e-6 of the largest. */
function assertClose(actual: Tensors, expected: Values, what: string): void {
  assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), what);
  for (const [name, values] of Object.entries(expected)) {
    const ours = actual[name]!.dataSync();
    const rounding = 1e-6 * Math.max(...values.map(Math.abs));
    values.forEach((value, i) => {
      assert.ok(
        Math.abs(ours[i]! - value) <= Math.max(1e-5 * Math.abs(value), rounding),
        `${what}: ${name}[${i}] is ${ours[i]!}, Optax has ${value}`,
      );
    });
  }
}

const sgd = { name: 'sgd', args: { momentum: null, nesterov: false }, clipByGlobalNorm: null };
const momentum = { ...sgd, args: { momentum: 0.9, nesterov: false } };

describe('Optimizers', () => {
  before(() => tf.setBackend('cpu'));

  for (const { name, defaults, args, clipByGlobalNorm, updates, state } of golden.cases) {
    const given = Object.entries(args).map(([argument, value]) => `${argument}=${String(value)}`);
    const clipping = clipByGlobalNorm === null ? '' : `, clipped at ${clipByGlobalNorm}`;

    it(`${name}(${given.join(', ')})${clipping} makes the updates of Optax`, () => {
      tf.tidy(() => {
        const settings = { name, args: { ...defaults, ...args }, clipByGlobalNorm };
        const optimizer = createOptimizer(settings);
        let parameters = toTensors(golden.parameters);
        let current = optimizer.init(parameters);
        golden.gradients.forEach((gradients, step) => {
          const after = optimizer.update(
            toTensors(gradients),
            current,
            parameters,
            golden.learningRates[step]!,
          );
          assertClose(after.updates, updates[step]!, `step ${step}`);
          parameters = addUpdates(parameters, after.updates);
          current = after.state;
        });
        assertClose(current, state, 'last state');
      });
    });
  }

  it('are all of the catalog, with its defaults', () => {
    for (const { name, parameters } of catalog) {
      const defaults = parameters.flatMap((parameter) =>
        'default' in parameter ? [[parameter.name, parameter.default]] : [],
      );
      const args = Object.fromEntries(defaults) as OptimizerSettings['args'];
      assert.doesNotThrow(() => createOptimizer({ name, args, clipByGlobalNorm: null }), name);
    }
  });

  it('keep tensors of the shapes of the parameters, and the count as int32', () => {
    const { name, defaults: args } = golden.cases.find((one) => one.name === 'adam')!;
    tf.tidy(() => {
      const optimizer = createOptimizer({ name, args, clipByGlobalNorm: null });
      const parameters = toTensors(golden.parameters);
      const before = optimizer.init(parameters);
      const { state } = optimizer.update(parameters, before, parameters, 0.1);
      for (const one of [before, state]) {
        assert.equal(one['count']!.dtype, 'int32');
        assert.deepEqual(one['count']!.shape, []);
        for (const [parameter, shape] of Object.entries(golden.shapes)) {
          assert.deepEqual(one[`mu/${parameter}`]!.shape, shape);
          assert.deepEqual(one[`nu/${parameter}`]!.shape, shape);
        }
      }
    });
  });

  it('go on from a state that was saved to a file and loaded', () => {
    const { name, defaults: args, updates } = golden.cases.find((one) => one.name === 'nadam')!;
    tf.tidy(() => {
      let parameters = toTensors(golden.parameters);
      let file = save(createOptimizer({ name, args, clipByGlobalNorm: null }).init(parameters));
      golden.gradients.forEach((gradients, step) => {
        const { update } = createOptimizer({ name, args, clipByGlobalNorm: null });
        const rate = golden.learningRates[step]!;
        const after = update(toTensors(gradients), load(file), parameters, rate);
        assertClose(after.updates, updates[step]!, `step ${step}`);
        parameters = addUpdates(parameters, after.updates);
        file = save(after.state);
      });
    });
  });

  it('leave nothing behind in a tidy scope but what is returned from it', () => {
    for (const { name, defaults, args, clipByGlobalNorm } of golden.cases) {
      const optimizer = createOptimizer({ name, args: { ...defaults, ...args }, clipByGlobalNorm });
      const parameters = toTensors(golden.parameters);
      const state = optimizer.init(parameters);
      const tensors = tf.memory().numTensors;
      const after = tf.tidy(() => {
        const { updates, state: next } = optimizer.update(parameters, state, parameters, 0.1);
        return { parameters: addUpdates(parameters, updates), state: next };
      });
      tf.dispose([parameters, state]);
      assert.equal(tf.memory().numTensors, tensors, name);
      tf.dispose([after.parameters, after.state]);
    }
  });

  it('do not hide gradients that are not numbers when they clip', () => {
    tf.tidy(() => {
      const { update } = createOptimizer({ ...sgd, clipByGlobalNorm: 1 });
      const gradients = { a: tf.tensor1d([1, 2]), b: tf.scalar(NaN) };
      const { updates } = update(gradients, {}, gradients, 0.1);
      assert.ok([...updates['a']!.dataSync()].every(Number.isNaN));
    });
  });

  it('refuse the state of another optimizer', () => {
    tf.tidy(() => {
      const parameters = toTensors(golden.parameters);
      const state = createOptimizer(sgd).init(parameters);
      assert.throws(
        () => createOptimizer(momentum).update(parameters, state, parameters, 0.1),
        /The training state has no trace\/CONV1\/kernel: it was saved by another optimizer/,
      );
    });
  });

  it('refuse a name or arguments that they do not know', () => {
    assert.throws(
      () => createOptimizer({ ...sgd, name: 'novograd' }),
      /Anneal cannot train with novograd; use one of sgd, adam, nadam, adamw, lion, /,
    );
    assert.throws(
      () => createOptimizer({ ...sgd, name: 'adam' }),
      /adam needs a number for b1, not undefined\./,
    );
    assert.throws(
      () => createOptimizer({ ...sgd, args: { momentum: 0.9, nesterov: 1 } }),
      /sgd needs true or false for nesterov, not 1\./,
    );
  });
});
