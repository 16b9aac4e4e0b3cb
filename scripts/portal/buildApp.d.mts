/** Builds the frontend, unless what is there was built from the same sources. */
export function buildApp(log: string): Promise<void>;
