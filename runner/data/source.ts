export interface FetchOptions {
  /** `fraction` of `what` is there, 0 to 1; undefined where its size is not known. */
  readonly onProgress?: ((what: string, fraction: number | undefined) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A place that Fashion-MNIST can be fetched from. */
export interface Source {
  readonly name: string;
  /**
   * Puts those of the four files that are not there yet into `folder`, each verified.
   *
   * @throws Error that names the address or the program that failed.
   */
  readonly fetch: (folder: string, options: FetchOptions) => Promise<void>;
}
