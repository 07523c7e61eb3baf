import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const modules = createRequire(import.meta.url);

/**
 * Compiles the module through which VS Code writes logs and output channels. It needs Node-API
 * alone, whose headers are an npm package, so neither node-gyp nor Node's headers are asked for.
 * Without a compiler, VS Code runs with empty output channels.
 */
export async function buildSpdlog(server: string): Promise<void> {
  const compiler = process.env['CXX'] ?? 'c++';
  const cwd = join(server, 'node_modules', '@vscode', 'spdlog');
  const headers = [
    join(dirname(modules.resolve('node-api-headers/package.json')), 'include'),
    join(server, 'node_modules', 'node-addon-api'),
    join(cwd, 'deps', 'spdlog', 'include'),
  ];
  const defines = ['-DNAPI_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'];
  const options = ['-std=c++17', '-fPIC', ...defines, ...headers.map((folder) => `-I${folder}`)];
  const link = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];
  await mkdir(join(cwd, 'build', 'Release'), { recursive: true });
  try {
    await Promise.all(
      ['main', 'logger'].map((name) =>
        execute(compiler, [...options, '-c', `src/${name}.cc`, '-o', `build/${name}.o`], { cwd }),
      ),
    );
    const objects = ['build/main.o', 'build/logger.o'];
    await execute(compiler, ['-shared', ...link, ...objects, '-o', 'build/Release/spdlog.node'], {
      cwd,
    });
  } catch (error) {
    const [reason = ''] = String(error).split('\n');
    process.stderr.write(`Output channels of this VS Code stay empty: ${reason}\n`);
  }
}
