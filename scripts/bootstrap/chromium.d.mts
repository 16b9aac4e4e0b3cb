/** Path of a Chromium for the browser tests; installs Debian's where it may. */
export function ensureChromium(env: NodeJS.ProcessEnv): Promise<string>;
