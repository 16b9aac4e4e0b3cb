import {
  chromium,
  type Browser as Chromium,
  type BrowserContext,
} from 'playwright-core';
import { record } from './recorder.ts';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 60_000;

/** A Chromium whose user is signed in to the portal as a guest. */
export class Browser {
  readonly #chromium: Chromium;
  readonly #origin: string;

  /**
   * @param executablePath - of Chromium
   * @param origin - of the portal
   */
  static async launch(executablePath: string, origin: string) {
    return new Browser(
      await chromium.launch({ executablePath, args: ARGUMENTS }),
      origin,
    );
  }

  private constructor(browser: Chromium, origin: string) {
    this.#chromium = browser;
    this.#origin = origin;
  }

  version(): string {
    return this.#chromium.version();
  }

  /** A browser profile that has never seen the portal, with its pages recorded. */
  async freshProfile(
    options: Parameters<typeof record>[0],
  ): Promise<BrowserContext> {
    const context = await this.#chromium.newContext({
      viewport: { width: 1440, height: 1000 },
      locale: 'en-US',
      colorScheme: 'light',
      storageState: {
        cookies: [],
        origins: [
          {
            origin: this.#origin,
            localStorage: [
              // What the page of Backstage's sign-in remembers.
              { name: '@backstage/core:SignInPage:provider', value: 'guest' },
            ],
          },
        ],
      },
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(record, options);
    return context;
  }

  async close(): Promise<void> {
    await this.#chromium.close();
  }
}
