import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from '../../support/vscode/cache.ts';

export interface PageServer {
  /** Of a page, by the name of its script and style in dist/. */
  readonly address: (page: string) => string;
  readonly stop: () => Promise<void>;
}

/** Serves the built pages as the extension's webviews do: nothing but script and style, and a policy. */
export async function servePages(): Promise<PageServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://page').pathname.slice(1);
    if (!path.includes('.')) {
      response.setHeader('Content-Type', 'text/html').end(html(path));
      return;
    }
    const type = path.endsWith('.css') ? 'text/css' : 'text/javascript';
    readFile(join(root, 'dist', path)).then(
      (file) => response.setHeader('Content-Type', type).end(file),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: (page) => `http://127.0.0.1:${port}/${page}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As `extension/preview/page.ts` writes it. */
function html(page: string): string {
  const [nonce, styleNonce] = [1, 2].map(() => randomBytes(16).toString('base64url'));
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${styleNonce}'`,
    `font-src 'self'`,
    `img-src data: blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta property="csp-nonce" content="${styleNonce}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${page}</title>
    <link rel="stylesheet" href="${page}.css" />
  </head>
  <body>
    <script nonce="${nonce}" type="module" src="${page}.js"></script>
  </body>
</html>
`;
}
