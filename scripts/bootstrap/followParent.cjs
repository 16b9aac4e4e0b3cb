/**
 * Ends this process when the one that started it is gone, even by `kill -9`: politely,
 * and for certain ten seconds later.
 */
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid !== parent) {
    clearInterval(watch);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 10_000);
    process.kill(process.pid, 'SIGTERM');
  }
}, 1000).unref();
