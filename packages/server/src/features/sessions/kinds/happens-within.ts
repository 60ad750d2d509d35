/** Whether a promise resolves within this time. */
export async function happensWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise: timeIsUp, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, ms, false).unref();
  try {
    return await Promise.race([promise.then(() => true as const), timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
}
