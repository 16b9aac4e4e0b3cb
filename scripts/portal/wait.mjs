/**
 * Waits until an address answers with success, or the program behind it ends.
 *
 * @param url - an address on this machine
 * @param child - a program of `startChild`
 * @param timeout - milliseconds
 */
export async function waitForAnswer(url, child, timeout) {
  let ended;
  child.exited.then(code => {
    ended = code;
  });
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    if (ended !== undefined) {
      throw new Error(`It ended with ${ended}:\n${child.tail()}`);
    }
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
      await response.body?.cancel();
      if (response.ok) {
        return;
      }
    } catch {
      // Not there yet.
    }
    await new Promise(resolve => setTimeout(resolve, 300));
  }
  throw new Error(`${url} does not answer:\n${child.tail()}`);
}
