/** All that use.ts needs of its host. */
declare const console: { log(...values: unknown[]): void };
