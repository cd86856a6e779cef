/** Signals that would end the process between two steps that belong together. */

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs `work`, which must be synchronous and short. A signal that arrives meanwhile does not end the process: without
 * a listener it would do so at once, and leave a temporary file behind.
 */
export function holdSignals<T>(work: () => T): T {
  const ignore = () => undefined;
  for (const signal of SIGNALS) process.on(signal, ignore);
  try {
    return work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, ignore);
  }
}
