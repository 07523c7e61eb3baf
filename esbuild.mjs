// Builds dist/: one bundle for each program that runs on its own, needing no node_modules.
//   node esbuild.mjs [--minify] [--outdir=DIR]
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.chdir(dirname(fileURLToPath(import.meta.url)));

/** ESM bundles of packages that call `require`, `__filename` and `__dirname`. */
const commonJsNames = [
  `import { createRequire as __createRequire } from 'node:module';`,
  `const require = __createRequire(import.meta.url);`,
  `const __filename = import.meta.filename;`,
  `const __dirname = import.meta.dirname;`,
].join('');

const minify = process.argv.includes('--minify');
const dist =
  process.argv.find((argument) => argument.startsWith('--outdir='))?.slice('--outdir='.length) ??
  'dist';
const size = { minify, sourcemap: minify ? false : /** @type {const} */ ('linked') };

/** @type {import('esbuild').BuildOptions} */
const nodeProgram = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  ...size,
  banner: { js: commonJsNames },
  logLevel: 'warning',
  metafile: true,
};

// What was built before stays until all is built: a program of it may be running.
const before = await readdir(dist).catch(() => []);
await mkdir(dist, { recursive: true });

const bundles = [
  build({
    ...nodeProgram,
    entryPoints: {
      cli: 'runner/cli.ts',
      main: 'runner/main.ts',
      reproduce: 'runner/reproduction/reproduce.ts',
    },
    // What they share is there once.
    splitting: true,
    chunkNames: 'shared-[hash]',
    mainFields: ['module', 'main'],
    outdir: dist,
  }),
  build({
    ...nodeProgram,
    entryPoints: { tensorflowWorker: 'runner/engines/tensorflow/worker.ts' },
    // With `module` first, an ES5 class of tfjs-node would extend an ES2015 one of tfjs-core.
    mainFields: ['main', 'module'],
    // tfjs-node asks node-pre-gyp where its binding lies; the worker is told by its parent.
    alias: { '@mapbox/node-pre-gyp': './runner/engines/tensorflow/nodePreGyp.ts' },
    outdir: dist,
  }),
  build({
    ...nodeProgram,
    entryPoints: {
      wasmWorker: 'runner/engines/wasm/worker.ts',
      webgpuWorker: 'runner/engines/webgpu/worker.ts',
    },
    // The gradients are ES modules: with `main` first, a second copy of tfjs-core would come along.
    mainFields: ['module', 'main'],
    outdir: dist,
  }),
  build({
    ...nodeProgram,
    entryPoints: { extension: 'extension/activate.ts' },
    // VS Code loads it with `require`; what it brings itself is no package.
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: {},
    external: ['vscode'],
    mainFields: ['module', 'main'],
    outdir: dist,
  }),
  build({
    entryPoints: [
      { in: 'webview/preview/main.ts', out: 'preview' },
      { in: 'webview/preview/preview.css', out: 'preview' },
      { in: 'webview/compare/main.ts', out: 'compare' },
      { in: 'webview/compare/compare.css', out: 'compare' },
    ],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: ['es2022', 'chrome132'],
    ...size,
    logLevel: 'warning',
    metafile: true,
    outdir: dist,
  }),
  build({
    ...nodeProgram,
    entryPoints: { generated: 'schedules/generated.ts' },
    mainFields: ['module', 'main'],
    outdir: dist,
    sourcemap: false,
  }),
];
const wasm = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];
for (const file of wasm) {
  await copyFile(`node_modules/@tensorflow/tfjs-backend-wasm/dist/${file}`, `${dist}/${file}`);
}
const built = (await Promise.all(bundles)).flatMap(({ metafile }) =>
  Object.keys(metafile?.outputs ?? {}),
);

await chmod(`${dist}/cli.js`, 0o755);

// What is made from the catalog of schedules.
const { schedulesJsonSchema, referencePage, findingsPage } = await import(
  pathToFileURL(`${dist}/generated.js`).href
);
await writeFile(`${dist}/schedules.schema.json`, JSON.stringify(schedulesJsonSchema(), null, 2));
await writeFile('docs/schedules.md', referencePage());
await writeFile('docs/findings.md', findingsPage());

const wanted = new Set([...built, ...wasm.map((file) => `${dist}/${file}`)])
  .add(`${dist}/schedules.schema.json`)
  .add(`${dist}/native`);
wanted.delete(`${dist}/generated.js`);
for (const file of new Set([...before, 'generated.js'])) {
  if (!wanted.has(`${dist}/${file}`)) await rm(`${dist}/${file}`, { recursive: true });
}
