/**
 * For the top level of a worker, where timers are forbidden: those that never fire. The test runner uses them only to
 * batch what it tells of its progress, and nobody listens to that here. Imported before it, since it takes hold of them.
 */

Object.assign(globalThis, { setTimeout: () => 0, clearTimeout: () => {} });
