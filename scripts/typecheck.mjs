// Type-checks every folder under its own tsconfig: what a folder may use differs (the domain knows
// neither Node nor the DOM), so one configuration for all would hide what the rules are for.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const folders = ['schedules', 'runner', 'extension', 'webview', 'test', 'scripts'].filter(
  (folder) => existsSync(`${folder}/tsconfig.json`),
);
const failed = folders.filter((folder) => {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', folder],
    {
      stdio: 'inherit',
    },
  );
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`Type errors in ${failed.join(', ')}.`);
  process.exit(1);
}
