import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/**
 * The HTML of a page, which is only its script and its style: everything else the script makes.
 * Nothing is loaded from outside the extension, and no script runs but this one.
 *
 * @param folder that holds both.
 */
export function pageHtml(
  webview: Webview,
  folder: Uri,
  page: { readonly title: string; readonly script: string; readonly style: string },
): string {
  const address = (file: string): string =>
    webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
  const nonce = newNonce();
  const styleNonce = newNonce();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${styleNonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src data: blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <!-- The toolkit tries out a style of its own, with this. -->
    <meta property="csp-nonce" content="${styleNonce}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${page.title}</title>
    <link rel="stylesheet" href="${address(page.style)}" />
  </head>
  <body>
    <script nonce="${nonce}" type="module" src="${address(page.script)}"></script>
  </body>
</html>
`;
}

function newNonce(): string {
  return randomBytes(16).toString('base64url');
}
