// npm run setup: everything that `node dist/cli.js` needs, from a bare clone.
import { build, installPackages, makeEngineReady, requireNode } from './environment.mjs';

requireNode();
await installPackages();
await build();
await makeEngineReady();
