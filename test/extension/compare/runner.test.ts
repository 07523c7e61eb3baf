import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationTarget, workspace } from 'vscode';
import { findNode } from '../../../extension/compare/nodeProgram.ts';
import { requestText } from '../../../extension/compare/requestText.ts';
import { decodeRequest, type StartRequest } from '../../../runner/protocol.ts';
import { comparisonTraining } from '../../../schedules/comparing/training.ts';
import { anneal } from '../documents.ts';

const setNode = (path: string | undefined) =>
  workspace.getConfiguration('anneal').update('runner.node', path, ConfigurationTarget.Workspace);

describe('The runner’s Node', () => {
  afterEach(() => setNode(undefined));

  it('is the user’s own', async () => {
    const { path, version } = await findNode();
    assert.equal(path, 'node');
    assert.equal(
      version,
      execFileSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim(),
    );
  });

  it('is VS Code’s where there is none on the path', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      assert.equal((await findNode()).path, process.execPath);
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('is the one of the setting, of which it is said what is wrong', async () => {
    await setNode(process.execPath);
    assert.equal((await findNode()).path, process.execPath);
    await setNode('/nowhere/node');
    await assert.rejects(
      findNode(),
      /anneal\.runner\.node is "\/nowhere\/node", which is not there: name/,
    );
    const old = join(mkdtempSync(join(tmpdir(), 'anneal-node-')), 'node');
    writeFileSync(old, '#!/bin/sh\necho 18.20.1\n');
    chmodSync(old, 0o755);
    await setNode(old);
    await assert.rejects(findNode(), /which is Node 18\.20\.1: name the program of a Node 20\.19/);
  });
});

describe('A request', () => {
  it('is one line, in pieces of which none is large', () => {
    const request: StartRequest = {
      type: 'start',
      folder: '/a',
      settings: comparisonTraining({}, {}),
      runs: ['a', 'b'].map((name) => ({
        name,
        function: 'f',
        learningRates: Array.from({ length: 12_345 }, (_, i) => Math.fround(1 / (i + 1))),
      })),
    };
    const pieces = [...requestText(request)];
    assert.deepEqual(decodeRequest(pieces.join('')), request);
    assert.ok(pieces.every((piece) => piece.length < 200_000));
    assert.equal(pieces.join('').trimEnd().split('\n').length, 1);
  });
});

describe('Questions about no comparison', function () {
  this.timeout(60_000);

  it('are answered, and refused in a sentence', async () => {
    const { runners } = (await anneal()).history;
    const { engines } = await runners.ask('engines', {});
    assert.ok(engines.some(({ name, isReady }) => name === 'wasm' && isReady));
    await assert.rejects(
      runners.ask('rename', { folder: '/nowhere', title: 'A' }),
      /\/nowhere.*[.?]$/,
    );
    const { comparisons } = await runners.ask('comparisons', { folder: '/nowhere' });
    assert.deepEqual(comparisons, []);
  });

  it('are answered by a runner that whoever opens a comparison gets, where it is idle', async () => {
    const { runners } = (await anneal()).history;
    const list = () => runners.ask('comparisons', { folder: '/nowhere' });
    const isBusy = list();
    const [other] = await Promise.all([runners.start(), isBusy]);
    const idle = await runners.start();
    assert.notEqual(idle.processId, other.processId);
    const fresh = await runners.start();
    assert.ok(![idle, other].some(({ processId }) => processId === fresh.processId));
    for (const runner of [other, idle, fresh]) runner.dispose();
    assert.deepEqual((await list()).comparisons, []);
  });
});
