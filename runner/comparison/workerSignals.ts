/**
 * A signal such as Ctrl-C reaches every process of a terminal or a service. A worker leaves it to
 * its parent, which tells when and how to stop. To be imported before anything that takes time.
 */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
