import { InputError } from './inputError.ts';

const network = 'check the network, or set HTTPS_PROXY where a proxy is needed';

/** What the codes of Node and undici mean, and what to do about it. */
const networkFailures: Readonly<Record<string, string>> = {
  ENOTFOUND: `the server's name cannot be resolved; ${network}`,
  EAI_AGAIN: `the server's name cannot be resolved; ${network}`,
  ECONNREFUSED: `the server refuses the connection; ${network}`,
  ENETUNREACH: `there is no way to the server; ${network}`,
  EHOSTUNREACH: `there is no way to the server; ${network}`,
  ETIMEDOUT: `the server does not answer; ${network}`,
  UND_ERR_CONNECT_TIMEOUT: `the server does not answer; ${network}`,
  UND_ERR_HEADERS_TIMEOUT: 'the server sends nothing any more; run again to go on',
  UND_ERR_BODY_TIMEOUT: 'the server sends nothing any more; run again to go on',
  UND_ERR_SOCKET: 'the connection was cut; run again to go on',
  ECONNRESET: 'the connection was cut; run again to go on',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "the server's certificate is not trusted; set NODE_EXTRA_CA_CERTS",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "the server's certificate is not trusted; set NODE_EXTRA_CA_CERTS",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate is not trusted; set NODE_EXTRA_CA_CERTS",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is not trusted; set NODE_EXTRA_CA_CERTS",
};

const anotherFolder = 'set ANNEAL_CACHE to a folder that can be written';

const fileFailures: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and run again to go on',
  EDQUOT: 'the disk quota is used up; free some space and run again to go on',
  EACCES: `permission denied; ${anotherFolder}`,
  EPERM: `permission denied; ${anotherFolder}`,
  EROFS: `the file system is read-only; ${anotherFolder}`,
  ENOTDIR: `a file is where its folder should be; ${anotherFolder}`,
  EEXIST: `a file is where its folder should be; ${anotherFolder}`,
  EISDIR: `a folder of that name is there; delete it`,
};

/** The `code` of an error of Node or undici, or of the first of several. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error.cause);
}

/** The failure of a download as one sentence that says what to do. */
export function explained(error: unknown, url: string, destination: string): Error {
  const code = codeOf(error) ?? '';
  const network = networkFailures[code];
  if (network !== undefined) {
    return new InputError(`${url} cannot be downloaded: ${network}.`, { cause: error });
  }
  const file = fileFailures[code];
  if (file !== undefined) {
    return new InputError(`${destination} cannot be written: ${file}.`, { cause: error });
  }
  if (error instanceof Error && code === '') return error;
  return new InputError(`${url} cannot be downloaded: ${String(error)}.`, { cause: error });
}
